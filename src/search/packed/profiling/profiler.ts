/**
 * Profiles a search of one thread: counts values in every state it expands, and times the actions in a few of them.
 * Without a profiler its calls are not in the program text at all.
 */
import { choicesOf } from '../../../modelling/action.ts'
import type { Model } from '../../../modelling/model.ts'
import type { Source } from '../../../state/codegen/source.ts'
import type { Layout } from '../../../state/layout.ts'
import type { Coverage } from '../../engine/outcome.ts'
import type { Profile } from '../../engine/profile.ts'
import { Stopwatch } from './stopwatch.ts'
import { ValueCounts } from './value-counts.ts'

/** The first state to be timed. */
const FIRST_TIMED = 33

export class Profiler {
  readonly values: ValueCounts
  readonly stopwatch: Stopwatch
  readonly #model: Model

  /** `names`: the path of each root of the layout. */
  constructor(model: Model, layout: Layout, names: readonly string[]) {
    this.#model = model
    this.values = new ValueCounts(layout, names)
    this.stopwatch = new Stopwatch(model.actions.length)
  }

  get bytes(): number {
    return this.values.bytes
  }

  result(coverage: readonly Coverage[]): Profile {
    const { states } = this.values
    const { shares } = this.stopwatch
    return {
      states,
      actions: this.#model.actions.map((action, i) => ({
        action: action.name,
        tries: states * choicesOf(action).length,
        taken: coverage[i]!.taken,
        fresh: coverage[i]!.fresh,
        ...(shares && { time: shares.actions[i]! }),
      })),
      ...(shares && { storing: shares.storing }),
      variables: this.values.profiles,
    }
  }
}

/** The pieces of the loop over states: what is done with a state, and the calls of its actions, counted in `any`. */
export interface LoopText {
  readonly met: string
  readonly acts: string
}

/** Adds what profiling needs and returns the pieces of the loop; without a profiler only the calls are left. */
export const loopText = (source: Source, { actions }: Model, profiler: Profiler | undefined): LoopText => {
  const acts = `for (let a = 0; a < ${actions.length}; a++) any += act(a)`
  if (!profiler) return { met: '', acts }
  source.let('values', profiler.values)
  source.let('stopwatch', profiler.stopwatch)
  source.let('LAPS', profiler.stopwatch.laps)
  source.let('now', () => performance.now())
  const lap = (i: number): string => `u = now(); LAPS[${i}] = u - t; t = u`
  source.add(`
let due = ${FIRST_TIMED}
/** The actions of a state, each timed, and then the look-up of what they lead to. */
function timedActs() {
  let any = 0, u = 0, t = now()
  ${lap(actions.length + 1)}
  ${actions.map((_, i) => `any += act(${i}); ${lap(i)}`).join('\n  ')}
  if (pending !== 0) resolve()
  ${lap(actions.length)}
  due += stopwatch.stop()
  return any
}`)
  return {
    met: 'sync()\n    values.meet(S)',
    acts: `if (s === due) any = timedActs()\n    else { ${acts} }`,
  }
}
