/**
 * Concrete traces: a search over representatives finds a path from one to the next, in which identities change their
 * names at every step. Here it is walked in reachable states: each instance is translated by the permutation that
 * takes the state to its representative.
 */
import { ModelFault } from '../modelling/fault.ts'
import type { Model } from '../modelling/model.ts'
import { type Instance, instancesOf } from '../state/plain/instances.ts'
import { tryOut } from './identities/comparison.ts'
import { instancesUnder } from './identities/renaming.ts'
import { walkerOf } from './walker.ts'

/** The fault of a model that a search with symmetry finds out not to be symmetric. */
export class Asymmetry extends ModelFault {
  constructor(problem: string) {
    super({ problem, hint: 'the identities are not interchangeable; search without symmetry' })
  }
}

/** Step numbers: the initial instance, then an action instance for each step. */
type Path = readonly number[]

/** Translates what is said of representatives. */
export interface Concretiser {
  /** A path of representatives as one of reachable states. Throws `Asymmetry` when there is none. */
  path(path: Path): Path
  /** The number of an instance at the end of a path, by its names alone. */
  instance(path: Path, number: number): number
}

/** Makes the translator for the permutations of some classes. */
export const concretiserOf = (model: Model, classes: readonly (readonly string[])[]): Concretiser => {
  const walker = walkerOf(model, classes)
  const { names } = walker.plan.numbering
  const initial = instancesOf(model.initial)
  const instances = instancesOf(model.actions)
  const under = instancesUnder(model.actions)

  /** Instance `number` of the representative, and the permutation that took the state there: the walker is there now. */
  const represented = (number: number) => {
    const moves = walker.represent().slice()
    const back = new Map(names.map((name, i) => [names[moves[i]!]!, name]))
    return { moves, likely: under((name) => back.get(name) ?? name)[number]! }
  }

  /** Takes the instance that does what `number` does in the representative. */
  const take = (number: number): number => {
    const here = walker.slots.slice()
    const { moves, likely } = represented(number)
    const { action, text } = instances[number]!
    const wanted = tryOut(walker, instances[number]!)
    const others = [...instances.keys()].filter((i) => i !== likely && instances[i]!.action === action)
    // Another instance where the names decide on the order of a bag: see `Comparison`.
    for (const candidate of [likely, ...others]) {
      walker.slots.set(here)
      const tried = tryOut(walker, instances[candidate]!)
      if (typeof tried === 'string' || typeof wanted === 'string') continue
      walker.slots.set(tried.slots)
      if (isSame(walker.image(moves), wanted.slots) && isSame(tried.said, wanted.said)) return candidate
    }
    throw new Asymmetry(`${text} cannot be taken in a state that differs in the names of identities only.`)
  }

  const begin = (instance: Instance): void => {
    walker.slots.fill(0)
    const begun = tryOut(walker, instance)
    if (typeof begun === 'string') throw new Asymmetry(`The initial step ${instance.text} is ${begun}.`)
    walker.slots.set(begun.slots)
  }

  const walk = ([first, ...rest]: Path): Path => {
    if (first === undefined) return []
    begin(initial[first]!)
    return [first, ...rest.map(take)]
  }
  return {
    path: walk,
    instance(path, number) {
      walk(path)
      return represented(number).likely
    },
  }
}

const isSame = (one: ArrayLike<number>, other: ArrayLike<number>): boolean => {
  for (let i = 0; i < other.length; i++) if (one[i] !== other[i]) return false
  return true
}
