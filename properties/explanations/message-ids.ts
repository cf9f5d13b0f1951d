/** What the properties of message IDs say of a trace that violates them. */
import { type Sentence, said } from '../../src/modelling/explanation.ts'
import {
  answer,
  type ClusterStory,
  capital,
  content,
  counterOrigin,
  hasReturned,
  lastOf,
  party,
  sideOf,
} from './words.ts'

/** MID-1. */
export const requestIdReused = (story: ClusterStory): Sentence | undefined => {
  const again = lastOf(story, 'ikeSent')
  if (!again) return undefined
  const { ike, initiator, messageId, sender } = again.event
  const first = story.first(
    'ikeSent',
    (m) => m.type === 'request' && m.ike === ike && m.initiator === initiator && m.messageId === messageId,
  )
  if (!first) return undefined
  const own = story.latest('ikeSent', (m) => m.type === 'request' && m.ike === ike && m.sender === sender)
  const origin =
    own && !hasReturned(story, sender, own)
      ? ''
      : counterOrigin(story, sender, { ike, counter: 'nextSend', used: messageId })
  return said`Message ID ${messageId} was used by ${party(first.event.sender)} at ${first} for ${content(first.event)}, and again, for ${content(again.event)}, by ${party(sender)} at ${again}${origin}.`
}

/** MID-2. */
export const responseIdReused = (story: ClusterStory): Sentence | undefined => {
  const again = lastOf(story, 'ikeSent')
  if (!again) return undefined
  const { ike, initiator, messageId, sender } = again.event
  const first = story.first(
    'ikeSent',
    (m) => m.type === 'response' && m.ike === ike && m.initiator === initiator && m.messageId === messageId,
  )
  if (!first) return undefined
  return said`Request ${messageId} of ${sideOf(initiator)} was answered by ${party(first.event.sender)} at ${first} (${answer(first.event)}), and again, with another response, by ${party(sender)} at ${again} (${answer(again.event)}).`
}

/** MID-3. */
export const executedWrongly = (story: ClusterStory): Sentence | undefined => {
  const last = lastOf(story, 'ikeExecuted')
  if (!last) return undefined
  const { ike, initiator, messageId, executor } = last.event
  const before = story.first(
    'ikeExecuted',
    (m) => m.ike === ike && m.initiator === initiator && m.messageId === messageId,
  )
  if (before)
    return said`Request ${messageId} of ${sideOf(initiator)} was executed by ${party(before.event.executor)}, as seen at ${before}, and again by ${party(executor)}, as seen at ${last}${counterOrigin(story, executor, { ike, counter: 'expects', used: messageId })}.`
  const sent = story.latest(
    'ikeSent',
    (m) => m.type === 'request' && m.ike === ike && m.initiator === initiator && m.messageId === messageId,
  )
  if (!sent) return undefined
  return said`${capital(executor)} executed ${content(last.event)} at ${last} as request ${messageId} of ${sideOf(initiator)}, under which ${party(sent.event.sender)} had last sent ${content(sent.event)}, at ${sent}.`
}

/** MID-4. */
export const wronglyMatched = (story: ClusterStory): Sentence | undefined => {
  const last = lastOf(story, 'ikeMatched')
  if (!last) return undefined
  const { party: who, ike, messageId, asked, askedTask, answered, answeredTask } = last.event
  const initiator = who === 'P' ? 'peer' : 'cluster'
  const sent = (type: 'request' | 'response', exchange: string, task: number) =>
    story.latest(
      'ikeSent',
      (m) =>
        m.type === type &&
        m.ike === ike &&
        m.initiator === initiator &&
        m.messageId === messageId &&
        m.exchange === exchange &&
        m.task === task,
    )
  const response = sent('response', answered, answeredTask)
  const request = sent('request', asked, askedTask)
  if (!response) return undefined
  const own = request
    ? said`its request ${messageId}, ${content(request.event)}, sent at ${request}`
    : said`its request ${messageId}, which it has not sent`
  return said`The response of ${party(response.event.sender)} to ${content(response.event)}, sent at ${response}, was taken by ${party(who)} at ${last} as the answer to ${own}.`
}

/** MID-5. */
export const skipped = (story: ClusterStory, window: number): Sentence | undefined => {
  const last = lastOf(story, 'ikeExecuted')
  if (!last) return undefined
  const { ike, initiator, messageId, executor } = last.event
  const executed = story.all('ikeExecuted', (m) => m.ike === ike && m.initiator === initiator)
  const ids = Array.from({ length: Math.max(0, messageId - window + 1) }, (_, id) => id)
  const missing = ids.find((id) => !executed.some(({ event }) => event.messageId === id))
  if (missing === undefined) return undefined
  return said`${capital(executor)} executed request ${messageId} of ${sideOf(initiator)} at ${last}, though nobody had executed request ${missing}${counterOrigin(story, executor, { ike, counter: 'expects', used: messageId })}.`
}

/** MID-7. */
export const doneTwice = (story: ClusterStory): Sentence | undefined => {
  const last = lastOf(story, 'ikeExecuted')
  if (!last) return undefined
  const { initiator, exchange, task } = last.event
  const before = story.first(
    'ikeExecuted',
    (m) =>
      m.initiator === initiator &&
      m.exchange === exchange &&
      m.result === 'done' &&
      (exchange !== 'createChild' || m.task === task),
  )
  if (!before) return undefined
  return said`${content(last.event)} of ${sideOf(initiator)} was done by ${party(last.event.executor)} at ${last} under message ID ${last.event.messageId}, after ${content(before.event)} was done by ${party(before.event.executor)}, as seen at ${before}, under message ID ${before.event.messageId}.`
}
