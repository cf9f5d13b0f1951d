/**
 * All the ways into a violation, not only a shortest one: a search of its own for one property, which goes no further
 * where it is violated and notes every state in which that happened. So no path to a noted state leads through another.
 */
import type { Action } from '../modelling/action.ts'
import type { Model } from '../modelling/model.ts'
import { always, isListener, type OfGraph, type Property, type Temporal } from '../modelling/property.ts'
import { range, record } from '../modelling/schema.ts'
import { type Limits, search } from './breadth-first.ts'
import type { Engine } from './engine/engine.ts'
import type { Path } from './engine/outcome.ts'
import { pathTo } from './engine/path.ts'
import { noticing } from './noticing.ts'
import { RECALL } from './packed/memoised/read-trees.ts'
import { packedEngine } from './packed/packed-engine.ts'

/** Violating states that are kept by number; what is beyond is counted only. */
const MOST_KEPT = 1_000_000
/** Sequences of actions that are told apart. */
const MOST_SEQUENCES = 50_000

/** States that were reached by the same actions, whatever these chose. */
export interface Way {
  /** A shortest path of them. */
  readonly path: Path
  readonly states: number
}

/** What the search for all violations found. */
export interface Ways {
  /** Shortest first. */
  readonly ways: readonly Way[]
  /** Violating states in all, and those that belong to no way above since there were too many. */
  readonly states: number
  readonly unsorted: number
  /** Whether the search came to its end. */
  readonly complete: boolean
}

/** Whether all violations of a property can be looked for. */
export const hasWays = (
  property: Property,
): property is Exclude<Property, Temporal | { kind: 'sometimes' | 'measure' }> =>
  property.kind === 'always' || property.kind === 'monitor' || property.kind === 'alwaysPossible'

/** Looks for all violations of one property. Throws `ModelFault`. */
export const waysOf = async (
  model: Model,
  property: Property,
  { limits, interrupted }: { readonly limits: Limits; readonly interrupted?: () => boolean },
): Promise<Ways> => {
  if (!hasWays(property)) throw new TypeError(`a ${property.kind} is not violated`)
  const found: number[] = []
  let states = 0
  const note = (state: number): void => {
    states += 1
    if (found.length < MOST_KEPT) found.push(state)
  }
  const options = { limits, deadlock: false, ...(interrupted && { interrupted }) }
  let engine: Engine
  let complete: boolean
  if (property.kind === 'alwaysPossible') {
    engine = packedEngine(
      { ...model, properties: [property] },
      { exact: 'free', symmetry: false, profile: false },
    )
    complete = (await search(engine, options)).complete
    for (const state of doomedFirst(engine)) note(state)
  } else {
    let searching = true
    // Judged once for each new state, just before it is stored under the next number, and after the search again.
    const stopping = stoppingAt(model, property, () => {
      if (searching) note(engine.distinct)
    })
    engine = packedEngine(stopping, {
      exact: 'free',
      symmetry: false,
      profile: false,
      // The property tells of each state, which it would not where its answer is remembered.
      recall: { ...RECALL, room: 0 },
    })
    const close = engine.close.bind(engine)
    engine.close = () => {
      searching = false
      close()
    }
    complete = (await search(engine, options)).complete
  }
  const { ways, sorted } = sortedWays(model, engine, found)
  return { ways, states, unsorted: states - sorted, complete }
}

/** The doomed states that were reached from one that is not. */
const doomedFirst = (engine: Engine): readonly number[] => {
  const { graph, distinct, expanded } = engine
  if (!graph) return []
  const hopes = new Uint8Array(distinct).fill(0xff, expanded)
  for (let s = 0; s < expanded; s++) hopes[s] = graph.holds(s)
  while (graph.spread(hopes));
  const isDoomed = (s: number): boolean => (hopes[s]! & 1) === 0 && (graph.judges(s) & 1) !== 0
  const doomed: number[] = []
  for (let s = 0; s < expanded; s++) {
    if (!isDoomed(s)) continue
    const { from } = engine.cameBy(s)
    if (from < 0 || !isDoomed(from)) doomed.push(s)
  }
  return doomed
}

const sortedWays = (
  { initial, actions }: Model,
  engine: Engine,
  found: readonly number[],
): { readonly ways: readonly Way[]; readonly sorted: number } => {
  const nameOf = (list: readonly Action[]): readonly string[] =>
    list.flatMap((action) => Array<string>(instancesOf(action)).fill(action.name))
  const names = [nameOf(initial), nameOf(actions)] as const
  const ways = new Map<string, { path: Path; states: number }>()
  let sorted = 0
  for (const state of found) {
    const path = pathTo(engine, state)
    const key = path.map((number, i) => names[i === 0 ? 0 : 1][number]!).join(' ')
    const way = ways.get(key)
    if (way) way.states += 1
    else if (ways.size < MOST_SEQUENCES) ways.set(key, { path, states: 1 })
    else continue
    sorted += 1
  }
  return { ways: [...ways.values()].sort((a, b) => a.path.length - b.path.length), sorted }
}

const instancesOf = ({ choose }: Action): number =>
  Object.values(choose).reduce((product, domain) => product * domain.length, 1)

/** The name of the variable that says whether the property was violated by the step into a state. */
const ENDED = 'clustercheckEnded'

/**
 * The model with one more variable, which a violating step sets and with which nothing is enabled. `note` is called for
 * each new state in which it is set. Instances keep their numbers.
 */
const stoppingAt = (
  model: Model,
  property: Exclude<Property, OfGraph | { kind: 'sometimes' | 'measure' }>,
  note: () => void,
): Model => {
  let violated = false
  type Ending = { [ENDED]: number }
  const stopping = (action: Action): Action => ({
    ...action,
    guard: (s, choice) => (s as Ending)[ENDED] === 0 && (action.guard?.(s, choice) ?? true),
    effect: (d, choice, emit) => {
      violated = false
      action.effect(d, choice, emit)
      if (violated || (property.kind === 'always' && !property.holds(d))) (d as Ending)[ENDED] = 1
    },
  })
  const ended = always('ClustercheckEnded', {
    holds: (s) => {
      if ((s as unknown as Ending)[ENDED] === 1) note()
      return true
    },
  })
  return {
    ...model,
    state: record({ ...model.state.fields, [ENDED]: range(0, 1) }),
    initial: model.initial.map(stopping),
    actions: model.actions.map(stopping),
    properties: isListener(property) ? [ended, noticing(property, () => (violated = true))] : [ended],
    final: () => true,
  }
}
