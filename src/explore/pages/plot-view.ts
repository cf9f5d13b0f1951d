/** Sequence numbers over time, by SA: what each member sent, numbers used again, jumps, and silence between two members. */
import type { ChildSa } from '../../capture/esp/child-sa.ts'
import type { PlotPoint, Series } from '../../capture/plot-points.ts'
import type { CaptureResult } from '../../capture/result.ts'
import { grouped } from '../../report/text/columns.ts'
import type { PlotView } from '../report-view.ts'

/** The plots; those with numbers used again first, then those with many packets. */
export const plotsOf = (
  { childSas, start }: CaptureResult,
  series: readonly Series[],
): readonly PlotView[] => {
  const groups = new Map<string, Series[]>()
  for (const one of series) {
    const key = `${one.sa} to ${one.target}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const weight = (group: readonly Series[]): number =>
    group.reduce((sum, { reused, packets }) => sum + reused.length * 1e9 + packets, 0)
  return [...groups]
    .sort(([, a], [, b]) => weight(b) - weight(a))
    .map(([name, group]) =>
      plotOf(
        name,
        group,
        childSas.find((one) => one.name.startsWith(name)),
        start,
      ),
    )
}

const plotOf = (
  name: string,
  series: readonly Series[],
  sa: ChildSa | undefined,
  start: number,
): PlotView => {
  const points = series.flatMap((one) => one.points)
  const members = new Map<string, PlotPoint[]>()
  for (const { source, member, points: own } of series) {
    const key = `${source} ${member}`
    members.set(key, [...(members.get(key) ?? []), ...own])
  }
  // Where members take turns all the time, no silence is an outage.
  const changes = sa && sa.changeCount * 4 <= sa.packets ? sa.changes : []
  return {
    name,
    members: [...members].map(([member, own]) => ({
      name: member,
      points: own.map(({ time, number }) => [rounded(time - start), number] as const),
    })),
    packets: series.reduce((sum, { packets }) => sum + packets, 0),
    reused: series
      .flatMap(({ reused }) => reused)
      .map(({ time, number, frame }) => ({
        time: rounded(time - start),
        number,
        note: `frame ${frame}: number ${grouped(number)} is used again`,
      })),
    jumps: (sa?.jumps ?? []).flatMap(({ time, frame, skipped }) => {
      const at = nearest(points, time)
      const note = `frame ${frame}: ${grouped(skipped)} numbers passed over`
      return at ? [{ time: rounded(at.time - start), number: at.number, note }] : []
    }),
    pauses: changes.map(({ last, time, frame, accepted }) => {
      const until = accepted?.time ?? time
      const seconds = (until - last.time).toFixed(3)
      const what = accepted
        ? `no packet that a receiver takes for new for ${seconds} s`
        : `silent for ${seconds} s`
      return {
        from: rounded(last.time - start),
        to: rounded(until - start),
        note: `${what}, frames ${last.frame} to ${accepted?.frame ?? frame}`,
      }
    }),
  }
}

/** Microseconds are what captures have. */
const rounded = (seconds: number): number => Math.round(seconds * 1e6) / 1e6

const nearest = (points: readonly PlotPoint[], time: number): PlotPoint | undefined => {
  let best: PlotPoint | undefined
  for (const point of points)
    if (!best || Math.abs(point.time - time) < Math.abs(best.time - time)) best = point
  return best
}
