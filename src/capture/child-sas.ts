/**
 * Child SAs as their packets show them: one for each address, SPI and negotiation. Copies of a packet are told from
 * numbers used again by their bytes; extended numbers are inferred; monitors are told what remains.
 */
import { digestOf, spiText, u32 } from './bytes.ts'
import { type ChildSa, type ChildState, HALF, summaryOf, wholeNumber } from './child-sa.ts'
import { espText, judgeEsp } from './esp-judging.ts'
import type { Moment } from './findings.ts'
import { ivClassifier } from './iv-class.ts'
import { type Listening, listening } from './listening.ts'
import type { Negotiated } from './negotiations.ts'
import type { EspPacket } from './packets.ts'
import { MOST_PACKETS, type Remembered, recentPackets } from './recent.ts'
import type { Scene } from './scene.ts'

/** SAs that are followed; and changes and jumps that are listed of one. */
const MOST_SAS = 8192
const MOST_LISTED = 32
/** A gap of more numbers is a jump. */
const JUMP = 256
/** A sender from elsewhere goes on with an SA when its number is at most this much ahead. */
const MOVED = 65_536
/** An SA that was negotiated again starts below this. */
const START = 32

export interface ChildSas {
  /** Takes a packet in that was sent by `member`. What is to be told of it. */
  take(packet: EspPacket, member: string): string
  /** Every SA in the order of its first packet. */
  all(): readonly ChildSa[]
  /** SAs that were not kept. */
  dropped(): number
  /** Numbers that monitors had to forget. */
  forgotten(): number
}

