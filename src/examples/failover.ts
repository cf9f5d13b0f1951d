/**
 * The failover benchmark: a small IKE and ESP cluster made for measuring model checkers. Counts are agreed by
 * SPIN, Rumur and TLC: with ids 2, seqs 2, failovers 1 there are 7,716 states and 49,284 transitions.
 */
import {
  actionsOn,
  always,
  bag,
  bool,
  each,
  id,
  model,
  oneOf,
  queue,
  range,
  record,
  take,
  valuesOf,
} from '../index.ts'

const MEMBER = ['m0', 'm1'] as const
const OTHER = { m0: 'm1', m1: 'm0' } as const
/** Packets between two synch messages. */
const PERIOD = 2
const NET_CAPACITY = 3
const SYNCH_CAPACITY = 2

/** The model with request ids 0..ids-1, sequence numbers 1..seqs and at most `failovers` failovers. */
export const failover = (ids: number, seqs: number, failovers: number) => {
  const ike = range(0, ids)
  const esp = range(0, seqs)
  const message = record({ kind: oneOf('request', 'response'), id: range(0, ids - 1) })
  const update = record({ about: oneOf('ike', 'esp'), value: range(1, Math.max(ids, seqs)) })
  const schema = record({
    active: id(MEMBER),
    failovers: range(0, failovers),
    member: each(
      MEMBER,
      record({
        /** The id of the next, or pending, own request. */
        nextId: ike,
        /** The last sequence number used. */
        sent: esp,
      }),
    ),
    /** The active member waits for the response to its request. */
    waiting: bool,
    peer: record({ expects: ike, highest: esp }),
    net: bag(message, NET_CAPACITY),
    synch: queue(update, SYNCH_CAPACITY),
  })
  const action = actionsOn<typeof schema>()
  const MESSAGE = valuesOf(message)
  const REQUEST = MESSAGE.filter(({ kind }) => kind === 'request')
  const RESPONSE = MESSAGE.filter(({ kind }) => kind === 'response')
  const IKE_UPDATE = Array.from({ length: ids + 1 }, (_, value) => ({ about: 'ike', value }) as const)
  const ESP_UPDATE = Array.from({ length: seqs + 1 }, (_, value) => ({ about: 'esp', value }) as const)

  return model(`Failover benchmark F-${ids}-${seqs}-${failovers}`, {
    state: schema,
    actions: [
      action('ClusterSendRequest', {
        guard: (s) => !s.waiting && s.member[s.active].nextId < ids && s.net.length < NET_CAPACITY,
        effect: (d) => {
          d.waiting = true
          d.net.add(REQUEST[d.member[d.active].nextId]!)
        },
      }),
      action('ClusterRetransmit', {
        guard: (s) => s.waiting && s.net.length < NET_CAPACITY,
        effect: (d) => {
          d.net.add(REQUEST[d.member[d.active].nextId]!)
        },
      }),
      action('PeerReceiveRequest', {
        choose: { message: REQUEST },
        guard: (s, { message }) => s.net.has(message),
        effect: (d, { message }) => {
          d.net.remove(message)
          const isNext = message.id === d.peer.expects
          if (isNext) d.peer.expects += 1
          if (isNext || message.id + 1 === d.peer.expects) d.net.add(RESPONSE[message.id]!)
        },
      }),
      action('ClusterReceiveResponse', {
        choose: { message: RESPONSE },
        guard: (s, { message }) => s.net.has(message),
        effect: (d, { message }) => {
          d.net.remove(message)
          const me = d.member[d.active]
          if (!d.waiting || message.id !== me.nextId) return
          me.nextId += 1
          d.waiting = false
          if (d.synch.length < SYNCH_CAPACITY) d.synch.push(IKE_UPDATE[me.nextId]!)
        },
      }),
      action('Lose', {
        choose: { message: MESSAGE },
        guard: (s, { message }) => s.net.has(message),
        effect: (d, { message }) => {
          d.net.remove(message)
        },
      }),
      action('Duplicate', {
        choose: { message: MESSAGE },
        guard: (s, { message }) => s.net.has(message) && s.net.length < NET_CAPACITY,
        effect: (d, { message }) => {
          d.net.add(message)
        },
      }),
      action('SendPacket', {
        choose: { fate: ['delivered', 'lost'] },
        guard: (s) => s.member[s.active].sent < seqs,
        effect: (d, { fate }) => {
          const me = d.member[d.active]
          me.sent += 1
          if (fate === 'delivered') d.peer.highest = Math.max(d.peer.highest, me.sent)
          if (me.sent % PERIOD === 0 && d.synch.length < SYNCH_CAPACITY) d.synch.push(ESP_UPDATE[me.sent]!)
        },
      }),
      action('ReceiveSynch', {
        guard: (s) => s.synch.length > 0,
        effect: (d) => {
          const { about, value } = take(d.synch)
          const standby = d.member[OTHER[d.active]]
          if (about === 'ike') standby.nextId = Math.max(standby.nextId, value)
          else standby.sent = Math.max(standby.sent, value)
        },
      }),
      action('LoseSynch', {
        choose: { index: [0, 1] },
        guard: (s, { index }) => index < s.synch.length,
        effect: (d, { index }) => {
          d.synch.removeAt(index)
        },
      }),
      action('TakeOver', {
        guard: (s) => s.failovers < failovers,
        effect: (d) => {
          const failed = d.active
          const next = OTHER[failed]
          d.failovers += 1
          d.member[failed].nextId = 0
          d.member[failed].sent = 0
          d.waiting = false
          d.synch.clear()
          d.active = next
          d.member[next].sent = Math.min(d.member[next].sent + PERIOD, seqs)
        },
      }),
    ],
    properties: [
      always<typeof schema>('StandbyNeverAhead', {
        sentence: 'The standby never knows more than the active member has done.',
        holds: (s) => {
          const active = s.member[s.active]
          const standby = s.member[OTHER[s.active]]
          return standby.nextId <= active.nextId && standby.sent <= active.sent
        },
      }),
    ],
  })
}

export default failover(2, 2, 1)
