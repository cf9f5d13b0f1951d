/**
 * How each class of identities is brought into canonical order. Where all that is known of an identity stands in its
 * own column (its records, its bit in sets, whether an id is it), sorting the columns is enough. Where variables
 * relate identities to one another, classes are ordered together, and ties are tried in every order.
 */
import type { Layout } from '../../state/layout.ts'
import { classesNamed, type Numbering, numberingOf, type Position, positionsOf } from './positions.ts'

/** Classes that are ordered together. */
export interface Related {
  readonly classes: readonly number[]
  readonly positions: readonly Position[]
  /** A variable that relates two identities; absent where each message of a bag, or record of a set, names one. */
  readonly relation?: string
}

export interface Plan {
  readonly numbering: Numbering
  readonly positions: readonly Position[]
  /** Classes that are sorted by their columns. */
  readonly sorted: readonly number[]
  readonly related: readonly Related[]
}

/**
 * Permutations of a group at most that a search tries all; that a larger group is one of the model is assumed, and said to be.
 */
export const MOST_IMAGES = 720

/** The number of permutations. */
export const orderOf = ({ numbering }: Plan): number =>
  numbering.classes.reduce((product, { length }) => product * factorial(length), 1)

/** Whether there are too many permutations for all to be tried. */
export const assumesSymmetry = (plan: Plan): boolean => orderOf(plan) > MOST_IMAGES

/** Orders of related identities that are tried for one state at most. */
export const MOST_ORDERS = 40_320
/** Slots that one canonicalisation may write at most: they go to the log of writes. */
const MOST_WRITES = 2_048

/** Makes the plan for the permutations of some classes. `paths` are those of the layout's roots. */
export const planOf = (
  layout: Layout,
  paths: readonly string[],
  classes: readonly (readonly string[])[],
): Plan => {
  const numbering = numberingOf(classes)
  const positions = positionsOf(layout, paths, numbering)
  const groups = classes.map((_, k) => [k])
  const join = (joined: readonly number[]): void => {
    const parts = groups.filter((group) => group.some((k) => joined.includes(k)))
    const [first, ...others] = parts
    for (const other of others) {
      first!.push(...other)
      groups.splice(groups.indexOf(other), 1)
    }
  }
  const relating = positions.filter((position) => isRelating(position))
  for (const position of relating) join(classesOf(position, numbering))

  const inBags = new Set(relating.flatMap((position) => classesOf(position, numbering)))
  return {
    numbering,
    positions,
    sorted: groups.filter(([k]) => !inBags.has(k!)).flat(),
    related: groups
      .filter(([k]) => inBags.has(k!))
      .map((group) => {
        const own = positions.filter((position) =>
          classesOf(position, numbering).some((k) => group.includes(k)),
        )
        const relation = own.find((position) => namesIn(position) > 1)?.path
        return {
          classes: [...group].sort((a, b) => a - b),
          positions: own,
          ...(relation !== undefined && { relation }),
        }
      }),
  }
}

/** The classes that a position is about. */
export const classesOf = (position: Position, numbering: Numbering): readonly number[] => [
  ...new Set([...position.owners, ...classesNamed(position, numbering)]),
]

/** How many identities one value or message brings together: its owners and those it names. */
const namesIn = ({ owners, kind, ids, sets, digits }: Position): number => {
  if (kind === 'records') return owners.length + digits.length
  // What lies in nobody's record and at a fixed place says something of each identity by itself.
  if (owners.length === 0 && kind !== 'bag') return 1
  return owners.length + ids.length + 2 * sets.length
}

const isRelating = (position: Position): boolean =>
  namesIn(position) > 1 ||
  position.kind === 'records' ||
  (position.kind === 'bag' && position.ids.length + position.sets.length > 0)

/** A class for which there is no exact and affordable canonical order, and why. */
export const unaffordable = (plan: Plan): { readonly k: number; readonly reason: string } | undefined => {
  const { classes } = plan.numbering
  const size = (k: number): number => classes[k]!.length
  const largest = (among: readonly number[]): number => among.reduce((a, b) => (size(b) > size(a) ? b : a))
  for (const { classes: group, relation } of plan.related) {
    const orders = group.reduce((product, k) => product * factorial(size(k)), 1)
    if (relation !== undefined && orders > MOST_ORDERS)
      return {
        k: largest(group),
        reason: `${relation} relates identities to one another, and of their ${group.map((k) => `${size(k)}!`).join(' * ')} orders more than ${MOST_ORDERS} might have to be tried for one state.`,
      }
  }
  const slots = plan.positions.reduce((sum, { at, places, stride }) => sum + at.length * places * stride, 0)
  if (slots > MOST_WRITES)
    return {
      k: largest(classes.map((_, k) => k)),
      reason: `Exchanging identities may write ${slots} values; at most ${MOST_WRITES} fit.`,
    }
  return undefined
}

export const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1))
