/** Makes the graph of a small model, breadth first, up to a number of states; or that of one trace. */
import type { Model } from '../modelling/model.ts'
import { printable } from '../modelling/printable.ts'
import { isOverStates } from '../modelling/property.ts'
import { picturesOf } from '../report/trace/happenings.ts'
import { actorsOf } from '../search/actors.ts'
import type { Trace, TraceStep } from '../search/engine/path.ts'
import { type Instance, shownIn } from '../state/plain/instances.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import { type PlainState, wholeSchema } from '../state/plain/plain-state.ts'
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

/** A graph without what is said of it. */
type Bare = Omit<Graph, 'version' | 'note' | 'opened' | 'token' | 'about'>

/** Explores a model up to `most` states. Throws `ModelFault`. */
export const graphOf = (model: Model, most: number): Bare => {
  const { run, add, stepBy, states, bare } = collecting(model)
  const plain = [add(run.zero)]
  const known = new Map<string, number>()
  let complete = true
  for (let s = 0; s < states.length; s++)
    states[s]!.steps = enabledIn(run, plain[s]!, s).map(([by, instance]) => {
      const step = run.step(plain[s]!, instance)
      const key = run.text(step.state)
      let to = known.get(key)
      if (to === undefined) {
        // The one before all is no state of the model.
        to = states.length > most ? -1 : states.length
        if (to >= 0) {
          known.set(key, to)
          plain.push(add(step.state, s))
        } else complete = false
      }
      return { ...stepBy(by, to, step), ...namedIn(instance, plain[s]!) }
    })
  return bare(complete)
}

/** The graph of one trace: a state after each step, and by name what else could have been done. */
export const graphAlong = ({ model, path, steps }: Trace): Bare => {
  const { run, add, stepBy, states, bare } = collecting(model)
  let state = add(run.zero)
  for (let s = 0; s <= path.length; s++) {
    const here = state
    states[s]!.steps = enabledIn(run, here, s).map(([by, instance]) => ({
      ...(by === path[s] ? stepBy(by, s + 1, steps[s]!) : { by, to: -1, events: [] }),
      ...namedIn(instance, here),
    }))
    if (steps[s]) state = add(steps[s]!.state, s)
  }
  return bare(false)
}

/** What a step is called where what it chooses depends on the state. */
const namedIn = (instance: Instance, state: PlainState): Pick<GraphStep, 'text'> =>
  instance.action.drawn ? { text: shownIn(instance, state).text } : {}

const enabledIn = (
  run: ReturnType<typeof plainInterpreter>,
  state: PlainState,
  depth: number,
): readonly (readonly [number, Instance])[] =>
  [...(depth === 0 ? run.initial : run.instances).entries()].filter(([, instance]) =>
    run.enabled(state, instance),
  )

/** Collects states and steps as plain data. */
const collecting = (model: Model) => {
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
  const told: ReturnType<typeof leaves>[] = []

  const bit = (value: boolean): string => (value ? '1' : '0')
  const valuesOf = (now: ReturnType<typeof leaves>[0], before: ReturnType<typeof leaves>[0] | undefined) =>
    now.flatMap(([, text], i) => (before?.[i]?.[1] === text ? [] : [i, texts.of(text)]))
  /** Adds a state that was first reached from another; only that before all is reached from none. */
  const add = (state: PlainState, from?: number): PlainState => {
    const [own, memories] = leaves(state)
    const before = from === undefined ? undefined : told[from]!
    const asked = (subject: string, test: (s: object) => boolean): string =>
      bit(from !== undefined && run.ask(state, subject, test))
    states.push({
      ...(from !== undefined && { from }),
      model: valuesOf(own, before?.[0]),
      memory: valuesOf(memories, before?.[1]),
      lanes: lanesAt(model, state).map(({ says }) => says.map((text) => texts.of(text))),
      holds: model.properties
        .map((p) => (isOverStates(p) ? asked(`The property ${p.name}`, p.holds) : '0'))
        .join(''),
      conditions: tests.flatMap((list) => list.map(([phrase, test]) => asked(phrase, test))).join(''),
      steps: [],
    })
    told.push([own, memories])
    return state
  }

  const stepBy = (by: number, to: number, step: Omit<TraceStep, 'instance'>): GraphStep => {
    const places = (names: Iterable<string>) => [...names].map((name) => indexOf.get(name)!)
    return {
      by,
      to,
      events: picturesOf(model, step.events).map((picture) => pictures.of(picture)),
      ...(step.violated.size > 0 && { violates: places(step.violated) }),
      ...(step.arose.size > 0 && { arose: places(step.arose) }),
      ...(step.readings.size > 0 && {
        readings: [...step.readings].map(([name, value]) => [indexOf.get(name)!, value] as const),
      }),
    }
  }

  const bare = (complete: boolean): Bare => ({
    lanes: (model.events?.lanes ?? []).map((name) => ({ name, title: titleOf(model.events, name) })),
    variables: told[0]![0].map(([path]) => path),
    memory: told[0]![1].map(([path]) => path),
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
  })
  return { run, states, add, stepBy, bare }
}
