/**
 * Child SAs as their packets show them: one for each network, pair of addresses and ports, SPI and negotiation. Copies
 * of a packet are told from numbers used again by their bytes; extended numbers are inferred; monitors are told what
 * remains. Those that may be one SA are compared with each other.
 */

import type { Scene } from '../evidence/context.ts'
import type { Moment } from '../evidence/findings.ts'
import { type Listening, listenersOf, listening } from '../evidence/monitor-runs.ts'
import type { Exchange } from '../evidence/negotiations.ts'
import { spiText, u32 } from '../formats/bytes.ts'
import type { EspPacket } from '../packets/packets.ts'
import { type ChildSa, type ChildState, HALF, type Relation, summaryOf, wholeNumber } from './child-sa.ts'
import { doubtSingles } from './doubts.ts'
import { ivClassifier } from './iv-class.ts'
import { espText, judgeEsp, toldOf } from './monitoring.ts'
import {
  agreesInHalf,
  compared,
  type Print,
  printDigest,
  recentPackets,
  roomFor,
  SAME_PACKET,
  sameIv,
} from './recent-packets.ts'
import { conclude, crossChecked, isCollision, related, speaks } from './relations.ts'

/** SAs that are followed at one time, summaries that are kept, SAs that are known to have been forgotten. */
const MOST_SAS = 131_072
const MOST_CLOSED = 16_384
const MOST_REMAINS = 1_048_576
/** Changes and jumps that are listed of one SA. */
const MOST_LISTED = 32
/** Others under one SPI that a new one is compared with. */
const MOST_RELATED = 8
/** A gap of more numbers is a jump. */
const JUMP = 256
/** An SA that was negotiated again starts below this. */
const START = 32
/** A number that is further behind was not merely late. */
const LATE = 1024
/** Packets of an SA may still come so far behind, and so long after it, when another has taken its SPI. Seconds. */
const STRAGGLING = 64
const STRAGGLING_TIME = 1
/** A sender that was silent for so long may have started again. Seconds. */
const SILENT = 1
/** Times of one capture are as sure as this. Seconds. */
const CLOCKS = 0.1
/** Packets that are remembered of all SAs together: 32 bytes each. */
const ROOM = 2 ** 23

export interface ChildSas {
  /** Takes a packet in; `speak` says that its sender was heard, and who that is. What is to be told of it. */
  take(packet: EspPacket, speak: () => string): string
  /** Judges what is only known at the end; `end` is when. */
  end(end: Moment): void
  /** Every SA in the order of its first packet. */
  all(): readonly ChildSa[]
  /** SAs that were forgotten, and of these those that are not listed. */
  dropped(): { readonly forgotten: number; readonly unlisted: number }
  /** Numbers that monitors had to forget. */
  forgotten(): number
}

