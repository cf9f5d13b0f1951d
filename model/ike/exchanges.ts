/**
 * What the exchanges do to the SAs of an end: RFC 7296 sections 1.3, 1.4, 2.8 and 2.25. The same for members and peer.
 *
 * A rekeyed SA is deleted by the end that started the rekeying. If both ends rekey the same SA at once, the SA made in
 * the exchange with the lowest nonce is deleted by the end that made it, and the end that made the surviving one
 * deletes the old SA (section 2.8.1).
 */
import type { Constants, Side } from '../constants/constants.ts'
import {
  type ClusterDraft,
  childOf,
  type EndDraft,
  type EndView,
  FIRST_CHILD,
  FIRST_IKE,
  type IkeMessage,
  ikeOf,
  ikesOf,
  type Result,
} from '../state/cluster-state.ts'
import { forgetIke, forgetRequest, isAsking, placeOf } from './message-ids.ts'

/** What an exchange changed, for the other members. */
export interface Change {
  child: string
  goneChild: string
  madeIke: string
  goneIke: string
}

const unchanged = (): Change => ({ child: 'none', goneChild: 'none', madeIke: 'none', goneIke: 'none' })
export const NO_CHANGE: Change = unchanged()

/** Whether an end is creating, rekeying or deleting a child SA by an own request. */
const isChangingChildren = (end: EndView): boolean =>
  isAsking(end, end.current, 'createChild') ||
  isAsking(end, end.current, 'rekeyChild') ||
  isAsking(end, end.current, 'deleteChild')

/** Whether an end has sent, or is about to send, the deletion of a child SA. */
const isDeleting = (end: EndView, child: string): boolean => isAsking(end, end.current, 'deleteChild', child)

/** What becomes of a request of the other side: RFC 7296 section 2.25. */
const resultOf = (end: EndView, m: IkeMessage): Result => {
  switch (m.exchange) {
    case 'createChild':
      return m.ike !== end.current || isAsking(end, m.ike, 'rekeyIke') ? 'later' : 'done'
    case 'rekeyChild':
      if (m.ike !== end.current || isAsking(end, m.ike, 'rekeyIke') || isDeleting(end, m.child))
        return 'later'
      return end.children.has(m.child) ? 'done' : 'notFound'
    case 'rekeyIke':
      return m.ike !== end.current || isChangingChildren(end) || isAsking(end, m.ike, 'deleteIke')
        ? 'later'
        : 'done'
    default:
      return 'done'
  }
}

/** Executes a request of the side `from` at `end`. Returns what became of it; `change` is filled in. */
export const execute = (
  d: ClusterDraft,
  end: EndDraft,
  from: Side,
  m: IkeMessage,
  by: string,
  change: Change,
): Result => {
  const result = resultOf(end, m)
  if (result !== 'done') return result
  switch (m.exchange) {
    case 'createChild':
      change.child = childOf(from, m.task, by)
      end.children.add(change.child)
      break
    case 'rekeyChild':
      change.child = childOf(from, m.task, by)
      end.children.add(change.child)
      end.replaced = m.child
      end.theirs = change.child
      if (end.mine !== 'none') settleChildren(d, end, from === 'peer' ? 'cluster' : 'peer')
      break
    case 'deleteChild':
      loseChild(end, m.child)
      change.goneChild = m.child
      break
    case 'rekeyIke':
      change.madeIke = ikeOf(from, by)
      end.ike[change.madeIke]!.sa = true
      if (isAsking(end, m.ike, 'rekeyIke')) end.theirIke = change.madeIke
      else end.current = change.madeIke
      break
    case 'deleteIke':
      closeIke(d, end, from === 'peer' ? 'cluster' : 'peer', m.ike)
      break
    default:
  }
  tidy(end)
  return result
}

