/**
 * The symmetry of a model: which identities may be permuted, so that a search need keep one state of each orbit only.
 *
 * Guards, effects and tests are closures: that they treat identities alike is tried out, on a sample here and on a
 * sample of the states that a search expands. Let G be the permutations that are left, and let it be true that what an
 * instance may do in a reachable state s, its image under any pi of G (or another instance of the same action) may
 * do in pi s: with the image of the state it leads to, and with equal judgements. Then every path from an initial state
 * has its like among the representatives: if r represents s and s goes to t, then r goes to some state of t's orbit,
 * and t and that state have one representative. A path among the representatives comes from one of reachable states
 * in the same way. So a state of every reachable orbit is met at its least depth, tests say of it what they say of the
 * whole orbit, and a doomed state has a doomed representative. Initial states need not be symmetric: the argument
 * starts at those there are, and a representative need not be reachable itself.
 */
import type { Model } from '../modelling/model.ts'
import { Comparison } from './identities/comparison.ts'
import { candidatesOf } from './identities/families.ts'
import type { Family, Partition } from './identities/partition.ts'
import { factorial, planOf, unaffordable } from './identities/plan.ts'
import { pairIn, type Random, randomFrom, sampleOf } from './identities/sample.ts'
import { placed, type Walker, walkerOf } from './walker.ts'

/** What a search may permute. Data only: it can be sent to another thread. */
export interface Symmetry {
  /** Identities that are permuted among themselves; and, with a reason, those that are not. */
  readonly families: readonly Family[]
  /** The number of permutations. */
  readonly order: number
}

/** Exchanges tried in one state of a sample, and in the first states. */
const EXCHANGES = 3
const FIRST_STATES = 10
const FIRST_EXCHANGES = 300
/** Samples at most; another is taken when one has found something. */
const SAMPLES = 8

const known = new WeakMap<Model, Symmetry>()

/** Finds the symmetry of a model. */
export const symmetryOf = (model: Model): Symmetry => {
  const found = known.get(model) ?? findSymmetry(model)
  known.set(model, found)
  return found
}

/** The identities that are permuted, class by class. */
export const classesIn = ({ families }: Symmetry): readonly (readonly string[])[] =>
  families.flatMap(({ identities, reason }) => (reason === undefined ? [identities] : []))

const findSymmetry = (model: Model): Symmetry => {
  const partition = candidatesOf(model)
  const classes = partition.classes()
  if (classes.length > 0) {
    const walker = walkerOf(model, classes)
    let finds = true
    for (let seed = 1; finds && seed <= SAMPLES && partition.classes().length > 0; seed++)
      finds = tryOut(model, partition, walker, seed)
    if (finds)
      for (const left of partition.classes())
        partition.dissolve(left, 'Sample after sample shows a pair of these identities that is told apart.')
    dissolveUnaffordable(model, partition)
  }
  const families = partition.families()
  const permuted = partition.classes().map(({ length }) => factorial(length))
  return { families, order: permuted.reduce((product, orders) => product * orders, 1) }
}

/** Tries exchanges on a sample and forbids those that the model does not bear. Whether there were any. */
const tryOut = (model: Model, partition: Partition, walker: Walker, seed: number): boolean => {
  const comparison = new Comparison(model, walker.plan.numbering, placed(model).layout)
  const random = randomFrom(seed)
  /** Identities that differed from another one in a state in which the two were exchanged. */
  const apart = new Set<string>()
  let found = false
  let states = 0
  let classes = partition.classes()
  for (const { path } of sampleOf(model, walker, seed)) {
    states += 1
    const first = states <= FIRST_STATES && partition.pairs().length <= FIRST_EXCHANGES
    const exchanged: string[] = []
    for (const [a, b] of first ? partition.pairs() : someOf(classes, random)) {
      const before = walker.slots.slice()
      const changes = comparison.changes(walker, a, b)
      const difference = comparison.difference(walker, a, b)
      if (difference === undefined) {
        if (changes) apart.add(a).add(b)
        // Later exchanges are tried in the image of the one before, so that not only exchanges of two are tried.
        if (first) walker.slots.set(before)
        else exchanged.push(`${a} and ${b}`)
        continue
      }
      const where = exchanged.length > 0 ? `, ${exchanged.join(', ')} exchanged` : ''
      partition.forbid(a, b, `${difference}, in the state after ${path().join(', ')}${where}.`)
      found = true
      walker.slots.set(before)
    }
    if (found) classes = partition.classes()
    if (classes.length === 0) return true
  }
  if (found) return true
  for (const identities of classes)
    for (const name of identities)
      if (!apart.has(name)) {
        partition.isolate(name, identities, `No state of the sample tells ${name} from another identity.`)
        found = true
      }
  return found
}

/** Some exchanges of two identities of a class. Every class has its turn, however large others are. */
const someOf = (
  classes: readonly (readonly string[])[],
  random: Random,
): readonly (readonly [string, string])[] => Array.from({ length: EXCHANGES }, () => pairIn(classes, random))

/** Gives up classes for which a canonical order would take too long. */
const dissolveUnaffordable = (model: Model, partition: Partition): void => {
  const { layout, paths } = placed(model)
  for (;;) {
    const classes = partition.classes()
    const found = unaffordable(planOf(layout, paths, classes))
    if (!found) return
    partition.dissolve(classes[found.k]!, found.reason)
  }
}
