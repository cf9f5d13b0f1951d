/**
 * What a run of the model is given: a scheme (policies, what a vendor configures) and a scope (bounds, what cuts
 * the state space). A bound of zero removes an aspect of the model together with its bits.
 */
import type { Extensions } from '../extension-points/extensions.ts'
import { MEMBER, type Member } from './parties.ts'
import type { Scheme } from './scheme.ts'
import type { Scope } from './scope.ts'

export {
  ADDRESS,
  type Address,
  EXCHANGE,
  type Exchange,
  MEMBER,
  type Member,
  SIDE,
  type Side,
  STARTED,
} from './parties.ts'
export type { Addressing, PeerProfile, Scheme } from './scheme.ts'
export type { Requests, Scope } from './scope.ts'

/** Scheme and scope together. */
export interface Constants {
  readonly scheme: Scheme
  readonly scope: Scope
  /** What is added to the base model; absent: nothing. */
  readonly extensions?: Extensions
}

/** Finds what follows from constants alone once for each: guards ask for it at every state. */
export const perConstants = <T>(find: (constants: Constants) => T): ((constants: Constants) => T) => {
  const found = new WeakMap<Constants, T>()
  return (constants) => {
    let known = found.get(constants)
    if (known === undefined) {
      known = find(constants)
      found.set(constants, known)
    }
    return known
  }
}

/** The members that take part. */
export const membersOf = perConstants(({ scheme, scope }) =>
  MEMBER.slice(0, scheme.cluster ? scope.members : 1),
)

/** The members but each one of them. */
const others = perConstants((constants): { readonly [from in Member]?: readonly Member[] } =>
  Object.fromEntries(
    membersOf(constants).map((from) => [from, membersOf(constants).filter((m) => m !== from)]),
  ),
)

/** The other members. */
export const othersOf = (constants: Constants, from: Member): readonly Member[] => others(constants)[from]!
