/** What the properties of ESP packets, their numbers and their IVs say of a trace that violates them. */
import type { WireEvents } from '../../model/wire/pictures.ts'
import { NOTHING_SAID, type Sentence, said } from '../../src/modelling/explanation.ts'
import { type ClusterStory, capital, hasReturned, lastOf, numberOrigin, type Of, party } from './words.ts'

const HOW: Readonly<Record<WireEvents['espArrived']['outcome'], string>> = {
  accepted: 'accepted',
  noted: 'noted in the window',
  stale: 'dropped as too old',
  replayed: 'dropped as a replay',
  unauthentic: 'dropped, since its integrity check failed',
  unknown: 'dropped, since there is no such SA',
  refused: 'refused by an extension',
}

/** SEQ-1. */
export const numberReused = (story: ClusterStory): Sentence | undefined => {
  const again = lastOf(story, 'espSent')
  if (!again) return undefined
  const { sender, sa, sequenceNumber } = again.event
  const first = story.first(
    'espSent',
    (m) => m.sender !== 'P' && m.sa === sa && m.sequenceNumber === sequenceNumber,
  )
  if (!first) return undefined
  const own = story.latest('espSent', (m) => m.sender === sender && m.sa === sa)
  const origin =
    own && !hasReturned(story, sender, own) ? '' : numberOrigin(story, sender, sa, sequenceNumber)
  return said`Sequence number ${sequenceNumber} of SA ${sa} was sent by ${party(first.event.sender)} at ${first} and again by ${party(sender)} at ${again}${origin}.`
}

const ivName = ({ ivPrefix, iv }: WireEvents['espSent']): string =>
  ivPrefix === 'any' ? `IV ${iv}` : `IV ${ivPrefix}:${iv}`

/** IV-1. */
export const ivRepeated = (story: ClusterStory): Sentence | undefined => {
  const again = lastOf(story, 'espSent')
  if (!again) return undefined
  const { sender, sa, sequenceNumber, ivPrefix, iv } = again.event
  const first = story.first(
    'espSent',
    (m) => m.sender !== 'P' && m.sa === sa && m.ivPrefix === ivPrefix && m.iv === iv,
  )
  if (!first) return undefined
  const own = story.latest('espSent', (m) => m.sender === sender && m.sa === sa)
  const origin = own && hasReturned(story, sender, own) ? numberOrigin(story, sender, sa, sequenceNumber) : ''
  return said`${ivName(again.event)} was used under the key of SA ${sa} by ${party(first.event.sender)} at ${first} (seq ${first.event.sequenceNumber}) and again by ${party(sender)} at ${again} (seq ${again.event.sequenceNumber})${origin}.`
}

/** The packet that arrived, where the trace shows how it was sent. */
const sendOf = (
  story: ClusterStory,
  { sender, sa, sequenceNumber }: WireEvents['espArrived'],
): Of<'espSent'> | undefined =>
  story.latest(
    'espSent',
    (m) => (m.sender === 'P') === (sender === 'P') && m.sa === sa && m.sequenceNumber === sequenceNumber,
  )

/** SEQ-2o and SEQ-2i. */
export const droppedForItsNumber = (story: ClusterStory): Sentence | undefined => {
  const last = lastOf(story, 'espArrived')
  if (!last) return undefined
  const { sender, receiver, sa, sequenceNumber, outcome } = last.event
  const highest = story
    .all(
      'espArrived',
      (m) => m.receiver === receiver && m.sa === sa && (m.outcome === 'accepted' || m.outcome === 'noted'),
    )
    .reduce<Of<'espArrived'> | undefined>(
      (best, e) => (best && best.event.sequenceNumber >= e.event.sequenceNumber ? best : e),
      undefined,
    )
  const raised = story.latest('espRaised', (e) => e.member === receiver && e.sa === sa)
  const had = raised
    ? said`; it had rejected all up to ${raised.event.top} since ${raised}`
    : highest
      ? said`; the highest that it had taken was ${highest.event.sequenceNumber}, at ${highest}`
      : said`; it had taken none before`
  return said`The packet with sequence number ${sequenceNumber} of SA ${sa}, sent by ${party(sender)}, was ${HOW[outcome]} by ${party(receiver)} at ${last}${had}.`
}

