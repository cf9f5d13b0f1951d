/**
 * Of the shortest paths that show a property, one with the fewest changes of who acts, and of these that which takes
 * the lowest instances. A second search of one thread, as deep as the paths are long, keeps every step between two levels;
 * what is left to the end is then known backwards from what is shown. A path that is as good already stays.
 */

import { ModelFault } from '../modelling/fault.ts'
import type { Model } from '../modelling/model.ts'
import { alwaysPossible, type Monitor, type Predicate } from '../modelling/property.ts'
import { bool, record } from '../modelling/schema.ts'
import { ask } from '../modelling/tests.ts'
import { sameAs } from '../state/same-as.ts'
import { actorsOf, changesIn } from './actors.ts'
import { type Engine, type Graph, OutOfMemory } from './engine/engine.ts'
import type { Judgement, Path } from './engine/outcome.ts'
import { replay } from './engine/path.ts'
import { noticing } from './noticing.ts'
import { packedEngine } from './packed/packed-engine.ts'

/** States of the second search at most; by number and not by time, so that traces are the same on every machine. */
const MOST_STATES = 1_000_000
/** Paths that one search chooses: as many as it can mark the ends of. */
const TOGETHER = 8

/** When the second search ends at the latest. */
export interface ChoosingLimits {
  /** Of its arrays. */
  readonly bytes: number
  readonly interrupted?: (() => boolean) | undefined
}

/** A path to choose, and what tells the states in which paths as good end. */
interface Wanted {
  readonly index: number
  readonly path: Path
  readonly changes: number
  /** Absent: `monitor` is violated by the last step. */
  readonly ends?: Predicate
  readonly monitor?: Monitor
}

/** The judgements, with the paths chosen; those of a search that was cut or ran out of room stay as they are. */
export const withFewestChanges = (
  model: Model,
  judgements: readonly Judgement[],
  limits: ChoosingLimits,
): readonly Judgement[] => {
  const actors = numberedActors(model)
  const wanted = judgements.flatMap((judgement, index) => wantedOf(model, judgement, index, actors.changes))
  const chosen = new Map<number, Path>()
  // Those of about one length together: a search is as deep as its longest.
  const ordered = [...wanted].sort((a, b) => a.path.length - b.path.length)
  for (let i = 0; i < ordered.length; i += TOGETHER)
    for (const [index, path] of chosenPaths(model, ordered.slice(i, i + TOGETHER), actors, limits))
      chosen.set(index, path)
  return judgements.map((judgement, i) => {
    const path = chosen.get(i)
    return path ? { ...judgement, path } : judgement
  })
}

interface Actors {
  readonly count: number
  /** By instance. */
  readonly of: Uint16Array
  changes(path: Path): number
}

const numberedActors = (model: Model): Actors => {
  const { instances, actorOf } = actorsOf(model)
  const numbers = new Map<string, number>()
  const of = Uint16Array.from(instances, (instance) => {
    const name = actorOf(instance)
    if (!numbers.has(name)) numbers.set(name, numbers.size)
    return numbers.get(name)!
  })
  return { count: numbers.size, of, changes: (path) => changesIn(path.slice(1).map((i) => of[i]!)) }
}

/** What is to be chosen for a judgement: nothing where it shows nothing, or who acts never changes. */
const wantedOf = (
  model: Model,
  { property, kind, verdict, path }: Judgement,
  index: number,
  changesOf: Actors['changes'],
): readonly Wanted[] => {
  if (!path || (verdict !== 'violated' && verdict !== 'reached')) return []
  const changes = changesOf(path)
  if (changes === 0) return []
  const base = { index, path, changes }
  const p = model.properties.find(({ name }) => name === property)
  if (p?.kind === 'monitor') return [{ ...base, monitor: p }]
  if (p?.kind === 'always') return [{ ...base, ends: (s) => !ask(p.holds, s) }]
  if (p?.kind === 'sometimes') return [{ ...base, ends: p.holds }]
  if (kind !== 'deadlock' && kind !== 'alwaysPossible') return []
  // Another state may be without a way on as well; this one is.
  const { state } = replay(model, path).steps.at(-1)!
  return [{ ...base, ends: sameAs(model.state, state.model) }]
}

const chosenPaths = (
  model: Model,
  wanted: readonly Wanted[],
  actors: Actors,
  limits: ChoosingLimits,
): ReadonlyMap<number, Path> => {
  const chosen = new Map<number, Path>()
  if (wanted.length === 0) return chosen
  // The first search has run all that this one runs.
  const engine = packedEngine(markingEnds(model, wanted), { exact: 'free', steps: true, once: true })
  const deepest = Math.max(...wanted.map(({ path }) => path.length))
  if (!explore(engine, deepest, limits)) return chosen
  const levels = startsOf(engine.levelSizes)
  for (const [bit, { index, path, changes }] of wanted.entries()) {
    // Complete are the levels before the last that is known, and the last one when nothing is left to expand.
    if (levels.length <= path.length) continue
    const best = bestPath(engine, { bit, length: path.length, levels, actors })
    if (best && actors.changes(best) < changes) chosen.set(index, best)
  }
  return chosen
}

