/** A counter of whose states a search that goes down first learns the best last. */
import { actionsOn, always, eventsOf, measureOn, model, range, record, sometimes } from '../index.ts'

const state = record({ n: range(0, 1_000_000), left: range(0, 3) })
type Wire = { wentUp: { to: number } }
const action = actionsOn<typeof state, Wire>()
/** Counts to `end`; a turn is never taken back, and going up is worth more the fewer there were. */
export const counter = (end: number) =>
  model('Counter', {
    state,
    events: eventsOf<Wire>(['all'], { wentUp: () => ({ shape: 'mark', lane: 'all', text: 'up' }) }),
    actions: [
      action('Up', {
        guard: (s) => s.n < end,
        effect: (d, _, emit) => {
          d.n += 1
          // Worth more where the search comes later.
          emit.wentUp({ to: d.n * (4 - d.left) })
        },
      }),
      action('Down', {
        guard: (s) => s.n > 0 && s.left === 0,
        effect: (d) => {
          d.n -= 1
        },
      }),
      action('Turn', {
        choose: { by: [1, 2] },
        guard: (s, { by }) => s.left + by <= 3,
        effect: (d, { by }) => {
          d.left += by
        },
      }),
    ],
    properties: [
      sometimes<typeof state>('End', { holds: (s) => s.n === end }),
      always<typeof state>('Low', { holds: (s) => s.n < end || s.left !== 3 }),
      measureOn<Wire>()('Price', {
        unit: 'coins',
        memory: record({}),
        on: { wentUp: (_, { to }, meter) => meter.reads(to) },
      }),
    ],
  })
