/**
 * IKE SAs as their messages show them. Copies are told from message IDs used again by their bytes, which RFC 7296
 * wants identical in a retransmission; monitors are told what remains. Messages that may differ under one message ID
 * are let pass: IKE_SA_INIT and its kind (cookies, another group), what is not protected, and RFC 6311's synch.
 */
import type { Scene } from '../evidence/context.ts'
import type { Moment } from '../evidence/findings.ts'
import { listenersOf } from '../evidence/monitor-runs.ts'
import { digestOf, hex } from '../formats/bytes.ts'
import type { IkeHeader } from '../packets/ike-header.ts'
import { asker } from '../packets/ike-header.ts'
import type { Inside } from '../packets/ike-inside.ts'
import type { IkePacket } from '../packets/packets.ts'
import { concludeForms, ikeForms } from './forms.ts'
import {
  askerText,
  type Content,
  type Exchange,
  fragmentText,
  type IkeSa,
  type IkeState,
  ikeText,
  type Sync,
  summaryOf,
} from './ike-sa.ts'
import { ikeJudging, judgeCiphers, SAME_PACKET } from './monitoring.ts'
import { ikeSpis } from './spis.ts'
import { ikeUnanswered } from './unanswered.ts'

const MOST_SAS = 65_536
const MOST_FORGOTTEN = 1_048_576
const MOST_EXCHANGES = 4096
const MOST_CONTENTS = 16
const HEADER = 28
/** Header, payload header, and half an IV. */
const BEGINNING = HEADER + 4 + 4
/** The least part of a message that is compared by itself, where it has four. */
const PART = 32
/** The shortest synch: header, payload header, IV, notification, padding length, and integrity check of 8 octets. */
const SHORTEST_SYNCH = 28 + 4 + 8 + 20 + 1 + 8

export interface IkeSas {
  /** Takes a message in; `speak` says that its sender was heard, and who that is. What is to be told of it. */
  take(packet: IkePacket, speak: () => string, opened?: Inside): string
  /** Judges what is only known at the end. */
  end(): void
  all(): readonly IkeSa[]
  /** IKE SAs that were not kept. */
  dropped(): number
}

/** IKEV2_MESSAGE_ID_SYNC: RFC 6311. */
const MESSAGE_ID_SYNC = 16422

