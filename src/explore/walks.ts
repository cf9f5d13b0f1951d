/**
 * Walks through a model on the plain interpreter: what was done, what holds, and what can be done next. Each beginning of
 * a walk is kept, so that a further step costs one step.
 */
import { faultText, ModelFault } from '../modelling/fault.ts'
import type { Model } from '../modelling/model.ts'
import { printable } from '../modelling/printable.ts'
import { isOverStates, labelOf, type Predicate, type Property } from '../modelling/property.ts'
import { happeningsOf, happeningText } from '../report/trace/happenings.ts'
import { actorsOf } from '../search/actors.ts'
import type { Trace, TraceStep } from '../search/engine/path.ts'
import { type Instance, shownIn } from '../state/plain/instances.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import { type PlainState, wholeSchema } from '../state/plain/plain-state.ts'
import { viewOf } from '../state/plain/reading-views.ts'
import { changesBetween, leavesOf } from '../state/print.ts'
import { eventsOf, touchOf } from './events.ts'
import type {
  ActionView,
  ChangeView,
  DisabledView,
  LaneView,
  PropertyView,
  StateView,
  Steps,
  StepView,
  Variable,
} from './protocol.ts'
import { type PropertyAbout, propertyView, type Saying, sayingOf } from './sayings.ts'

/** Beginnings of walks that are kept. */
const MOST_KEPT = 20_000
/** Steps of a walk. */
export const MOST_STEPS = 5_000
/** Disabled actions that are told. */
const MOST_DISABLED = 500

/** A walk that the model does not allow, or that is too long. */
export class WalkError extends Error {}

/** The end of a beginning. */
interface Node {
  readonly step: TraceStep
  /** What each property says, in their order. */
  readonly says: readonly Saying[]
}

/** Walks through one model. */
export interface Walks {
  readonly model: Model
  /** The walk as a trace. Throws `WalkError` or `ModelFault`. */
  trace(path: Steps): Trace
  /** Its steps as they are shown. */
  steps(path: Steps): readonly StepView[]
  /** Its end, without a token. */
  here(path: Steps): Omit<StateView, 'token'>
  /** What cannot be done at its end, and how many such actions there are. */
  disabled(path: Steps): { readonly actions: readonly DisabledView[]; readonly count: number }
  /** Up to `count` further steps, chosen by the weights of the actions; it ends at a violation. */
  random(path: Steps, count: number, next: () => number): Steps
  /** The instances that can be taken, by number. */
  enabled(path: Steps): readonly number[]
  /** Labels that the walk has violated. */
  violated(path: Steps): ReadonlySet<string>
}

