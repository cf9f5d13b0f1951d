/** Sets of changes, and what a cluster becomes by each. */
import type { Change } from '../../../model/cluster-files/changes.ts'
import { contradictionIn } from '../../../model/cluster-files/contradictions.ts'
import { packetsFor } from '../../../model/cluster-files/scaling.ts'
import { searchesFor } from '../../../model/cluster-files/searches.ts'
import { type Scheme, sharesLoad } from '../../../model/constants/scheme.ts'
import { SCHEMES } from '../../../model/schemes/index.ts'
import type { FocusName, NamedScheme } from '../../../model/schemes/named-scheme.ts'
import { declarationsOf } from '../../../properties/declared/index.ts'
import { labelsOf } from '../../../properties/matrix.ts'
import type { ScopeName } from '../../search/suite.ts'

/** Changes of different policies, in one order for all sets. */
export type ChangeSet = readonly Change[]

/** What tells a set from others of the same cluster. */
export const keyOf = (set: ChangeSet): string =>
  set
    .map(({ policy, to }) => `${policy} ${to}`)
    .sort()
    .join()

/** The cluster with some changes, for each peer; undefined where its policies then contradict each other. */
export const clusterWith = (
  schemes: readonly NamedScheme[],
  set: ChangeSet,
): readonly NamedScheme[] | undefined => {
  if (set.length === 0) return schemes
  const changed = schemes.map((named) => {
    const scheme = set.reduce((so, change) => change.apply(so), named.scheme)
    const { packets: _, ...bounds } = named.bounds ?? {}
    const packets = packetsFor(scheme.esp, bounds.synchLosses)
    return {
      ...named,
      scheme,
      judgedBy: judgedByWith(named, scheme),
      ...(named.bounds && { bounds: { ...bounds, ...(packets !== undefined && { packets }) } }),
    }
  })
  return contradictionIn(changed[0]!.scheme, {}) === undefined ? changed : undefined
}

/** The searches of a cluster with other policies: those that it names, or those that can tell these policies apart. */
const judgedByWith = (
  { scheme, judgedBy, bounds = {} }: NamedScheme,
  changed: Scheme,
): readonly FocusName[] => {
  const usual = searchesFor(scheme, bounds)
  const named = usual.length !== judgedBy.length || usual.some((name, i) => name !== judgedBy[i])
  return named ? judgedBy : searchesFor(changed, bounds)
}

/** The changes that lead to a shipped scheme, or to several that differ in nothing that can be changed. */
export interface Whole {
  /** The scheme that is declared to satisfy most of what is violated. */
  readonly scheme: string
  readonly set: ChangeSet
}

/**
 * The shipped schemes of a cluster's kind: who shares the load does so, and who does not does not. Those that are declared
 * to satisfy most of what is violated come first; that decides nothing, since each is searched before anything is said
 * of it.
 */
export const wholesOf = (
  scheme: Scheme,
  changes: ChangeSet,
  violated: readonly string[],
  scope: ScopeName,
): readonly Whole[] => {
  const declared = declarationsOf(scope)
  const meets = (named: NamedScheme): number => {
    const verdicts = declared[named.name]?.verdicts ?? {}
    const judged = labelsOf(named, scope)
    return violated.filter((label) => judged.includes(label) && verdicts[label] === undefined).length
  }
  const found = new Map<string, Whole & { readonly meets: number }>()
  for (const named of SCHEMES) {
    if (!named.scheme.cluster || sharesLoad(named.scheme) !== sharesLoad(scheme)) continue
    const set = changes.filter((change) => change.leadsTo(named.scheme))
    const key = set.map((change) => changes.indexOf(change)).join()
    const one = { scheme: named.name, set, meets: meets(named) }
    if (one.meets > (found.get(key)?.meets ?? 0)) found.set(key, one)
  }
  return [...found.values()]
    .filter(({ set }) => set.length > 0)
    .sort((a, b) => b.meets - a.meets || a.set.length - b.set.length)
}

export const isWithin = (part: ChangeSet, set: ChangeSet): boolean =>
  part.every((change) => set.includes(change))

/** All changes of some sets; of two to one policy the first. */
export const unionOf = (sets: readonly ChangeSet[]): ChangeSet => {
  const union = new Map<string, Change>()
  for (const change of sets.flat()) if (!union.has(change.policy)) union.set(change.policy, change)
  return [...union.values()]
}

/** Each set with one change more, of a policy that it does not change yet; each once. */
export const setsFrom = (sets: readonly ChangeSet[], singles: ChangeSet): readonly ChangeSet[] => {
  const grown = new Map<string, ChangeSet>()
  for (const set of sets)
    for (const change of singles) {
      if (set.some(({ policy }) => policy === change.policy)) continue
      const more = singles.filter((one) => one === change || set.includes(one))
      grown.set(keyOf(more), more)
    }
  return [...grown.values()]
}
