/** What is left of a trace when steps are left out of it, on the plain interpreter. */
import { plainInterpreter } from '../state/plain/interpreter.ts'
import { replay, shows, type Trace } from './engine/path.ts'

/** What happens to a kept step that cannot be taken any more. */
type Stuck = 'give up' | 'leave out'

/**
 * The trace with those steps only that are kept, or undefined when one of them cannot be taken then; with `leave out`
 * that one is left out as well, unless it is the last. A step is the same when its action emits the same events, and
 * where it emits none when it has the same choice; so a message is the same one wherever it stands in its channel.
 * With `leave out` the same choice is good enough: a crash is a crash, whatever is lost by it.
 */
export const without = (
  { model, steps, path: whole }: Trace,
  keeps: (step: number) => boolean,
  stuck: Stuck = 'give up',
): Trace | undefined => {
  const run = plainInterpreter(model)
  const path: number[] = []
  let state = run.zero
  for (const [i, { events }] of steps.entries()) {
    if (!keeps(i)) continue
    const among = i === 0 ? run.initial : run.instances
    const instance = among[whole[i]!]!
    const wanted = JSON.stringify(events)
    const candidates = [
      instance,
      ...(events.length === 0 ? [] : among.filter((other) => other.action === instance.action)),
    ]
    const same =
      candidates.find(
        (other) => run.enabled(state, other) && JSON.stringify(run.step(state, other).events) === wanted,
      ) ?? (stuck === 'leave out' && run.enabled(state, instance) ? instance : undefined)
    if (same) {
      path.push(among.indexOf(same))
      state = run.step(state, same).state
    } else if (stuck === 'give up' || i === 0 || i === steps.length - 1) return undefined
  }
  return replay(model, path)
}

/**
 * The trace without steps that can be left out one after the other, each with those that then cannot be taken, so that
 * the rest still shows the property violated at its end and not before. The later ones are tried first. Only for a
 * property that a trace can show by itself: none that speaks of what can follow.
 */
export const irreducible = (trace: Trace, property: string): Trace => {
  let rest = trace
  for (let step = trace.steps.length - 2; step > 0; step--) {
    if (step >= rest.steps.length - 1) continue
    const tried = step
    const shorter = without(rest, (one) => one !== tried, 'leave out')
    if (shorter && shows(shorter, property)) rest = shorter
  }
  return rest
}
