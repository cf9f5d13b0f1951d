/** The breadth-first search over an engine: levels, limits, and the verdict for every property. */
import type { Model } from '../modelling/model.ts'
import { isTemporal } from '../modelling/property.ts'
import { type Doom, doomsOf } from './always-possible.ts'
import { concretely } from './concrete-paths.ts'
import { type Engine, OutOfMemory } from './engine/engine.ts'
import { type Cut, type Judgement, missProbabilityOf, type Outcome } from './engine/outcome.ts'
import { pathOf, pathTo } from './engine/path.ts'
import type { Saved } from './engine/saved.ts'
import { type Lasso, lassosOf } from './fair-runs.ts'
import { withFewestChanges } from './fewest-changes.ts'
import { type Forecast, forecastOf } from './forecast.ts'
import { packedEngine } from './packed/packed-engine.ts'
import type { ProgramOptions } from './packed/program.ts'
import { MOST_STATES } from './packed/storage/chunks.ts'
import { type Refinement, refinementOf } from './refinement/refinement.ts'

/** Where a search stops at the latest. A search that was stopped never says that a property holds. */
export interface Limits {
  /** Distinct states. */
  readonly states: number
  readonly seconds: number
  /** Bytes of the engine's own arrays. */
  readonly bytes: number
}

export const NO_LIMITS: Limits = { states: Infinity, seconds: Infinity, bytes: Infinity }

/** How far a running search has come. */
export interface Progress {
  readonly distinct: number
  readonly generated: number
  readonly frontier: number
  readonly depth: number
  readonly bytes: number
  readonly elapsedSeconds: number
  /** Absent while nothing can be said. */
  readonly forecast?: Forecast
}

/** What a search is asked for beyond the model. */
export interface SearchOptions {
  readonly limits: Limits
  /** Judge states without successor as well. */
  readonly deadlock: boolean
  /** Called a few times a second. */
  readonly onProgress?: (progress: Progress) => void
  /** Takes up a search that was saved. */
  readonly from?: Saved
  /** Saves the search at ends of levels, when asked then, and when it is cut. */
  readonly checkpoints?: Checkpoints
  /** Stops the search at the next block. */
  readonly interrupted?: () => boolean
  /** No cross-check: for models whose closures have been looked at twice in other searches. */
  readonly once?: boolean
  /** Of the shortest paths show those with the fewest changes of who acts, not those that are found first. */
  readonly fewestChanges?: boolean
}

/** Where a search is saved. */
export interface Checkpoints {
  /** Asked at the end of each level. */
  isDue(): boolean
  write(saved: Saved): void
}

/** Milliseconds between two turns of the event loop, in which signals arrive. */
const TURN = 100

/** What a check may be asked for: every option has a default, and so has every limit. */
export interface CheckOptions
  extends Partial<Omit<SearchOptions, 'limits' | 'once'>>,
    Partial<Omit<ProgramOptions, 'rewrite' | 'once'>> {
  readonly limits?: Partial<Limits>
}

/** Explores `model` with the packed engine: every property is judged in this one search. */
export const check = (
  model: Model,
  { exact = 'free', symmetry = false, profile = false, limits, ...options }: CheckOptions = {},
): Promise<Outcome> =>
  search(packedEngine(model, { exact, symmetry, profile }), {
    deadlock: false,
    fewestChanges: true,
    ...options,
    limits: { ...NO_LIMITS, ...limits },
  })

