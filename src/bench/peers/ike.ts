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

/** Values of constants in the text, by name. */
type Values = Readonly<Record<string, number>>

/** What the policies of a scheme and the starts of a scope are in the text. */
const choicesOf = (constants: Constants): Values => {
  const { scheme } = constants
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
  }
}

/** The other bounds of a search. */
const limitsOf = (constants: Constants): Values => {
  const { crashes, returns, synchLosses, retransmissions, network } = constants.scope
  return {
    ...{ CRASHES: crashes, RETURNS: returns, SYNCH_LOSSES: synchLosses },
    ...{ RETRANSMISSIONS: retransmissions, NETWORK: network, SYNCH: synchCapacity(constants) },
  }
}

/** The room that some searches need: what more room there is does not change what is found. */
const roomFor = (searches: readonly IkeSearch[]): Values => {
  const most = (of: (constants: Constants) => number) =>
    Math.max(...searches.map(({ constants }) => of(constants)))
  return {
    CLUSTER_CHILDREN: most((constants) => startsOf(constants, 'cluster', 'createChild')),
    PEER_CHILDREN: most((constants) => startsOf(constants, 'peer', 'createChild')),
    IDS: most((constants) => Math.max(...SIDE.map((side) => requestLimit(constants, side)))),
    TASKS: most((constants) =>
      Math.max(...SIDE.flatMap((side) => EXCHANGE.map((exchange) => startsOf(constants, side, exchange)))),
    ),
  }
}

/** Where the text looks for a violation of a property, or for the situation that it speaks of: until the next semicolon. */
const COVER = /^( *)cover "(\S+) (violated|arose)"([^;]*);\n/gm

/**
 * The Murphi text of a search. It counts how often each property is violated, and never stops; with `asserted`, a label, it
 * stops at the first violation of that property, by a shortest path.
 */
export const murphiOf = (search: IkeSearch, asserted?: string): string => {
  const { constants } = search
  const values = { ...choicesOf(constants), ...limitsOf(constants), ...roomFor([search]) }
  const text = withConstants(modelText('ike.m'), values)
  if (asserted === undefined) return text
  return text.replace(COVER, (_, indent: string, label: string, what: string, test: string) =>
    label === asserted && what === 'violated' ? `${indent}assert "${label}" !(${test});\n` : '',
  )
}

/** Searches in groups whose texts differ in policies and starts only. */
export const jointly = (searches: readonly IkeSearch[]): readonly (readonly IkeSearch[])[] => {
  const groups = new Map<string, IkeSearch[]>()
  for (const search of searches) {
    const key = JSON.stringify(limitsOf(search.constants))
    groups.set(key, [...(groups.get(key) ?? []), search])
  }
  return [...groups.values()]
}

/**
 * The Murphi text of such a group, compiled once for all: which search it is, is part of the state and chosen at the start, and so
 * are policies and starts that differ. What is looked for is looked for in each search by its number.
 */
export const jointMurphiOf = (searches: readonly IkeSearch[]): string => {
  const [first] = searches as readonly [IkeSearch]
  const choices = searches.map(({ constants }) => choicesOf(constants))
  const differing = Object.keys(choices[0]!).filter(
    (name) => new Set(choices.map((one) => one[name]!)).size > 1,
  )
  const numbers = searches.map((_, i) => i)
  const text = withConstants(modelText('ike.m'), {
    ...choices[0]!,
    ...limitsOf(first.constants),
    ...roomFor(searches),
  })
  const variables = differing.map(
    (name) => `  ${name}: 0 .. ${Math.max(...choices.map((one) => one[name]!))};\n`,
  )
  const assigned = numbers.map(
    (i) => `    case ${i}: ${differing.map((name) => `${name} := ${choices[i]![name]};`).join(' ')}\n`,
  )
  const last = searches.length - 1
  return differing
    .reduce((rest, name) => rest.replace(new RegExp(`^  ${name}: \\d+;\n`, 'm'), ''), text)
    .replace('\nvar\n', `\nvar\n  number: 0 .. ${last};\n${variables.join('')}`)
    .replace(
      /^startstate "(\w+)"\nbegin\n([\s\S]*?\n)end;\n/m,
      (_, name: string, body: string) =>
        `ruleset n: 0 .. ${last} do\nstartstate "${name}"\nbegin\n  number := n;\n  switch n\n${assigned.join('')}  end;\n${body}end;\nend;\n`,
    )
    .replace(COVER, (_, indent: string, label: string, what: string, test: string) => {
      if (indent === '')
        return numbers.map((i) => `cover "${i} ${label} ${what}" number = ${i} & (${test});\n`).join('')
      const cases = numbers.map((i) => `case ${i}: cover "${i} ${label} ${what}" true;`).join(' ')
      return `${indent}if ${test.trim()} then switch number ${cases} end; end;\n`
    })
}

/** How much was searched. */
export interface Counts {
  readonly distinct: number
  readonly transitions: number
}

/** What was found by one search; without its counts where searches are counted together. */
export interface IkeFound extends Partial<Counts> {
  readonly name: string
  /** By label: violated, holds or vacuous. */
  readonly verdicts: Readonly<Record<string, string>>
}

/** The verdicts in what a verifier says, of a search in a group by its number. */
const verdictsIn = (output: string, number?: number): IkeFound['verdicts'] => {
  const before = number === undefined ? '' : `${number} `
  const isHit = (what: string) => output.includes(`cover "${before}${what}" hit`)
  const verdictOf = (label: string): string => {
    if (isHit(`${label} violated`)) return 'violated'
    return isHit(`${label} arose`) ? 'holds' : 'vacuous'
  }
  return Object.fromEntries(LABELS.map((label) => [label, verdictOf(label)]))
}

/** The states and transitions in what a verifier says. */
export const countsIn = (output: string): Counts => ({
  distinct: numberIn(output, /(\d+) states, \d+ rules fired/),
  transitions: numberIn(output, /\d+ states, (\d+) rules fired/),
})

/** What a verifier has found of a search. */
export const foundIn = (output: string, search: IkeSearch): IkeFound => ({
  name: nameOf(search),
  ...countsIn(output),
  verdicts: verdictsIn(output),
})

/** What a verifier has found of a group of searches. */
export const foundJointlyIn = (output: string, searches: readonly IkeSearch[]): readonly IkeFound[] =>
  searches.map((search, number) => ({ name: nameOf(search), verdicts: verdictsIn(output, number) }))
