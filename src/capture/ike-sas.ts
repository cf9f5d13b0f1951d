/**
 * IKE SAs as their messages show them. Copies are told from message IDs used again by their bytes, which RFC 7296
 * wants identical in a retransmission; monitors are told what remains. Messages that may differ under one message ID
 * are let pass: IKE_SA_INIT and its kind (cookies, another group), what is not protected, and RFC 6311's synch.
 */
import { digestOf } from './bytes.ts'
import type { IkeHeader } from './ike-header.ts'
import type { Inside } from './ike-inside.ts'
import { ikeJudging, type Sync } from './ike-judging.ts'
import {
  asker,
  type Content,
  type Exchange,
  fragmentText,
  type IkeSa,
  type IkeState,
  ikeText,
  summaryOf,
} from './ike-sa.ts'
import { ikeSpis } from './ike-spis.ts'
import { listening } from './listening.ts'
import type { IkePacket } from './packets.ts'
import type { Scene } from './scene.ts'

const MOST_SAS = 8192
const MOST_EXCHANGES = 4096
const MOST_CONTENTS = 16
/** A copy that comes sooner was captured twice. Seconds. */
const SAME_PACKET = 0.005
/** A request sent so often without an answer counts as a symptom. */
const TRIES = 3

export interface IkeSas {
  /** Takes a message in that was sent by `member`. What is to be told of it. */
  take(packet: IkePacket, member: string, opened?: Inside): string
  /** Judges what is only known at the end. */
  end(): void
  all(): readonly IkeSa[]
  /** IKE SAs that were not kept. */
  dropped(): number
}

/** IKEV2_MESSAGE_ID_SYNC: RFC 6311. */
const MESSAGE_ID_SYNC = 16422

