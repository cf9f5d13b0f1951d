/**
 * The synch channel: a FIFO from the active member to the standby that may lose messages.
 *
 * A message is sent only while the standby is up. With acknowledged synchronisation a message that is lost is
 * sent again until it is acknowledged, so there it is never lost, only late; the acknowledgement is the empty
 * channel, seen by the active member at any later step.
 */
import { type Action, actionsOn } from '../src/modelling/action.ts'
import { take } from '../src/modelling/draft.ts'
import { type Constants, type Member, OTHER } from './constants.ts'
import { forget, type Wire } from './ike.ts'
import type { ClusterDraft, ClusterSchema, ClusterView, MemberView, SynchMessage } from './state.ts'
import type { WireEvents } from './wire.ts'

/** The member that is not active, if the cluster has one. */
const standbyOf = (s: ClusterView): MemberView | undefined =>
  (s.member as Readonly<Partial<Record<Member, MemberView>>>)[OTHER[s.active]]

/**
 * Whether there is a standby to tell.
 *
 * INTERPRETATION: the active member knows at once and without error whether the standby is up, and goes on alone while it is not. One that waits for a standby that is down blocks; one that wrongly takes it for down acts unsynchronised.
 */
export const standbyListens = (s: ClusterView): boolean => standbyOf(s)?.up === true

/** Whether the active member can tell the standby something now; trivially so when nobody listens. */
export const hasSynchRoom = (s: ClusterView, { scope }: Constants): boolean =>
  !standbyListens(s) || s.synch.length < scope.synch

/** The active member tells the standby how things stand with it. Nothing happens when nobody listens. */
export const tell = (
  d: ClusterDraft,
  emit: Wire,
  { scheme }: Constants,
  about: SynchMessage['about'],
  child = 'none',
): void => {
  if (!standbyListens(d)) return
  const me = d.member[d.active]
  const ike = about === 'exchange'
  const nextSend = ike ? me.nextSend : 0
  const expects = ike ? me.expects : 0
  const sent = about === 'packets' ? me.sent : 0
  const request = ike && scheme.carriesRequest ? me.request : NO_CONTENT
  const answer = ike && scheme.carriesAnswer ? me.answer : NO_ANSWER
  d.synch.push({ about, nextSend, expects, child, request, answer, sent })
  emit.synchSent({ about, nextSend, expects, child, sent, sender: d.active, receiver: OTHER[d.active] })
}

const NO_CONTENT = { exchange: 'none', task: 0 } as const
const NO_ANSWER = { exchange: 'none', task: 0, by: 'none' } as const

/** The oldest synch message in flight is lost. */
export const loseHead = (d: ClusterDraft, emit: Wire): void => {
  const { about, nextSend, expects, child, sent } = take(d.synch)
  emit.synchLost({ about, nextSend, expects, child, sent })
}

/** The actions of the synch channel; none in a single gateway. */
export const synchActions = ({ scheme, scope }: Constants): readonly Action[] => {
  const action = actionsOn<ClusterSchema, WireEvents>()

  /** Counters only move forward: RFC 6027 section 3.4 wants a late update not to move one back. */
  const receivesSynch = action('StandbyReceivesSynch', {
    guard: (s) => s.synch.length > 0,
    effect: (d, _, emit) => {
      const m = take(d.synch)
      const standby = d.member[OTHER[d.active]]
      const { about, nextSend, expects, child, sent } = m
      emit.synchReceived({ about, nextSend, expects, child, sent, receiver: OTHER[d.active] })
      // A standby that never heard of the IKE SA cannot use what concerns it.
      if (!standby.sa) return
      switch (about) {
        case 'child':
          standby.children.add(child)
          break
        case 'exchange':
          standby.nextSend = Math.max(standby.nextSend, nextSend)
          standby.expects = Math.max(standby.expects, expects)
          if (child !== 'none') standby.children.add(child)
          standby.request.exchange = m.request.exchange
          standby.request.task = m.request.task
          standby.answer.exchange = m.answer.exchange
          standby.answer.task = m.answer.task
          standby.answer.by = m.answer.by
          break
        case 'packets':
          standby.sent = Math.max(standby.sent, sent)
          break
        case 'gone':
          forget(standby)
          break
      }
    },
  })

  /** With acknowledged synchronisation only what is not acknowledged can be lost: messages about packets. */
  const losesSynch = action('SynchChannelLoses', {
    guard: (s) => {
      const head = s.synch.at(0)
      return (
        head !== undefined &&
        s.spent.synchLosses < scope.synchLosses &&
        (scheme.synchIke !== 'acknowledged' || head.about === 'packets')
      )
    },
    effect: (d, _, emit) => {
      loseHead(d, emit)
      d.spent.synchLosses += 1
    },
  })

  if (scheme.members === 1) return []
  return scope.synchLosses > 0 ? [receivesSynch, losesSynch] : [receivesSynch]
}
