/**
 * Child SAs as their packets show them: one for each network, pair of addresses and ports, SPI and negotiation. Copies
 * of a packet are told from numbers used again by their bytes; extended numbers are inferred; monitors are told what
 * remains. Those that may be one SA are compared with each other.
 */

import type { Scene } from '../evidence/context.ts'
import type { Moment } from '../evidence/findings.ts'
import { spiText, u32 } from '../formats/bytes.ts'
import type { EspPacket } from '../packets/packets.ts'
import { type ChildSa, type ChildState, HALF, wholeNumber } from './child-sa.ts'
import { concludeSa, noteLastNumber } from './conclusions.ts'
import { count, type Numbered, numberOf } from './counters.ts'
import { doubtReuse } from './disorder.ts'
import { saOf } from './flows.ts'
import { espText, judgeEsp } from './monitoring.ts'
import { compared, type Print, printDigest } from './recent-packets.ts'
import { dismissWrap, noteBack, restarted } from './restarts.ts'
import { saTable } from './sa-table.ts'
import { noteMove, type Original, relatedStreams } from './same-spi.ts'
import { follow, memberOf } from './senders.ts'
import { isDoubtful, undecided } from './undecided.ts'

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
  const table = saTable(scene)
  const compareRelated = relatedStreams(scene)
  let start: number | undefined
  let copies = 0

  /** Counts a copy, and says what it is one of. */
  const copyOf = ({ other, known, number }: Original): string => {
    copies += 1
    other.copies += 1
    return `${espText(other, number)}, a copy of frame ${known.frame}`
  }

  const take = (packet: EspPacket, speak: () => string): string => {
    start ??= packet.time
    const among = table.arrived(packet)
    const print = printOf(packet, start)
    let station: string | undefined
    let state = among && saOf(among, packet)
    if (!state) {
      const original = among && originalAmong(among, packet, print)
      if (original) return copyOf(original)
      if (scene.isAlone(packet.frame)) return misplaced(packet)
      state = table.begin(packet, 0)
      station = speak()
      state.member = station
      if (among) noteMove(scene, packet, state, station)
    }
    table.use(state)
    let numbered = numberOf(state, packet)
    const { number } = numbered
    let known = state.recent.get(number)
    const found = known && compared(known, print)
    if (known && found === 'same') return copyOf({ other: state, known, number })
    const again = known && state.again?.get(number)
    if (again && compared(again, print) === 'same') return copyOf({ other: state, known: again, number })
    if (known ? [packet, known].some(({ frame }) => scene.isAlone(frame)) : scene.isAlone(packet.frame)) {
      if (known) undecided(scene, state, packet, number, known)
      else state.recent.put(number, print)
      return misplaced(packet)
    }
    const next =
      found === 'unclear' ? undefined : restarted(scene, table, state, packet, number, print, known)
    if (next) {
      state = next
      numbered = numberOf(next, packet)
      known = undefined
    }
    if (known && found !== undefined && isDoubtful(state, packet, number, known, print, found, copies)) {
      follow(state, packet, number, speak())
      if (found === 'other') memberOf(scene, state, packet, number, state.member)
      undecided(scene, state, packet, number, known)
      return `${espText(state, number)}, perhaps a copy of frame ${known.frame}`
    }
    if (state.relations.length > 0) {
      const original = compareRelated(state, packet, print)
      if (original) return copyOf(original)
    }
    return judge(state, packet, numbered, print, known, station ?? speak())
  }

  /** Judges a packet that is no copy; `known`: another with its number, `station`: the member by its station. */
  const judge = (
    state: ChildState,
    packet: EspPacket,
    { number, shown }: Numbered,
    print: Print,
    known: Print | undefined,
    station: string,
  ): string => {
    if (state.packets === 1) table.settle(state, packet)
    const started = state.packets > 0
    const highest = started ? state.highest : -1
    const { member, since } = memberOf(scene, state, packet, number, station)
    const changed = member !== state.member
    const judgeable = { packet, number, known, member, highest }
    noteBack(scene, state, judgeable, shown)
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
    const isJudged = isForgotten || !(number > 0 || started) || judgeEsp(scene, state, judgeable, print)
    if (isForgotten || !isJudged) undecided(scene, state, packet, number, undefined)
    if (!known) state.recent.put(number, print)
    else {
      state.again ??= table.memory()
      state.again.put(number, print)
    }
    state.packets += 1
    state.mac = packet.sourceMac
    state.last = { frame: packet.frame, time: packet.time }
    return espText(state, number)
  }

  return {
    take,
    end(end) {
      for (const state of table.bySpi().flat()) {
        concludeSa(scene, state)
        noteLastNumber(scene, state, end)
      }
      doubtReuse(scene, table.bySpi())
      const lost = table.lost()
      if (lost > 0)
        scene.findings.add('SEQ-1', 'SAs that were forgotten', end, () => ({
          text: `of ${lost} SAs nothing is remembered: whether they have come back is not known`,
          certainty: 'undecided',
          story: [],
        }))
    },
    all: table.summaries,
    dropped: table.dropped,
    forgotten: table.forgottenNumbers,
  }
}

/** What is told of a packet that may belong elsewhere: it is compared with others, and says nothing of who sends what. */
const misplaced = ({ protocol, spi, low }: EspPacket): string =>
  `${protocol} ${spiText(spi)} seq ${low}, which stood out of order alone`

/** What is compared of a packet; `start` is when the first one of the capture came. Seconds. */
const printOf = ({ bytes, length, frame, time }: EspPacket, start: number): Print => ({
  digest: printDigest(bytes),
  frame,
  ivHigh: bytes.length >= 16 ? u32(bytes, 8) : 0,
  ivLow: bytes.length >= 16 ? u32(bytes, 12) : 0,
  captured: bytes.length,
  isCut: bytes.length < length,
  ms: Math.max(0, Math.round((time - start) * 1000)) >>> 0,
})

/** The packet of another SA under the SPI that a packet of an unknown flow is a copy of. */
const originalAmong = (
  among: readonly ChildState[],
  packet: EspPacket,
  print: Print,
): Original | undefined => {
  for (const other of among) {
    const number = wholeNumber(other.highest, packet.low)
    const known = other.recent.get(number)
    if (known && compared(known, print) === 'same') return { other, known, number }
  }
  return undefined
}