export const childSas = (scene: Scene): ChildSas => {
  const { monitors, limits, attention, findings, members, negotiations } = scene
  /** By SPI, and apart for AH, those that can get packets still. */
  const open = new Map<number, ChildState[]>()
  const closed: ChildSa[] = []
  /** The highest numbers of SAs that were forgotten. */
  const remains = new Map<string, number>()
  const room = roomFor(ROOM)
  const listen = {
    ESP: listenersOf(monitors, ['SEQ-1', 'SEQ-2o', 'SEQ-3', 'IV-1'], limits, attention),
    AH: listenersOf(monitors, ['SEQ-1', 'SEQ-2o', 'SEQ-3'], limits, attention),
  }
  let followed = 0
  let clock = 0
  let forgottenSas = 0
  let unlisted = 0
  let lostRemains = 0
  let forgottenNumbers = 0
  let start: number | undefined

  const keyOf = ({ protocol, spi }: EspPacket): number => (protocol === 'AH' ? spi + HALF : spi)
  const flowText = ({ network, source, target, ports }: EspPacket, key: number): string =>
    `${key} ${network} ${source} ${target} ${ports?.join(' ') ?? ''}`
  const isFlow = (state: ChildState, { source, target, network, ports }: EspPacket): boolean =>
    !state.isPast &&
    state.target === target &&
    state.sources[0] === source &&
    state.network === network &&
    state.ports?.[0] === ports?.[0] &&
    state.ports?.[1] === ports?.[1]

  const nameOf = (packet: EspPacket, among: readonly ChildState[], again: number): string => {
    const { protocol, spi, target, source, network, ports } = packet
    const same = among.filter((state) => state.target === target && state.network === network)
    const isOther = same.some((state) => state.sources[0] !== source)
    const isPort = same.some(
      (state) => state.sources[0] === source && state.ports?.join() !== ports?.join() && ports,
    )
    return [
      `${protocol} ${spiText(spi)} to ${target}`,
      ...(network === '' ? [] : [network]),
      ...(isOther ? [`from ${source}`] : []),
      ...(isPort ? [`UDP ports ${ports!.join(' to ')}`] : []),
      ...(again > 0 ? [`negotiated again in frame ${again}`] : []),
    ].join(', ')
  }

  /** Forgets the SA that was used least recently, and with it an eighth of all. */
  const evict = (): void => {
    const all = [...open.values()].flat().sort((a, b) => a.used - b.used)
    for (const state of all.slice(0, Math.ceil(MOST_SAS / 8))) forget(state)
  }

  const forget = (state: ChildState): void => {
    const { network, target, ports, sources, protocol } = state
    const spi = Number(state.spi)
    const key = protocol === 'AH' ? spi + HALF : spi
    concludeOne(state)
    followed -= 1
    forgottenSas += 1
    if (remains.size >= MOST_REMAINS) {
      remains.delete(remains.keys().next().value!)
      lostRemains += 1
    }
    remains.set(`${key} ${network} ${sources[0]} ${target} ${ports?.join(' ') ?? ''}`, state.highest)
    if (closed.length < MOST_CLOSED || state.reused + state.ivsRepeated + state.undecided > 0)
      closed.push(summaryOf(state, negotiations.known(target, spi)?.cipher))
    else unlisted += 1
    forgottenNumbers += state.listening.forgotten()
    state.listening.release()
    state.recent.release()
    state.again?.release()
    for (const { earlier, later } of state.relations) {
      const other = earlier === state ? later : earlier
      other.relations.splice(
        other.relations.findIndex((one) => one.earlier === state || one.later === state),
        1,
      )
    }
    const among = open.get(key)!
    if (among.length === 1) open.delete(key)
    else among.splice(among.indexOf(state), 1)
  }

  const begin = (packet: EspPacket, again: number, before?: ChildState, exchange?: Exchange): ChildState => {
    const { frame, time, protocol, target, source, spi, network, ports } = packet
    if (followed >= MOST_SAS) evict()
    followed += 1
    const key = keyOf(packet)
    const among = open.get(key) ?? []
    const resumed = remains.size > 0 && !before ? remains.get(flowText(packet, key)) : undefined
    const state: ChildState = {
      name: nameOf(packet, among, again),
      words: `${protocol} ${spiText(spi)} seq `,
      protocol,
      spi: spiText(spi),
      network,
      sources: [source],
      target,
      ...(ports && { ports }),
      packets: 0,
      copies: 0,
      lost: 0,
      reordered: 0,
      reused: 0,
      ivsRepeated: 0,
      undecided: 0,
      wraps: 0,
      highest: packet.low,
      jumps: [],
      changes: [],
      changeCount: 0,
      first: { frame, time },
      last: { frame, time },
      recent: recentPackets(room),
      again: undefined,
      ivs: ivClassifier(),
      listening: listen[protocol](),
      ivFindings: [],
      relations: [],
      origin: exchange?.ike,
      isPast: false,
      used: clock,
      firstNumber: packet.low,
      resumedAfter: resumed ?? -1,
      mac: packet.sourceMac,
      wrapFindings: [],
      highestAt: frame,
      lowest: packet.low,
      singles: [],
      isUnsure: false,
      member: members.current(source),
      latest: time,
      clash: undefined,
      instances: 0,
    }
    for (const other of among.slice(-MOST_RELATED)) {
      if (other.isPast && other !== before) continue
      const reason = other === before ? exchange : negotiations.possible(source, target, other.last.frame)
      const relation = related(other, state, packet, reason)
      state.origin ??= reason?.ike
      other.relations.push(relation)
      state.relations.push(relation)
    }
    // Exactly as long as needed: most SPIs have one.
    if (among.length === 0) open.set(key, [state])
    else among.push(state)
    return state
  }

  const printOf = ({ bytes, length, frame, time }: EspPacket): Print => ({
    digest: printDigest(bytes),
    frame,
    ivHigh: bytes.length >= 16 ? u32(bytes, 8) : 0,
    ivLow: bytes.length >= 16 ? u32(bytes, 12) : 0,
    captured: bytes.length,
    isCut: bytes.length < length,
    ms: Math.max(0, Math.round((time - (start ?? time)) * 1000)) >>> 0,
  })

  /** A new stream under an SPI that others have, which goes on with the numbers of one that has moved. */
  const noteMove = (packet: EspPacket, state: ChildState, member: string): void => {
    const before = state.relations.at(-1)?.earlier
    if (!before || before.network !== state.network || before.isPast) return
    const number = wholeNumber(before.highest, packet.low)
    const { frame, time, source, target } = packet
    const moves = source !== before.sources[0]
    state.changes.push({
      frame,
      time,
      from: before.member,
      to: member,
      last: before.last,
      ...(number > before.highest && { accepted: { frame, time } }),
    })
    state.changeCount += 1
    if (number <= before.highest) return
    scene.note(
      packet,
      moves
        ? `${before.name} goes on from another address, ${source}`
        : target !== before.target
          ? `${before.name} goes on to another address, ${target}`
          : `${before.name} goes on with other UDP ports, ${packet.ports?.join(' to ')}`,
    )
    if (moves) members.moves(before.sources[0]!, source, packet, `${before.name} goes on from ${source}`)
  }

  /** A stream that had moved to another address goes on where it was before. */
  const noteReturn = ({ source, frame, time }: EspPacket, other: ChildState, state: ChildState): void => {
    if (other.sources[0] === source || other.target !== state.target || other.network !== state.network)
      return
    members.moves(other.sources[0]!, source, { frame, time }, `${state.name} goes on from ${source}`)
  }

  const allocations = new Map<ChildState, Listening>()
  /** An SPI that two senders use at one address. */
  const noteCollision = (relation: Relation, packet: EspPacket): void => {
    const { earlier, later } = relation
    const spis = allocations.get(earlier) ?? listening(monitors, ['SPI-1'], limits, attention)
    const assign = (member: string) =>
      spis.tell('spiAssigned', { member, peer: 'peer1', kind: 'esp', value: 0, user: 'nobody' })
    if (!allocations.has(earlier)) assign('A')
    allocations.set(earlier, spis)
    for (const label of assign('B'))
      findings.add(label, later.name, packet, () => ({
        text: `${later.sources[0]} sends since frame ${later.first.frame} under the SPI that ${earlier.sources[0]} uses at ${later.target} since frame ${earlier.first.frame}, and both go on`,
        certainty: 'sign',
        story: [],
      }))
  }

  /** Whether the numbers start again: a number that another packet had, or one from the beginning. */
  const restarts = (state: ChildState, packet: EspPacket, known: Print | undefined): boolean =>
    packet.low <= START && (known !== undefined || state.highest - packet.low > 2 * START)

  /** The same where the first packets of a new SA may have been lost: what has the number is another packet. */
  const mayRestart = (state: ChildState, packet: EspPacket, known: Print | undefined): boolean =>
    restarts(state, packet, known) || (known !== undefined && packet.low <= LATE)

  /**
   * Whether what could not be read, or an answer that was not captured, may have negotiated the SPI again: not where an IV that is drawn for each key is the
   * same as before.
   */
  const isUnsure = (state: ChildState, print: Print, known: Print | undefined): boolean =>
    (scene.unreadAt() >= state.highestAt ||
      negotiations.mayBeAnswered(state.sources[0]!, state.target, state.highestAt)) &&
    !(
      known &&
      sameIv(print, known) &&
      ['masked number', 'counter', 'random'].includes(state.ivs.evidence().class)
    )

  const startAgain = (state: ChildState, packet: EspPacket): ChildState | undefined => {
    const { source, target, spi, low } = packet
    const known = negotiations.known(target, spi)
    const byName = known && known.frame > state.highestAt ? known : undefined
    const exchange = byName ? undefined : negotiations.possible(source, target, state.highestAt)
    const frame = byName?.frame ?? exchange?.frame
    if (frame === undefined) return undefined
    scene.note(
      packet,
      `${state.name} starts again at ${low}, after an exchange that completed in frame ${frame}` +
        (byName
          ? ' and negotiated this SPI anew'
          : ': perhaps a new SA with the same SPI; if that exchange did not replace its key, this is reuse'),
    )
    state.isPast = true
    const next = begin(packet, frame, byName ? undefined : state, exchange)
    next.member = state.member
    return next
  }

  /** Notes who sends, and when a receiver takes packets again. */
  const follow = (
    state: ChildState,
    at: Moment,
    number: number,
    member: string,
    since?: MemberSince,
  ): void => {
    if (member !== state.member) {
      state.changeCount += 1
      const { frame, time } = since?.first ?? at
      const past = state.relations.find(({ earlier, later }) => later === state && earlier.isPast)?.earlier
      const last = since?.before ?? (state.packets > 0 ? state.last : past?.last)
      if (!last) state.changeCount -= 1
      else if (state.changes.length < MOST_LISTED)
        state.changes.push({ frame, time, from: state.member, to: member, last })
      state.member = member
    }
    const change = state.changes.at(-1)
    if (change && !change.accepted && number > state.highest)
      change.accepted = { frame: at.frame, time: at.time }
  }

  const count = (state: ChildState, at: Moment, number: number, known: boolean, changed: boolean): void => {
    if (state.packets === 0) return
    const gap = number - state.highest - 1
    if (gap > JUMP || (changed && gap > 0)) {
      if (state.jumps.length < MOST_LISTED) state.jumps.push({ frame: at.frame, time: at.time, skipped: gap })
    } else if (gap >= 0) state.lost += gap
    else if (!known) {
      state.reordered += 1
      state.lost = Math.max(0, state.lost - 1)
    }
    if (Math.floor(number / HALF) > Math.floor(state.highest / HALF)) state.wraps += 1
    if (number > state.highest) {
      state.highest = number
      state.highestAt = at.frame
    }
    state.lowest = Math.min(state.lowest, number)
  }

  interface MemberSince {
    readonly first: Moment
    readonly before: Moment
  }

  /** The member by the IV where the station does not tell; a new instance of an IV generator is a sign. */
  const memberOf = (
    state: ChildState,
    packet: EspPacket,
    number: number,
    member: string,
  ): { readonly member: string; readonly since?: MemberSince } => {
    const { bytes, protocol, source, length, sourceMac } = packet
    if (protocol !== 'ESP' || bytes.length < 16) return { member }
    const iv = state.ivs.take(number, u32(bytes, 8), u32(bytes, 12), length, packet, state.last)
    if (iv?.index === undefined || iv.index <= state.instances) return { member }
    // Where few IVs take turns, what is constant of them changes though nobody else sends: a start shows otherwise too.
    const isGoingOn =
      number === state.highest + 1 &&
      state.jumps.at(-1)?.frame !== iv.first.frame &&
      iv.first.time - iv.before.time < SILENT
    if (isGoingOn && (state.ivsRepeated > 0 || iv.packets < 3)) return { member }
    state.instances = iv.index
    const isRestart = state.changes.at(-1) === undefined || state.changes.at(-1)!.frame < iv.first.frame
    members.iv(source, sourceMac, isRestart, iv.first, `IV XOR sequence number of ${state.name} changes`)
    return { member: members.current(source), since: iv }
  }

  /** The whole number; where the IV is the number under a mask that is known, it shows the half that is not sent. */
  const numberOf = (
    state: ChildState,
    { low, protocol, bytes }: EspPacket,
  ): { number: number; shown: boolean } => {
    const number = wholeNumber(state.highest, low)
    if (protocol !== 'ESP' || bytes.length < 16) return { number, shown: false }
    const current = Math.floor(state.highest / HALF)
    if (number > state.highest && number - state.highest < LATE && Math.floor(number / HALF) === current)
      return { number, shown: false }
    const half = state.ivs.half(low, u32(bytes, 8), u32(bytes, 12))
    return half === current + 1 ? { number: half * HALF + low, shown: true } : { number, shown: false }
  }

  const undecided = (
    state: ChildState,
    packet: EspPacket,
    number: number,
    known: Print | undefined,
  ): void => {
    state.undecided += 1
    const { member, highest } = state
    const why = known ? 'unclear' : 'forgotten'
    for (const label of state.protocol === 'ESP' ? ['SEQ-1', 'IV-1'] : ['SEQ-1'])
      findings.add(
        label,
        state.name,
        packet,
        () => ({
          ...toldOf(scene, state, { packet, number, known, member, highest }, why),
          certainty: 'undecided',
        }),
        'undecided',
      )
  }

  /**
   * Whether one of two packets with a number may be damaged: they are the same in one half; or they come within
   * milliseconds, from one station or where others are captured twice; or number and IV of one do not belong together.
   */
  const isDoubtful = (
    state: ChildState,
    { sourceMac, protocol }: EspPacket,
    number: number,
    known: Print,
    print: Print,
    found: 'other' | 'unclear' | 'same',
  ): boolean =>
    found === 'unclear' ||
    agreesInHalf(print, known) ||
    (state.copies > 0 && sameIv(print, known) && Math.abs(print.ms - known.ms) < SAME_PACKET) ||
    (sourceMac === state.mac && Math.abs(print.ms - known.ms) < SAME_PACKET) ||
    (protocol === 'ESP' &&
      sourceMac === state.mac &&
      (state.ivs.isTorn(number, print.ivHigh, print.ivLow) ||
        state.ivs.isTorn(number, known.ivHigh, known.ivLow)))

  /** Signs that the numbers have started again where nothing that was captured clashes. */
  const noteBack = (state: ChildState, judgeable: Parameters<typeof toldOf>[2], shown: boolean): void => {
    const { packet, number, highest } = judgeable
    if (state.packets === 0) return
    const sign = (label: string, why: string) =>
      findings.add(
        label,
        state.name,
        packet,
        () => ({ ...toldOf(scene, state, judgeable, why), certainty: 'sign' }),
        'back',
      )
    const behind = highest - number
    const isOfNew = state.changeCount > 0 || judgeable.member !== state.member
    const isBack = behind > LATE ? packet.low <= START : false
    // A member that takes over goes back; with extended numbers it may as well jump to the next half, if that is nearer.
    const isStale = isOfNew && behind >= scene.window && behind < HALF / 2
    if (number < state.firstNumber && (isBack || isStale)) sign('SEQ-1', 'back')
    const gap = number - highest - 1
    const low = number % HALF
    if (shown || number < HALF || low > START) return
    if (Math.floor(number / HALF) > Math.floor(highest / HALF) && gap > 0 && low >= 1 && gap >= low) {
      const changed = judgeable.member !== state.member
      if (low === 1 || changed)
        for (const label of ['SEQ-1', 'SEQ-3']) {
          const finding = sign(label, 'again')
          if (finding) state.wrapFindings.push(finding)
        }
    }
  }

  const take = (packet: EspPacket, speak: () => string): string => {
    start ??= packet.time
    clock += 1
    const print = printOf(packet)
    const key = keyOf(packet)
    const among = open.get(key)
    let station: string | undefined
    let state = among?.findLast((one) => isFlow(one, packet))
    const copyOf = (original: ChildState, known: Print, number: number): string => {
      original.copies += 1
      return `${espText(original, number)}, a copy of frame ${known.frame}`
    }
    // A straggler of the SA that had the SPI before.
    if (state && among!.length > 1) {
      const past = among!.find(
        (one) =>
          one.isPast &&
          one.target === packet.target &&
          one.sources[0] === packet.source &&
          packet.time - one.last.time < STRAGGLING_TIME &&
          Math.abs(packet.low - (one.highest % HALF)) <= STRAGGLING &&
          packet.low - (state!.highest % HALF) > STRAGGLING,
      )
      if (past) state = past
    }
    if (!state) {
      for (const other of among ?? []) {
        const number = wholeNumber(other.highest, packet.low)
        const known = other.recent.get(number)
        if (known && compared(known, print) === 'same') return copyOf(other, known, number)
      }
      const isMoved = among !== undefined
      state = begin(packet, 0)
      station = speak()
      state.member = station
      if (isMoved) noteMove(packet, state, station)
    }
    state.used = clock
    let { number, shown } =
      state.packets === 0 ? { number: packet.low, shown: false } : numberOf(state, packet)
    let known = state.recent.get(number)
    const found = known && compared(known, print)
    if (known && found === 'same') return copyOf(state, known, number)
    const other = known && state.again?.get(number)
    if (other && compared(other, print) === 'same') return copyOf(state, other, number)
    if (
      found !== 'unclear' &&
      state.packets > 0 &&
      number <= state.highest &&
      !state.isPast &&
      mayRestart(state, packet, known)
    ) {
      const next = startAgain(state, packet)
      if (next) {
        state = next
        number = packet.low
        shown = false
        known = undefined
      } else if (
        restarts(state, packet, known) &&
        state.reused === 0 &&
        !state.isUnsure &&
        isUnsure(state, print, known)
      ) {
        state.isUnsure = true
        scene.note(
          packet,
          `${state.name} starts again at ${number}; something between frame ${state.highestAt} and this one was not read, which may have been the exchange that negotiated the SPI again`,
        )
      }
    }
    if (known && found !== undefined && isDoubtful(state, packet, number, known, print, found)) {
      follow(state, packet, number, speak())
      if (found === 'other') memberOf(state, packet, number, state.member)
      undecided(state, packet, number, known)
      return `${espText(state, number)}, perhaps a copy of frame ${known.frame}`
    }
    if (state.relations.length > 0) {
      const copied = compareRelated(state, packet, print)
      if (copied) return copyOf(copied.other, copied.known, copied.number)
    }
    station ??= speak()
    if (state.packets === 1) settle(state, packet)
    const started = state.packets > 0
    const highest = started ? state.highest : -1
    const { member, since } = memberOf(state, packet, number, station)
    const changed = member !== state.member
    const judgeable = { packet, number, known, member, highest }
    noteBack(state, judgeable, shown)
    if (number === HALF) dismissWrap(state)
    follow(state, packet, number, member, since)
    count(state, packet, number, known !== undefined, changed)
    const isForgotten =
      (!known &&
        number <= highest &&
        state.recent.mayForget(number) &&
        state.listening.forgotten('SEQ-1') > 0) ||
      (number <= state.resumedAfter && !known)
    // A capture may begin where the low half of the number is 0.
    if (known) state.clash ??= { before: state.latest, since: packet.time }
    if (state.clash) state.clash.since = Math.min(state.clash.since, packet.time)
    state.latest = Math.max(state.latest, packet.time)
    const isJudged = isForgotten || !(number > 0 || started) || judgeEsp(scene, state, judgeable, print)
    if (isForgotten || !isJudged) undecided(state, packet, number, undefined)
    if (!known) state.recent.put(number, print)
    else {
      state.again ??= recentPackets(room)
      state.again.put(number, print)
    }
    state.packets += 1
    state.mac = packet.sourceMac
    state.last = { frame: packet.frame, time: packet.time }
    return espText(state, number)
  }

  const dismissWrap = (state: ChildState): void => {
    for (const finding of state.wrapFindings) finding.certainty = 'dismissed'
  }

  /** An SPI that was seen twice is one: whether an exchange has negotiated it. One packet may be damaged. */
  const settle = (state: ChildState, packet: EspPacket): void => {
    if (state.relations.some(({ later, exchange }) => later === state && exchange)) return
    const { target, network, ports } = state
    const isNew = !open
      .get(keyOf(packet))!
      .some((other) => other !== state && other.target === target && other.network === network)
    if (!isNew && !ports) return
    state.origin ??= negotiations.begins(packet, state.first.frame, isNew ? undefined : ports)?.ike
  }

  /** Compares a packet with the others that its SA may be one with. The one that it is a copy of. */
  const compareRelated = (
    state: ChildState,
    packet: EspPacket,
    print: Print,
  ): { readonly other: ChildState; readonly known: Print; readonly number: number } | undefined => {
    for (const relation of state.relations) {
      const other = relation.earlier === state ? relation.later : relation.earlier
      const number = wholeNumber(other.highest, packet.low)
      const told = (label: string, known: Print) =>
        toldOf(scene, state, { packet, number, known, member: state.member, highest: other.highest }, label)
      const at = findings.isCounted(packet) ? packet : undefined
      if (crossChecked(relation, other, state, number, print, told, at) === 'same') {
        relation.copies += 1
        return { other, known: other.recent.get(number)!, number }
      }
      const goesOn = number > other.highest
      if (goesOn && relation.last === other && relation.switches === 0 && state.packets > 0)
        noteReturn(packet, other, state)
      if (speaks(relation, state, goesOn) && isCollision(relation)) noteCollision(relation, packet)
    }
    return undefined
  }

  const all = (): readonly ChildState[] => [...open.values()].flat()

  /** What is only known when no more packets come. */
  const concludeOne = (state: ChildState): void => {
    doubtSingles(state)
    for (const relation of state.relations) if (relation.later === state) conclude(relation, scene)
    if (state.protocol === 'ESP' && state.listening.forgotten('IV-1') > 0) {
      const { counterMode, text } = state.ivs.evidence()
      if (counterMode !== 'against')
        findings.add(
          'IV-1',
          state.name,
          state.last,
          () => ({
            text: `of ${state.listening.forgotten('IV-1')} packets the IVs had to be forgotten: whether they are used again is not known (${text})`,
            certainty: 'undecided',
            story: [],
          }),
          'forgotten',
        )
    }
  }

  /** SPIs of one direction. */
  const spisOf = ({ sources, target, network }: ChildState): number =>
    [...open.values()].filter((states) =>
      states.some((one) => one.sources[0] === sources[0] && one.target === target && one.network === network),
    ).length

  /**
   * When the SPI would have been negotiated again, from and to: where all packets of before are earlier than those of
   * after, times tell that though frames are out of order. Undefined where they do not.
   */
  const between = (state: ChildState): readonly [from: number, to: number] | undefined => {
    const earlier = state.relations.find(({ later, numbers }) => later === state && numbers)?.earlier
    const [before, since] = state.clash
      ? [state.clash.before, state.clash.since]
      : [earlier?.latest ?? Infinity, state.first.time]
    return before <= since ? [before - CLOCKS, since + CLOCKS] : undefined
  }

  /** Where frames are out of order, an exchange may belong before packets that it follows. */
  const doubtReuse = (): void => {
    const found = findings
      .all()
      .filter(({ label, certainty }) => (label === 'SEQ-1' || label === 'IV-1') && certainty !== 'dismissed')
    const subjects = new Set(found.map(({ subject }) => subject))
    for (const state of all()) {
      if (!subjects.has(state.name)) continue
      const { sources, target, name, origin } = state
      const exchange =
        negotiations.unused(sources[0]!, target, origin) ??
        state.relations.find(({ later, explained }) => later === state && explained && !explained.usedUp)
          ?.exchange ??
        negotiations.surplus(sources[0]!, target, spisOf(state))
      if (!exchange) continue
      const limits = between(state)
      if (limits && !negotiations.isBetween(sources[0]!, target, ...limits)) continue
      for (const finding of found) {
        if (finding.subject !== name) continue
        finding.certainty = 'sign'
        finding.evidence = `frames are out of order, and the exchange of frame ${exchange.frame} may have negotiated the SPI again before`
        for (const one of state.ivFindings) if (one.finding === finding) one.atMost = 'sign'
      }
    }
  }

  return {
    take,
    end(end) {
      for (const state of all()) {
        concludeOne(state)
        if (state.highest % HALF === HALF - 1)
          scene.note(
            state.last,
            `${state.name} sends ${state.highest}, the last number that 32 bits hold` +
              (end.time > state.last.time
                ? `, and is silent for ${(end.time - state.last.time).toFixed(1)} s until the capture ends`
                : ''),
          )
      }
      if (scene.isDisordered()) doubtReuse()
      if (lostRemains > 0)
        findings.add('SEQ-1', 'SAs that were forgotten', end, () => ({
          text: `of ${lostRemains} SAs nothing is remembered: whether they have come back is not known`,
          certainty: 'undecided',
          story: [],
        }))
    },
    all: () =>
      [
        ...closed,
        ...all().map((state) =>
          summaryOf(state, negotiations.known(state.target, Number(state.spi))?.cipher),
        ),
      ].sort((a, b) => a.first.frame - b.first.frame),
    dropped: () => ({ forgotten: forgottenSas, unlisted }),
    forgotten: () => all().reduce((sum, state) => sum + state.listening.forgotten(), forgottenNumbers),
  }
}