export const childSas = (scene: Scene): ChildSas => {
  const { monitors, limits, attention, findings, members } = scene
  /** By SPI, those that can get packets still. */
  const open = new Map<number, ChildState[]>()
  const closed: ChildState[] = []
  const allocations = new Map<ChildState, Listening>()
  let followed = 0
  let dropped = 0

  const close = (state: ChildState): void => {
    closed.push(state)
    followed -= 1
    if (closed.length <= MOST_SAS) return
    closed.shift()
    dropped += 1
  }

  const begin = (packet: EspPacket, member: string, again: number): ChildState => {
    const { frame, time, protocol, target, source, spi } = packet
    if (followed >= MOST_SAS) {
      const [oldest] = open.keys()
      for (const state of open.get(oldest!)!) close(state)
      open.delete(oldest!)
    }
    followed += 1
    const labels = ['SEQ-1', 'SEQ-2o', 'SEQ-3', ...(protocol === 'ESP' ? ['IV-1'] : [])]
    const state: ChildState = {
      name: `${protocol} ${spiText(spi)} to ${target}${again > 0 ? `, negotiated again in frame ${again}` : ''}`,
      words: `${protocol} ${spiText(spi)} seq `,
      protocol,
      spi: spiText(spi),
      sources: [source],
      target,
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
      recent: recentPackets(),
      ivs: ivClassifier(),
      listening: listening(monitors, labels, limits, attention),
      ivFindings: [],
      member,
      instances: 0,
    }
    const same = open.get(spi)
    if (same) same.push(state)
    else open.set(spi, [state])
    return state
  }

  /** An SPI that two senders use at one address. */
  const secondSender = (packet: EspPacket, before: ChildState): ChildState => {
    const state = begin(packet, members.current(packet.source), 0)
    const spis = allocations.get(before) ?? listening(monitors, ['SPI-1'], limits, attention)
    const assign = (member: string) =>
      spis.tell('spiAssigned', { member, peer: 'peer1', kind: 'esp', value: 0, user: 'nobody' })
    if (!allocations.has(before)) assign('A')
    allocations.set(before, spis)
    for (const label of assign('B'))
      findings.add(label, state.name, packet, () => ({
        text: `${packet.source} sends in frame ${packet.frame} under the SPI that ${before.sources[0]} uses at ${packet.target} since frame ${before.first.frame}`,
        certainty: 'sign',
        story: [],
      }))
    return state
  }

  const pick = (packet: EspPacket, member: string): ChildState => {
    const { source, target, protocol } = packet
    const among = open
      .get(packet.spi)
      ?.filter((state) => state.target === target && state.protocol === protocol)
    const before = among?.[0]
    if (!before) return begin(packet, member, 0)
    const own = among.find(({ sources }) => sources.includes(source))
    if (own) return own
    const ahead = wholeNumber(before.highest, packet.low) - before.highest
    if (ahead <= 0 || ahead > MOVED) return secondSender(packet, before)
    before.sources.push(source)
    scene.note(packet, `${before.name} goes on from another address, ${source}`)
    return before
  }

  /** The exchange since the last packet by which the SPI can have been negotiated again: its key is then another. */
  const negotiatedAgain = (
    state: ChildState,
    packet: EspPacket,
    known: Remembered | undefined,
  ): Negotiated | undefined => {
    if (packet.low > START || (!known && state.highest - packet.low <= 2 * START)) return undefined
    const exchange = scene.negotiations.last(packet.source, packet.target, packet.spi)
    return exchange && exchange.frame > state.last.frame ? exchange : undefined
  }

  const startsAgain = (
    state: ChildState,
    packet: EspPacket,
    member: string,
    exchange: Negotiated,
  ): ChildState => {
    const among = open.get(packet.spi)!
    among.splice(among.indexOf(state), 1)
    close(state)
    scene.note(
      packet,
      `${state.name} starts again at ${packet.low}, after an exchange that completed in frame ${exchange.frame}` +
        (exchange.known
          ? ' and negotiated this SPI anew'
          : ': taken for a new SA with the same SPI; if that exchange did not replace its key, this is reuse'),
    )
    return begin(packet, member, exchange.frame)
  }

  /** Notes who sends, and when a receiver takes packets again. */
  const follow = (state: ChildState, { frame, time }: Moment, number: number, member: string): void => {
    if (member !== state.member) {
      state.changeCount += 1
      if (state.changes.length < MOST_LISTED)
        state.changes.push({ frame, time, from: state.member, to: member, last: state.last })
      state.member = member
    }
    const change = state.changes.at(-1)
    if (change && !change.accepted && number > state.highest) change.accepted = { frame, time }
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
    state.highest = Math.max(state.highest, number)
  }

  /** The member by the IV where the station does not tell; a new instance of an IV generator is a sign. */
  const memberOf = (state: ChildState, packet: EspPacket, number: number, member: string): string => {
    const { bytes, protocol, source, frame, time, length } = packet
    if (protocol !== 'ESP' || bytes.length < 16) return member
    const index = state.ivs.take(number, u32(bytes, 8), u32(bytes, 12), length)
    if (index === undefined || index <= state.instances) return member
    state.instances = index
    members.iv(source, index, frame, time, `IV XOR sequence number of ${state.name} changes`)
    return members.current(source)
  }

  const take = (packet: EspPacket, station: string): string => {
    let state = pick(packet, station)
    let number = state.packets === 0 ? packet.low : wholeNumber(state.highest, packet.low)
    const digest = digestOf(packet.bytes, 0, packet.bytes.length)
    let known = state.recent.get(number)
    if (known && known.digest === digest >>> 0) {
      state.copies += 1
      return `${espText(state, number)}, a copy of frame ${known.frame}`
    }
    const exchange =
      state.packets > 0 && number <= state.highest ? negotiatedAgain(state, packet, known) : undefined
    if (exchange) {
      state = startsAgain(state, packet, station, exchange)
      number = packet.low
      known = undefined
    }
    const started = state.packets > 0
    const highest = started ? state.highest : -1
    const member = memberOf(state, packet, number, station)
    const changed = member !== state.member
    follow(state, packet, number, member)
    count(state, packet, number, known !== undefined, changed)
    // Too far behind to be compared; and a capture may begin where the low half of the number is 0.
    if (!known && highest - number >= MOST_PACKETS) state.undecided += 1
    else if (number > 0 || started) judgeEsp(scene, state, { packet, number, known, member, highest })
    if (!known) state.recent.put(number, digest, packet.frame)
    state.packets += 1
    state.last = { frame: packet.frame, time: packet.time }
    return espText(state, number)
  }

  const all = (): readonly ChildState[] =>
    [...closed, ...[...open.values()].flat()].sort((a, b) => a.first.frame - b.first.frame)

  return {
    take,
    all: () =>
      all().map((state) => summaryOf(state, scene.negotiations.cipher(state.target, Number(state.spi)))),
    dropped: () => dropped,
    forgotten: () => all().reduce((sum, state) => sum + state.listening.forgotten(), 0),
  }
}