/** Runs an engine breadth first until nothing is left or a limit is met. Throws `ModelFault`. */
export const search = async (engine: Engine, options: SearchOptions): Promise<Outcome> => {
  const started = performance.now()
  const elapsed = () => (performance.now() - started) / 1000
  let cut: Cut | undefined
  try {
    cut = await run(engine, options, elapsed)
  } finally {
    engine.close()
  }

  // What a closure does after it has returned, it has done by then.
  await new Promise((resume) => setTimeout(resume, 1))
  try {
    if (!options.once) engine.crossCheck()
  } catch (cause) {
    if (!(cause instanceof OutOfMemory)) throw cause
    cut ??= 'bytes'
  }
  const goOn = async (): Promise<boolean> => {
    await new Promise((resume) => setImmediate(resume))
    return !options.interrupted?.()
  }
  const dooms = await doomsOf(engine, goOn)
  const lassos = dooms && (await lassosOf(engine, goOn))
  if (lassos === undefined) cut ??= 'interrupt'
  const refinements = dooms && lassos ? await refinementsOf(engine, options, elapsed()) : new Map()
  const { bitstate } = engine
  if (bitstate) cut ??= 'bitstate'
  const complete = cut === undefined
  const { profile } = engine
  const forecast = cut && forecastOf(growthOf(engine, elapsed()))
  const { checkedTwice, assumesSymmetry = false } = engine
  const isCertain = complete && !assumesSymmetry
  const judgements = judgementsOf(engine, isCertain, { dooms, lassos, refinements })
  const shown = concretely(
    engine,
    options.deadlock ? [...judgements, deadlockOf(engine, isCertain)] : judgements,
  )
  return {
    model: engine.model,
    ...(engine.symmetry && { symmetry: engine.symmetry }),
    // The paths of a bitstate search are not the shortest.
    judgements:
      bitstate || !options.fewestChanges
        ? shown
        : withFewestChanges(engine.model, shown, {
            bytes: options.limits.bytes - engine.bytes,
            interrupted: options.interrupted,
          }),
    distinct: engine.distinct - engine.beyond,
    generated: engine.generated,
    depth: depthWithin(engine),
    ...(engine.model.constraint && { beyond: engine.beyond }),
    stuck: engine.stuck,
    coverage: engine.coverage,
    ...(profile && { profile }),
    complete,
    ...(cut !== undefined && { cut }),
    ...(forecast && { expected: forecast.states }),
    frontier: Math.min(engine.distinct - engine.expanded, engine.distinct - engine.beyond),
    exact: engine.exact,
    ...(checkedTwice !== undefined && { checkedTwice }),
    ...(assumesSymmetry && { assumesSymmetry }),
    missProbability: bitstate
      ? 1
      : (engine.exact ? 0 : missProbabilityOf(engine.distinct)) +
        [...refinements.values()].reduce((sum, { missProbability }) => sum + missProbability, 0),
    ...(bitstate && { bitstate }),
    elapsedSeconds: elapsed(),
    bytes: engine.bytes,
  }
}

/** Levels with a state within the constraint of the model. */
const depthWithin = ({ depth, beyond, lastWithin, levelSizes }: Engine): number => {
  if (beyond === 0 || lastWithin === undefined) return depth
  let first = 0
  let levels = 0
  for (const size of levelSizes) {
    if (first > lastWithin) break
    levels += 1
    first += size
  }
  return Math.min(depth, levels)
}

/** Advances until nothing is left or a limit is met, which is returned. */
const run = async (
  engine: Engine,
  { limits, onProgress, interrupted, from, checkpoints }: SearchOptions,
  elapsed: () => number,
): Promise<Cut | undefined> => {
  let turn = performance.now() + TURN
  const stop = (cut: Cut): Cut => {
    checkpoints?.write(engine.save!())
    return cut
  }
  if (from) engine.load!(from)
  else engine.start()
  let { depth } = engine
  while (engine.expanded < engine.distinct) {
    try {
      engine.advance()
    } catch (cause) {
      // What is in memory now stops in the middle of a block, so it is not saved.
      if (cause instanceof OutOfMemory) return 'bytes'
      throw cause
    }
    if (engine.expanded === engine.distinct) return undefined
    if (engine.depth !== depth && checkpoints?.isDue()) checkpoints.write(engine.save!())
    depth = engine.depth
    if (engine.distinct >= Math.min(limits.states, MOST_STATES)) return stop('states')
    if (engine.bytes >= limits.bytes || engine.isFull) return stop('bytes')
    if (elapsed() >= limits.seconds) return stop('seconds')
    if (performance.now() >= turn) {
      await new Promise((resume) => setImmediate(resume))
      onProgress?.(progressOf(engine, elapsed()))
      turn = performance.now() + TURN
    }
    if (interrupted?.()) return stop('interrupt')
  }
  return undefined
}

const progressOf = (engine: Engine, elapsedSeconds: number): Progress => {
  const { distinct, generated, expanded, depth, bytes } = engine
  const forecast = forecastOf(growthOf(engine, elapsedSeconds))
  const frontier = distinct - expanded
  return { distinct, generated, frontier, depth, bytes, elapsedSeconds, ...(forecast && { forecast }) }
}

