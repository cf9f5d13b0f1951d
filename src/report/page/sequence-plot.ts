/**
 * Sequence numbers over time as SVG: a colour for each member, numbers used again and jumps marked, silence between
 * two members shaded. Colours come from the page, so that the picture is light or dark with it.
 */
import type { ChildSa } from '../../capture/esp/child-sa.ts'
import type { PlotPoint, Series } from '../../capture/plot-points.ts'
import { xmlText } from '../pictures/render.ts'
import { grouped } from '../text/columns.ts'

const SIZE = { width: 760, height: 280, left: 84, right: 12, top: 12, bottom: 34 } as const
/** Colours of members that the page knows. */
const COLOURS = 6
/** Points that have a description of their own. */
const MOST_TITLES = 300

interface Scale {
  (value: number): number
  readonly ticks: readonly number[]
}

/** Draws what was sent on one SA. `start` is the time of the first frame, in seconds since 1970, as times are. */
export const sequencePlot = (series: readonly Series[], sa: ChildSa | undefined, start: number): string => {
  const points = series.flatMap(({ points }) => points)
  const x = scaleOf(
    points.map(({ time }) => time - start),
    SIZE.left,
    SIZE.width - SIZE.right,
  )
  const y = scaleOf(
    points.map(({ number }) => number),
    SIZE.height - SIZE.bottom,
    SIZE.top,
    1,
  )
  const place = ({ time, number }: PlotPoint): string => `${fixed(x(time - start))} ${fixed(y(number))}`
  const members = [...new Set(series.map(memberOf))]
  const [floor, right] = [SIZE.height - SIZE.bottom, SIZE.width - SIZE.right]
  // Where members take turns all the time, no silence is an outage.
  const changes = sa && sa.changeCount * 4 <= sa.packets ? sa.changes : []
  const outages = changes.map(({ last, time, accepted }) => {
    const [from, to] = [x(last.time - start), x((accepted?.time ?? time) - start)]
    const seconds = ((accepted?.time ?? time) - last.time).toFixed(3)
    const what = accepted
      ? `no packet that a receiver takes for new for ${seconds} s`
      : `silent for ${seconds} s`
    return `<rect class="outage" x="${fixed(from)}" y="${SIZE.top}" width="${fixed(Math.max(1, to - from))}" height="${floor - SIZE.top}"><title>${what}, frames ${last.frame} to ${accepted?.frame ?? sa!.changes.find((c) => c.time === time)!.frame}</title></rect>`
  })
  const grid = [
    ...y.ticks.map(
      (tick) =>
        `<path class="grid" d="M${SIZE.left} ${fixed(y(tick))}H${right}"/><text x="${SIZE.left - 6}" y="${fixed(y(tick) + 4)}" text-anchor="end">${grouped(tick)}</text>`,
    ),
    ...x.ticks.map(
      (tick) =>
        `<path class="grid" d="M${fixed(x(tick))} ${SIZE.top}V${floor}"/><text x="${fixed(x(tick))}" y="${floor + 15}" text-anchor="middle">${numberOf(tick)}</text>`,
    ),
    `<text x="12" y="${(SIZE.top + floor) / 2}" text-anchor="middle" transform="rotate(-90 12 ${(SIZE.top + floor) / 2})">sequence number</text>`,
    `<text x="${right}" y="${SIZE.height - 4}" text-anchor="end">seconds after the first frame</text>`,
  ]
  const dots = series.map(
    (one) =>
      `<path class="dots member${members.indexOf(memberOf(one)) % COLOURS}" d="${one.points.map((p) => `M${place(p)}h0`).join('')}"/>`,
  )
  const jumps = (sa?.jumps ?? []).flatMap(({ time, frame, skipped }) => {
    const at = nearest(points, time)
    return at === undefined
      ? []
      : [
          `<path class="gap" d="M${place(at)}m-5 -9h10l-5 7z"><title>frame ${frame}: ${grouped(skipped)} numbers passed over</title></path>`,
        ]
  })
  const reused = series.flatMap((one) => one.reused)
  const marks = reused.map((point, i) => {
    const title =
      i < MOST_TITLES
        ? `<title>frame ${point.frame}: number ${grouped(point.number)} is used again</title>`
        : ''
    return `<path class="reused" d="M${place(point)}m-3.5 -3.5l7 7m0 -7l-7 7">${title}</path>`
  })
  const label = `Sequence numbers of ${sa?.name ?? series[0]!.sa} over time: ${series.reduce((sum, one) => sum + one.packets, 0)} packets, ${reused.length} marked as used again`
  return `<svg viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label="${xmlText(label)}">
${[...outages, ...grid, ...dots, ...jumps, ...marks].join('\n')}
</svg>
<p class="legend">${[
    ...members.map((member, i) => `<span><i class="key member${i % COLOURS}"></i>${xmlText(member)}</span>`),
    ...(reused.length > 0 ? ['<span><i class="key again">&#215;</i>number or IV used again</span>'] : []),
    ...(jumps.length > 0 ? ['<span><i class="key jump">&#9662;</i>numbers passed over</span>'] : []),
    ...(outages.length > 0
      ? [
          '<span><i class="key pause"></i>from the last packet before a change of the member to the first that counts after it</span>',
        ]
      : []),
  ].join(' ')}</p>`
}

