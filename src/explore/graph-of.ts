/** Makes the graph of a small model, breadth first, up to a number of states. */
import type { Model } from '../modelling/model.ts'
import { printable } from '../modelling/printable.ts'
import { isOverStates } from '../modelling/property.ts'
import { picturesOf } from '../report/trace/happenings.ts'
import { actorsOf } from '../search/actors.ts'
import { type PlainState, plainInterpreter, shownIn, wholeSchema } from '../state/plain.ts'
import { leavesOf } from '../state/print.ts'
import type { Graph, GraphState, GraphStep } from './graph.ts'
import { aboutOf, lanesAt, testsIn, titleOf } from './walks.ts'

/** Things by number, each once. */
const numbered = <T>(keyOf: (one: T) => string) => {
  const all: T[] = []
  const numbers = new Map<string, number>()
  return {
    all,
    of(one: T): number {
      const key = keyOf(one)
      const known = numbers.get(key) ?? all.length
      if (known === all.length) {
        numbers.set(key, known)
        all.push(one)
      }
      return known
    },
  }
}

/** Explores a model up to `most` states. Throws `ModelFault`. */
export const graphOf = (model: Model, most: number): Omit<Graph, 'version' | 'note' | 'opened' | 'token'> => {
  const run = plainInterpreter(model)
  const memory = wholeSchema(model).fields.memory!
  const { actorOf } = actorsOf(model)
  const texts = numbered<string>((text) => text)
  const pictures = numbered<Graph['pictures'][number]>((picture) => JSON.stringify(picture))
  const indexOf = new Map(model.properties.map(({ name }, i) => [name, i]))
  const tests = model.properties.map(testsIn)
  const leaves = (state: PlainState) =>
    [leavesOf(model.state, state.model), leavesOf(memory, state.memory)] as const
  const states: (Omit<GraphState, 'steps'> & { steps: readonly GraphStep[] })[] = []
  const plain: { readonly state: PlainState; readonly texts: ReturnType<typeof leaves> }[] = []
  const known = new Map<string, number>()
  let complete = true

  const bit = (value: boolean): string => (value ? '1' : '0')
  const valuesOf = (now: ReturnType<typeof leaves>[0], before: ReturnType<typeof leaves>[0] | undefined) =>
    now.flatMap(([, text], i) => (before?.[i]?.[1] === text ? [] : [i, texts.of(text)]))
  const add = (state: PlainState, from?: number): number => {
    const told = leaves(state)
    const before = from === undefined ? undefined : plain[from]!.texts
    const asked = (subject: string, test: (s: object) => boolean): string =>
      bit(from !== undefined && run.ask(state, subject, test))
    states.push({
      ...(from !== undefined && { from }),
      model: valuesOf(told[0], before?.[0]),
      memory: valuesOf(told[1], before?.[1]),
      lanes: lanesAt(model, state).map(({ says }) => says.map((text) => texts.of(text))),
      holds: model.properties
        .map((p) => (isOverStates(p) ? asked(`The property ${p.name}`, p.holds) : '0'))
        .join(''),
      conditions: tests.flatMap((list) => list.map(([phrase, test]) => asked(phrase, test))).join(''),
      steps: [],
    })
    plain.push({ state, texts: told })
    return states.length - 1
  }

  add(run.zero)
  for (let s = 0; s < states.length; s++) {
    const { state } = plain[s]!
    const steps: GraphStep[] = []
    for (const [by, instance] of (s === 0 ? run.initial : run.instances).entries()) {
      if (!run.enabled(state, instance)) continue
      const step = run.step(state, instance)
      const key = run.text(step.state)
      let to = known.get(key)
      if (to === undefined) {
        // The one before all is no state of the model.
        to = states.length > most ? -1 : add(step.state, s)
        if (to >= 0) known.set(key, to)
        else complete = false
      }
      const places = (names: Iterable<string>) => [...names].map((name) => indexOf.get(name)!)
      steps.push({
        by,
        to,
        ...(instance.action.drawn && { text: shownIn(instance, state).text }),
        events: picturesOf(model, step.events).map((picture) => pictures.of(picture)),
        ...(step.violated.size > 0 && { violates: places(step.violated) }),
        ...(step.arose.size > 0 && { arose: places(step.arose) }),
        ...(step.readings.size > 0 && {
          readings: [...step.readings].map(([name, value]) => [indexOf.get(name)!, value] as const),
        }),
      })
    }
    states[s]!.steps = steps
  }
  return {
    lanes: (model.events?.lanes ?? []).map((name) => ({ name, title: titleOf(model.events, name) })),
    variables: plain[0]!.texts[0].map(([path]) => path),
    memory: plain[0]!.texts[1].map(([path]) => path),
    texts: texts.all,
    pictures: pictures.all,
    initial: run.initial.map(({ text }) => text),
    instances: run.instances.map((instance) => ({
      text: instance.text,
      actor: printable(actorOf(instance)),
      fault: instance.action.fault === true,
    })),
    properties: model.properties.map((p, i) => ({
      ...aboutOf(p),
      conditions: tests[i]!.map(([phrase]) => phrase),
    })),
    states,
    complete,
  }
}
