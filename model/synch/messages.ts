/** What a synch message carries. */
import type { Constants } from '../constants/constants.ts'
import { type Change, NO_CHANGE } from '../ike/exchanges.ts'
import { type Counters, FIRST_IKE, type MemberDraft, type SynchMessage } from '../state/cluster-state.ts'

const NO_CHILDREN: ReadonlySet<string> = new Set()
const NO_REQUEST = { exchange: 'none', task: 0, child: 'none' } as const
const NO_ANSWER = { exchange: 'none', task: 0, by: 'none', result: 'done' } as const
const NO_REQUESTS = { even: NO_REQUEST, odd: NO_REQUEST }
const NO_ANSWERS = { even: NO_ANSWER, odd: NO_ANSWER }
/** A message without anything in it. */
export const BLANK: SynchMessage = {
  about: 'sas',
  ike: FIRST_IKE,
  nextSend: 0,
  expects: 0,
  early: 0,
  counters: 'both',
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

/** What of a synch message an observer needs. */
export const shownOf = (m: SynchMessage) => {
  const { about, ike, nextSend, expects, counters, child, goneChild, madeIke, goneIke, sent, top, spi } = m
  return { about, ike, nextSend, expects, counters, child, goneChild, madeIke, goneIke, sent, top, spi }
}

/**
 * The state of an IKE SA as a message: counters, what is pending, and as much of requests and answers as the scheme
 * says. Of one counter alone, only what belongs to it.
 */
export const exchangeMessage = (
  me: MemberDraft,
  { scheme }: Constants,
  k: string,
  change: Change,
  moved: Counters = 'both',
): SynchMessage => {
  const { nextSend, expects, early, requests, answers } = me.ike[k]!
  const { replaced, mine, theirs, owes, current, theirIke, owesIke } = me
  const counters = scheme.synchCounters === 'apart' ? moved : 'both'
  const sends = counters !== 'expects'
  const takes = counters !== 'nextSend'
  return {
    ...BLANK,
    ...change,
    about: 'exchange',
    ike: k,
    counters,
    ...(sends && { nextSend }),
    ...(takes && { expects, early }),
    current,
    // What is told before a request is processed knows nothing of what will come of it.
    ...(scheme.synchIke !== 'before' && { replaced, mine, theirs, owes, theirIke, owesIke }),
    ...(sends &&
      scheme.carriesRequest && {
        requests: { even: contentOf(requests.even), odd: contentOf(requests.odd) },
      }),
    ...(takes &&
      scheme.carriesAnswer && { answers: { even: answerOf(answers.even), odd: answerOf(answers.odd) } }),
  }
}

const contentOf = ({ exchange, task, child }: SynchMessage['requests']['even']) => ({ exchange, task, child })
const answerOf = ({ exchange, task, by, result }: SynchMessage['answers']['even']) => ({
  exchange,
  task,
  by,
  result,
})
