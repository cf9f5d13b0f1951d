/** The changes of policies that a cluster could be repaired by. */
import type { Scheme } from '../constants/scheme.ts'
import type { OwnBounds } from '../schemes/named-scheme.ts'
import { withEsp } from '../schemes/policies.ts'
import { lagOf, lagRule, SEARCHED_PERIOD } from './scaling.ts'
import { ESP_WORDS, type PolicyWords, SCHEME_WORDS, type Value, valuesOf } from './vocabulary.ts'

/** One policy with another value. */
export interface Change {
  /** Where a cluster file states it, such as `policies.carriesAnswer`. */
  readonly policy: string
  readonly from: string
  readonly to: string
  /** What the new value means. */
  readonly means: string
  /** Whether it is worth while by itself. */
  readonly alone: boolean
  apply(scheme: Scheme): Scheme
  /** Whether it leads to what another scheme has: of widths, whether both are nothing, as much as is needed, or all. */
  leadsTo(other: Scheme): boolean
}

/** Policies that say what stands around a cluster, and stay. */
const AROUND = ['policies.addressing', 'policies.redirects', 'esp.esn', 'esp.peerAntiReplay', 'esp.toldBy']
/**
 * Policies that are changed with those of a whole scheme only: they say what kind of cluster it is or how it is built, or
 * they have one value only that is no fault.
 */
const FIXED = ['ikeBy', 'channel', 'sharing', 'delivery', 'iv']
/** Values that are faults: changes lead away from them only. */
const FAULTS: readonly Value[] = ['unchecked', 'anything', 'wraps', 'reorders', 'latest', 'overflows']

/** A policy that has names for its values, and where it is in a scheme. */
interface Place {
  readonly policy: string
  readonly words: PolicyWords
  readonly alone: boolean
  valueIn(scheme: Scheme): Value
  with(scheme: Scheme, value: Value): Scheme
}

const PLACES: readonly Place[] = [
  ...Object.entries(SCHEME_WORDS).map(
    ([name, words]): Place => ({
      policy: name === 'channel' ? 'channel.order' : `policies.${name}`,
      words,
      alone: !FIXED.includes(name),
      valueIn: (scheme) => scheme[name as keyof typeof SCHEME_WORDS] as Value,
      with: (scheme, value) => ({ ...scheme, [name]: value }),
    }),
  ),
  ...Object.entries(ESP_WORDS).map(
    ([name, words]): Place => ({
      policy: `esp.${name}`,
      words,
      alone: !FIXED.includes(name),
      valueIn: ({ esp }) => esp[name as keyof typeof ESP_WORDS] as Value,
      with: (scheme, value) => withEsp(scheme, { [name]: value }),
    }),
  ),
].filter(({ policy }) => !AROUND.includes(policy))

const named = (scheme: Scheme, place: Place): readonly Change[] => {
  const { policy, words, alone } = place
  const from = place.valueIn(scheme)
  return valuesOf(words)
    .filter((to) => to !== from && !FAULTS.includes(to))
    .map((to) => ({
      policy,
      from: String(from),
      to: String(to),
      means: `${words.asks} ${words.values[String(to)]}`,
      alone,
      apply: (given) => place.with(given, to),
      leadsTo: (other) => place.valueIn(other) === to,
    }))
}

/** Whether the others are told of ESP counters. */
const told = ({ esp: { period } }: Scheme): Change => {
  const tells = period > 0
  const often = 'every few packets'
  return {
    policy: 'esp.told',
    from: tells ? often : 'never',
    to: tells ? 'never' : often,
    means: `the others are ${tells ? 'not ' : ''}told of ESP counters`,
    alone: !tells,
    apply: (given) => withEsp(given, { period: tells ? 0 : SEARCHED_PERIOD }),
    leadsTo: ({ esp }) => esp.period > 0 !== tells,
  }
}

const widths = (
  { esp }: Scheme,
  { synchLosses = 1 }: OwnBounds,
  policy: 'jump' | 'raise',
  means: string,
): readonly Change[] => {
  const own = esp[policy]
  const margin = lagOf(esp.period === 0 ? SEARCHED_PERIOD : esp.period, synchLosses, esp.unread, esp.toldBy)
  const sort = (width: number | 'maximum') =>
    width === 'maximum' || width === 0 ? width : Math.min(width, 1)
  const to = (value: number | 'maximum', says: string, by: string): Change => ({
    policy: `esp.${policy}`,
    from: String(own),
    to: says,
    means: `${means} ${by}`,
    alone: value !== 0,
    apply: (given) => withEsp(given, { [policy]: value }),
    leadsTo: (other) => sort(other.esp[policy]) === sort(value),
  })
  return [
    ...(own === 'maximum' || own < margin ? [to(margin, AS_NEEDED, `by ${lagRule(esp.toldBy)}`)] : []),
    ...(own === 'maximum' ? [] : [to('maximum', 'maximum', 'to the last number')]),
    ...(own === 0 ? [] : [to(0, '0', 'by nothing')]),
  ]
}

/** How a width is called that is just as large as needed. */
export const AS_NEEDED = 'as far as the standby may lag behind'

/**
 * Every change of one policy of a scheme whose quantities are those of a search; whether the policies then fit is not
 * looked at.
 */
export const changesOf = (scheme: Scheme, bounds: OwnBounds = {}): readonly Change[] =>
  scheme.cluster
    ? [
        ...PLACES.flatMap((place) => named(scheme, place)),
        told(scheme),
        ...widths(scheme, bounds, 'jump', 'a member that begins to act skips numbers'),
        ...widths(scheme, bounds, 'raise', 'a member that begins to act raises its window'),
      ]
    : []
