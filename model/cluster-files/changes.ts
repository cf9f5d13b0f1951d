/** The single changes of policies that a cluster could be repaired by. */
import type { Scheme } from '../constants/constants.ts'
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
  apply(scheme: Scheme): Scheme
}

/**
 * Policies that stay: they say what kind of cluster it is or what stands around it, or they have one value only that is no
 * fault.
 */
const FIXED = [
  'ikeBy',
  'channel',
  'addressing',
  'redirects',
  'sharing',
  'delivery',
  'esn',
  'peerAntiReplay',
  'iv',
]
/** Values that are faults: changes lead away from them only. */
const FAULTS: readonly Value[] = ['unchecked', 'anything', 'wraps', 'reorders', 'latest', 'overflows']

const named = (
  group: string,
  policy: string,
  words: PolicyWords,
  value: Value,
  apply: (scheme: Scheme, to: Value) => Scheme,
): readonly Change[] =>
  FIXED.includes(policy)
    ? []
    : valuesOf(words)
        .filter((to) => to !== value && !FAULTS.includes(to))
        .map((to) => ({
          policy: `${group}.${policy}`,
          from: String(value),
          to: String(to),
          means: `${words.asks} ${words.values[String(to)]}`,
          apply: (scheme) => apply(scheme, to),
        }))

/** Every single change of a scheme whose quantities are those of a search; whether the policies then fit is not looked at. */
export const changesOf = (scheme: Scheme, { synchLosses = 1 }: OwnBounds = {}): readonly Change[] => {
  if (!scheme.cluster) return []
  const { esp } = scheme
  const period = esp.period === 0 ? SEARCHED_PERIOD : esp.period
  const margin = lagOf(period, synchLosses, esp.unread, esp.toldBy)
  const width = (policy: 'jump' | 'raise', means: (by: string) => string): readonly Change[] =>
    ([margin, 'maximum'] as const)
      .filter(
        (to) =>
          to !== esp[policy] &&
          !(typeof to === 'number' && typeof esp[policy] === 'number' && to < esp[policy]),
      )
      .map((to) => ({
        policy: `esp.${policy}`,
        from: String(esp[policy]),
        to: to === 'maximum' ? to : 'as far as the standby may lag behind',
        means: means(to === 'maximum' ? 'to the last number' : `by ${lagRule(esp.toldBy)}`),
        apply: (given) => withEsp(given, { [policy]: to }),
      }))
  return [
    ...Object.entries(SCHEME_WORDS).flatMap(([policy, words]) =>
      named('policies', policy, words, scheme[policy as keyof typeof SCHEME_WORDS] as Value, (given, to) => ({
        ...given,
        [policy]: to,
      })),
    ),
    // Who tells by a clock has no packet that ends a period, and does not begin to count.
    ...Object.entries(ESP_WORDS).flatMap(([policy, words]) =>
      policy === 'toldBy'
        ? []
        : named('esp', policy, words, esp[policy as keyof typeof ESP_WORDS] as Value, (given, to) =>
            withEsp(given, { [policy]: to }),
          ),
    ),
    ...(esp.period > 0
      ? []
      : [
          {
            policy: 'esp.told',
            from: 'never',
            to: 'every few packets',
            means: 'the others are told of ESP counters',
            apply: (given: Scheme) => withEsp(given, { period: SEARCHED_PERIOD }),
          },
        ]),
    ...width('jump', (by) => `a member that begins to act skips numbers ${by}`),
    ...width('raise', (by) => `a member that begins to act raises its window ${by}`),
  ]
}
