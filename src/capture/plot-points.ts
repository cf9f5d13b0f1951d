/**
 * Sequence numbers over time, for a plot: of each SA and member so many points as a picture can show. Memory stays
 * bounded: where more packets come, every second point is left out, and of those that follow as many.
 */
import { spiText } from './formats/bytes.ts'
import type { EspPacket } from './packets/packets.ts'

/** What one member sent on one SA. */
export interface Series {
  readonly sa: string
  readonly source: string
  readonly target: string
  readonly member: string
  readonly packets: number
  /** Times in seconds since 1970, the numbers that were sent, and the frames. */
  readonly points: readonly PlotPoint[]
  /** Those of which the number or the IV was used before. */
  readonly reused: readonly PlotPoint[]
}

export interface PlotPoint {
  readonly time: number
  readonly number: number
  readonly frame: number
}

const MOST_POINTS = 2000
const MOST_SERIES = 256

interface Growing {
  readonly series: Pick<Series, 'sa' | 'source' | 'target' | 'member'>
  readonly all: Thinned
  readonly reused: Thinned
  last: PlotPoint
}

/** Points of which so many are left out that a picture holds the rest. */
interface Thinned {
  add(point: PlotPoint): void
  count(): number
  points(): readonly PlotPoint[]
}

const thinned = (): Thinned => {
  let points: PlotPoint[] = []
  let count = 0
  let every = 1
  return {
    add(point) {
      if (count % every === 0) points.push(point)
      count += 1
      if (points.length < MOST_POINTS) return
      points = points.filter((_, i) => i % 2 === 0)
      every *= 2
    },
    count: () => count,
    points: () => points,
  }
}

export interface Plotted {
  take(packet: EspPacket, member: string, isReused: boolean): void
  series(): readonly Series[]
}

export const plotted = (): Plotted => {
  const known = new Map<string, Growing>()
  return {
    take({ protocol, spi, source, target, time, low, frame }, member, isReused) {
      const sa = `${protocol} ${spiText(spi)}`
      const key = `${sa} ${target} ${source} ${member}`
      const point = { time, number: low, frame }
      let growing = known.get(key)
      if (!growing) {
        if (known.size >= MOST_SERIES) return
        growing = { series: { sa, source, target, member }, all: thinned(), reused: thinned(), last: point }
        known.set(key, growing)
      }
      growing.all.add(point)
      if (isReused) growing.reused.add(point)
      growing.last = point
    },
    series: () =>
      [...known.values()].map(({ series, all, reused, last }) => ({
        ...series,
        packets: all.count(),
        points: all.points().at(-1) === last ? all.points() : [...all.points(), last],
        reused: reused.points(),
      })),
  }
}