/** Takes in what the answer `m` to the own request says, before the request is forgotten. `change` is filled in. */
export const complete = (
  d: ClusterDraft,
  end: EndDraft,
  side: Side,
  m: IkeMessage,
  { scope }: Constants,
  change: Change,
): void => {
  const sa = end.ike[m.ike]!
  const { exchange, task, child } = sa.requests[placeOf(m.messageId, scope.window)]
  const fits = m.exchange === exchange
  switch (exchange) {
    case 'createChild':
      if (!fits || m.result !== 'done') break
      change.child = childOf(side, task, m.by)
      end.children.add(change.child)
      break
    case 'rekeyChild':
      if (fits && m.result === 'done') {
        change.child = childOf(side, task, m.by)
        end.children.add(change.child)
        end.mine = change.child
        end.replaced = child
        settleChildren(d, end, side)
      } else if (fits && m.result === 'notFound') {
        loseChild(end, child)
        change.goneChild = child
      }
      // Not replaced after all, unless the other side has done so.
      if (end.mine === 'none' && end.theirs === 'none') end.replaced = 'none'
      break
    case 'deleteChild':
      loseChild(end, child)
      change.goneChild = child
      break
    case 'rekeyIke':
      if (fits && m.result === 'done') {
        const mine = ikeOf(side, m.by)
        const loses = end.theirIke !== 'none' && d.lowest === side
        end.ike[mine]!.sa = true
        change.madeIke = mine
        end.current = loses ? end.theirIke : mine
        end.owesIke = loses ? mine : m.ike
      } else if (end.theirIke !== 'none') end.current = end.theirIke
      end.theirIke = 'none'
      break
    case 'deleteIke':
      change.goneIke = m.ike
      break
    default:
  }
}

/** What must wait until the request is forgotten. */
export const afterMatch = (end: EndDraft, change: Change): void => {
  if (change.goneIke !== 'none') {
    forgetIke(end.ike[change.goneIke]!)
    if (end.owesIke === change.goneIke) end.owesIke = 'none'
  }
  tidy(end)
}

/** With both replacements known: which child SA this end must delete. */
const settleChildren = (d: ClusterDraft, end: EndDraft, side: Side): void => {
  const doomed = end.theirs !== 'none' && d.lowest === side ? end.mine : end.replaced
  end.owes = end.children.has(doomed) ? doomed : 'none'
}

const loseChild = (end: EndDraft, child: string): void => {
  end.children.delete(child)
  if (end.owes === child) end.owes = 'none'
}

/** A rekeying that is over leaves nothing to remember. */
const tidy = (end: EndDraft): void => {
  if (end.replaced === 'none' || end.owes !== 'none' || end.children.has(end.replaced)) return
  if (isAsking(end, end.current, 'rekeyChild')) return
  end.replaced = 'none'
  end.mine = 'none'
  end.theirs = 'none'
}

/**
 * The other side deletes an IKE SA that has been rekeyed. Own requests on it, an attempt to rekey it included, are
 * forgotten (section 2.25.2).
 *
 * INTERPRETATION: the SA is kept for as long as its deletion may be retransmitted, as the answer to any other request is.
 */
const closeIke = (d: ClusterDraft, end: EndDraft, side: Side, k: string): void => {
  const sa = end.ike[k]!
  // A probe that dies with the SA can be made again on its successor.
  if (isAsking(end, k, 'liveness')) d.probe[side] = 'unused'
  for (const place of ['even', 'odd'] as const) forgetRequest(sa, place)
  if (end.theirIke !== 'none' && end.current === k) {
    end.current = end.theirIke
    end.theirIke = 'none'
  }
  if (end.owesIke === k) end.owesIke = 'none'
  // An end that knows of no successor loses what was under it.
  if (end.current === k) end.children.clear()
}

/** Establishes the IKE SA and its first child. */
export const establish = (end: EndDraft): void => {
  end.ike[FIRST_IKE]!.sa = true
  end.children.add(FIRST_CHILD)
}

/** Forgets every IKE SA and everything under them. */
export const forget = (end: EndDraft, ikes: readonly string[]): void => {
  for (const k of ikes) forgetIke(end.ike[k]!)
  end.children.clear()
  end.replaced = 'none'
  end.mine = 'none'
  end.theirs = 'none'
  end.owes = 'none'
  end.current = FIRST_IKE
  end.theirIke = 'none'
  end.owesIke = 'none'
}

/** Gives up an IKE SA. If it is the one in use, everything goes; one that has been rekeyed goes alone. */
export const giveUp = (constants: Constants, end: EndDraft, k: string): void => {
  if (k === end.current) {
    forget(end, ikesOf(constants))
    return
  }
  forgetIke(end.ike[k]!)
  if (end.owesIke === k) end.owesIke = 'none'
}

/** Whether nothing is left over that an end must still delete. */
export const owesNothing = (end: EndView): boolean => end.owes === 'none' && end.owesIke === 'none'
