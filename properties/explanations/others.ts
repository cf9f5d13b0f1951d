/** What the properties of transparency, addresses, SPIs and attackers say of a trace that violates them. */
import { type Sentence, said } from '../../src/modelling/explanation.ts'
import { requestIdReused, responseIdReused } from './message-ids.ts'
import { ivRepeated, numberReused } from './packets.ts'
import { type ClusterStory, capital, counterOrigin, lastOf, party, sideOf } from './words.ts'

/** ANO-1: whichever anomaly it is. */
export const seenByThePeer = (story: ClusterStory): Sentence | undefined => {
  if (story.last?.kind === 'espSent') return numberReused(story) ?? ivRepeated(story)
  const last = lastOf(story, 'ikeSent')
  if (!last) return undefined
  const { type, ike, messageId, sender } = last.event
  const known = type === 'request' ? requestIdReused(story) : responseIdReused(story)
  if (known) return known
  const latest = story.latest('ikeSent', (m) => m.sender !== 'P' && m.type === type && m.ike === ike)
  const before = latest
    ? said`, the latest before being ${latest.event.messageId} at ${latest}`
    : said`, the first that it sends on this IKE SA`
  return said`${capital(sender)} sent request ${messageId} at ${last}${before}: no single gateway leaves out a message ID${counterOrigin(story, sender, { ike, counter: 'nextSend', used: messageId })}.`
}

/** TRN-2. */
export const otherAddress = (story: ClusterStory): Sentence | undefined => {
  const ikeLast = lastOf(story, 'ikeSent')
  const espLast = lastOf(story, 'espSent')
  const last = ikeLast ?? espLast
  if (!last) return undefined
  const { ike, sender } = last.event
  const address = ikeLast ? ikeLast.event.address : espLast!.event.source
  const what = ikeLast ? `an IKE ${ikeLast.event.type}` : 'a tunnel packet'
  const ikeBefore = story.first('ikeSent', (m) => m.sender !== 'P' && m.ike === ike && m.address !== address)
  const espBefore = story.first('espSent', (m) => m.sender !== 'P' && m.ike === ike && m.source !== address)
  const before =
    ikeBefore && espBefore
      ? ikeBefore.step <= espBefore.step
        ? ikeBefore
        : espBefore
      : (ikeBefore ?? espBefore)
  if (!before)
    return said`${capital(sender)} sent ${what} from address ${address} at ${last}, which is none that the peer agreed to.`
  const other = 'address' in before.event ? before.event.address : before.event.source
  const which = 'address' in before.event ? `an IKE ${before.event.type}` : 'a tunnel packet'
  return said`${capital(sender)} sent ${what} from address ${address} at ${last}, and ${party(before.event.sender)} had sent ${which} from ${other} at ${before}.`
}

/** ADR-1 and ADR-2. */
export const sentWhereNobodyIs = (story: ClusterStory): Sentence | undefined => {
  const last = lastOf(story, 'peerPacket')
  if (!last) return undefined
  const moved = story.latest('gatewayMoved', (e) => e.packets === last.event.address)
  const crashed = story.latest('crashed')
  const handed = story.latest('handedOver')
  const why = moved
    ? said`: it took ${moved.event.address} for the gateway at ${moved}`
    : crashed
      ? said`: member ${crashed.event.member} crashed at ${crashed}`
      : handed
        ? said`: member ${handed.event.member} handed over to ${handed.event.to} at ${handed}`
        : said``
  return said`The peer sent a tunnel packet to address ${last.event.address} at ${last}, where no member takes it${why}.`
}

/** SPI-1. */
export const spiTwice = (story: ClusterStory): Sentence | undefined => {
  const again = lastOf(story, 'spiAssigned')
  if (!again) return undefined
  const { kind, value, member, peer } = again.event
  const first = story.latest('spiAssigned', (e) => e.kind === kind && e.value === value)
  if (!first) return undefined
  const name = `${kind === 'esp' ? 'ESP' : 'IKE'} SPI ${value}`
  const peerName = (p: string): string => `peer ${p.slice('peer'.length)}`
  return said`${name} was assigned by ${party(member)} to an SA with ${peerName(peer)} at ${again}, while the SA with ${peerName(first.event.peer)} to which ${party(first.event.member)} assigned it at ${first} was in use.`
}

/** DoS-1h. */
export const hintBelieved = (story: ClusterStory): Sentence | undefined => {
  const last = lastOf(story, 'hinted')
  if (!last) return undefined
  const { hint, sender, ike } = last.event
  const from = sender === 'attacker' ? 'forged by an attacker' : `sent by ${party(sender)}`
  return said`The peer deleted IKE SA ${ike} at ${last} because of an unprotected ${hint}, ${from}.`
}

/** DoS-1r. */
export const replayExecuted = (story: ClusterStory): Sentence | undefined => {
  const last = lastOf(story, 'ikeExecuted')
  if (!last) return undefined
  const { ike, initiator, messageId, executor } = last.event
  const taken = story.latest(
    'ikeMatched',
    (m) => m.ike === ike && m.messageId === messageId && (m.party === 'P') === (initiator === 'peer'),
  )
  if (!taken) return undefined
  return said`Request ${messageId} of ${sideOf(initiator)}, whose answer ${party(taken.event.party)} took at ${taken}, was executed by ${party(executor)} at ${last} when it was replayed${counterOrigin(story, executor, { ike, counter: 'expects', used: messageId })}.`
}
