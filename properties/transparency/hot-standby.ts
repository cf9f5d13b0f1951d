/**
 * Whether clusters of hot standby can be told from a single gateway: `clustercheck check` takes this file, and `--set scheme=NAME`
 * says which of them. Searches of their own and no columns of the matrix: each compares two systems.
 */
import { SCHEMES } from '../../model/schemes/index.ts'
import type { Model } from '../../src/modelling/model.ts'
import { parameters } from '../../src/modelling/parameters.ts'
import { oneOf } from '../../src/modelling/schema.ts'
import { type Attacker, clusterOf, comparisonOf, PART, type Part, peerAsks } from './compared.ts'
import { asSecure } from './sec-1.ts'
import { completelyTransparent } from './trn-c.ts'
import { partiallyTransparent } from './trn-p.ts'

/** Schemes of hot standby that differ in what is told of IKE. The others of the family differ in what fails, or in the members. */
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

/** Schemes that differ from `synch-ike` in ESP alone. Random IVs come again at a single gateway too, and would hide all else. */
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

/** One search: a part, and the level of the attacker. */
export interface Compared {
  readonly part: Part
  readonly attacker: Attacker
}

/** What a search is called. */
export const nameOf = ({ part, attacker }: Compared): string => `${part} ${attacker}`

const ofEsp = (part: Part): boolean => part === 'outbound' || part === 'inbound'

/** The searches of a scheme. What an attacker can do to IKE messages does not depend on its level. */
export const searchesOf = (name: string): readonly Compared[] =>
  PART.filter((part) => ofEsp(part) || !ESP.includes(name)).flatMap((part) =>
    (ofEsp(part) ? (['A0', 'A1', 'A2'] as const) : (['A2'] as const)).map((attacker) => ({ part, attacker })),
  )

/** The model of a scheme with what can be judged of this part of it. The network of TRN-C can do what A2 can. */
export const comparedOf = (name: string, { part, attacker }: Compared): Model => {
  const { scheme } = SCHEMES.find((one) => one.name === name)!
  const comparison = comparisonOf(scheme, part, attacker)
  return clusterOf(name, comparison, [
    ...(part === 'inbound' || attacker !== 'A2' ? [] : [completelyTransparent(comparison)]),
    ...(peerAsks(part) ? [partiallyTransparent(comparison)] : []),
    asSecure(comparison),
  ])
}

export default parameters(
  { scheme: oneOf(...STANDBY, ...ESP), part: oneOf(...PART), attacker: oneOf('A0', 'A1', 'A2') },
  ({ scheme, part, attacker }) => comparedOf(scheme, { part, attacker }),
  { scheme: 'acked-everything', part: 'peer', attacker: 'A2' },
)