/** Opens a model. */
export const walksIn = (model: Model): Walks => {
  const run = plainInterpreter(model)
  const schema = wholeSchema(model)
  const { actorOf } = actorsOf(model)
  const nodes = new Map<string, Node>()

  const among = (length: number): readonly Instance[] => (length === 0 ? run.initial : run.instances)
  const actor = (path: Steps, length: number): string =>
    length === 0 ? '' : printable(actorOf(run.instances[path[length]!]!))

  const nodesOf = (path: Steps): readonly Node[] => {
    if (path.length > MOST_STEPS)
      throw new WalkError(`The walk has ${path.length - 1} steps; at most ${MOST_STEPS} are shown.`)
    const found: Node[] = []
    let key = ''
    path.forEach((number, i) => {
      key = i === 0 ? String(number) : `${key}.${number}`
      let node = nodes.get(key)
      if (!node) {
        node = made(found.at(-1), among(i), number, i)
        if (nodes.size >= MOST_KEPT) nodes.delete(nodes.keys().next().value!)
        nodes.set(key, node)
      }
      found.push(node)
    })
    return found
  }

  const made = (
    before: Node | undefined,
    instances: readonly Instance[],
    number: number,
    i: number,
  ): Node => {
    const instance = instances[number]
    if (!instance)
      throw new WalkError(
        `Step ${i} has number ${number}, but ${model.name} numbers its steps 0..${instances.length - 1}.`,
      )
    const state = before?.step.state ?? run.zero
    if (!run.enabled(state, instance))
      throw new WalkError(`Step ${i}, ${instance.text}, is not enabled where the walk takes it.`)
    const step = { instance: shownIn(instance, state), ...run.step(state, instance) }
    return { step, says: model.properties.map((p, at) => saying(p, step, before?.says[at])) }
  }

  const ask = (state: PlainState, p: Property, test: Predicate): boolean =>
    run.ask(state, `The property ${p.name}`, test)

  const saying = (p: Property, { state, violated, arose, readings }: TraceStep, before?: Saying): Saying =>
    sayingOf(
      p.kind,
      !isOverStates(p)
        ? { violated: violated.has(p.name), arose: arose.has(p.name), reading: readings.get(p.name) }
        : { holds: ask(state, p, p.holds) },
      before,
    )

  const traceOf = (path: Steps): Trace => ({
    model,
    path,
    zero: run.zero,
    steps: nodesOf(path).map(({ step }) => step),
  })

  /** The state at the end, and the one before all. */
  const endOf = (path: Steps): PlainState => nodesOf(path).at(-1)?.step.state ?? run.zero

  const enabledAt = (state: PlainState, length: number): readonly number[] =>
    among(length).flatMap((instance, number) => (run.enabled(state, instance) ? [number] : []))

  const actionAt = (path: Steps, trace: Trace, number: number): ActionView => {
    const instance = among(path.length)[number]!
    const state = endOf(path)
    const about = {
      number,
      text: shownIn(instance, state).text,
      actor: actor([...path, number], path.length),
      fault: instance.action.fault === true,
    }
    try {
      const step = { instance, ...run.step(state, instance) }
      const says = nodesOf(path).at(-1)?.says
      const whole = { ...trace, path: [...path, number], steps: [...trace.steps, step] }
      const story = happeningsOf(whole).at(-1)!
      const changes = changesBetween(model.state, state.model, step.state.model)
      const violates = model.properties.flatMap((p, i) =>
        saying(p, step, says?.[i]).violates ? [labelOf(p)] : [],
      )
      return {
        ...about,
        events: story.map(happeningText),
        touches: story.map(touchOf),
        changes,
        violates,
        idle: path.length > 0 && run.text(step.state) === run.text(state),
      }
    } catch (thrown) {
      if (!(thrown instanceof ModelFault)) throw thrown
      const broken = faultText(thrown.data)
      return { ...about, events: [], touches: [], changes: [], violates: [], idle: false, broken }
    }
  }

  return {
    model,
    trace: traceOf,
    steps(path) {
      const found = nodesOf(path)
      const trace = traceOf(path)
      const story = eventsOf(happeningsOf(trace))
      return found.map(({ step: { instance, state }, says }, i): StepView => {
        const before = found[i - 1]?.step.state ?? run.zero
        return {
          text: instance.text,
          actor: actor(path, i),
          events: story[i]!,
          changes: changesOf(trace, i),
          memory: changesBetween(schema.fields.memory!, before.memory, state.memory),
          violates: model.properties.flatMap((p, at) => (says[at]!.violates ? [labelOf(p)] : [])),
          says: says.map(({ text }) => text),
        }
      })
    },
    here(path) {
      const found = nodesOf(path)
      const state = endOf(path)
      const trace = traceOf(path)
      return {
        variables: leavesOf(model.state, state.model),
        memory: leavesOf(schema.fields.memory!, state.memory),
        properties: path.length === 0 ? [] : propertiesAt(model, found, state, ask),
        enabled: enabledAt(state, path.length).map((number) => actionAt(path, trace, number)),
        lanes: lanesAt(model, state),
      }
    },
    disabled(path) {
      const state = endOf(path)
      const all = among(path.length).flatMap((instance, number) =>
        run.enabled(state, instance) ? [] : [{ instance, number }],
      )
      return {
        count: all.length,
        actions: all
          .slice(0, MOST_DISABLED)
          .map(({ instance, number }) =>
            refused(model, state, instance, actor([...path, number], path.length)),
          ),
      }
    },
    random(path, count, next) {
      const taken: number[] = [...path]
      for (let i = 0; i < count; i++) {
        const possible = enabledAt(endOf(taken), taken.length)
        const weights = possible.map((number) => among(taken.length)[number]!.action.weight ?? 1)
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        if (total === 0) break
        let at = next() * total
        const chosen = weights.findIndex((weight) => {
          at -= weight
          return at < 0
        })
        taken.push(possible[chosen < 0 ? possible.length - 1 : chosen]!)
        if (
          nodesOf(taken)
            .at(-1)!
            .says.some(({ violates }) => violates)
        )
          break
      }
      return taken.slice(path.length)
    },
    enabled: (path) => enabledAt(endOf(path), path.length),
    violated: (path) =>
      new Set(
        nodesOf(path).flatMap(({ says }) =>
          model.properties.flatMap((p, i) => (says[i]!.violates ? [labelOf(p)] : [])),
        ),
      ),
  }
}