const memberOf = ({ source, member }: Series): string => `${source} ${member}`

const nearest = (points: readonly PlotPoint[], time: number): PlotPoint | undefined => {
  let best: PlotPoint | undefined
  for (const point of points)
    if (!best || Math.abs(point.time - time) < Math.abs(best.time - time)) best = point
  return best
}

/** A linear scale over values, from place to place, with about five round marks. */
const scaleOf = (values: readonly number[], from: number, to: number, leastStep = 0): Scale => {
  let least = Infinity
  let most = -Infinity
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  const span = most - least || 1
  const rough = span / 6
  const power = 10 ** Math.floor(Math.log10(rough))
  const round = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10)
  const step = leastStep > 0 ? Math.max(leastStep, Math.ceil(round)) : round
  const first = Math.ceil(least / step)
  const ticks = Array.from(
    { length: Math.max(0, Math.floor(most / step) - first) + 1 },
    (_, i) => (first + i) * step,
  )
  return Object.assign((value: number) => from + ((value - least) / span) * (to - from), {
    ticks: ticks.filter((tick) => tick >= least && tick <= most),
  })
}

const fixed = (value: number): string => String(Math.round(value * 10) / 10)
const numberOf = (value: number): string => String(Number(value.toPrecision(6)))

/** The style of the plots and their legends. */
export const PLOT_STYLE = `
:root { --member0: #0072b2; --member1: #b35c00; --member2: #00795a; --member3: #8f4a7d; --member4: #6b6b00; --member5: #555;
  --again: #c40030; --pause: #f3dcc8; --jump: #6b3fa0; }
@media (prefers-color-scheme: dark) { :root { --member0: #6cbceb; --member1: #ffb366; --member2: #4fd1ac; --member3: #e3a0d0;
  --member4: #d6d65c; --member5: #bbb; --again: #ff6d8a; --pause: #40301f; --jump: #c6a4f5; } }
.plot { border: 1px solid var(--line); overflow-x: auto; } .plot svg { display: block; width: 100%; min-width: 34rem; height: auto; }
.plot text { fill: var(--quiet); font: 11px Arimo, Helvetica, Arial, sans-serif; }
.grid { stroke: var(--line); fill: none; } .outage { fill: var(--pause); }
.dots { fill: none; stroke-width: 4; stroke-linecap: round; } .gap { fill: var(--jump); }
.reused { fill: none; stroke: var(--again); stroke-width: 2; }
.legend { color: var(--quiet); } .legend span { margin-right: 1.2rem; display: inline-block; }
.key { display: inline-block; width: .8em; height: .8em; margin-right: .4em; border-radius: 50%; font-style: normal; line-height: .8em; text-align: center; }
.key.again { color: var(--again); font-weight: bold; } .key.jump { color: var(--jump); } .key.pause { background: var(--pause); border-radius: 0; border: 1px solid var(--line); }
${[0, 1, 2, 3, 4, 5].map((i) => `.dots.member${i} { stroke: var(--member${i}); } .key.member${i} { background: var(--member${i}); }`).join(' ')}
`
