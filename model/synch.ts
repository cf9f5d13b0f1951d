/**
 * The synch channels: a FIFO from each member to each other, which may lose messages and, if the scheme says so,
 * let a later message overtake.
 *
 * A message is sent only to members that are up. With acknowledged synchronisation a message that is lost is
 * sent again until it is acknowledged, so there it is never lost, only late; the acknowledgement is the empty
 * channel, seen by the sender at any later step.
 */
import { type Action, actionsOn } from '../src/modelling/action.ts'
import { type Constants, type Member, membersOf } from './constants.ts'
import { mergeWindow } from './esp/window.ts'
import { type Change, forget, NO_CHANGE } from './exchanges.ts'
import { forgetIke, forgetRequest, placesOf, type Wire } from './ike.ts'
import { beginsToAct } from './roles.ts'
import { noteSpi, waitsForSpis } from './spi-state.ts'
import {
  type ClusterDraft,
  type ClusterSchema,
  type ClusterView,
  channelsOf,
  childrenOf,
  FIRST_IKE,
  ikesOf,
  type MemberDraft,
  type SpiAbout,
  type SynchMessage,
} from './state.ts'
import type { WireEvents } from './wire.ts'

/** The other members. */
export const othersOf = (constants: Constants, from: Member): readonly Member[] =>
  membersOf(constants).filter((m) => m !== from)

export const queueTo = (s: ClusterView, from: Member, to: Member) => s.synch[from + to]!.queue

/**
 * Whether `from` takes `to` for up, and tells it what happens.
 *
 * INTERPRETATION: a member knows at once and without error which others are up, and goes on without those that are not. One that waits for a member that is down blocks; one that wrongly takes it for down acts unsynchronised, which is what a cut channel shows.
 */
export const listens = (s: ClusterView, to: Member): boolean => s.member[to].up && s.cut === 0

/** Whether there is anybody to tell. */
export const someoneListens = (s: ClusterView, constants: Constants, from: Member): boolean =>
  othersOf(constants, from).some((to) => listens(s, to))

/** Whether a member can tell the others something now; trivially so when nobody listens. */
export const hasSynchRoom = (s: ClusterView, constants: Constants, from: Member): boolean =>
  othersOf(constants, from).every(
    (to) => !listens(s, to) || queueTo(s, from, to).length < constants.scope.synch,
  )

/** Whether the others have read all that a member told them. */
export const isDrained = (s: ClusterView, constants: Constants, from: Member): boolean =>
  othersOf(constants, from).every((to) => queueTo(s, from, to).length === 0)

const NO_CHILDREN: ReadonlySet<string> = new Set()
const NO_REQUEST = { exchange: 'none', task: 0, child: 'none' } as const
const NO_ANSWER = { exchange: 'none', task: 0, by: 'none', result: 'done' } as const
const NO_REQUESTS = { even: NO_REQUEST, odd: NO_REQUEST }
const NO_ANSWERS = { even: NO_ANSWER, odd: NO_ANSWER }
/** A message without anything in it. */
const BLANK: SynchMessage = {
  about: 'sas',
  ike: FIRST_IKE,
  nextSend: 0,
  expects: 0,
  early: 0,
  ...NO_CHANGE,
  children: NO_CHILDREN,
  replaced: 'none',
  mine: 'none',
  theirs: 'none',
  owes: 'none',
  current: FIRST_IKE,
  theirIke: 'none',
  owesIke: 'none',
  requests: NO_REQUESTS,
  answers: NO_ANSWERS,
  sent: 0,
  top: 0,
  seen: 0,
  spi: 'none',
}

/** Sends a message to every other member that listens. */
const tell = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  from: Member,
  message: SynchMessage,
  afterDrop = false,
): void => {
  for (const to of othersOf(constants, from)) {
    if (!listens(d, to)) continue
    d.synch[from + to]!.queue.push(message)
    emit.synchSent({ ...shownOf(message), sender: from, receiver: to, afterDrop })
  }
}

/** What of a synch message an observer needs. */
export const shownOf = (m: SynchMessage) => {
  const { about, ike, nextSend, expects, child, goneChild, madeIke, goneIke, sent, top, spi } = m
  return { about, ike, nextSend, expects, child, goneChild, madeIke, goneIke, sent, top, spi }
}

/** The state of an IKE SA as a message: counters, what is pending, and as much of requests and answers as the scheme says. */
const exchangeMessage = (me: MemberDraft, { scheme }: Constants, k: string, change: Change): SynchMessage => {
  const { nextSend, expects, early, requests, answers } = me.ike[k]!
  const { replaced, mine, theirs, owes, current, theirIke, owesIke } = me
  return {
    ...BLANK,
    ...change,
    about: 'exchange',
    ike: k,
    nextSend,
    expects,
    early,
    replaced,
    mine,
    theirs,
    owes,
    current,
    theirIke,
    owesIke,
    requests: scheme.carriesRequest
      ? { even: contentOf(requests.even), odd: contentOf(requests.odd) }
      : NO_REQUESTS,
    answers: scheme.carriesAnswer ? { even: answerOf(answers.even), odd: answerOf(answers.odd) } : NO_ANSWERS,
  }
}

const contentOf = ({ exchange, task, child }: SynchMessage['requests']['even']) => ({ exchange, task, child })
const answerOf = ({ exchange, task, by, result }: SynchMessage['answers']['even']) => ({
  exchange,
  task,
  by,
  result,
})

