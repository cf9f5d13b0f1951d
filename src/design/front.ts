/** The designs than which none is better in everything that counts. */

/** What a design is measured by: what it satisfies of what is required, and its prices. */
export interface Measured {
  readonly met: ReadonlySet<string>
  /** In one order for all; smaller is better. */
  readonly prices: readonly number[]
}

/**
 * The designs that meet all that is required; where there is none, those that meet what no other meets and more. Of these
 * the ones than which no other is cheaper in one price and dearer in none. Designs that are equal in all stay together.
 */
export const frontOf = <T extends Measured>(
  designs: readonly T[],
  required: readonly string[],
): readonly (readonly T[])[] => {
  const groups = [
    ...grouped(designs, ({ met }) => required.filter((label) => met.has(label)).join()).entries(),
  ].map(([key, of]) => ({ met: new Set(key === '' ? [] : key.split(',')), of }))
  const best = groups.filter(
    ({ met }) =>
      !groups.some((other) => other.met.size > met.size && [...met].every((label) => other.met.has(label))),
  )
  return best
    .sort((a, b) => b.met.size - a.met.size)
    .flatMap(({ of }) => {
      const alike = [...grouped(of, ({ prices }) => prices.join()).values()]
      return alike.filter(([one]) => !alike.some(([other]) => isCheaper(other!, one!)))
    })
}

const isCheaper = (a: Measured, b: Measured): boolean =>
  a.prices.every((price, i) => price <= b.prices[i]!) && a.prices.some((price, i) => price < b.prices[i]!)

const grouped = <T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}
