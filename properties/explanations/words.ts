/** Words in which properties speak of a trace: parties, requests, and where a member had its counters from. */
import type { Member } from '../../model/constants/constants.ts'
import { type Party, title, type WireEvents } from '../../model/wire/pictures.ts'
import {
  NOTHING_SAID,
  type Sentence,
  type Story,
  said,
  type TraceEvent,
} from '../../src/modelling/explanation.ts'

export type ClusterStory = Story<WireEvents>
export type Of<K extends keyof WireEvents> = TraceEvent<K, WireEvents[K]>

/** The last event of a story when it is of one kind. */
export const lastOf = <K extends keyof WireEvents & string>(
  story: ClusterStory,
  kind: K,
): Of<K> | undefined => (story.last?.kind === kind ? (story.last as unknown as Of<K>) : undefined)

/** A party as a sentence calls it. */
export const party = (who: string): string => (who === 'P' ? 'the peer' : `member ${who}`)

/** The same with a capital. */
export const capital = (who: string): string => (who === 'P' ? 'The peer' : `Member ${who}`)

const RESULT = { done: '', notFound: ' with CHILD_SA_NOT_FOUND', later: ' with TEMPORARY_FAILURE' } as const

/** What is in a request. */
export const content = (m: WireEvents['ikeSent'] | WireEvents['ikeExecuted']): string => title(m)

/** What is in a response: which request it answers, who executed that, and with what result. */
export const answer = (m: WireEvents['ikeSent']): string =>
  `to ${title(m)} as ${m.by === 'P' ? 'the peer' : `member ${m.by}`} executed it${RESULT[m.result]}`

/** Whose requests a message ID numbers. */
export const sideOf = (initiator: 'cluster' | 'peer'): string =>
  initiator === 'cluster' ? 'the cluster' : 'the peer'

/** Whether a member that did something had to begin anew after that, for it had crashed and returned. */
export const hasReturned = (story: ClusterStory, who: Party, did: TraceEvent): boolean =>
  story.all('returned', (e) => e.member === who).some((e) => e.step > did.step)

type Counter = 'nextSend' | 'expects'

/**
 * Where a member had an IKE counter from by the time it came to use the value `used`: the synch message that told it
 * this, or that it was told another or none. Nothing about the peer.
 */
export const counterOrigin = (
  story: ClusterStory,
  who: Party,
  { ike, counter, used }: { readonly ike: string; readonly counter: Counter; readonly used: number },
): Sentence =>
  who === 'P'
    ? NOTHING_SAID
    : originOf(story, who, used, {
        of:
          counter === 'nextSend' ? 'the number of its next request' : 'the number of the request it expects',
        tells: (m) => m.ike === ike && (m.about === 'exchange' || m.about === 'lock'),
        value: (m) => m[counter],
      })

/** The same for the latest sequence number on a child SA. */
export const numberOrigin = (story: ClusterStory, who: Party, sa: string, used: number): Sentence => {
  if (who === 'P') return NOTHING_SAID
  const skipped = story.latest('espSkipped', (e) => e.member === who && e.sa === sa)
  if (skipped) return said`; member ${who} had gone on after ${skipped.event.sent} at ${skipped}`
  return originOf(story, who, used - 1, {
    of: 'the latest sequence number',
    tells: (m) => m.child === sa && m.sent > 0 && (m.about === 'packets' || m.about === 'jump'),
    value: (m) => m.sent,
  })
}

/** What a synch message may tell. */
interface Told {
  readonly of: string
  tells(m: WireEvents['synchReceived']): boolean
  value(m: WireEvents['synchReceived']): number
}

const originOf = (story: ClusterStory, who: Member, used: number, { of, tells, value }: Told): Sentence => {
  const latest = story.latest('synchReceived', (m) => m.receiver === who && tells(m))
  const returned = story.latest('returned', (e) => e.member === who)
  if (returned && (latest === undefined || returned.step > latest.step))
    return returned.event.empty
      ? said`; member ${who} had returned empty at ${returned}`
      : said`; member ${who} had been brought up to date at ${returned}`
  if (!latest) return said`; no synch message had told member ${who} ${of}`
  return value(latest.event) === used
    ? said`; member ${who} had ${of} from the synch message that it received at ${latest}`
    : said`; the latest synch message to tell member ${who} ${of}, received at ${latest}, said ${value(latest.event)}`
}
