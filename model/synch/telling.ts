/**
 * What members tell each other. A message is sent only to members that are up.
 */
import { type Constants, type Member, othersOf } from '../constants/constants.ts'
import { hooksOf } from '../extension-points/extensions.ts'
import { type Change, NO_CHANGE } from '../ike/exchanges.ts'
import type { Wire } from '../ike/message-ids.ts'
import type { ClusterDraft, Counters, SpiAbout, SynchMessage } from '../state/cluster-state.ts'
import { isClocked } from '../state/esp-counters.ts'
import { zeroOf } from '../state/own-state.ts'
import { waitsForSpis } from '../state/spis.ts'
import { isTold, listens, lose, queueTo } from './channels.ts'
import { behind } from './esp-counters.ts'
import { BLANK, exchangeMessage, shownOf } from './messages.ts'

/** The message with what extensions want to be told. */
const filled = (s: ClusterDraft, constants: Constants, from: Member, message: SynchMessage): SynchMessage => {
  if (!constants.extensions) return message
  const { tells } = hooksOf(constants).member
  const { about, ike } = message
  return { ...message, ...zeroOf(constants, 'synch'), ...tells?.(s, from, { about, ike }) }
}

/** Sends a message to every other member that listens. */
const tell = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  from: Member,
  plain: SynchMessage,
  afterDrop = false,
): void => {
  const message = filled(d, constants, from, plain)
  for (const to of othersOf(constants, from)) {
    if (!isTold(d, constants, to)) continue
    d.synch[from + to]!.queue.push(message)
    emit.synchSent({ ...shownOf(message), sender: from, receiver: to, afterDrop })
  }
}

/** Tells the others what the scheme wants them to know of an exchange: its counters, or what it changed. */
export const tellOfExchange = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  from: Member,
  k: string,
  change: Change = NO_CHANGE,
  moved: Counters = 'both',
): void => {
  const { scheme } = constants
  const me = d.member[from]
  if (scheme.synchIke === 'afterwards' || scheme.synchIke === 'acknowledged')
    tell(d, emit, constants, from, exchangeMessage(me, constants, k, change, moved))
  else if (scheme.synchSas && Object.values(change).some((sa) => sa !== 'none'))
    tell(d, emit, constants, from, { ...BLANK, ...change, current: me.current })
}

/** Tells the others of a counter that moves with a request that is about to be sent or processed. */
export const tellBefore = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  from: Member,
  k: string,
  moved: Counters,
): void => tell(d, emit, constants, from, exchangeMessage(d.member[from], constants, k, NO_CHANGE, moved))

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
  const mine = d.esp.member[from][child]!
  const { sent, top, seen } = mine
  if (isClocked(constants)) {
    mine.untold = 0
    mine.unshown = 0
  }
  const late = behind(d, constants, from)
  tell(d, emit, constants, from, { ...BLANK, about: 'packets', child, sent, top, seen }, afterDrop)
  // Only where packets do not wait. The message that was one too many is lost with those before it.
  for (const to of late) {
    d.spent.synchLosses += 1
    const queue = queueTo(d, from, to)
    for (let i = queue.length - 1; i >= 0; i--)
      if (queue.at(i)!.about === 'packets') lose(d, emit, from + to, i)
  }
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

/** Tells the others what extensions want to be told, and nothing else. */
export const tellExtended = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  from: Member,
  ike: string,
): void =>
  tell(d, emit, constants, from, { ...BLANK, about: 'extension', ike, current: d.member[from].current })

export const tellGone = (d: ClusterDraft, emit: Wire, constants: Constants, from: Member): void => {
  if (constants.scheme.synchSas) tell(d, emit, constants, from, { ...BLANK, about: 'gone' })
}

/** Says something about an SPI to one member. */
export const tellSpi = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  from: Member,
  to: Member,
  about: SpiAbout,
  spi: string,
): void => {
  const message = filled(d, constants, from, { ...BLANK, about, spi })
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
    if (to !== except && listens(d, to)) tellSpi(d, emit, constants, from, to, about, spi)
}

/** Passes the lock on, with all that the next holder needs. */
export const passLock = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  from: Member,
  to: Member,
): void => {
  const message = filled(d, constants, from, {
    ...exchangeMessage(d.member[from], constants, d.member[from].current, NO_CHANGE),
    about: 'lock',
  })
  d.synch[from + to]!.queue.push(message)
  emit.synchSent({ ...shownOf(message), sender: from, receiver: to, afterDrop: false })
}
