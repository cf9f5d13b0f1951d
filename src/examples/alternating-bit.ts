/**
 * The alternating bit protocol of Bartlett, Scantlebury and Wilkinson, "A Note on Reliable Full-Duplex Transmission over
 * Half-Duplex Links" (1969), over channels that lose messages. It is a buffer of one place: whatever its users see
 * of it they can see of such a buffer, which is its specification.
 */
import {
  actionsOn,
  bool,
  eventsOf,
  type Model,
  model,
  observerOn,
  queue,
  range,
  record,
  refines,
} from '../index.ts'

/** What the two users see. */
export type Events = { put: { value: number }; got: { value: number } }

export const events = eventsOf<Events>(['sender', 'receiver'], {
  put: ({ value }) => ({ shape: 'mark', lane: 'sender', text: `put ${value}` }),
  got: ({ value }) => ({ shape: 'mark', lane: 'receiver', text: `got ${value}` }),
})

export const sees = observerOn<Events>()({
  on: { put: (_, { value }) => `put ${value}`, got: (_, { value }) => `got ${value}` },
})

const VALUE = [0, 1] as const

/** A first-in-first-out buffer of so many places. */
export const buffer = (places: number): Model => {
  const state = record({ held: queue(record({ value: range(0, 1) }), places) })
  const action = actionsOn<typeof state, Events>()
  return model(`Buffer of ${places}`, {
    state,
    events,
    actions: [
      action('Put', {
        choose: { value: VALUE },
        guard: (s) => s.held.length < places,
        effect: (d, { value }, emit) => {
          d.held.push({ value })
          emit.put({ value })
        },
      }),
      action('Get', {
        guard: (s) => s.held.length > 0,
        effect: (d, _, emit) => emit.got({ value: d.held.shift()!.value }),
      }),
    ],
  })
}

/** What may be broken: a receiver takes each message for new, a sender takes each acknowledgement for that of its message. */
export interface Broken {
  readonly receiverIgnoresBit?: boolean
  readonly senderIgnoresBit?: boolean
}

/** The protocol, with channels of one message each. */
export const alternatingBit = ({
  receiverIgnoresBit = false,
  senderIgnoresBit = false,
}: Broken = {}): Model => {
  const state = record({
    sender: record({ bit: bool, busy: bool, value: range(0, 1) }),
    receiver: record({ bit: bool }),
    data: queue(record({ bit: bool, value: range(0, 1) }), 1),
    acks: queue(record({ bit: bool }), 1),
  })
  const action = actionsOn<typeof state, Events>()
  return model('Alternating bit', {
    state,
    events,
    actions: [
      action('Put', {
        choose: { value: VALUE },
        guard: (s) => !s.sender.busy,
        effect: (d, { value }, emit) => {
          d.sender.busy = true
          d.sender.value = value
          emit.put({ value })
        },
      }),
      action('Send', {
        guard: (s) => s.sender.busy && s.data.length === 0,
        effect: (d) => {
          d.data.push({ bit: d.sender.bit, value: d.sender.value })
        },
      }),
      action('LoseData', {
        guard: (s) => s.data.length > 0,
        effect: (d) => {
          d.data.shift()
        },
      }),
      action('Receive', {
        guard: (s) => s.data.length > 0 && s.acks.length === 0,
        effect: (d, _, emit) => {
          const { bit, value } = d.data.shift()!
          d.acks.push({ bit })
          if (bit !== d.receiver.bit && !receiverIgnoresBit) return
          d.receiver.bit = !bit
          emit.got({ value })
        },
      }),
      action('LoseAck', {
        guard: (s) => s.acks.length > 0,
        effect: (d) => {
          d.acks.shift()
        },
      }),
      action('Acknowledged', {
        guard: (s) => s.acks.length > 0,
        effect: (d) => {
          const { bit } = d.acks.shift()!
          if (!d.sender.busy || (bit !== d.sender.bit && !senderIgnoresBit)) return
          d.sender.busy = false
          d.sender.bit = !d.sender.bit
        },
      }),
    ],
    properties: [
      refines<Events>('IsBuffer', {
        sentence: 'What users see of it they can see of a buffer of one place.',
        specification: buffer(1),
        sees,
      }),
    ],
  })
}

export default alternatingBit()
