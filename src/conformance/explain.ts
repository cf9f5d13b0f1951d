/**
 * Whether a trace is a behaviour of a model: a subset construction. The set of states that the model can be in is
 * closed under steps that nobody sees, then narrowed to those that send what comes next, until nothing is left.
 *
 * The network of the model keeps every message, and a message is lost only in order to be sent again: every other loss
 * leaves less that can happen. Nor does an end give up, after which it is silent for ever, as it may be anyway.
 */
import type { Model } from '../modelling/model.ts'
import { type RecordOf, record } from '../modelling/schema.ts'
import type { Instance } from '../state/plain/instances.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import type { PlainState, WireEvent } from '../state/plain/plain-state.ts'
import { show } from '../state/print.ts'
import { type Binding, bind, bindingText, type Sent } from './binding.ts'
import type { Observed, Trace } from './trace.ts'

/** How the model of a cluster names what a trace is explained by. */
export interface Lens {
  /** The kind of event by which a message is sent, and that by which it is lost. */
  readonly sent: string
  readonly lost: string
  /** The action that loses a message, those that send one again, and those without which nothing else happens. */
  readonly loses: string
  readonly repeats: readonly string[]
  readonly idle: readonly string[]
  /** Variables that no guard reads, or budgets that cannot run out: states that differ in them only are one. */
  readonly irrelevant: readonly string[]
  /** The member that acts at the start. */
  readonly first: string
}

/** A message that the model could have sent, and the names that it had for what the capture showed. */
export interface Possible {
  readonly sent: Sent
  readonly binding: Binding
}

export interface Explanation {
  readonly verdict: 'explained' | 'not explained' | 'unknown'
  /** Events that are explained, from the first on. */
  readonly explained: number
  /** What the model could have sent instead of the next event; only where the trace is not explained. */
  readonly possible: readonly Possible[]
  /** The largest number of states at one time, and how many may be kept. */
  readonly states: number
  readonly limit: number
}

interface Node {
  readonly state: PlainState
  readonly binding: Binding
}

/** Explains a trace, with at most `limit` states at one time. */
export const explain = (
  model: Model,
  lens: Lens,
  { events: trace, first }: Pick<Trace, 'events' | 'first'>,
  limit: number,
): Explanation => {
  const run = plainInterpreter(model)
  const losing = run.instances.filter(({ action }) => action.name === lens.loses)
  const repeating = run.instances.filter(({ action }) => lens.repeats.includes(action.name))
  const going = run.instances.filter(
    ({ action }) => action.name !== lens.loses && !lens.idle.includes(action.name),
  )
  const relevant = without(model.state, lens.irrelevant)
  const keyOf = ({ state, binding }: Node): string => `${show(relevant, state.model)}|${bindingText(binding)}`
  let most = 0

  /** What each step from a node leads to; a message is lost where its sender would send it again. */
  const stepsFrom = function* (node: Node, again: (lost: Sent) => boolean) {
    for (const instance of going)
      if (run.enabled(node.state, instance)) yield { instance, ...stepOf(node.state, instance) }
    for (const loss of losing) {
      if (!run.enabled(node.state, loss)) continue
      const lost = run.step(node.state, loss)
      const message = sentIn(lost.events, lens.lost)!
      if (!again(message)) continue
      for (const instance of repeating) {
        if (!run.enabled(lost.state, instance)) continue
        const step = stepOf(lost.state, instance)
        if (step.sent && isSame(step.sent, message)) yield { instance, ...step }
      }
    }
  }

  const stepOf = (from: PlainState, instance: Instance) => {
    const { state, events } = run.step(from, instance)
    return { state, sent: sentIn(events, lens.sent) }
  }

  /** What can be sent for `next`; `cut`: not all states were followed. */
  const advance = (starts: readonly Node[], next: Observed) => {
    const closure = new Map(starts.map((node) => [keyOf(node), node]))
    const after = new Map<string, Node>()
    let cut = false
    const again = ({ type, initiator, messageId }: Sent): boolean =>
      type === next.type && initiator === next.initiator && messageId === next.messageId
    for (const node of closure.values())
      for (const { instance, state, sent } of stepsFrom(node, again)) {
        if (!sent) {
          const reached = { state, binding: node.binding }
          const key = keyOf(reached)
          if (closure.has(key)) continue
          if (closure.size >= limit) cut = true
          else closure.set(key, reached)
          continue
        }
        const binding = bind(node.binding, sent, next, {
          repeats: lens.repeats.includes(instance.action.name),
        })
        if (!binding) continue
        const reached = { state, binding }
        if (after.size >= limit) cut = true
        else after.set(keyOf(reached), reached)
      }
    most = Math.max(most, closure.size, after.size)
    return { closure, after, cut }
  }

  const possibleFrom = (nodes: Iterable<Node>): readonly Possible[] => {
    const found = new Map<string, Possible>()
    for (const node of nodes)
      for (const { sent } of stepsFrom(node, () => true))
        if (sent)
          found.set(`${JSON.stringify(sent)}|${bindingText(node.binding)}`, { sent, binding: node.binding })
    return [...found.values()]
  }

  const named: Binding =
    first === undefined
      ? new Map()
      : new Map([
          [`station ${first}`, lens.first],
          [`member ${lens.first}`, first],
        ])
  let nodes: readonly Node[] = run.initial
    .filter((instance) => run.enabled(run.zero, instance))
    .map((instance) => ({ state: run.step(run.zero, instance).state, binding: named }))
  let everCut = false
  for (const [index, next] of trace.entries()) {
    const { closure, after, cut } = advance(nodes, next)
    everCut ||= cut
    if (after.size === 0)
      return {
        verdict: everCut ? 'unknown' : 'not explained',
        explained: index,
        possible: everCut ? [] : possibleFrom(closure.values()),
        states: most,
        limit,
      }
    nodes = [...after.values()]
  }
  return { verdict: 'explained', explained: trace.length, possible: [], states: most, limit }
}

const sentIn = (events: readonly WireEvent[], kind: string): Sent | undefined => {
  const found = events.find((event) => event.kind === kind)?.event as Sent | undefined
  if (!found) return undefined
  const { type, initiator, messageId, task, by, sender } = found
  return { type, initiator, messageId, task, by, sender }
}

const isSame = (a: Sent, b: Sent): boolean =>
  a.type === b.type &&
  a.initiator === b.initiator &&
  a.messageId === b.messageId &&
  a.task === b.task &&
  a.by === b.by

/** A schema without some of its variables, which are named by path. */
const without = (schema: RecordOf, paths: readonly string[]): RecordOf =>
  record(
    Object.fromEntries(
      Object.entries(schema.fields).flatMap(([name, field]) => {
        if (paths.includes(name)) return []
        const below = paths
          .filter((path) => path.startsWith(`${name}.`))
          .map((path) => path.slice(name.length + 1))
        return [[name, below.length > 0 && field.kind === 'record' ? without(field, below) : field]]
      }),
    ),
  )
