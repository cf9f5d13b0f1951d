/** Runs on the state that is changed in place, made again by the plain interpreter, which is the definition. */
import { ModelFault } from '../modelling/fault.ts'
import type { Model } from '../modelling/model.ts'
import type { Path } from '../search/engine/outcome.ts'
import { replay, shows } from '../search/engine/path.ts'
import { shownIn } from '../state/plain/instances.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import { show } from '../state/print.ts'
import type { Run, Runs } from './runs.ts'
import type { Walker } from './walker.ts'

const HINT =
  'read fields one by one; do not replace records, keep messages or events beyond a step, or write in a guard'

/**
 * Makes a run again. Throws the `ModelFault` that the plain interpreter finds in it, or one that says where the two
 * disagree.
 */
export const confirmRun = (walker: Walker, runs: Runs, run: Run): void => {
  const { model } = walker
  const differ = (what: string, inPlace: string, plain: string): never => {
    throw new ModelFault({
      problem: `${what} is ${inPlace} on a state that is changed in place and ${plain} on one that is not.`,
      model: model.name,
      hint: HINT,
    })
  }
  const plain = plainInterpreter(model)
  const first = new Map<number, number>()
  const note = (property: number, steps: number): void => {
    if (!first.has(property)) first.set(property, steps)
  }
  let state = plain.zero
  const names: string[] = []
  run.path.forEach((number, i) => {
    const instance = (i === 0 ? plain.initial : plain.instances)[number]!
    const before = state
    try {
      if (!plain.enabled(state, instance)) differ(`The guard of ${instance.text}`, 'true', 'false')
      const step = plain.step(state, instance)
      state = step.state
      model.properties.forEach((p, property) => {
        if ((p.kind === 'monitor' || p.kind === 'step') && step.violated.has(p.name)) note(property, i + 1)
        if (p.kind === 'always' || p.kind === 'sometimes') {
          const holds = plain.ask(state, `The property ${p.name}`, p.holds)
          if (holds === (p.kind === 'sometimes')) note(property, i + 1)
        }
      })
    } catch (cause) {
      throw cause instanceof ModelFault ? cause.with({ model: model.name, path: names }) : cause
    }
    names.push(shownIn(instance, before).text)
  })
  if (run.stumbled) {
    // No step of the run failed, so what is asked of its last state did.
    for (const instance of plain.instances) plain.enabled(state, instance)
    for (const p of model.properties)
      if (p.kind === 'alwaysPossible') {
        plain.ask(state, `The property ${p.name}`, p.holds)
        if (p.whenever) plain.ask(state, `The situation of ${p.name}`, p.whenever)
      } else if (p.kind === 'always' && p.situation)
        plain.ask(state, `The situation of ${p.name}`, p.situation)
    differ('A run', 'at fault', 'not')
  }
  runs.retrace(run.path)
  const [there, here] = [show(model.state, walker.state), show(model.state, state.model)]
  if (there !== here) differ(`The state after ${names.join(', ')}`, there, here)
  for (const { property, steps } of run.shown)
    if (first.get(property) !== steps)
      differ(
        `What ${model.properties[property]!.name} says first`,
        `after step ${steps - 1}`,
        first.has(property) ? `after step ${first.get(property)! - 1}` : 'nothing',
      )
  if (first.size !== run.shown.length)
    differ('The number of properties that show something', String(run.shown.length), String(first.size))
}

/** Refuses a path that does not show the property on the plain interpreter. Throws `ModelFault`. */
export const confirmed = (model: Model, property: number, path: Path): void => {
  const { name } = model.properties[property]!
  const trace = replay(model, path)
  if (shows(trace, name)) return
  throw new ModelFault({
    problem: `What a run shows of ${name} on a state that is changed in place, the plain interpreter does not.`,
    model: model.name,
    path: trace.steps.map(({ instance }) => instance.text),
    hint: HINT,
  })
}
