/** ESP: the packets that the cluster sends on the first child SA. */
import { type Action, actionsOn } from '../src/modelling/action.ts'
import { espSource } from './addresses.ts'
import { type Constants, type Member, membersOf } from './constants.ts'
import { holdsSa } from './ike.ts'
import { actsOnEsp } from './roles.ts'
import type { ClusterSchema, ClusterView } from './state.ts'
import { hasSynchRoom, listens, othersOf, queueTo, someoneListens, tellOfPackets } from './synch.ts'
import type { WireEvents } from './wire.ts'

/** The ESP actions. */
export const espActions = (constants: Constants): readonly Action[] => {
  const { scheme, scope } = constants
  const action = actionsOn<ClusterSchema, WireEvents>()

  /** Whether the packet with this number makes the member tell its ESP counter. */
  const endsPeriod = (sequenceNumber: number): boolean =>
    scheme.esp.period > 0 && sequenceNumber % scheme.esp.period === 0

  /** Whether every listener keeps up: no packet that is due to be told overtakes more messages than may be unread. */
  const keepsUp = (s: ClusterView, from: Member): boolean =>
    hasSynchRoom(s, constants, from) &&
    othersOf(constants, from).every((to) => {
      if (!listens(s, to)) return true
      const queue = queueTo(s, from, to)
      let unread = 0
      for (let i = 0; i < queue.length; i++) if (queue.at(i)!.about === 'packets') unread += 1
      return unread < scheme.esp.unread
    })

  /** RFC 4303 section 3.3.3: the sender increments, then sends. */
  const sendsPacket = action('ClusterSendsPacket', {
    choose: { at: membersOf(constants) },
    guard: (s, { at }) =>
      actsOnEsp(s, at) &&
      holdsSa(s.member[at]) &&
      s.spent.packets < scope.packets &&
      (!endsPeriod(s.member[at].sent + 1) || !someoneListens(s, constants, at) || keepsUp(s, at)),
    effect: (d, { at }, emit) => {
      const me = d.member[at]
      d.spent.packets += 1
      me.sent += 1
      if (scheme.esp.iv === 'counter') me.ivs += 1
      emit.espSent({
        sender: at,
        ike: me.current,
        source: espSource(constants, at),
        sequenceNumber: me.sent,
        iv: scheme.esp.iv === 'counter' ? me.ivs : me.sent,
      })
      if (endsPeriod(me.sent)) tellOfPackets(d, emit, constants, at)
    },
  })

  return scope.packets > 0 ? [sendsPacket] : []
}
