/** The breadth-first search over an engine: levels, limits, and the verdict for every property. */
import type { Model } from '../modelling/model.ts'
import { instancesOf } from '../state/plain.ts'
import { concretely } from './concretely.ts'
import { type Engine, type EngineOptions, OutOfMemory } from './engine.ts'
import { type Cut, type Judgement, missProbabilityOf, type Outcome } from './outcome.ts'
import { packedEngine } from './packed-engine.ts'
import { pathOf, pathTo } from './path.ts'
import { doomedStates, reversed } from './possible.ts'

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
}

/** What a search is asked for beyond the model. */
export interface SearchOptions {
  readonly limits: Limits
  /** Judge states without successor as well. */
  readonly deadlock: boolean
  /** Called a few times a second. */
  readonly onProgress?: (progress: Progress) => void
  /** Stops the search at the next block. */
  readonly interrupted?: () => boolean
}

/** Action instances tried between two looks at the limits. */
const BLOCK = 1 << 14
/** Milliseconds between two turns of the event loop, in which signals arrive. */
const TURN = 100

/** Explores `model` with the packed engine: every property is judged in this one search. */
export const check = (
  model: Model,
  {
    exact = false,
    symmetry = false,
    ...options
  }: Partial<SearchOptions> & Partial<Pick<EngineOptions, 'exact' | 'symmetry'>> = {},
): Promise<Outcome> =>
  search(packedEngine(model, { exact, symmetry }), { limits: NO_LIMITS, deadlock: false, ...options })

/** Runs an engine breadth first until nothing is left or a limit is met. Throws `ModelFault`. */
export const search = async (engine: Engine, options: SearchOptions): Promise<Outcome> => {
  const { limits } = options
  const started = performance.now()
  const elapsed = () => (performance.now() - started) / 1000
  const block = Math.max(1, Math.floor(BLOCK / instancesOf(engine.model.actions).length))
  let cut: Cut | undefined
  let done = 0
  let depth = 0
  let turn = started + TURN

  engine.start()
  let levelEnd = engine.distinct
  if (levelEnd > 0) depth = 1
  while (done < engine.distinct && cut === undefined) {
    const end = Math.min(done + block, levelEnd)
    try {
      engine.expand(done, end)
    } catch (cause) {
      if (!(cause instanceof OutOfMemory)) throw cause
      cut = 'bytes'
      break
    }
    done = end
    if (done === levelEnd && engine.distinct > levelEnd) {
      levelEnd = engine.distinct
      depth += 1
    }
    if (done === engine.distinct) break
    if (engine.distinct >= limits.states) cut = 'states'
    else if (engine.bytes >= limits.bytes) cut = 'bytes'
    else if (elapsed() >= limits.seconds) cut = 'seconds'
    if (performance.now() >= turn) {
      await new Promise((resume) => setImmediate(resume))
      options.onProgress?.({
        distinct: engine.distinct,
        generated: engine.generated,
        frontier: engine.distinct - done,
        depth,
        bytes: engine.bytes,
        elapsedSeconds: elapsed(),
      })
      turn = performance.now() + TURN
    }
    if (options.interrupted?.()) cut ??= 'interrupt'
  }

  engine.secondOpinion()
  const complete = cut === undefined
  const judgements = judgementsOf(engine, done, complete)
  return {
    model: engine.model,
    ...(engine.symmetry && { symmetry: engine.symmetry }),
    judgements: concretely(
      engine,
      options.deadlock ? [...judgements, deadlockOf(engine, complete)] : judgements,
    ),
    distinct: engine.distinct,
    generated: engine.generated,
    depth,
    stuck: engine.stuck,
    coverage: engine.coverage,
    complete,
    ...(cut !== undefined && { cut }),
    frontier: engine.distinct - done,
    exact: engine.exact,
    missProbability: engine.exact ? 0 : missProbabilityOf(engine.distinct),
    elapsedSeconds: elapsed(),
    bytes: engine.bytes,
  }
}

const judgementsOf = (engine: Engine, expanded: number, complete: boolean): readonly Judgement[] => {
  const edges = engine.model.properties.some((p) => p.kind === 'alwaysPossible')
    ? reversed(engine)
    : undefined
  return engine.model.properties.map((p, i): Judgement => {
    const { shown, situation, value } = engine.findings[i]!
    const base = { property: p.name, kind: p.kind }
    if (p.kind === 'alwaysPossible') {
      const { doomed, judged } = doomedStates(engine, edges!, i, expanded)
      if (doomed !== undefined) return { ...base, verdict: 'violated', path: pathTo(engine, doomed) }
      return { ...base, verdict: complete ? (judged ? 'holds' : 'vacuous') : 'unknown' }
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
