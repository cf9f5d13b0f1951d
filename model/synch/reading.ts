/**
 * Synch messages arrive: in the order of sending or, if the scheme says so, one overtakes another; or they are lost.
 *
 * With acknowledged synchronisation a message that is lost is sent again until it is acknowledged, so there it is
 * never lost, only late; the acknowledgement is the empty channel, seen by the sender at any later step.
 */
import { type Action, actionsOn } from '../../src/modelling/action.ts'
import { type Constants, type Member, membersOf } from '../constants/constants.ts'
import { hooksOf } from '../extension-points/extensions.ts'
import { actsOnIke, beginsToAct, isProbing } from '../gateway/roles.ts'
import { forget } from '../ike/exchanges.ts'
import { forgetIke, forgetRequest, placesOf } from '../ike/message-ids.ts'
import {
  type ClusterDraft,
  type ClusterSchema,
  channelsOf,
  childrenOf,
  ikesOf,
  type MemberDraft,
  type SynchMessage,
  synchCapacity,
} from '../state/cluster-state.ts'
import { mergeWindow } from '../state/esp-window.ts'
import { noteSpi } from '../state/spis.ts'
import type { WireEvents } from '../wire/pictures.ts'
import { endsOf, lose } from './channels.ts'
import { shownOf } from './messages.ts'

/**
 * Takes in the counters of an IKE SA: RFC 6027 section 3.4 wants a late update not to move one back. Requests and
 * answers are those of the end of the message that is further on; one that is not told of them forgets the old ones.
 * A member that acts knows better than a message that is level with it.
 */
const mergeExchange = (to: MemberDraft, m: SynchMessage, constants: Constants): void => {
  const { merge, carriesRequest, carriesAnswer, synchIke } = constants.scheme
  const sa = to.ike[m.ike]!
  const latest = merge === 'latest'
  const level = !to.onIke
  const newRequests =
    m.counters !== 'expects' &&
    (latest || m.nextSend > sa.nextSend || (level && carriesRequest && m.nextSend === sa.nextSend))
  const ahead = m.expects + m.early - sa.expects - sa.early
  const newAnswers =
    m.counters !== 'nextSend' && (latest || ahead > 0 || (level && carriesAnswer && ahead === 0))
  if (newRequests) sa.nextSend = m.nextSend
  if (newAnswers) {
    sa.expects = m.expects
    sa.early = m.early
  }
  for (const place of placesOf(constants)) {
    if (newRequests) {
      forgetRequest(sa, place)
      const { exchange, task, child } = m.requests[place]
      const request = sa.requests[place]
      request.exchange = exchange
      request.task = task
      request.child = child
    }
    if (newAnswers) {
      const { exchange, task, by, result } = m.answers[place]
      const answer = sa.answers[place]
      answer.exchange = exchange
      answer.task = task
      answer.by = by
      answer.result = result
      answer.held = 0
    }
  }
  if (synchIke === 'before' || (!level && !newRequests && !newAnswers)) return
  to.replaced = m.replaced
  to.mine = m.mine
  to.theirs = m.theirs
  to.owes = m.owes
  to.theirIke = m.theirIke
  to.owesIke = m.owesIke
}

/** Takes in the counters of a child SA: RFC 6027 section 3.4 wants a late update not to move one back. */
const mergePackets = (
  mine: ClusterDraft['esp']['member']['A'][string],
  { sent, top, seen }: SynchMessage,
  { scheme, scope }: Constants,
): void => {
  if (scheme.merge === 'latest') {
    mine.sent = sent
    mine.top = top
    mine.seen = seen
  } else {
    mine.sent = Math.max(mine.sent, sent)
    mergeWindow(mine, { top, seen }, scope.esp.window)
  }
}

