/**
 * Profiles a search of one thread: counts values in every state it expands, and times the actions in a few of them.
 * Without a profiler its calls are not in the program text at all.
 */
import { choicesOf } from '../../modelling/action.ts'
import type { Model } from '../../modelling/model.ts'
import type { Layout } from '../../state/layout.ts'
import type { Source } from '../../state/source.ts'
import type { Coverage } from '../outcome.ts'
import type { Profile } from '../profile.ts'
import { ValueCounts } from './value-counts.ts'

/** One state of so many is timed, not one of those that are audited first: they are in the cache. */
const EVERY = 64
const OFFSET = 33
/** With fewer states timed nothing is said of time. */
const FEWEST_TIMED = 100

export class Profiler {
  readonly values: ValueCounts
  /** Milliseconds: of each action, of looking up and storing, and of reading the clock as often as for one of them. */
  readonly spent: Float64Array
  readonly #model: Model
  #timed = 0

  /** `names`: the path of each root of the layout. */
  constructor(model: Model, layout: Layout, names: readonly string[]) {
    this.#model = model
    this.values = new ValueCounts(layout, names)
    this.spent = new Float64Array(model.actions.length + 2)
  }

  get bytes(): number {
    return this.values.bytes
  }

  timed(): void {
    this.#timed += 1
  }

  result(coverage: readonly Coverage[]): Profile {
    const { states } = this.values
    const clock = this.spent.at(-1)!
    const times = Array.from(this.spent.subarray(0, -1), (time) => Math.max(0, time - clock))
    const all = times.reduce((sum, time) => sum + time, 0)
    const said = this.#timed >= FEWEST_TIMED && all > 0
    const share = (i: number): number => Number((times[i]! / all).toFixed(4))
    return {
      states,
      actions: this.#model.actions.map((action, i) => ({
        action: action.name,
        tries: states * choicesOf(action).length,
        taken: coverage[i]!.taken,
        fresh: coverage[i]!.fresh,
        ...(said && { time: share(i) }),
      })),
      ...(said && { storing: share(times.length - 1) }),
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
  const acts = actions.map((_, i) => `any += act${i}()`).join('\n    ')
  if (!profiler) return { met: '', acts }
  source.let('profiler', profiler)
  source.let('SPENT', profiler.spent)
  source.let('values', profiler.values)
  source.let('now', () => performance.now())
  const lap = (i: number): string => `u = now(); SPENT[${i}] += u - t; t = u`
  source.add(`
/** The actions of a state, each timed. What they lead to is looked up within, or there would be nothing to time. */
function timedActs() {
  let any = 0, u = 0, t = now()
  ${lap(actions.length + 1)}
  ${actions.map((_, i) => `any += act${i}(); ${lap(i)}`).join('\n  ')}
  if (pending !== 0) resolve()
  ${lap(actions.length)}
  profiler.timed()
  return any
}`)
  return {
    met: 'values.meet(S)',
    acts: `if (s % ${EVERY} === ${OFFSET}) any = timedActs()\n    else { ${acts} }`,
  }
}
