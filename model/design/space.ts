/** The designs of a space: every combination of what is free that does not contradict itself. */
import type { ClusterFile } from '../cluster-files/cluster-file.ts'
import { ClusterFileError, describedCluster } from '../cluster-files/described.ts'
import { ESP_WORDS, type PolicyWords, SCHEME_WORDS, valuesOf } from '../cluster-files/vocabulary.ts'
import type { NamedScheme } from '../schemes/named-scheme.ts'
import type { DesignFile } from './design-file.ts'

/** One policy that is free, with the values that it takes. */
export interface FreePolicy {
  /** Where a cluster file states it, such as `policies.synchIke`. */
  readonly policy: string
  readonly values: readonly unknown[]
}

/** One design. */
export interface Design {
  /** The value of each free policy, by its place among the values. */
  readonly at: readonly number[]
  readonly file: ClusterFile
  /** As it is searched; one for each peer. */
  readonly schemes: readonly NamedScheme[]
}

/** All designs of a space. */
export interface Space {
  readonly free: readonly FreePolicy[]
  readonly designs: readonly Design[]
  /** Combinations that contradict themselves, and are no designs. */
  readonly contradictory: number
}

/** Combinations that are looked at, at the most. */
export const MOST_COMBINATIONS = 50_000

/** What is free, in the order of the file. */
export const freePolicies = ({ free }: DesignFile): readonly FreePolicy[] =>
  Object.entries(free).flatMap(([group, policies]) =>
    Object.entries(policies as Readonly<Record<string, readonly unknown[] | 'all'>>).map(
      ([name, values]) => ({
        policy: `${group}.${name}`,
        values: values === 'all' ? allOf(group, name) : values,
      }),
    ),
  )

const allOf = (group: string, name: string): readonly unknown[] => {
  const words: Readonly<Record<string, PolicyWords>> = group === 'esp' ? ESP_WORDS : SCHEME_WORDS
  return valuesOf(words[group === 'channel' ? 'channel' : name]!)
}

/** Combinations of so many values. */
export const combinationsOf = (free: readonly FreePolicy[]): number =>
  free.reduce((product, { values }) => product * values.length, 1)

/** All combinations, the last policy moving fastest. `basis`: the scheme that a file starts from. */
export const spaceOf = (
  name: string,
  design: DesignFile,
  basis: (name: string | undefined) => NamedScheme | undefined,
): Space => {
  const free = freePolicies(design)
  const designs: Design[] = []
  const all = combinationsOf(free)
  for (let number = 0; number < all; number++) {
    let rest = number
    const at: number[] = new Array<number>(free.length).fill(0)
    for (let i = free.length - 1; i >= 0; i--) {
      const { length } = free[i]!.values
      at[i] = rest % length
      rest = Math.floor(rest / length)
    }
    const file = fileOf(design, free, at)
    try {
      designs.push({ at, file, schemes: describedCluster(name, file, basis(file.basis)).searched })
    } catch (error) {
      if (!(error instanceof ClusterFileError)) throw error
    }
  }
  return { free, designs, contradictory: all - designs.length }
}

const fileOf = (
  { fixed = {} }: DesignFile,
  free: readonly FreePolicy[],
  at: readonly number[],
): ClusterFile => {
  const file = structuredClone(fixed) as Record<string, unknown>
  for (const [i, { policy, values }] of free.entries()) {
    const [group, name] = policy.split('.') as [string, string]
    file[group] = { ...(file[group] as object | undefined), [name]: values[at[i]!] }
  }
  return file as ClusterFile
}
