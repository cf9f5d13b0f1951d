/** Requests that are sent again and again and never answered: a doomed IKE SA, or an end that is gone. */
import type { Scene } from '../evidence/context.ts'
import type { Moment } from '../evidence/findings.ts'
import type { IkePacket } from '../packets/packets.ts'
import { askerText, type Content, type Exchange, type IkeState } from './ike-sa.ts'

/** A request sent so often without an answer counts as a symptom. */
const TRIES = 3
/** Beginnings of IKE SAs that are kept, the latest. */
const MOST_BEGUN = 8192
/** A takeover lies beside a request when it comes at most so long before it. Seconds. */
const BESIDE = 300

interface Begun extends Moment {
  readonly responder: string
}

export const ikeUnanswered = ({ findings, story, members, sides }: Scene) => {
  const begun: Begun[] = []

  /** What tells a doomed IKE SA from an end that is gone. */
  const evidenceOf = (state: IkeState, request: Content): string => {
    const asks = request.source
    const other = asks === state.at.initiator ? state.at.responder : state.at.initiator
    const said: string[] = []
    const takeover = members.changeBefore(
      [asks, other, state.initiator, state.responder],
      request.last.time,
      BESIDE,
    )
    said.push(
      takeover
        ? `a takeover at ${takeover.address} lies beside it, in frame ${takeover.frame}, ${Math.abs(request.time - takeover.time).toFixed(1)} s ${takeover.time <= request.time ? 'before it was first sent' : 'after'}`
        : 'no takeover lies beside it',
    )
    const answer = begun.find(
      ({ responder, time }) => (responder === other || responder === asks) && time >= request.time,
    )
    const heard = members.spoke(other)
    if (answer)
      said.push(
        `${answer.responder} answers a new IKE_SA_INIT in frame ${answer.frame}: the ends are there, and the IKE SA is doomed or was restarted, not gone`,
      )
    else if (heard && heard.time > request.time)
      said.push(`${other} is there: it sends until frame ${heard.frame}; the IKE SA may be doomed`)
    else said.push(`${other} is not heard any more: it may be gone, or have been cut off`)
    return said.join('; ')
  }

  return {
    /** Takes note of an answer to IKE_SA_INIT. */
    begun({ source, frame, time }: IkePacket): void {
      if (begun.length >= MOST_BEGUN) begun.shift()
      begun.push({ responder: source, frame, time })
    },
    judge(state: IkeState): void {
      for (const [key, exchange] of state.exchanges) judgeExchange(state, key, exchange)
    },
  }

  function judgeExchange(state: IkeState, key: string, { requests, responses }: Exchange): void {
    const last = requests.at(-1)
    if (!last || last.copies < TRIES || last.exchange === 'IKE_SA_INIT') return
    if (responses.some((response) => response.last.time >= last.time)) return
    const [side, id] = key.split(' ')
    const older = requests.find(
      (content) => content !== last && responses.some(({ answers }) => answers === content),
    )
    const isDoomed = older !== undefined && last.sync === 'no' && older.sync === 'no'
    const seconds = (last.last.time - last.time).toFixed(1)
    const label = sides.isPeer(last.source, state) ? 'LIV-1p' : 'LIV-1c'
    const finding = findings.add(label, state.name, last.last, () => ({
      text:
        `request ${id} of ${askerText(state, side as 'initiator' | 'responder')} ${last.exchange}, is sent ${last.copies} times in ${seconds} s, frames ${last.frame} to ${last.last.frame}, and never answered` +
        (isDoomed
          ? `: the other end has answered another request under this ID, in frame ${older.frame}, and must not execute this one: the IKE SA is doomed`
          : last.sync === 'perhaps'
            ? ': it may be a synch of RFC 6311, which the other end does not take'
            : '; the other end may be gone, or the IKE SA doomed'),
      certainty: isDoomed ? 'certain' : 'sign',
      story: story.last(10, state.initiator, state.responder),
    }))
    if (finding && finding.count === 1) finding.evidence = evidenceOf(state, last)
  }
}
