/**
 * The child SAs that are followed: each begins with its first packet. Where there are too many, those that were used least
 * recently are forgotten.
 */
import type { Scene } from '../evidence/context.ts'
import { listenersOf } from '../evidence/monitor-runs.ts'
import type { Exchange } from '../evidence/negotiations.ts'
import { spiText } from '../formats/bytes.ts'
import type { EspPacket } from '../packets/packets.ts'
import { type ChildSa, type ChildState, summaryOf } from './child-sa.ts'
import { concludeSa } from './conclusions.ts'
import { flowText, keyOf, nameOf } from './flows.ts'
import { ivClassifier } from './iv-class.ts'
import { type RecentPackets, recentPackets, roomFor } from './recent-packets.ts'
import { related } from './relations.ts'

/** SAs that are followed at one time, summaries that are kept, SAs that are known to have been forgotten. */
const MOST_SAS = 131_072
const MOST_CLOSED = 16_384
const MOST_REMAINS = 1_048_576
/** Others under one SPI that a new one is compared with. */
const MOST_RELATED = 8
/** Packets that are remembered of all SAs together: 32 bytes each. */
const ROOM = 2 ** 23

export interface SaTable {
  /** Another packet has come. The SAs under its SPI that can get packets still, if any. */
  arrived(packet: EspPacket): readonly ChildState[] | undefined
  /** The packet that came last is of an SA: the SA is not the next to be forgotten. */
  use(state: ChildState): void
  /**
   * The SA that a packet begins. `again`: the frame of the exchange that negotiated it anew, 0 where there is none;
   * `before`: the SA that has had its flow, with the exchange in between.
   */
  begin(packet: EspPacket, again: number, before?: ChildState, exchange?: Exchange): ChildState
  /** An SPI that was seen twice is one: whether an exchange has negotiated it. One packet may be damaged. */
  settle(state: ChildState, packet: EspPacket): void
  /** Where packets of one SA are remembered. */
  memory(): RecentPackets
  /** Those that are followed, by SPI. */
  bySpi(): readonly (readonly ChildState[])[]
  /** Every SA in the order of its first packet. */
  summaries(): readonly ChildSa[]
  /** SAs that were forgotten, and of these those that are not listed. */
  dropped(): { readonly forgotten: number; readonly unlisted: number }
  /** SAs of which nothing is remembered: they would not be known if they came back. */
  lost(): number
  /** Numbers that monitors had to forget. */
  forgottenNumbers(): number
}

export const saTable = (scene: Scene): SaTable => {
  const { monitors, limits, attention, members, negotiations } = scene
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

  /** Forgets the SA that was used least recently, and with it an eighth of all. */
  const evict = (): void => {
    const all = [...open.values()].flat().sort((a, b) => a.used - b.used)
    for (const state of all.slice(0, Math.ceil(MOST_SAS / 8))) forget(state)
  }

  const summarised = (state: ChildState): ChildSa =>
    summaryOf(state, negotiations.known(state.target, Number(state.spi))?.cipher)

  const forget = (state: ChildState): void => {
    const { network, target, ports, sources, protocol, spi } = state
    const key = keyOf({ protocol, spi: Number(spi) })
    concludeSa(scene, state)
    followed -= 1
    forgottenSas += 1
    if (remains.size >= MOST_REMAINS) {
      remains.delete(remains.keys().next().value!)
      lostRemains += 1
    }
    remains.set(flowText({ network, source: sources[0]!, target, ports }, key), state.highest)
    if (closed.length < MOST_CLOSED || state.reused + state.ivsRepeated + state.undecided > 0)
      closed.push(summarised(state))
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

  const settle = (state: ChildState, packet: EspPacket): void => {
    if (state.relations.some(({ later, exchange }) => later === state && exchange)) return
    const { target, network, ports } = state
    const isNew = !open
      .get(keyOf(packet))!
      .some((other) => other !== state && other.target === target && other.network === network)
    if (!isNew && !ports) return
    state.origin ??= negotiations.begins(packet, state.first.frame, isNew ? undefined : ports)?.ike
  }

  const all = (): readonly ChildState[] => [...open.values()].flat()

  return {
    arrived(packet) {
      clock += 1
      return open.get(keyOf(packet))
    },
    use(state) {
      state.used = clock
    },
    begin,
    settle,
    memory: () => recentPackets(room),
    bySpi: () => [...open.values()],
    summaries: () => [...closed, ...all().map(summarised)].sort((a, b) => a.first.frame - b.first.frame),
    dropped: () => ({ forgotten: forgottenSas, unlisted }),
    lost: () => lostRemains,
    forgottenNumbers: () => all().reduce((sum, state) => sum + state.listening.forgotten(), forgottenNumbers),
  }
}