const mergeChange = (to: MemberDraft, m: SynchMessage, children: readonly string[]): void => {
  for (const child of children) if (m.children.has(child)) to.children.add(child)
  if (m.child !== 'none') to.children.add(m.child)
  if (m.goneChild !== 'none') to.children.delete(m.goneChild)
  if (m.madeIke !== 'none') to.ike[m.madeIke]!.sa = true
  if (m.goneIke !== 'none') forgetIke(to.ike[m.goneIke]!)
  if (to.ike[m.current]!.sa) to.current = m.current
}

/** The actions of the synch channel; none in a single gateway. */
export const synchActions = (constants: Constants): readonly Action[] => {
  const { scheme, scope } = constants
  if (!scheme.cluster) return []
  const action = actionsOn<ClusterSchema, WireEvents>()
  const channel = channelsOf(constants)
  const readerOf = (channel: string): Member => channel[1] as Member
  const ikes = ikesOf(constants)
  const hooks = hooksOf(constants).member
  const retold = scheme.retells ? childrenOf(constants) : []
  const indices =
    scheme.channel === 'reorders' ? Array.from({ length: synchCapacity(constants) }, (_, i) => i) : [0]

  const receives = action('ReceivesSynch', {
    weight: 2,
    by: ({ channel }) => readerOf(channel),
    choose: { channel, index: indices },
    guard: (s, { channel, index }) =>
      s.synch[channel]!.queue.length > index && s.member[readerOf(channel)].hung === 0,
    effect: (d, { channel, index }, emit) => {
      const { queue } = d.synch[channel]!
      const m = queue.at(index)!
      emit.synchReceived({ ...shownOf(m), ...endsOf(channel) })
      takeIn(d, readerOf(channel), m)
      if (m.about === 'lock') {
        d.member[readerOf(channel)].onIke = true
        beginsToAct(d, readerOf(channel))
        hooks.takesOver?.(d, readerOf(channel), 'handover', emit)
      }
      hooks.hears?.(d, readerOf(channel), m, emit)
      queue.removeAt(index)
    },
  })

  /** A probe that no acting member knows of any more can be made again. */
  const missProbe = (d: ClusterDraft): void => {
    const known = membersOf(constants).some((of) => actsOnIke(d, of) && isProbing(d, of))
    if (d.probe.cluster === 'sent' && !known) d.probe.cluster = 'unused'
  }

  const takeIn = (d: ClusterDraft, to: Member, m: SynchMessage): void => {
    const me = d.member[to]
    // An ask that the reader does not grant is ignored.
    if (m.about === 'asked') return
    if (m.about === 'taken' || m.about === 'freed' || m.about === 'granted') {
      noteSpi(me, m.about, m.spi)
      return
    }
    // A member that never heard of any IKE SA cannot use what concerns one.
    if (!ikes.some((k) => me.ike[k]!.sa)) return
    switch (m.about) {
      case 'sas':
        mergeChange(me, m, retold)
        break
      case 'exchange':
      case 'lock':
        mergeExchange(me, m, constants)
        mergeChange(me, m, retold)
        if (actsOnIke(d, to)) missProbe(d)
        break
      case 'packets':
      case 'jump':
        mergePackets(d.esp.member[to][m.child]!, m, constants)
        break
      case 'gone':
        forget(me, ikes)
        break
      case 'extension':
    }
  }

  /** With acknowledged synchronisation only what is not acknowledged can be lost: messages about packets. */
  const loses = action('SynchChannelLoses', {
    fault: true,
    by: 'environment',
    choose: { channel },
    guard: (s, { channel }) => {
      const head = s.synch[channel]!.queue.at(0)
      return (
        head !== undefined &&
        s.spent.synchLosses < scope.synchLosses &&
        head.about !== 'jump' &&
        (scheme.synchIke !== 'acknowledged' || head.about === 'packets')
      )
    },
    effect: (d, { channel }, emit) => {
      lose(d, emit, channel, 0)
      d.spent.synchLosses += 1
    },
  })

  return scope.synchLosses > 0 ? [receives, loses] : [receives]
}
