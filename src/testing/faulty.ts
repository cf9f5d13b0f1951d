/** Material for tests of faults: one schema with every kind of variable, and what each interpreter says. */
import { type Action, actionsOn } from '../modelling/action.ts'
import { eventsOf } from '../modelling/events.ts'
import { type FaultData, ModelFault } from '../modelling/fault.ts'
import { type Model, model } from '../modelling/model.ts'
import type { Property } from '../modelling/property.ts'
import { bag, bool, each, id, oneOf, queue, range, record, setOf } from '../modelling/schema.ts'
import { check, NO_LIMITS, search } from '../search/breadth-first.ts'
import { plainEngine } from '../search/plain-engine.ts'

export const MEMBER = ['a', 'b'] as const
export const state = record({
  count: range(0, 3),
  phase: oneOf('idle', 'busy'),
  owner: id(MEMBER, 'nobody'),
  member: each(MEMBER, record({ sent: range(1, 2), ready: bool })),
  seen: setOf(range(0, 2)),
  net: bag(record({ kind: oneOf('request', 'response'), id: range(0, 1) }), 2),
  synch: queue(record({ value: range(0, 1) }), 1),
  closed: queue(record({ value: range(0, 1) }), 0),
})
export type Seen = { Seen: { value: number } }
export const action = actionsOn<typeof state, Seen>()
const events = eventsOf<Seen>(['all'], { Seen: () => ({ shape: 'mark', lane: 'all', text: 'seen' }) })

/** A model that takes one blameless step before the action under test can fire. */
export const begunWith = (faulty: Action, properties: readonly Property[] = []): Model =>
  model('Faulty', {
    state,
    events,
    actions: [
      action('Begin', {
        guard: (s) => s.count === 0,
        effect: (d) => {
          d.count = 1
          d.synch.push({ value: 1 })
          d.net.add({ kind: 'request', id: 1 })
        },
      }),
      { ...faulty, guard: (s, choice) => isBegun(s) && (faulty.guard?.(s, choice) ?? true) },
    ],
    properties,
  })
const isBegun = (s: object): boolean => (s as { count: number }).count > 0

export const INTERPRETERS = {
  plain: (m: Model) => search(plainEngine(m), { limits: NO_LIMITS, deadlock: true }),
  packed: (m: Model) => check(m, { deadlock: true }),
  'packed exact': (m: Model) => check(m, { deadlock: true, exact: true }),
}

export const faultOf = async (run: (m: Model) => Promise<unknown>, m: Model): Promise<FaultData> => {
  const thrown = await run(m).catch((cause: unknown) => cause)
  if (!(thrown instanceof ModelFault)) throw new Error(`not a fault: ${String(thrown)}`)
  return thrown.data
}

/** A value that the compiler would not let pass. */
export const forged = (value: unknown) => value as never

/** An action with the fault it leads to. */
export type Case = readonly [title: string, faulty: Action, variable: string | undefined, problem: string]
