/**
 * Whether clusters can be told from a single gateway: `clustercheck check` takes this file, and `--set scheme=NAME` says which of
 * them. Searches of their own: each compares two systems. The matrix shows what they found.
 */
import { addresses } from '../../model/schemes/addresses.ts'
import { hotStandby } from '../../model/schemes/hot-standby.ts'
import { inbound } from '../../model/schemes/inbound.ts'
import { SCHEMES } from '../../model/schemes/index.ts'
import { ivs } from '../../model/schemes/ivs.ts'
import { loadSharingEsp } from '../../model/schemes/load-sharing-esp.ts'
import { loadSharingIke } from '../../model/schemes/load-sharing-ike.ts'
import type { NamedScheme } from '../../model/schemes/named-scheme.ts'
import { outbound } from '../../model/schemes/outbound.ts'
import { synchChannel } from '../../model/schemes/synch-channel.ts'
import type { Model } from '../../src/modelling/model.ts'
import { parameters } from '../../src/modelling/parameters.ts'
import { oneOf } from '../../src/modelling/schema.ts'
import { type Attacker, clusterOf, comparisonOf, isOfEsp, PART, type Part, peerAsks } from './compared.ts'
import { asSecure } from './sec-1.ts'
import { SITUATION, type SituationName, situationOf } from './situations.ts'
import { completelyTransparent } from './trn-c.ts'
import { partiallyTransparent } from './trn-p.ts'

const ATTACKER = ['A0', 'A1', 'A2'] as const

const schemeOf = (name: string): NamedScheme => SCHEMES.find((one) => one.name === name)!

/** Schemes of hot standby that differ in what is told of IKE. */
export const STANDBY: readonly string[] = [
  'single-gateway',
  'no-synch',
  'synch-sas',
  'synch-ike',
  'acked-counters',
  'acked-answers',
  'acked-requests',
  'acked-everything',
  'acked-no-resynch',
  'told-before',
  'told-before-in-order',
]

/** Schemes that differ from `synch-ike` in ESP alone. */
export const ESP: readonly string[] = [
  'esp-as-is',
  'esp-jump',
  'esp-wide-jump',
  'esp-told-jump',
  'esp-told-wider-jump',
  'esp-wide-jump-late',
  'esp-wider-jump-late',
  'esp-latest-wins',
  'inbound-learns',
  'inbound-raised',
  'inbound-noted',
  'iv-own-counter',
  'iv-lfsr-seeded-anew',
  'iv-salted',
]

/** Schemes of load sharing, and those that differ in what fails or in the peer; schemes whose members have addresses of their own. */
const OTHERS = (families: readonly (readonly NamedScheme[])[]): readonly string[] =>
  families
    .flatMap((family) => family.map(({ name }) => name))
    .filter((name) => ![...STANDBY, ...ESP].includes(name))

export const SHARING = [
  ...OTHERS([hotStandby, synchChannel, loadSharingIke, loadSharingEsp, addresses]),
  'no-message-id-check',
]
export const PACKETS = OTHERS([outbound, inbound, ivs])

/** All that are compared. */
export const COMPARED: readonly string[] = [...STANDBY, ...ESP, ...SHARING, ...PACKETS]

/** One search: a part, what fails, and the level of the attacker. */
export interface Compared {
  readonly part: Part
  readonly attacker: Attacker
  /** Absent: the usual one. */
  readonly situation?: SituationName
}

/**
 * The searches of a scheme. What an attacker can do to IKE messages does not depend on its level. A peer that follows addresses waits
 * for the next message of the cluster, and that a search lets the cluster ask no more would look like silence: what such a peer
 * asks is not compared.
 */
export const searchesOf = (name: string): readonly Compared[] => {
  const { judgedBy, scheme } = schemeOf(name)
  const isMute = scheme.peer.addresses === 'follows' && scheme.addressing !== 'cluster'
  return SITUATION.flatMap((situation) => {
    const { exchangesIn, packetsIn, direction } = situationOf(situation)
    const judges = (part: Part): boolean =>
      isOfEsp(part)
        ? (direction ?? part) === part && packetsIn.some((focus) => judgedBy.includes(focus))
        : !(isMute && peerAsks(part)) && exchangesIn.some((focus) => judgedBy.includes(focus))
    return PART.filter(judges).flatMap((part) =>
      (isOfEsp(part) ? ATTACKER : (['A2'] as const)).map((attacker) => ({ part, attacker, situation })),
    )
  })
}

/** The name of a search among those of its scheme; the usual situation is left out. */
export const nameOf = ({ part, attacker, situation = 'crash' }: Compared): string =>
  `${part}${situation === 'crash' ? '' : `-${situation}`} ${attacker}`

/** The model of a scheme with what can be judged of this part of it. The network of TRN-C can do what A2 can. */
export const comparedOf = (name: string, { part, attacker, situation }: Compared): Model => {
  const comparison = comparisonOf(schemeOf(name).scheme, part, attacker, situation)
  return clusterOf(name, comparison, [
    ...(part === 'inbound' || attacker !== 'A2' ? [] : [completelyTransparent(comparison)]),
    ...(peerAsks(part) ? [partiallyTransparent(comparison)] : []),
    asSecure(comparison),
  ])
}

export default parameters(
  {
    scheme: oneOf(...COMPARED),
    part: oneOf(...PART),
    attacker: oneOf(...ATTACKER),
    fails: oneOf(...SITUATION),
  },
  ({ scheme, part, attacker, fails }) => comparedOf(scheme, { part, attacker, situation: fails }),
  { scheme: 'acked-everything', part: 'peer', attacker: 'A2', fails: 'crash' },
)
