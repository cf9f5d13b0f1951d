/** What an end may ask, and how it comes to a request: by what it knows, and by what the scope leaves. */
import { allowed, startsOf } from '../constants/budgets.ts'
import { type Constants, EXCHANGE, type Exchange, type Side } from '../constants/constants.ts'
import {
  type ClusterDraft,
  type ClusterView,
  type EndDraft,
  type EndView,
  FIRST_CHILD,
  FIRST_IKE,
} from '../state/cluster-state.ts'
import { hasFreePlace, isAsking, isWaiting, placeOf } from './message-ids.ts'

/** The exchanges that a side can ever start; an action without any is left out. */
export const exchangesOf = (constants: Constants, side: Side): readonly Exchange[] =>
  EXCHANGE.filter((exchange) => startsOf(constants, side, exchange) > 0)

/** The child SA that a deletion is about: the one that a rekeying left, otherwise the first. */
const doomedChild = (end: EndView): string => (end.owes === 'none' ? FIRST_CHILD : end.owes)

/** The IKE SA on which an end asks. */
export const asksOn = (end: EndView, exchange: Exchange): string =>
  exchange === 'deleteIke' ? end.owesIke : end.current

/** Whether an end may start an exchange now, by what it knows and by what the scope leaves. The probe is the last of all. */
export const mayAsk = (
  constants: Constants,
  s: ClusterView,
  end: EndView,
  side: Side,
  exchange: Exchange,
): boolean => {
  const k = asksOn(end, exchange)
  if (s.probe[side] !== 'unused' || s.spent[side][exchange] >= startsOf(constants, side, exchange))
    return false
  if (k === 'none' || !end.ike[k]!.sa || !hasFreePlace(end.ike[k]!, constants.scope.window)) return false
  switch (exchange) {
    case 'createChild':
      return !isAsking(end, k, 'rekeyIke')
    case 'rekeyChild':
      return (
        end.children.has(FIRST_CHILD) &&
        end.replaced === 'none' &&
        !isAsking(end, k, 'rekeyIke') &&
        !isAsking(end, k, 'rekeyChild') &&
        !isAsking(end, k, 'deleteChild', FIRST_CHILD)
      )
    case 'deleteChild':
      return (
        (end.owes !== 'none' ||
          (end.replaced === 'none' && s.spent[side].deleteChild < allowed(constants, side, 'deleteChild'))) &&
        end.children.has(doomedChild(end)) &&
        !isAsking(end, k, 'deleteChild', doomedChild(end)) &&
        !isAsking(end, k, 'rekeyChild') &&
        !isAsking(end, k, 'rekeyIke')
      )
    case 'rekeyIke':
      return k === FIRST_IKE && end.theirIke === 'none' && !isWaiting(end.ike[k]!)
    case 'deleteIke':
      return !isWaiting(end.ike[k]!)
    case 'liveness':
      return true
  }
}

/** Takes the next message ID for a new request with content of its own. Returns its IKE SA and message ID. */
export const prepareRequest = (
  d: ClusterDraft,
  end: EndDraft,
  side: Side,
  exchange: Exchange,
  { scope }: Constants,
): { readonly ike: string; readonly messageId: number } => {
  const spent = d.spent[side]
  spent[exchange] += 1
  if (exchange === 'liveness') d.probe[side] = 'sent'
  const ike = asksOn(end, exchange)
  const sa = end.ike[ike]!
  const messageId = sa.nextSend
  const request = sa.requests[placeOf(messageId, scope.window)]
  request.exchange = exchange
  request.task =
    exchange === 'createChild' || exchange === 'rekeyChild'
      ? spent.createChild + spent.rekeyChild
      : spent[exchange]
  if (exchange === 'rekeyChild') {
    request.child = FIRST_CHILD
    end.replaced = FIRST_CHILD
  }
  if (exchange === 'deleteChild') request.child = doomedChild(end)
  sa.nextSend += 1
  return { ike, messageId }
}
