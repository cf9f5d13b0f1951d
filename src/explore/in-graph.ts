/** Walks through the graph that a page holds: the same as `walks.ts` says of the model, read off the graph. */
import { type Happening, happeningText, storyOf } from '../report/trace/happenings.ts'
import { eventsOf, touchOf } from './events.ts'
import type { Graph, GraphState, GraphStep } from './graph.ts'
import type { ActionView, ChangeView, Steps, StepView, Variable, WalkView } from './protocol.ts'
import { propertyView, type Saying, sayingOf } from './sayings.ts'

/** The values of a state by number of variable, of the model and of the memory of its monitors. */
type Values = readonly [model: readonly number[], memory: readonly number[]]

/** A walk that is not in the page. */
export class OutsideGraph extends Error {}

/** Opens a graph. */
export const walkIn = (graph: Graph): ((path: Steps) => WalkView) => {
  const { states, texts, variables, memory, properties, instances, initial, about } = graph
  const isClash = (step: number, index: number): boolean =>
    about?.clash.some((one) => one.step === step && one.index === index) === true
  const known = new Map<number, Values>()

  const valuesOf = (at: number): Values => {
    const found = known.get(at)
    if (found) return found
    // Back to one that is known, and forward again: a chain may be long.
    const chain: number[] = []
    let from: number | undefined = at
    while (from !== undefined && !known.has(from)) {
      chain.push(from)
      from = states[from]!.from
    }
    let values: Values = from === undefined ? [[], []] : known.get(from)!
    for (const state of chain.reverse()) {
      const { model, memory: own } = states[state]!
      values = [changed(values[0], model), changed(values[1], own)]
      known.set(state, values)
    }
    return values
  }

  const namedIn = (names: readonly string[], values: readonly number[]): readonly Variable[] =>
    names.map((name, i) => [name, texts[values[i]!]!])
  const changesIn = (
    names: readonly string[],
    before: readonly number[],
    after: readonly number[],
  ): readonly ChangeView[] =>
    names.flatMap((path, i) =>
      before[i] === after[i] ? [] : [{ path, before: texts[before[i]!]!, after: texts[after[i]!]! }],
    )

  const sayings = (
    step: GraphStep,
    to: GraphState,
    before: readonly Saying[] | undefined,
  ): readonly Saying[] =>
    properties.map(({ kind }, i) =>
      sayingOf(
        kind,
        {
          violated: step.violates?.includes(i) ?? false,
          arose: step.arose?.includes(i) ?? false,
          reading: step.readings?.find(([property]) => property === i)?.[1],
          holds: to.holds[i] === '1',
        },
        before?.[i],
      ),
    )
  const labels = (says: readonly Saying[]): readonly string[] =>
    properties.flatMap(({ label }, i) => (says[i]!.violates ? [label] : []))
  const picturesIn = ({ events }: GraphStep) => events.map((number) => graph.pictures[number]!)

  /** The steps of a path with the states before and after each. */
  const taken = (path: Steps) => {
    let at = 0
    return path.map((by, i) => {
      const step = states[at]!.steps.find((one) => one.by === by)
      if (!step) throw new OutsideGraph(`Step ${i} of the walk is not enabled where the walk takes it.`)
      if (step.to < 0) throw new OutsideGraph(`Step ${i} of the walk leads beyond what this page holds.`)
      const from = at
      at = step.to
      return { step, from, to: at }
    })
  }

  return (path) => {
    const walk = taken(path)
    const said: (readonly Saying[])[] = []
    for (const { step, to } of walk) said.push(sayings(step, states[to]!, said.at(-1)))
    const drawn = walk.map(({ step }) => picturesIn(step))
    const story = eventsOf(storyOf(drawn))
    const end = walk.at(-1)?.to ?? 0
    const values = valuesOf(end)
    const actionOf = (step: GraphStep): ActionView => {
      const by =
        path.length === 0 ? { text: initial[step.by]!, actor: '', fault: false } : instances[step.by]!
      const further: readonly Happening[] = storyOf([...drawn, picturesIn(step)]).at(-1)!
      const shared = {
        number: step.by,
        ...by,
        ...(step.text !== undefined && { text: step.text }),
        events: further.map(happeningText),
        touches: further.map(touchOf),
      }
      if (step.to < 0) return { ...shared, changes: [], violates: [], idle: false, outside: true }
      return {
        ...shared,
        changes: changesIn(variables, values[0], valuesOf(step.to)[0]),
        violates: labels(sayings(step, states[step.to]!, said.at(-1))),
        idle: step.to === end,
      }
    }
    let condition = 0
    return {
      path,
      steps: walk.map(({ step, from, to }, i): StepView => {
        const [before, after] = [valuesOf(from), valuesOf(to)]
        return {
          text: step.text ?? (i === 0 ? initial[path[0]!]! : instances[path[i]!]!.text),
          actor: i === 0 ? '' : instances[path[i]!]!.actor,
          events: story[i]!.map((event, index) => (isClash(i, index) ? { ...event, clash: true } : event)),
          ...(about && { part: about.parts[i]! }),
          changes: changesIn(variables, before[0], after[0]),
          memory: changesIn(memory, before[1], after[1]),
          violates: labels(said[i]!),
          says: said[i]!.map(({ text }) => text),
        }
      }),
      here: {
        variables: namedIn(variables, values[0]),
        memory: namedIn(memory, values[1]),
        properties:
          path.length === 0
            ? []
            : properties.map(({ conditions, ...property }, i) =>
                propertyView(
                  property,
                  said.map((says) => says[i]!),
                  conditions.map((phrase) => [phrase, states[end]!.conditions[condition++] === '1'] as const),
                ),
              ),
        enabled: states[end]!.steps.map(actionOf),
        lanes: graph.lanes.map((lane, i) => ({
          ...lane,
          says: (states[end]!.lanes[i] ?? []).map((number) => texts[number]!),
        })),
        token: path.length === 0 ? '' : `${graph.token}${path.join('.')}`,
      },
    }
  }
}

const changed = (values: readonly number[], changes: readonly number[]): readonly number[] => {
  const now = [...values]
  for (let i = 0; i < changes.length; i += 2) now[changes[i]!] = changes[i + 1]!
  return now
}
