/** Which child SA a packet belongs to: by protocol and SPI, network, both addresses and ports. And what an SA is called. */
import { spiText } from '../formats/bytes.ts'
import type { EspPacket } from '../packets/packets.ts'
import { type ChildState, HALF } from './child-sa.ts'

/** Packets of an SA may still come so far behind, and so long after it, when another has taken its SPI. Seconds. */
const STRAGGLING = 64
const STRAGGLING_TIME = 1

/** What the packets of one direction have in common besides the SPI. */
interface Flow {
  readonly network: string
  readonly source: string
  readonly target: string
  readonly ports?: readonly [source: number, target: number] | undefined
}

/** The SPI, and apart for AH. */
export const keyOf = ({ protocol, spi }: Pick<EspPacket, 'protocol' | 'spi'>): number =>
  protocol === 'AH' ? spi + HALF : spi

/** An SPI with its flow, as text. */
export const flowText = ({ network, source, target, ports }: Flow, key: number): string =>
  `${key} ${network} ${source} ${target} ${ports?.join(' ') ?? ''}`

const isFlow = (state: ChildState, { source, target, network, ports }: EspPacket): boolean =>
  !state.isPast &&
  state.target === target &&
  state.sources[0] === source &&
  state.network === network &&
  state.ports?.[0] === ports?.[0] &&
  state.ports?.[1] === ports?.[1]

/** The one among the SAs under an SPI that a packet is of. */
export const saOf = (among: readonly ChildState[], packet: EspPacket): ChildState | undefined => {
  const state = among.findLast((one) => isFlow(one, packet))
  return state && among.length > 1 ? (stragglersOf(among, state, packet) ?? state) : state
}

/** The SA that had the SPI before, where a packet is a straggler of that. */
const stragglersOf = (
  among: readonly ChildState[],
  state: ChildState,
  { source, target, time, low }: EspPacket,
): ChildState | undefined =>
  among.find(
    (one) =>
      one.isPast &&
      one.target === target &&
      one.sources[0] === source &&
      time - one.last.time < STRAGGLING_TIME &&
      Math.abs(low - (one.highest % HALF)) <= STRAGGLING &&
      low - (state.highest % HALF) > STRAGGLING,
  )

/** The name of the SA that a packet begins, unlike those of others under its SPI; `again`: the frame, 0 where it is the first. */
export const nameOf = (packet: EspPacket, among: readonly ChildState[], again: number): string => {
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