/** SEQ-3. */
export const counterWrapped = (story: ClusterStory): Sentence | undefined => {
  const sent = lastOf(story, 'espSent')
  if (sent) {
    const { sender, sa, sequenceNumber } = sent.event
    const before = story.latest('espSent', (m) => m.sender === sender && m.sa === sa)
    if (!before) return undefined
    return said`${capital(sender)} sent sequence number ${before.event.sequenceNumber} of SA ${sa} at ${before} and then ${sequenceNumber} at ${sent}: its counter started again.`
  }
  const last = lastOf(story, 'espSkipped')
  return (
    last &&
    said`${capital(last.event.member)} counted on after ${last.event.sent} on SA ${last.event.sa} at ${last}, though it had come to the last number before.`
  )
}

/** ESN-1. */
export const readWrongly = (story: ClusterStory): Sentence | undefined => {
  const last = lastOf(story, 'espArrived')
  if (!last) return undefined
  const { sender, receiver, sa, sequenceNumber, read } = last.event
  const skipped = story.latest('espSkipped', (e) => e.member === sender && e.sa === sa)
  const jump = skipped
    ? said`; member ${skipped.event.member} had gone on after ${skipped.event.sent} at ${skipped}`
    : NOTHING_SAID
  const as = read < 0 ? 'a number below all' : String(read)
  return said`${capital(receiver)} read the packet with sequence number ${sequenceNumber} of SA ${sa}, sent by ${party(sender)}, as ${as} at ${last}${jump}.`
}

/** RPL-1. */
export const acceptedTwice = (story: ClusterStory): Sentence | undefined => {
  const again = lastOf(story, 'espArrived')
  if (!again) return undefined
  const { sender, receiver, sa, sequenceNumber } = again.event
  const first = story.first(
    'espArrived',
    (m) =>
      m.outcome === 'accepted' &&
      (m.sender === 'P') === (sender === 'P') &&
      m.sa === sa &&
      m.sequenceNumber === sequenceNumber,
  )
  if (!first) return undefined
  const sent = sendOf(story, again.event)
  const from = sent ? said`, sent by ${party(sent.event.sender)} at ${sent},` : NOTHING_SAID
  return said`The packet with sequence number ${sequenceNumber} of SA ${sa}${from} was accepted by ${party(first.event.receiver)} at ${first} and again by ${party(receiver)} at ${again}.`
}

/** DoS-1e. */
export const spoiltByForgery = (story: ClusterStory): Sentence | undefined => {
  const last = lastOf(story, 'espArrived')
  if (!last) return undefined
  const { receiver, sa, sequenceNumber, outcome } = last.event
  const forged = story.latest('espArrived', (m) => m.origin === 'forged' && m.sa === sa)
  if (!forged) return undefined
  return said`A forged packet with sequence number ${forged.event.sequenceNumber} of SA ${sa} moved the window of ${party(forged.event.receiver)} at ${forged}, so the packet ${sequenceNumber} of the peer was ${HOW[outcome]} by ${party(receiver)} at ${last}.`
}

/** SYN-1. */
export const toldOfAttack = (story: ClusterStory): Sentence | undefined => {
  const last = lastOf(story, 'synchSent')
  if (!last) return undefined
  const { sender, receiver } = last.event
  const dropped = story.latest('espArrived', (m) => m.receiver === sender && m.origin !== 'sent')
  if (!dropped) return undefined
  const how = dropped.event.origin === 'forged' ? 'A forged packet' : 'A copy of a packet'
  return said`${how} with sequence number ${dropped.event.sequenceNumber}, brought by an attacker at ${dropped} and ${HOW[dropped.event.outcome]}, made ${party(sender)} send a synch message to ${party(receiver)} at ${last}.`
}