export const ikeSas = (scene: Scene): IkeSas => {
  const { monitors, limits, attention, findings, members } = scene
  const known = new Map<string, IkeState>()
  const forgotten = new Set<string>()
  /** The IKE SA that has exchanged CREATE_CHILD_SA last, by both addresses: one that follows may have replaced it. */
  const lastCreate = new Map<string, IkeState>()
  const listen = listenersOf(monitors, ['MID-1', 'MID-2', 'MID-4'], limits, attention)
  const listenIvs = listenersOf(monitors, ['IV-1'], limits, attention)
  let dropped = 0

  const stateOf = ({ header, source, target, frame, time }: IkePacket): IkeState => {
    const { initiatorSpi, responderSpi, fromInitiator, exchange } = header
    const key = `${initiatorSpi}${responderSpi}`
    let state = known.get(key)
    if (state) {
      if (known.size * 2 > MOST_SAS) {
        known.delete(key)
        known.set(key, state)
      }
      return state
    }
    if (known.size >= MOST_SAS) {
      const [oldest] = known.keys()
      judgeCiphers(known.get(oldest!)!)
      known.delete(oldest!)
      if (forgotten.size < MOST_FORGOTTEN) forgotten.add(oldest!)
      dropped += 1
    }
    const [initiator, responder] = fromInitiator ? [source, target] : [target, source]
    const isSetUp = exchange === 'IKE_SA_INIT' || exchange === 'IKE_AUTH'
    const parent = isSetUp ? undefined : lastCreate.get(pairOf(source, target))
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
      listening: listen(),
      ivs: listenIvs(),
      ivFindings: [],
      lastIv: undefined,
      encryption: undefined,
      parent,
      isSetUp,
      synched: false,
      reuse: undefined,
      contrary: 0,
      others: 0,
      at: { initiator, responder },
      firstMembers: new Map(),
      skips: new Map(),
      forms: new Map(),
      forgotten: { initiator: -1, responder: -1 },
      first: { frame, time },
      last: { frame, time },
    }
    known.set(key, state)
    if (forgotten.has(key)) {
      const { name } = state
      findings.add(
        'MID-1',
        name,
        { frame, time },
        () => ({
          text: `comes again in frame ${frame} when what it had sent before was forgotten: whether message IDs are used again is not known`,
          certainty: 'undecided',
          story: [],
        }),
        'forgotten',
      )
    }
    return state
  }

  const exchangeOf = (state: IkeState, key: string, header: IkeHeader): Exchange => {
    let exchange = state.exchanges.get(key)
    if (exchange) return exchange
    if (state.exchanges.size >= MOST_EXCHANGES) {
      const [oldest] = state.exchanges.keys()
      const [side, id] = oldest!.split(' ') as ['initiator' | 'responder', string]
      state.forgotten[side] = Math.max(state.forgotten[side], Number(id))
      state.exchanges.delete(oldest!)
    }
    const side = asker(header)
    if (header.messageId <= state.forgotten[side])
      findings.add(
        'MID-1',
        state.name,
        state.last,
        () => ({
          text: `message ${header.messageId} of the exchanges of ${askerText(state, side)} comes in frame ${state.last.frame} when the earlier ones were forgotten: whether the ID is used again is not known`,
          certainty: 'undecided',
          story: [],
        }),
        'forgotten',
      )
    exchange = { requests: [], responses: [] }
    state.exchanges.set(key, exchange)
    return exchange
  }

  const { doubtReuse, isDamagedCopy, judge, judgeIv, match, noteNext, noteSkip, resolve, undecided } =
    ikeJudging(scene)
  const forms = ikeForms(scene)
  const spis = ikeSpis(scene)
  const unanswered = ikeUnanswered(scene)

  const take = (packet: IkePacket, speak: () => string, opened?: Inside): string => {
    const { header, frame, time, bytes, source, target } = packet
    const state = stateOf(packet)
    const digest = digestOf(bytes, 0, bytes.length)
    const isCut = bytes.length < header.length
    const key = `${asker(header)} ${header.messageId} ${fragmentText(header)}`
    // One such message is damaged; several show that the first was.
    const { initiator, responder } = state.at
    const [own, other] = header.fromInitiator ? [initiator, responder] : [responder, initiator]
    if (source === other && target === own && state.contrary < 2) {
      state.contrary += 1
      return `${ikeText(header)}, with a flag that contradicts its addresses`
    }
    state.messages += 1
    const begins = header.response && header.exchange === 'IKE_SA_INIT' && !isZero(state.responderSpi)
    if (begins && state.messages === 1) spis.answered(state, packet)
    if (begins) unanswered.begun(packet)
    if (header.exchange === 'IKE_SA_INIT' || header.exchange === 'IKE_AUTH') state.isSetUp = true
    state.last = { frame, time }
    const exchange = exchangeOf(state, key, header)
    const contents = header.response ? exchange.responses : exchange.requests
    const capture = scene.capture()
    const beginning = bytes.length < BEGINNING ? 0 : digestOf(bytes, 0, BEGINNING)
    // What one capture shows for the first time, another has shown before.
    const isOfOther = ({ seenIn }: Content): boolean =>
      (seenIn[capture] ?? 0) < Math.max(...seenIn.map((n) => n ?? 0))
    const isCopy = (one: Content): boolean =>
      (one.isCut || isCut) &&
      one.captured !== bytes.length &&
      beginning !== 0 &&
      one.beginning === beginning &&
      (isOfOther(one) || Math.abs(time - one.last.time) < SAME_PACKET)
    const same =
      contents.find((one) => one.digest === digest && one.captured === bytes.length) ?? contents.find(isCopy)
    const previous = same?.last
    const isElsewhere = same !== undefined && isOfOther(same)
    if (same && isElsewhere) noteDelay(same, capture, time)
    if (same) same.seenIn[capture] = (same.seenIn[capture] ?? 0) + 1
    if (same && previous && (isElsewhere || Math.abs(time - previous.time) < SAME_PACKET)) {
      state.copies += 1
      same.last = { frame, time }
      return `${ikeText(header)}, a copy of frame ${previous.frame}`
    }
    const member = speak()
    noteAddress(state, packet)
    const firstMember = state.firstMembers.get(source) ?? member
    state.firstMembers.set(source, firstMember)
    if (member !== firstMember) state.others += 1
    scene.observe?.(packet, digest)
    const mayDiffer =
      !header.isProtected || header.exchange === 'IKE_SA_INIT' || header.exchange === 'IKE_SESSION_RESUME'
    const about = opened ? `${ikeText(header)}: ${opened.text}` : ikeText(header)
    if (header.response && header.encryption) noteCipher(header)
    if (!mayDiffer) forms.judge(state, packet, member)
    if (same) {
      same.copies += 1
      same.last = { frame, time }
      state.retransmissions += 1
      if (isCut && !mayDiffer) undecided(state, packet, same, member)
      if (header.response && !mayDiffer) {
        resolve(packet, exchange, same)
        match(state, packet, exchange, same, member)
      }
      return `${about} again`
    }
    if (!mayDiffer && isDamagedCopy(state, packet, member)) return `${about}, perhaps a damaged copy`
    const parts = partsOf(bytes)
    const drawn = drawnOf(packet)
    const damaged =
      bytes.length < 44 || mayDiffer
        ? undefined
        : contents.find(
            (one) =>
              Math.abs(time - one.last.time) < SAME_PACKET ||
              (one.captured === bytes.length &&
                (one.parts.some((part, i) => part === parts[i]) ||
                  (drawn !== undefined && drawn === one.drawn && one.exchange === header.exchange))),
          )
    if (damaged) {
      state.retransmissions += 1
      undecided(state, packet, damaged, member)
      return `${about} again, other than before in a part`
    }
    const asked = header.response ? exchange.requests.at(-1) : undefined
    if (header.response && !asked) doubtReuse(state, packet)
    const content: Content = {
      digest,
      exchange: header.exchange,
      captured: bytes.length,
      isCut,
      beginning,
      parts,
      drawn,
      sync: header.response
        ? responseSync(header, opened, asked)
        : syncOf(state, header, opened, contents, member !== firstMember),
      source,
      member,
      frame,
      time,
      copies: 1,
      seenIn: Array.from({ length: capture + 1 }, (_, i) => (i === capture ? 1 : 0)),
      last: { frame, time },
      ...(asked && { answers: asked }),
    }
    if (contents.length < MOST_CONTENTS) contents.push(content)
    state.encryption ??= ciphers.get(header.initiatorSpi)
    if (header.exchange === 'CREATE_CHILD_SA') {
      if (lastCreate.size >= MOST_SAS) lastCreate.delete(lastCreate.keys().next().value!)
      lastCreate.set(pairOf(source, target), state)
    }
    if (header.exchange === 'IKE_SA_INIT' && !header.response) spis.asked(state, packet)
    if (!header.response) noteRequest(state, packet, member, content.sync)
    if (!mayDiffer) {
      judge(state, packet, exchange, content, member)
      if (header.response && content.sync === 'no') match(state, packet, exchange, content, member)
      judgeIv(state, packet, member)
    }
    return about
  }

  /** A message that comes from another address than those of this end before it. */
  const noteAddress = (state: IkeState, { header, source, frame, time }: IkePacket): void => {
    const end = header.fromInitiator ? 'initiator' : 'responder'
    const before = state.at[end]
    if (before === source) return
    state.at[end] = source
    const text = `${state.name}: its original ${end} speaks from ${source} rather than ${before}`
    scene.note({ frame, time }, text)
    members.moves(before, source, { frame, time }, text)
  }

  /** How much later the second of two captures shows what both have, in seconds. */
  const delays: number[] = []
  const noteDelay = (same: Content, capture: number, time: number): void => {
    if (scene.captures() !== 2 || delays.length >= MOST_EXCHANGES) return
    delays.push(capture === 1 ? time - same.last.time : same.last.time - time)
  }
  const noteClocks = (at: Moment): void => {
    const middle = delays.sort((a, b) => a - b)[delays.length >> 1]
    scene.note(
      at,
      `several captures are in the order of their time stamps, and nothing aligns their clocks: ${
        middle === undefined
          ? 'what comes first between two of them is as sure as these are'
          : `of the IKE messages that both have, capture 2 shows the middle one ${(Math.abs(middle) * 1000).toFixed(1)} ms ${middle < 0 ? 'before' : 'after'} capture 1, and less than that apart no order is sure`
      }`,
    )
  }

  /** Messages that only one of several captures has: they died under way, or were never sent that way. */
  const noteDied = (state: IkeState): void => {
    for (const [key, { requests, responses }] of state.exchanges)
      for (const content of [...requests, ...responses]) {
        const where = Array.from({ length: scene.captures() }, (_, i) => content.seenIn[i] ?? 0)
        if (where.every((count) => count > 0)) continue
        const what = responses.includes(content) ? 'the answer to request' : 'request'
        scene.note(
          content,
          `${state.name}: ${what} ${key.split(' ')[1]}, ${content.exchange}, is only in capture ${where.findIndex((count) => count > 0) + 1} of ${where.length}: it died under way, or the others began later or ended before`,
        )
      }
  }

  /** What IKE_SA_INIT chose, by the initiator's SPI: the request before it has no other. */
  const ciphers = new Map<string, IkeHeader['encryption']>()
  const noteCipher = ({ initiatorSpi, encryption }: IkeHeader): void => {
    if (ciphers.size >= MOST_SAS) ciphers.delete(ciphers.keys().next().value!)
    ciphers.set(initiatorSpi, encryption)
  }

  const noteRequest = (state: IkeState, packet: IkePacket, member: string, sync: Sync): void => {
    const { header } = packet
    const side = asker(header)
    const highest = state.highestIds[side]
    const filled = state.skips.get(`${side} ${header.messageId}`)
    if (filled) {
      state.skips.delete(`${side} ${header.messageId}`)
      filled.certainty = 'dismissed'
    }
    // After a synch, both ends may go on with any message ID.
    if (sync !== 'no') state.synched = true
    if (header.messageId <= highest) return
    const before = state.exchanges.get(`${side} ${highest} `)
    if (highest >= 0 && before && before.responses.length === 0) state.overlapping += 1
    if (highest >= 0 && before && header.messageId === highest + 1) noteNext(state, packet, before, member)
    if (highest >= 0 && header.messageId > highest + 1 && !state.synched)
      noteSkip(state, packet, highest, member)
    state.highestIds[side] = header.messageId
  }

  /** A synch is an INFORMATIONAL with ID 0 after the ID was used, or from a member that was not the first. */
  const syncOf = (
    state: IkeState,
    { exchange, messageId, length, fragment }: IkeHeader,
    opened: Inside | undefined,
    before: readonly Content[],
    isOther: boolean,
  ): Sync => {
    if (opened) return opened.notifies.includes(MESSAGE_ID_SYNC) ? 'yes' : 'no'
    if (exchange !== 'INFORMATIONAL' || messageId !== 0 || fragment || length < SHORTEST_SYNCH) return 'no'
    const isUsed =
      before.length > 0 || (state.isSetUp && before === state.exchanges.get('initiator 0 ')?.requests)
    return isUsed || isOther ? 'perhaps' : 'no'
  }

  const responseSync = (header: IkeHeader, opened: Inside | undefined, asked: Content | undefined): Sync => {
    if (opened) return opened.notifies.includes(MESSAGE_ID_SYNC) ? 'yes' : 'no'
    if (header.exchange !== 'INFORMATIONAL' || header.messageId !== 0 || header.length < SHORTEST_SYNCH)
      return 'no'
    return asked?.sync ?? 'no'
  }

  return {
    take,
    end() {
      const all = [...known.values()]
      for (const state of all) {
        state.encryption ??= ciphers.get(state.initiatorSpi)
        unanswered.judge(state)
        concludeForms(state)
      }
      for (const state of all) judgeCiphers(state)
      if (scene.captures() > 1) {
        for (const state of all) noteDied(state)
        noteClocks({ frame: 1, time: all[0]?.first.time ?? 0 })
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

const drawnOf = ({ header: { protectedAt: at }, bytes, sourceMac, source }: IkePacket): string | undefined =>
  at === undefined || sourceMac < 0 || bytes.length < at + 8
    ? undefined
    : `${sourceMac} ${source} ${hex(bytes, at, 8)}`

/** Digests of what follows the header, in parts that hold more than the IV. */
const partsOf = (bytes: Uint8Array): readonly number[] => {
  const count = bytes.length - HEADER < 4 * PART ? 2 : 4
  const end = (i: number): number => HEADER + Math.floor(((bytes.length - HEADER) * i) / count)
  return Array.from({ length: count }, (_, i) => digestOf(bytes, end(i), end(i + 1)))
}

const isZero = (spi: string): boolean => /^0+$/.test(spi)
const pairOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`)
