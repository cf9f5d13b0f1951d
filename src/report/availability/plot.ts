/** Unavailability against one number of the timing, for several targets, as SVG. */
import { xmlText } from '../pictures/render.ts'
import { digits } from '../text/columns.ts'

/** One target at one value of the number. */
export interface PlotPoint {
  readonly target: string
  readonly value: number
  readonly unavailability: number
}

const SIZE = { width: 680, height: 426, title: 26 } as const
/** What is drawn in: the rest is for the axes, and for the names at the right. */
const FRAME = { left: 80, right: 520, top: 62, bottom: 380 } as const
/** Pixels between two names of targets. */
const LINE = 13
/** Colours that colour-blind readers can tell apart (Okabe and Ito, 2008). */
const COLOURS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#56B4E9', '#E69F00', '#000000', '#7A6F00']

/** Places of positive values between two ends, by their logarithms; the middle where all are the same. */
const logScale = (values: readonly number[], from: number, to: number) => {
  const [least, most] = [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))]
  return (value: number): number =>
    least === most ? (from + to) / 2 : from + ((Math.log10(value) - least) / (most - least)) * (to - from)
}

/** Where a logarithmic axis is marked: at powers of ten, and where there are few of them also at 2 and 5 times these. */
const ticksOf = (values: readonly number[]): readonly number[] => {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const from = Math.floor(Math.log10(least))
  const powers = Array.from({ length: Math.ceil(Math.log10(most)) - from + 1 }, (_, i) => from + i)
  const marks = (steps: readonly number[]) =>
    powers
      .flatMap((power) => steps.map((step) => Number(`${step}e${power}`)))
      .filter((tick) => tick >= least * (1 - 1e-9) && tick <= most * (1 + 1e-9))
  const tens = marks([1])
  return tens.length > 3 ? tens : marks([1, 2, 5])
}

const fixed = (value: number): string => String(Number(value.toFixed(1)))

/** Both axes are logarithmic, so that what is 0 is left out. */
export const availabilityPlot = (
  { title, label }: { readonly title: string; readonly label: string },
  all: readonly PlotPoint[],
): string => {
  const points = all.filter(({ value, unavailability }) => value > 0 && unavailability > 0)
  const { left, right, top, bottom } = FRAME
  const values = points.map(({ value }) => value)
  const heights = points.map(({ unavailability }) => unavailability)
  const x = logScale(values, left, right)
  const y = logScale(heights, bottom, top)
  const targets = [...new Set(points.map(({ target }) => target))]
  const colourOf = (target: string): string => COLOURS[targets.indexOf(target) % COLOURS.length]!
  const last = Math.max(...values)
  let lowest = -Infinity
  // Names that would lie on each other are moved apart, from the worst downwards.
  const names = points
    .filter(({ value }) => value === last)
    .sort((a, b) => b.unavailability - a.unavailability)
    .map(({ target, unavailability }) => {
      lowest = Math.max(y(unavailability) + 3.5, lowest + LINE)
      return `<text x="${right + 10}" y="${fixed(lowest)}" fill="${colourOf(target)}">${xmlText(target)}</text>`
    })
  const lines = targets.flatMap((target) => {
    const own = points.filter((point) => point.target === target).sort((a, b) => a.value - b.value)
    const places = own.map(({ value, unavailability }) => `${fixed(x(value))} ${fixed(y(unavailability))}`)
    const colour = colourOf(target)
    return [
      `<path d="M${places.join('L')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...own.map(({ value, unavailability }) => {
        const words = `${target}: ${digits(unavailability)} at ${digits(value)}`
        return `<circle cx="${fixed(x(value))}" cy="${fixed(y(unavailability))}" r="3" fill="${colour}"><title>${xmlText(words)}</title></circle>`
      }),
    ]
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${SIZE.height}" viewBox="0 0 ${SIZE.width} ${SIZE.height}" font-family="sans-serif" font-size="10" role="img">`,
    `<title>${xmlText(title)}</title>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="8" y="18" font-size="13" font-weight="bold">${xmlText(title)}</text>`,
    ...ticksOf(values).map((tick) => {
      const at = fixed(x(tick))
      return `<path d="M${at} ${top}V${bottom}" stroke="#e6e6e6"/><text x="${at}" y="${bottom + 14}" text-anchor="middle">${digits(tick)}</text>`
    }),
    ...ticksOf(heights).map((tick) => {
      const at = fixed(y(tick))
      return `<path d="M${left} ${at}H${right}" stroke="#e6e6e6"/><text x="${left - 8}" y="${fixed(y(tick) + 3.5)}" text-anchor="end">${digits(tick)}</text>`
    }),
    `<text x="${left - 60}" y="${top - 14}">↑ unavailability</text>`,
    `<text x="${right}" y="${bottom + 32}" text-anchor="end">${xmlText(label)} →</text>`,
    ...lines,
    ...names,
    '</svg>',
    '',
  ].join('\n')
}
