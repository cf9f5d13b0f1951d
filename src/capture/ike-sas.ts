/**
 * IKE SAs as their messages show them. Copies are told from message IDs used again by their bytes, which RFC 7296
 * wants identical in a retransmission; monitors are told what remains. Messages that may differ under one message ID
 * are let pass: IKE_SA_INIT and its kind (cookies, another group), what is not protected, and RFC 6311's synch.
 */
import { digestOf, hex, u32 } from './bytes.ts'
import { cipherName, isCounterMode } from './ciphers.ts'
import type { IkeHeader } from './ike-header.ts'
import type { Inside } from './ike-inside.ts'
import {
  asker,
  type Content,
  type Exchange,
  fragmentText,
  type IkeSa,
  type IkeState,
  ikeText,
  sideOf,
  summaryOf,
} from './ike-sa.ts'
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

/** Whether a message is a synch of RFC 6311, to which no rule for message IDs applies. */
type Sync = 'yes' | 'perhaps' | 'no'

export const ikeSas = (scene: Scene): IkeSas => {
  const { monitors, limits, attention, findings, members, story } = scene
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

  const add = (
    packet: IkePacket,
    label: string,
    state: IkeState,
    member: string,
    told: { text: string; certainty: 'certain' | 'sign' | 'if counter mode' },
  ) =>
    findings.add(label, state.name, packet, () => ({
      ...told,
      story: [
        ...story.last(8, packet.source, packet.target),
        {
          frame: packet.frame,
          time: packet.time,
          address: packet.source,
          member,
          to: packet.target,
          text: ikeText(packet.header),
        },
      ],
    }))

  /** A content that was not seen before under its message ID. */
  const judge = (
    state: IkeState,
    packet: IkePacket,
    exchange: Exchange,
    content: Content,
    member: string,
    sync: Sync,
  ): void => {
    const { header, frame } = packet
    const side = sideOf(header)
    const before = (header.response ? exchange.responses : exchange.requests).at(-2)
    if (sync === 'perhaps' && before && asker(header) === 'responder')
      add(packet, header.response ? 'MID-2' : 'MID-1', state, member, {
        certainty: 'sign',
        text: `INFORMATIONAL ${header.messageId} has other content in frame ${frame} than in frame ${before.frame}: an ID used again, or a synch of RFC 6311, which looks the same without keys`,
      })
    if (sync !== 'no') return
    const fields = {
      type: header.response ? 'response' : 'request',
      ike: fragmentText(header),
      initiator: side,
      messageId: header.messageId,
      address: 'V',
      exchange: header.exchange,
      task: content.digest,
      child: 'none',
      by: 'none',
      result: 'done',
      sender: member,
      receiver: 'P',
    }
    for (const label of state.listening.tell('ikeSent', fields))
      add(packet, label, state, member, {
        certainty: 'certain',
        text: `${header.response ? 'the answer to' : 'request'} ${header.messageId} of the original ${asker(header)} is ${header.exchange} in frame ${frame}${before ? `, and ${before.exchange} with other content in frame ${before.frame}` : ''}`,
      })
  }

  /** A response comes while another content is outstanding than the one it was made for. */
  const match = (
    state: IkeState,
    packet: IkePacket,
    exchange: Exchange,
    content: Content,
    member: string,
  ): void => {
    const asked = exchange.requests.at(-1)
    const answered = content.answers
    if (!asked || !answered) return
    const { header, frame } = packet
    const fields = {
      party: members.current(packet.target),
      ike: fragmentText(header),
      messageId: header.messageId,
      asked: asked.exchange,
      askedTask: asked.digest,
      answered: answered.exchange,
      answeredTask: answered.digest,
    }
    for (const label of state.listening.tell('ikeMatched', fields))
      add(packet, label, state, member, {
        certainty: 'sign',
        text: `the response in frame ${frame} was made for the request of frame ${answered.frame}, but that of frame ${asked.frame} is outstanding under the same ID ${header.messageId}`,
      })
  }

  /** IVs of one direction; with keys that change, a new IKE SA begins. */
  const judgeIv = (state: IkeState, packet: IkePacket, member: string): void => {
    const { header, bytes, frame } = packet
    const at = header.protectedAt
    if (at === undefined || bytes.length < at + 8) return
    const cipher = state.encryption?.id
    if (cipher !== undefined && !isCounterMode(cipher)) return
    const high = u32(bytes, at)
    const violated = state.ivs.tell('espSent', {
      sender: member,
      receiver: 'P',
      sa: header.fromInitiator ? 'fromInitiator' : 'fromResponder',
      sequenceNumber: 0,
      ike: 'k0',
      source: 'V',
      ivPrefix: String(high >>> 21),
      iv: (high & 0x1fffff) * 2 ** 32 + u32(bytes, at + 4),
    })
    for (const label of violated)
      add(packet, label, state, member, {
        certainty: cipher === undefined ? 'sign' : 'certain',
        text: `the IV ${hex(bytes, at, 8)} of an earlier message is used again in frame ${frame}${cipher === undefined ? '; the cipher was negotiated before the capture began' : ` with ${cipherName(cipher)}`}`,
      })
  }

  const take = (packet: IkePacket, member: string, opened?: Inside): string => {
    const { header, frame, time, bytes } = packet
    const state = stateOf(packet)
    const digest = digestOf(bytes, 0, bytes.length)
    const key = `${asker(header)} ${header.messageId} ${fragmentText(header)}`
    const exchange = exchangeOf(state, key)
    const contents = header.response ? exchange.responses : exchange.requests
    const same = contents.find((content) => content.digest === digest)
    state.messages += 1
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