/** Tells the others what the scheme wants them to know of an exchange: its counters, or what it changed. */
export const tellOfExchange = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  from: Member,
  k: string,
  change: Change = NO_CHANGE,
): void => {
  const { scheme } = constants
  const me = d.member[from]
  if (scheme.synchIke !== 'never') tell(d, emit, constants, from, exchangeMessage(me, constants, k, change))
  else if (scheme.synchSas && Object.values(change).some((sa) => sa !== 'none'))
    tell(d, emit, constants, from, { ...BLANK, ...change, current: me.current })
}

/** A member that has taken over tells the others all it knows of an IKE SA, and of the child SAs. */
export const tellAgain = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  from: Member,
  k: string,
): void => {
  const me = d.member[from]
  tell(d, emit, constants, from, { ...exchangeMessage(me, constants, k, NO_CHANGE), children: me.children })
}

/** Tells the others the counters of a child SA; `afterDrop`: because of a packet that was dropped. */
export const tellOfPackets = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  from: Member,
  child: string,
  afterDrop = false,
): void => {
  const { sent, top, seen } = d.esp.member[from][child]!
  tell(d, emit, constants, from, { ...BLANK, about: 'packets', child, sent, top, seen }, afterDrop)
}

/** Tells the others that a member has skipped numbers on a child SA; repeated until it is acknowledged. */
export const tellOfJump = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  from: Member,
  child: string,
): void => {
  const { sent, top, seen } = d.esp.member[from][child]!
  tell(d, emit, constants, from, { ...BLANK, about: 'jump', child, sent, top, seen })
}

export const tellGone = (d: ClusterDraft, emit: Wire, constants: Constants, from: Member): void => {
  if (constants.scheme.synchSas) tell(d, emit, constants, from, { ...BLANK, about: 'gone' })
}

/** Says something about an SPI to one member. */
export const tellSpi = (
  d: ClusterDraft,
  emit: Wire,
  from: Member,
  to: Member,
  about: SpiAbout,
  spi: string,
): void => {
  const message = { ...BLANK, about, spi }
  d.synch[from + to]!.queue.push(message)
  emit.synchSent({ ...shownOf(message), sender: from, receiver: to, afterDrop: false })
}

/** Tells the others, except one, that an SPI is in use or free again, if the scheme tells of SAs. */
export const tellOfSpi = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  from: Member,
  about: SpiAbout,
  spi: string,
  except?: Member,
): void => {
  if (!constants.scheme.synchSas && !waitsForSpis(constants)) return
  for (const to of othersOf(constants, from))
    if (to !== except && listens(d, to)) tellSpi(d, emit, from, to, about, spi)
}

/** Passes the lock on, with all that the next holder needs. */
export const passLock = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  from: Member,
  to: Member,
): void => {
  const message = {
    ...exchangeMessage(d.member[from], constants, d.member[from].current, NO_CHANGE),
    about: 'lock' as const,
  }
  d.synch[from + to]!.queue.push(message)
  emit.synchSent({ ...shownOf(message), sender: from, receiver: to, afterDrop: false })
}

/** The synch message at `index` is lost. */
const lose = (d: ClusterDraft, emit: Wire, channel: string, index: number): void => {
  emit.synchLost(shownOf(d.synch[channel]!.queue.at(index)!))
  d.synch[channel]!.queue.removeAt(index)
}

/** Empties a channel: nobody will read what is in it. */
export const discard = (d: ClusterDraft, emit: Wire, channel: string): void => {
  while (d.synch[channel]!.queue.length > 0) lose(d, emit, channel, 0)
}

/**
 * Takes in the counters of an IKE SA: RFC 6027 section 3.4 wants a late update not to move one back. Requests and
 * answers are those of the end of the message that is further on; one that is not told of them forgets the old ones.
 */
const mergeExchange = (to: MemberDraft, m: SynchMessage, constants: Constants): void => {
  const { merge, carriesRequest, carriesAnswer } = constants.scheme
  const sa = to.ike[m.ike]!
  const latest = merge === 'latest'
  const newRequests = latest || m.nextSend > sa.nextSend || (carriesRequest && m.nextSend === sa.nextSend)
  const ahead = m.expects + m.early - sa.expects - sa.early
  const newAnswers = latest || ahead > 0 || (carriesAnswer && ahead === 0)
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
  const retold = scheme.retells ? childrenOf(constants) : []
  const indices = scheme.channel === 'reorders' ? Array.from({ length: scope.synch }, (_, i) => i) : [0]

  const receives = action('ReceivesSynch', {
    choose: { channel, index: indices },
    guard: (s, { channel, index }) => s.synch[channel]!.queue.length > index,
    effect: (d, { channel, index }, emit) => {
      const { queue } = d.synch[channel]!
      const m = queue.at(index)!
      emit.synchReceived({ ...shownOf(m), receiver: readerOf(channel) })
      takeIn(d, readerOf(channel), m)
      if (m.about === 'lock') beginsToAct(d, readerOf(channel))
      queue.removeAt(index)
    },
  })

  const takeIn = (d: ClusterDraft, to: Member, m: SynchMessage): void => {
    const me = d.member[to]
    if (m.about === 'lock') me.onIke = true
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
        break
      case 'packets':
      case 'jump':
        mergePackets(d.esp.member[to][m.child]!, m, constants)
        break
      case 'gone':
        forget(me, ikes)
        break
    }
  }

  /** With acknowledged synchronisation only what is not acknowledged can be lost: messages about packets. */
  const loses = action('SynchChannelLoses', {
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