/** Explores until so many levels are known; false when it came to nothing. */
const explore = (engine: Engine, levels: number, { bytes, interrupted }: ChoosingLimits): boolean => {
  try {
    engine.start()
    while (engine.depth < levels && engine.expanded < engine.distinct) {
      if (engine.distinct > MOST_STATES || engine.bytes > bytes || interrupted?.()) break
      engine.advance()
    }
    return true
  } catch (cause) {
    // Beyond where a search was cut there may be a fault, which is not the business of this one.
    if (cause instanceof OutOfMemory || cause instanceof ModelFault) return false
    throw cause
  } finally {
    engine.close()
  }
}

/** The first state of each level, and the one after the last. */
const startsOf = (sizes: readonly number[]): readonly number[] => {
  const starts = [0]
  for (const size of sizes) starts.push(starts.at(-1)! + size)
  return starts
}

interface Choosing {
  /** Of the ends, in the marks of a state. */
  readonly bit: number
  /** Of the path, with its initial step. */
  readonly length: number
  readonly levels: readonly number[]
  readonly actors: Actors
}

/** More changes than any path has. */
const NEVER = 0xffff

/**
 * The best path to an end in the last level. Of each state before it is known how many changes are left at least, and who
 * acts next in a path that has no more of them: with another before, it is one more.
 */
const bestPath = (engine: Engine, { bit, length, levels, actors }: Choosing): Path | undefined => {
  const graph = engine.graph as Required<Graph>
  const [last, end] = [levels[length - 1]!, levels[length]!]
  const words = Math.ceil(actors.count / 32)
  const left = new Uint16Array(end).fill(NEVER)
  const next = new Uint32Array(end * words)
  for (let s = last; s < end; s++)
    if ((graph.holds(s) >>> bit) & 1) {
      left[s] = 0
      next.fill(0xffff_ffff, s * words, (s + 1) * words)
    }
  const isNext = (state: number, actor: number): boolean =>
    ((next[state * words + (actor >>> 5)]! >>> (actor & 31)) & 1) === 1
  /** Changes that are left after an actor has led to a state. */
  const after = (state: number, actor: number): number =>
    left[state] === NEVER ? NEVER : left[state]! + (isNext(state, actor) ? 0 : 1)
  let level = length - 1
  graph.stepsBackwards((from, to, instance) => {
    if (from >= last) return
    while (from < levels[level]!) level -= 1
    if (to < levels[level + 1]! || to >= levels[level + 2]!) return
    const actor = actors.of[instance]!
    const changes = after(to, actor)
    if (changes === NEVER || changes > left[from]!) return
    if (changes < left[from]!) next.fill(0, from * words, (from + 1) * words)
    left[from] = changes
    next[from * words + (actor >>> 5)]! |= 1 << (actor & 31)
  })

  let state = -1
  for (let s = 0; s < levels[1]!; s++)
    if (left[s] !== NEVER && (state < 0 || left[s]! < left[state]!)) state = s
  if (state < 0) return undefined
  const path = [engine.cameBy(state).instance]
  let before = -1
  for (let step = 1; step < length; step++) {
    let best = { changes: NEVER, to: -1, instance: -1 }
    graph.stepsOf(state, (_, to, instance) => {
      if (to < levels[step]! || to >= levels[step + 1]!) return
      const actor = actors.of[instance]!
      const rest = after(to, actor)
      const changes = rest === NEVER ? NEVER : rest + (before < 0 || before === actor ? 0 : 1)
      if (changes < best.changes) best = { changes, to, instance }
    })
    path.push(best.instance)
    before = actors.of[best.instance]!
    state = best.to
  }
  return path
}

/** The name of the variables that say whether a monitor was violated by the step into a state. */
const ENDED = 'clustercheckEnded'

/**
 * The model with a property for each end, and nothing else that is judged. What a monitor says of a step is a variable,
 * since properties are of states; instances keep their numbers.
 */
const markingEnds = (model: Model, wanted: readonly Wanted[]): Model => {
  const monitors = wanted.flatMap(({ monitor }) => monitor ?? [])
  const violated = new Set<string>()
  type Ending = { readonly [ENDED]: Record<string, boolean> }
  const marking = (action: Model['actions'][number]): Model['actions'][number] => ({
    ...action,
    effect: (d, choice, emit) => {
      violated.clear()
      action.effect(d, choice, emit)
      for (const { name } of monitors) (d as Ending)[ENDED][name] = violated.has(name)
    },
  })
  const mark = monitors.length > 0 ? marking : (action: Model['actions'][number]) => action
  const ends = wanted.map(({ ends, monitor }, i) => {
    const name = monitor?.name
    const holds = ends ?? ((s: object): boolean => (s as Ending)[ENDED][name!]!)
    return alwaysPossible(`End${i}`, { holds })
  })
  return {
    ...model,
    state:
      monitors.length === 0
        ? model.state
        : record({
            ...model.state.fields,
            [ENDED]: record(Object.fromEntries(monitors.map(({ name }) => [name, bool]))),
          }),
    initial: model.initial.map(mark),
    actions: model.actions.map(mark),
    properties: [
      ...monitors.map((monitor) => noticing(monitor, () => void violated.add(monitor.name))),
      ...ends,
    ],
    final: () => true,
  }
}
