/** Searches about the IKE SA as Murphi: `ike.m` with the policies of a scheme and the bounds of a scope. */
import { allowed, requestLimit, startsOf } from '../../../model/constants/budgets.ts'
import { type Constants, EXCHANGE, SIDE } from '../../../model/constants/constants.ts'
import { SCHEMES } from '../../../model/schemes/index.ts'
import { nothing } from '../../../model/schemes/policies.ts'
import { synchCapacity } from '../../../model/state/cluster-state.ts'
import { quiet } from '../../../properties/focuses/focus.ts'
import { plansOf } from '../../../properties/matrix.ts'
import { labelOf } from '../../modelling/property.ts'
import { numberIn } from './contender.ts'
import { modelText, withConstants } from './workshop.ts'

/** One search of a scheme, as the matrix has it. */
export interface IkeSearch {
  readonly scheme: string
  readonly search: string
  readonly constants: Constants
}

/** What the text says of properties: those of message IDs, whether counters and child SAs agree, and what the peer sees. */
export const LABELS: readonly string[] = [
  'MID-1',
  'MID-2',
  'MID-3',
  'MID-4',
  'MID-5',
  'MID-6',
  'MID-7',
  'CHD-1',
  'TRN-1c',
]

/** The policies that the text knows. */
const policiesOf = ({ scheme }: Constants) => {
  const { synchSas, synchIke, synchCounters, carriesAnswer, carriesRequest, channel, merge } = scheme
  const { resynchOnReturn, childrenOnReturn, resynchOnHeal } = scheme
  // The last plays no part, for nothing heals.
  return {
    ...{ synchSas, synchIke, synchCounters, carriesAnswer, carriesRequest, channel, merge },
    ...{ resynchOnReturn, childrenOnReturn, resynchOnHeal },
  }
}

/** The bounds that the text knows. */
const boundsOf = ({ scope }: Constants) => {
  const { requests, probes, crashes, returns, synchLosses, retransmissions, network, synch } = scope
  return { requests, probes, crashes, returns, synchLosses, retransmissions, network, synch }
}

/** Whether the text can say all of a search: what it does not know is switched off. */
const canSay = (constants: Constants): boolean => {
  const { scheme, scope } = constants
  const { futureIds, repeats } = scheme.peer
  const peer = { ...nothing.peer, futureIds, repeats }
  const known = {
    scheme: { ...nothing, ...policiesOf(constants), peer },
    scope: { ...quiet, ...boundsOf(constants) },
  }
  const others = (['rekeyChild', 'deleteChild', 'rekeyIke'] as const).some((exchange) =>
    SIDE.some((side) => allowed(constants, side, exchange) > 0),
  )
  return !others && canonical(known) === canonical({ scheme, scope })
}

/** The text of data, whatever the order of its fields. */
const canonical = (data: unknown): string =>
  JSON.stringify(data, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

/** Every search of the matrix, or of these schemes, that the text can say, and that judges all which it judges. */
export const ikeSearches = (schemes?: readonly string[]): readonly IkeSearch[] =>
  SCHEMES.filter(({ name }) => schemes?.includes(name) ?? true).flatMap((scheme) =>
    plansOf(scheme, 'default').flatMap(({ plan, constants }) => {
      const judged = plan.properties(constants).map(labelOf)
      if (!canSay(constants) || !LABELS.every((label) => judged.includes(label))) return []
      return [{ scheme: scheme.name, search: plan.name, constants }]
    }),
  )

/** What the matrix calls a search. */
export const nameOf = ({ scheme, search }: IkeSearch): string => `${scheme}, ${search}`

const SYNCH_IKE = ['never', 'afterwards', 'before', 'acknowledged']

/** The values of the constants in the text, by name. */
const valuesOf = (constants: Constants): Readonly<Record<string, number>> => {
  const { scheme, scope } = constants
  const { crashes, returns, synchLosses, retransmissions, network } = scope
  return {
    SYNCH_SAS: Number(scheme.synchSas),
    SYNCH_IKE: SYNCH_IKE.indexOf(scheme.synchIke),
    APART: Number(scheme.synchCounters === 'apart'),
    CARRIES_ANSWER: Number(scheme.carriesAnswer),
    CARRIES_REQUEST: Number(scheme.carriesRequest),
    REORDERS: Number(scheme.channel === 'reorders'),
    LATEST: Number(scheme.merge === 'latest'),
    RESYNCH_ON_RETURN: Number(scheme.resynchOnReturn),
    CHILDREN_COPIED: Number(scheme.childrenOnReturn === 'copied'),
    FUTURE_IDS: Number(scheme.peer.futureIds === 'executed'),
    BY_CONTENT: Number(scheme.peer.repeats === 'byContent'),
    CLUSTER_CREATES: startsOf(constants, 'cluster', 'createChild'),
    CLUSTER_PROBES: startsOf(constants, 'cluster', 'liveness'),
    PEER_CREATES: startsOf(constants, 'peer', 'createChild'),
    PEER_PROBES: startsOf(constants, 'peer', 'liveness'),
    IDS: Math.max(...SIDE.map((side) => requestLimit(constants, side))),
    TASKS: Math.max(
      ...SIDE.flatMap((side) => EXCHANGE.map((exchange) => startsOf(constants, side, exchange))),
    ),
    ...{ CRASHES: crashes, RETURNS: returns, SYNCH_LOSSES: synchLosses },
    ...{ RETRANSMISSIONS: retransmissions, NETWORK: network, SYNCH: synchCapacity(constants) },
  }
}

/** Where the text says that a property is violated, or that its situation has arisen: until the next semicolon. */
const COVER = /^( *)cover "(\S+) (violated|arose)"([^;]*);\n/gm

/**
 * The Murphi text of a search. It counts how often each property is violated, and never stops; with `asserted`, a label, it
 * stops at the first violation of that property, by a shortest path.
 */
export const murphiOf = (constants: Constants, asserted?: string): string => {
  const text = withConstants(modelText('ike.m'), valuesOf(constants))
  if (asserted === undefined) return text
  return text.replace(COVER, (_, indent: string, label: string, what: string, test: string) =>
    label === asserted && what === 'violated' ? `${indent}assert "${label}" !(${test});\n` : '',
  )
}

/** What was found by one search. */
export interface IkeFound {
  readonly name: string
  readonly distinct: number
  readonly transitions: number
  /** By label: violated, holds or vacuous. */
  readonly verdicts: Readonly<Record<string, string>>
}

/** What a verifier has found of a search. */
export const foundIn = (output: string, name: string): IkeFound => {
  const hits = [...output.matchAll(/cover "(\S+ \w+)" hit/g)].map(([, what]) => what)
  const verdictOf = (label: string): string => {
    if (hits.includes(`${label} violated`)) return 'violated'
    return hits.includes(`${label} arose`) ? 'holds' : 'vacuous'
  }
  return {
    name,
    distinct: numberIn(output, /(\d+) states, \d+ rules fired/),
    transitions: numberIn(output, /\d+ states, (\d+) rules fired/),
    verdicts: Object.fromEntries(LABELS.map((label) => [label, verdictOf(label)])),
  }
}
