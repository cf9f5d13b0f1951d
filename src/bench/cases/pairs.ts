/** What the comparison of two systems is measured on: buffers, of which the number of pairs is known. */
import { buffer, type Events, sees } from '../../examples/alternating-bit.ts'
import { actionsOn } from '../../modelling/action.ts'
import type { Model } from '../../modelling/model.ts'
import { type Refines, refines } from '../../modelling/property.ts'
import { queue, range, record } from '../../modelling/schema.ts'

interface Case {
  readonly model: Model
  readonly property: Refines
  readonly pairs: number
}

const held = (places: number) => record({ held: queue(record({ value: range(0, 1) }), places) })

/** A buffer that may lose what it holds: it can be in many states after what was seen. */
const lossy = (places: number): Model => {
  const own = buffer(places)
  const action = actionsOn<ReturnType<typeof held>, Events>()
  return {
    ...own,
    name: 'Lossy buffer',
    actions: [
      ...own.actions,
      action('Lose', {
        guard: (s) => s.held.length > 0,
        effect: (d) => {
          d.held.shift()
        },
      }),
    ],
  }
}

/** Two buffers, of which the first hands on to the second. */
const relay = (places: number): Model => {
  const state = record({ left: held(places), right: held(places) })
  const action = actionsOn<typeof state, Events>()
  return {
    ...buffer(1),
    name: 'Relay',
    state,
    actions: [
      action('Put', {
        choose: { value: [0, 1] },
        guard: (s) => s.left.held.length < places,
        effect: (d, { value }, emit) => {
          d.left.held.push({ value })
          emit.put({ value })
        },
      }),
      action('HandOn', {
        guard: (s) => s.left.held.length > 0 && s.right.held.length < places,
        effect: (d) => {
          d.right.held.push({ value: d.left.held.shift()!.value })
        },
      }),
      action('Get', {
        guard: (s) => s.right.held.length > 0,
        effect: (d, _, emit) => emit.got({ value: d.right.held.shift()!.value }),
      }),
    ],
  }
}

const goals = (text: string): string | undefined => (text.startsWith('got') ? text : undefined)

export const PAIRS: Readonly<Record<string, Case>> = {
  'relay 7+7, buffer 14': {
    model: relay(7),
    property: refines('IsBuffer', { specification: buffer(14), sees }),
    pairs: 65_025,
  },
  'the same with goals': {
    model: relay(7),
    property: refines('IsBuffer', { specification: buffer(14), sees, goals }),
    pairs: 65_025,
  },
  'buffer 11, lossy 11': {
    model: buffer(11),
    property: refines('IsLossy', { specification: lossy(11), sees }),
    pairs: 4_095,
  },
}