/** The variables that a step changed. */
const changesOf = (trace: Trace, step: number): readonly ChangeView[] => {
  const before = trace.steps[step - 1]?.state ?? trace.zero
  return changesBetween(trace.model.state, before.model, trace.steps[step]!.state.model)
}

const propertiesAt = (
  model: Model,
  found: readonly Node[],
  state: PlainState,
  ask: (state: PlainState, p: Property, test: Predicate) => boolean,
): readonly PropertyView[] =>
  model.properties.map((p, i) =>
    propertyView(
      aboutOf(p),
      found.map(({ says }) => says[i]!),
      testsIn(p).map(([phrase, test]) => [phrase, ask(state, p, test)] as const),
    ),
  )

/** What is said of a property, whatever the state. */
export const aboutOf = (p: Property): PropertyAbout => ({
  label: labelOf(p),
  name: p.name,
  kind: p.kind,
  sentence: p.sentence ?? '',
  source: p.source ?? '',
  unit: p.kind === 'measure' ? p.unit : '',
})

/** What a property over states consists of, by phrases. */
export const testsIn = (p: Property): readonly (readonly [phrase: string, test: Predicate])[] => {
  if (!isOverStates(p)) return []
  const more = p.kind === 'always' ? p.situation : 'whenever' in p ? p.whenever : undefined
  const phrase = p.kind === 'always' ? 'the situation it speaks of' : 'judged here'
  const own = Object.entries(p.conditions ?? {}).map(([text, test]) => [printable(text), test] as const)
  return [...(more ? [[phrase, more] as const] : []), ...own]
}

/** What a lane is called. */
export const titleOf = (events: Model['events'], lane: string): string =>
  printable(events?.titles?.[lane] ?? lane)

/** What the lanes show of a state. */
export const lanesAt = ({ events }: Model, state: PlainState): readonly LaneView[] =>
  (events?.lanes ?? []).map((name) => ({
    name,
    title: titleOf(events, name),
    says: (events?.status?.(name, state.model) ?? []).map(printable),
  }))

/** A guard that is false, with what it read. The last that it read decided, since `&&` and `||` go no further. */
const refused = (
  model: Model,
  state: PlainState,
  { action, choice, text }: Instance,
  actor: string,
): DisabledView => {
  const reads = new LatestLast()
  action.guard?.(viewOf(model.state, state.model, '', reads) as object, choice)
  const values = new Map(leavesOf(model.state, state.model))
  const read = [...reads].map((path) => readText(path, values))
  return { text, actor, reads: read, guard: printable(String(action.guard).replaceAll(/\s+/g, ' ')) }
}

/** A variable that was read, with its value; a message or an element is a variable of its own (`recording.ts`). */
const readText = (path: string, values: ReadonlyMap<string, string>): Variable => {
  const [, name = path, sign, of = ''] = /^([^#%]*)([#%])?(.*)$/s.exec(path) ?? []
  const value = values.get(name) ?? ''
  if (sign === '#') {
    const has = value.startsWith('{') ? ` ${value.slice(1, -1)},`.includes(` ${of},`) : value.includes(of)
    return [`${printable(of)} in ${name}`, String(has)]
  }
  if (sign === undefined) return [name, value]
  return of === 'count' && value === '[]' ? [name, 'empty'] : [name, value === '<>' ? 'empty' : value]
}

/** A set in the order in which things were last added. */
class LatestLast extends Set<string> {
  override add(value: string): this {
    this.delete(value)
    return super.add(value)
  }
}