export const ikeSas = (scene: Scene): IkeSas => {
  const { monitors, limits, attention, findings, story } = scene
  const known = new Map<string, IkeState>()
  let dropped = 0

  const stateOf = ({ header, source, target, frame, time }: IkePacket): IkeState => {
    const { initiatorSpi, responderSpi, fromInitiator } = header
    const key = `${initiatorSpi}${responderSpi}`
    let state = known.get(key)
    if (state) return state
    if (known.size >= MOST_SAS) {
      known.delete(known.keys().next().value!)
      dropped += 1
    }
    const [initiator, responder] = fromInitiator ? [source, target] : [target, source]
    state = {
      name: `IKE ${initiatorSpi.slice(0, 8)}..${responderSpi.slice(0, 8)}..`,
      initiatorSpi,
      responderSpi,
      initiator,
      responder,
      messages: 0,
      retransmissions: 0,
      copies: 0,
      highestIds: { initiator: -1, responder: -1 },
      overlapping: 0,
      exchanges: new Map(),
      listening: listening(monitors, ['MID-1', 'MID-2', 'MID-4'], limits, attention),
      ivs: listening(monitors, ['IV-1'], limits, attention),
      encryption: undefined,
      first: { frame, time },
      last: { frame, time },
    }
    known.set(key, state)
    return state
  }

  const exchangeOf = (state: IkeState, key: string): Exchange => {
    let exchange = state.exchanges.get(key)
    if (exchange) return exchange
    if (state.exchanges.size >= MOST_EXCHANGES) state.exchanges.delete(state.exchanges.keys().next().value!)
    exchange = { requests: [], responses: [] }
    state.exchanges.set(key, exchange)
    return exchange
  }

  const { judge, judgeIv, match } = ikeJudging(scene)
  const noteSpi = ikeSpis(scene)

  const take = (packet: IkePacket, member: string, opened?: Inside): string => {
    const { header, frame, time, bytes } = packet
    const state = stateOf(packet)
    const digest = digestOf(bytes, 0, bytes.length)
    const key = `${asker(header)} ${header.messageId} ${fragmentText(header)}`
    const exchange = exchangeOf(state, key)
    const contents = header.response ? exchange.responses : exchange.requests
    const same = contents.find((content) => content.digest === digest)
    state.messages += 1
    const begins = header.response && header.exchange === 'IKE_SA_INIT' && !isZero(state.responderSpi)
    if (begins && state.messages === 1) noteSpi(state, packet)
    const previous = same?.last
    state.last = { frame, time }
    if (same && previous && time - previous.time < SAME_PACKET) {
      state.copies += 1
      same.last = { frame, time }
      return `${ikeText(header)}, a copy of frame ${previous.frame}`
    }
    scene.observe?.(packet, digest)
    const mayDiffer =
      !header.isProtected || header.exchange === 'IKE_SA_INIT' || header.exchange === 'IKE_SESSION_RESUME'
    const about = opened ? `${ikeText(header)}: ${opened.text}` : ikeText(header)
    if (header.response && header.encryption) noteCipher(header)
    if (same) {
      same.copies += 1
      same.last = { frame, time }
      state.retransmissions += 1
      if (header.response && !mayDiffer) match(state, packet, exchange, same, member)
      return `${about} again`
    }
    const asked = header.response ? exchange.requests.at(-1) : undefined
    const content: Content = {
      digest,
      exchange: header.exchange,
      frame,
      time,
      copies: 1,
      last: { frame, time },
      ...(asked && { answers: asked }),
    }
    if (contents.length < MOST_CONTENTS) contents.push(content)
    state.encryption ??= ciphers.get(header.initiatorSpi)
    if (!header.response) noteRequest(state, header)
    if (!mayDiffer) {
      const sync = syncOf(header, opened)
      judge(state, packet, exchange, content, member, sync)
      if (header.response && sync === 'no') match(state, packet, exchange, content, member)
      judgeIv(state, packet, member)
    }
    return about
  }

  /** What IKE_SA_INIT chose, by the initiator's SPI: the request before it has no other. */
  const ciphers = new Map<string, IkeHeader['encryption']>()
  const noteCipher = ({ initiatorSpi, encryption }: IkeHeader): void => {
    if (ciphers.size >= MOST_SAS) ciphers.delete(ciphers.keys().next().value!)
    ciphers.set(initiatorSpi, encryption)
  }

  const noteRequest = (state: IkeState, header: IkeHeader): void => {
    const side = asker(header)
    const highest = state.highestIds[side]
    if (header.messageId <= highest) return
    const before = state.exchanges.get(`${side} ${highest} `)
    if (highest >= 0 && before && before.responses.length === 0) state.overlapping += 1
    state.highestIds[side] = header.messageId
  }

  return {
    take,
    end() {
      for (const state of known.values())
        for (const [key, { requests, responses }] of state.exchanges) {
          const last = requests.at(-1)
          if (!last || last.copies < TRIES) continue
          if (responses.some((response) => response.last.time >= last.time)) continue
          const [side, id] = key.split(' ')
          const older = requests.find(
            (content) => content !== last && responses.some(({ answers }) => answers === content),
          )
          const seconds = (last.last.time - last.time).toFixed(1)
          findings.add('LIV-1c', state.name, last.last, () => ({
            text:
              `request ${id} of the original ${side}, ${last.exchange}, is sent ${last.copies} times in ${seconds} s, frames ${last.frame} to ${last.last.frame}, and never answered` +
              (older
                ? `: the other end has answered another request under this ID, in frame ${older.frame}, and must not execute this one: the IKE SA is doomed`
                : '; the other end may be gone, or the IKE SA doomed'),
            certainty: older ? 'certain' : 'sign',
            story: story.last(10, state.initiator, state.responder),
          }))
        }
    },
    all: () => {
      // The first request does not know the SPI of the responder yet.
      const answered = new Set([...known.values()].map((s) => (isZero(s.responderSpi) ? '' : s.initiatorSpi)))
      return [...known.values()]
        .filter((s) => !isZero(s.responderSpi) || !answered.has(s.initiatorSpi))
        .map(summaryOf)
    },
    dropped: () => dropped,
  }
}

const syncOf = ({ exchange, messageId }: IkeHeader, opened: Inside | undefined): Sync => {
  if (opened) return opened.notifies.includes(MESSAGE_ID_SYNC) ? 'yes' : 'no'
  return exchange === 'INFORMATIONAL' && messageId === 0 ? 'perhaps' : 'no'
}

const isZero = (spi: string): boolean => /^0+$/.test(spi)
