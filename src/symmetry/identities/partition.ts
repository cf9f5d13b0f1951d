/**
 * Which identities may be exchanged: a partition of every family into classes, that starts with whole families and
 * only ever gets finer. Exchanges of two identities of a class generate all permutations of the class.
 */

/** Identities listed together, and what became of them. */
export interface Family {
  /** Permuted among themselves; or, where there is a reason, not permuted. */
  readonly identities: readonly string[]
  /** Why not: one sentence. */
  readonly reason?: string
}

/** The classes of all families. */
export class Partition {
  readonly #families: readonly (readonly string[])[]
  readonly #forbidden = new Map<string, string>()

  constructor(families: readonly (readonly string[])[]) {
    this.#families = families
  }

  /** Two identities must not be exchanged; the first reason stays. */
  forbid(a: string, b: string, reason: string): void {
    const pair = pairOf(a, b)
    if (!this.#forbidden.has(pair)) this.#forbidden.set(pair, reason)
  }

  /** Looks at every pair that may still be exchanged, and forbids those for which there is a reason. */
  forbidPairs(reasonFor: (a: string, b: string) => string | undefined): void {
    for (const [a, b] of this.pairs()) {
      const reason = reasonFor(a, b)
      if (reason !== undefined) this.forbid(a, b, reason)
    }
  }

  /** No two identities of a class must be exchanged. */
  dissolve(identities: readonly string[], reason: string): void {
    for (const [a, b] of pairsOf(identities)) this.forbid(a, b, reason)
  }

  /** One identity of a class must not be exchanged with the others. */
  isolate(name: string, identities: readonly string[], reason: string): void {
    for (const other of identities) if (other !== name) this.forbid(name, other, reason)
  }

  mayExchange(a: string, b: string): boolean {
    return !this.#forbidden.has(pairOf(a, b))
  }

  /** Every pair of a family that may be exchanged. */
  pairs(): readonly (readonly [string, string])[] {
    return this.#families.flatMap((family) => pairsOf(family).filter(([a, b]) => this.mayExchange(a, b)))
  }

  /** The classes of more than one identity. Every pair of a class may be exchanged. */
  classes(): readonly (readonly string[])[] {
    return this.#families.flatMap((family) => this.#classesOf(family)).filter(({ length }) => length > 1)
  }

  /** What became of each family. */
  families(): readonly Family[] {
    return this.#families.flatMap((family): readonly Family[] => {
      const classes = this.#classesOf(family)
      const alone = classes.filter(({ length }) => length === 1).flat()
      const permuted = classes.filter(({ length }) => length > 1).map((identities) => ({ identities }))
      if (alone.length === 0) return permuted
      return [...permuted, { identities: alone, reason: this.#reasonFor(alone[0]!, family) }]
    })
  }

  #classesOf(family: readonly string[]): readonly (readonly string[])[] {
    const classes: string[][] = []
    for (const name of family) {
      const home = classes.find((others) => others.every((other) => this.mayExchange(name, other)))
      if (home) home.push(name)
      else classes.push([name])
    }
    return classes
  }

  #reasonFor(name: string, family: readonly string[]): string {
    const other = family.find((other) => other !== name && !this.mayExchange(name, other))!
    return this.#forbidden.get(pairOf(name, other))!
  }
}

const pairsOf = (names: readonly string[]): readonly (readonly [string, string])[] =>
  names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b] as const))

const pairOf = (a: string, b: string): string => JSON.stringify(a < b ? [a, b] : [b, a])
