/**
 * The exact condition on policies under which something holds in a space, in as few words as are found.
 *
 * A term leaves out some values of some policies; it stands for the designs that have none of them. It implies what is
 * asked if every other design has a value that it leaves out. So the prime implicants are the minimal sets of values that
 * every other design has one of: minimal transversals, found one design after the other (Berge). Policies may have more
 * than two values, and combinations that are no designs may go either way: which is why no two-valued minimiser does.
 */

/** A design, as the place of the value of each policy, and whether it has what is asked. */
export interface Point {
  readonly at: readonly number[]
  readonly holds: boolean
}

/** One policy that a term speaks of, by its place, with the values that it leaves. */
export interface Literal {
  readonly policy: number
  readonly values: readonly number[]
}

/** All of a list of literals, or one of them. */
export type Term = readonly Literal[]

/** Terms of which one must be true (`any`), of all of whose literals each must be; or, the other way round (`all`), of which each must be true, by one of its literals. */
export interface Condition {
  readonly form: 'any' | 'all'
  readonly terms: readonly Term[]
}

/** The shorter of both forms; undefined where all designs, or none, have what is asked. */
export const conditionOf = (points: readonly Point[], sizes: readonly number[]): Condition | undefined => {
  if (points.every(({ holds }) => holds) || !points.some(({ holds }) => holds)) return undefined
  const kept = decisive(points, sizes.length)
  const projected = unique(points.map(({ at, holds }) => ({ at: kept.map((i) => at[i]!), holds })))
  const of = kept.map((i) => sizes[i]!)
  const any = cover(projected, of)
  const all = cover(
    projected.map(({ at, holds }) => ({ at, holds: !holds })),
    of,
  )
  const named = (values: readonly number[], i: number): Literal => ({ policy: kept[i]!, values })
  const direct: Condition = {
    form: 'any',
    terms: any.map((excluded) => literals(excluded, of, false).map(([values, i]) => named(values, i))),
  }
  const dual: Condition = {
    form: 'all',
    terms: all.map((excluded) => literals(excluded, of, true).map(([values, i]) => named(values, i))),
  }
  return lengthOf(dual) < lengthOf(direct) ? dual : direct
}

const lengthOf = ({ terms }: Condition): number =>
  terms.reduce((sum, term) => sum + term.reduce((of, { values }) => of + values.length, 0), 0)

/** Whether a design fulfils a condition. */
export const fulfils = ({ form, terms }: Condition, at: readonly number[]): boolean => {
  const is = ({ policy, values }: Literal): boolean => values.includes(at[policy]!)
  return form === 'any' ? terms.some((term) => term.every(is)) : terms.every((term) => term.some(is))
}

/** Policies without which designs that differ in the answer could not be told apart; others are left out one by one. */
const decisive = (points: readonly Point[], count: number): readonly number[] => {
  let kept = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i >= 0; i--) {
    const without = kept.filter((one) => one !== i)
    const answers = new Map<string, boolean>()
    const tells = points.every(({ at, holds }) => {
      const key = without.map((one) => at[one]).join()
      const known = answers.get(key)
      answers.set(key, holds)
      return known === undefined || known === holds
    })
    if (tells) kept = without
  }
  return kept
}

const unique = (points: readonly Point[]): readonly Point[] => [
  ...new Map(points.map((point) => [point.at.join(), point])).values(),
]

/** For each policy the set of values that a term leaves out, as bits. */
type Excluded = readonly number[]

/** Few prime implicants that together are true of exactly the points that hold: those that are needed, then the widest. */
const cover = (points: readonly Point[], sizes: readonly number[]): readonly Excluded[] => {
  const primes = primesOf(points, sizes)
  const open = new Set(points.filter(({ holds }) => holds))
  const chosen: Excluded[] = []
  const take = (prime: Excluded): void => {
    chosen.push(prime)
    for (const point of open) if (covers(prime, point)) open.delete(point)
  }
  for (const point of [...open]) {
    const covering = primes.filter((prime) => covers(prime, point))
    if (covering.length === 1 && open.has(point)) take(covering[0]!)
  }
  while (open.size > 0) {
    const gains = primes.map((prime) => [...open].filter((point) => covers(prime, point)).length)
    let best = 0
    for (const i of primes.keys()) {
      const better = gains[i]! - gains[best]!
      if (better > 0 || (better === 0 && spoken(primes[i]!) < spoken(primes[best]!))) best = i
    }
    take(primes[best]!)
  }
  return chosen
}

/** All prime implicants. */
export const primesOf = (points: readonly Point[], sizes: readonly number[]): readonly Excluded[] => {
  let found: readonly Excluded[] = [sizes.map(() => 0)]
  for (const { at, holds } of points) {
    if (holds) continue
    const hit = found.filter((one) => !covers(one, { at, holds }))
    const missed = found.filter((one) => covers(one, { at, holds }))
    const grown = missed.flatMap((one) =>
      sizes.flatMap((size, i): readonly Excluded[] => {
        const excluded = one[i]! | (1 << at[i]!)
        // A term that leaves no value of a policy is true of nothing.
        return excluded === 2 ** size - 1 ? [] : [one.map((bits, j) => (j === i ? excluded : bits))]
      }),
    )
    found = [...hit, ...minimal(grown, hit)]
  }
  return found
}

/** Those of `grown` that contain none of `hit` and no other of their own. */
const minimal = (grown: readonly Excluded[], hit: readonly Excluded[]): readonly Excluded[] => {
  const kept: Excluded[] = []
  for (const one of [...grown].sort((a, b) => spoken(a) - spoken(b)))
    if (!hit.some((other) => isWithin(other, one)) && !kept.some((other) => isWithin(other, one)))
      kept.push(one)
  return kept
}

const isWithin = (part: Excluded, whole: Excluded): boolean =>
  part.every((bits, i) => (bits & ~whole[i]!) === 0)

/** Values that a term leaves out. */
const spoken = (excluded: Excluded): number =>
  excluded.reduce((sum, bits) => sum + bits.toString(2).replaceAll('0', '').length, 0)

const covers = (excluded: Excluded, { at }: Point): boolean =>
  at.every((value, i) => (excluded[i]! & (1 << value)) === 0)

/** What a term says of each policy that it speaks of: the values that it leaves, or those that it leaves out. */
const literals = (
  excluded: Excluded,
  sizes: readonly number[],
  out: boolean,
): readonly (readonly [readonly number[], number])[] =>
  excluded.flatMap((bits, i) =>
    bits === 0
      ? []
      : [
          [
            Array.from({ length: sizes[i]! }, (_, value) => value).filter(
              (value) => ((bits & (1 << value)) !== 0) === out,
            ),
            i,
          ] as const,
        ],
  )
