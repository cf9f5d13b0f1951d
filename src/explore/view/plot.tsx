/** Numbers over time: a colour for each member, numbers used again and jumps marked, silence between two members shaded. */
import type { PlotView } from '../report-view.ts'

const SIZE = { width: 760, height: 280, left: 84, right: 12, top: 12, bottom: 34 } as const
/** Colours of members that the style knows. */
const COLOURS = 6

export const Plot = ({ plot }: { readonly plot: PlotView }) => {
  const { name, members, packets, reused, jumps, pauses } = plot
  const points = members.flatMap((member) => member.points)
  const [right, floor] = [SIZE.width - SIZE.right, SIZE.height - SIZE.bottom]
  const x = scaleOf([...points.map(([time]) => time), ...reused.map(({ time }) => time)], SIZE.left, right)
  const y = scaleOf(
    [...points.map(([, number]) => number), ...reused.map((one) => one.number)],
    floor,
    SIZE.top,
    1,
  )
  const middle = (SIZE.top + floor) / 2
  const label = `Sequence numbers of ${name} over time: ${packets} packets, ${reused.length} marked as used again`
  return (
    <>
      <h3>{name}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section class="plot" aria-label={`Sequence numbers of ${name}`} tabIndex={0}>
        <svg viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-label={label}>
          {pauses.map(({ from, to, note }, i) => (
            <rect
              key={i}
              class="outage"
              x={x.at(from)}
              y={SIZE.top}
              width={Math.max(1, x.at(to) - x.at(from))}
              height={floor - SIZE.top}
            >
              <title>{note}</title>
            </rect>
          ))}
          {y.ticks.map((tick) => (
            <g key={tick}>
              <path class="grid-line" d={`M${SIZE.left} ${y.at(tick)}H${right}`} />
              <text x={SIZE.left - 6} y={y.at(tick) + 4} text-anchor="end">
                {tick.toLocaleString('en')}
              </text>
            </g>
          ))}
          {x.ticks.map((tick) => (
            <g key={tick}>
              <path class="grid-line" d={`M${x.at(tick)} ${SIZE.top}V${floor}`} />
              <text x={x.at(tick)} y={floor + 15} text-anchor="middle">
                {Number(tick.toPrecision(6))}
              </text>
            </g>
          ))}
          <text x="12" y={middle} text-anchor="middle" transform={`rotate(-90 12 ${middle})`}>
            sequence number
          </text>
          <text x={right} y={SIZE.height - 4} text-anchor="end">
            seconds after the first frame
          </text>
          {members.map((member, i) => (
            <path
              key={member.name}
              class={`dots member${i % COLOURS}`}
              d={member.points.map(([time, number]) => `M${x.at(time)} ${y.at(number)}h0`).join('')}
            />
          ))}
          {jumps.map(({ time, number, note }, i) => (
            <path key={i} class="gap" d={`M${x.at(time)} ${y.at(number)}m-5 -9h10l-5 7z`}>
              <title>{note}</title>
            </path>
          ))}
          {reused.map(({ time, number, note }, i) => (
            <path key={i} class="reused" d={`M${x.at(time)} ${y.at(number)}m-3.5 -3.5l7 7m0 -7l-7 7`}>
              <title>{note}</title>
            </path>
          ))}
        </svg>
        <p class="legend">
          {members.map((member, i) => (
            <span key={member.name}>
              <i class={`key member${i % COLOURS}`} />
              {member.name}
            </span>
          ))}
          {reused.length > 0 ? (
            <span>
              <i class="key again">×</i>number or IV used again
            </span>
          ) : null}
          {jumps.length > 0 ? (
            <span>
              <i class="key jump">▾</i>numbers passed over
            </span>
          ) : null}
          {pauses.length > 0 ? (
            <span>
              <i class="key pause" />
              from the last packet before a change of the member to the first that counts after it
            </span>
          ) : null}
        </p>
      </section>
    </>
  )
}

interface Scale {
  at(value: number): number
  readonly ticks: readonly number[]
}

/** A linear scale over values, from place to place, with about five round marks. */
const scaleOf = (values: readonly number[], from: number, to: number, leastStep = 0): Scale => {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity)
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity)
  const span = most - least || 1
  const rough = span / 6
  const power = 10 ** Math.floor(Math.log10(rough))
  const round = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10)
  const step = leastStep > 0 ? Math.max(leastStep, Math.ceil(round)) : round
  const first = Math.ceil(least / step)
  const count = Math.max(0, Math.floor(most / step) - first) + 1
  return {
    at: (value) => Math.round((from + ((value - least) / span) * (to - from)) * 10) / 10,
    ticks: Array.from({ length: count }, (_, i) => (first + i) * step).filter(
      (tick) => tick >= least && tick <= most,
    ),
  }
}