const growthOf = ({ levelSizes, distinct, expanded, bytes }: Engine, elapsedSeconds: number) => ({
  levelSizes,
  distinct,
  expanded,
  bytes,
  elapsedSeconds,
})

/** The comparisons with specifications, by name of property; each has what is left of the time. */
const refinementsOf = async (
  engine: Engine,
  { limits, interrupted }: SearchOptions,
  spent: number,
): Promise<ReadonlyMap<string, Refinement>> => {
  const found = new Map<string, Refinement>()
  const started = performance.now()
  for (const p of engine.model.properties) {
    if (p.kind !== 'refines' || engine.bitstate || interrupted?.()) continue
    const seconds = limits.seconds - spent - (performance.now() - started) / 1000
    const own = { states: limits.states, seconds, bytes: limits.bytes - engine.bytes, interrupted }
    found.set(p.name, await refinementOf(engine.model, p, own, engine.exact))
  }
  return found
}

const judgementsOf = (
  engine: Engine,
  complete: boolean,
  {
    dooms,
    lassos,
    refinements,
  }: {
    readonly dooms: readonly Doom[] | undefined
    readonly lassos: readonly Lasso[] | undefined
    readonly refinements: ReadonlyMap<string, Refinement>
  },
): readonly Judgement[] => {
  const possible = engine.model.properties.filter((p) => p.kind === 'alwaysPossible')
  const temporal = engine.model.properties.filter(isTemporal)
  return engine.model.properties.map((p, i): Judgement => {
    const { shown, situation, value } = engine.findings[i]!
    const base = { property: p.name, kind: p.kind }
    const unviolated = (judged: boolean): Judgement => ({
      ...base,
      verdict: complete ? (judged ? 'holds' : 'vacuous') : 'unknown',
    })
    if (p.kind === 'alwaysPossible') {
      const { doomed, judged } = dooms?.[possible.indexOf(p)] ?? { judged: false }
      if (doomed !== undefined) return { ...base, verdict: 'violated', path: pathTo(engine, doomed) }
      return unviolated(judged)
    }
    if (isTemporal(p)) {
      const { path, judged, missing } = lassos?.[temporal.indexOf(p)] ?? ({ judged: false } as Lasso)
      if (path) return { ...base, verdict: 'violated', path, ...(complete && missing && { missing }) }
      return unviolated(judged)
    }
    if (p.kind === 'refines') {
      const found = refinements.get(p.name)
      if (!found) return { ...base, verdict: 'unknown' }
      const { path, seen, compared } = found
      if (path) return { ...base, verdict: 'violated', path, compared }
      return { ...base, verdict: !found.complete ? 'unknown' : seen ? 'holds' : 'vacuous', compared }
    }
    if (p.kind === 'sometimes')
      return shown
        ? { ...base, verdict: 'reached', path: pathOf(engine, shown) }
        : { ...base, verdict: complete ? 'unreached' : 'unknown' }
    if (p.kind === 'measure') {
      const verdict = complete ? (shown ? 'measured' : 'vacuous') : 'unknown'
      return { ...base, verdict, ...(shown && { value: value!, path: pathOf(engine, shown) }) }
    }
    const reached = situation && { situation: pathOf(engine, situation) }
    if (shown) return { ...base, verdict: 'violated', path: pathOf(engine, shown), ...reached }
    if (!complete) return { ...base, verdict: 'unknown', ...reached }
    const spokenOf = situation !== undefined || (p.kind === 'always' && p.situation === undefined)
    const vacuous = engine.distinct === 0 || !spokenOf
    return { ...base, verdict: vacuous ? 'vacuous' : 'holds', ...reached }
  })
}

const deadlockOf = (engine: Engine, complete: boolean): Judgement => {
  const base = { property: 'Deadlock', kind: 'deadlock' } as const
  if (engine.deadlock !== undefined)
    return { ...base, verdict: 'violated', path: pathTo(engine, engine.deadlock) }
  if (!complete) return { ...base, verdict: 'unknown' }
  return { ...base, verdict: engine.distinct > 0 ? 'holds' : 'vacuous' }
}
