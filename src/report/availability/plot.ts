/** Unavailability against one number of the timing, for several targets, as SVG. */
import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { xmlText } from '../pictures/render.ts'
import { digits } from './text.ts'

/** One target at one value of the number. */
export interface PlotPoint {
  readonly target: string
  readonly value: number
  readonly unavailability: number
}

const SIZE = { width: 680, height: 400, title: 26 } as const
/** Colours that colour-blind readers can tell apart (Okabe and Ito, 2008). */
const COLOURS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#56B4E9', '#E69F00', '#000000', '#7A6F00']

/** Both axes are logarithmic. */
export const availabilityPlot = (
  { title, label }: { readonly title: string; readonly label: string },
  points: readonly PlotPoint[],
): string => {
  const { document } = parseHTML('<html><body></body></html>')
  const targets = [...new Set(points.map(({ target }) => target))]
  const last = Math.max(...points.map(({ value }) => value))
  // Names that would lie on each other are moved apart, from the worst downwards.
  const ends = points
    .filter(({ value }) => value === last)
    .sort((a, b) => b.unavailability - a.unavailability)
  const range = Math.log10(
    Math.max(...points.map(({ unavailability }) => unavailability)) /
      Math.min(...points.map(({ unavailability }) => unavailability)),
  )
  const gap = 10 ** (Math.max(range, 0.1) * 0.05)
  let lowest = Infinity
  const names = ends.map(({ target, value, unavailability }) => {
    lowest = Math.min(unavailability, lowest / gap)
    return { target, value, at: lowest }
  })
  const figure = Plot.plot({
    // The types of a browser are not those of this program.
    document: document as never,
    width: SIZE.width,
    height: SIZE.height,
    marginTop: 28,
    marginLeft: 70,
    marginRight: 150,
    marginBottom: 44,
    x: { type: 'log', label, grid: true, tickFormat: digits as never, ticks: 6 },
    y: { type: 'log', label: 'unavailability', grid: true, tickFormat: digits as never, ticks: 6 },
    color: { domain: targets, range: COLOURS.slice(0, targets.length) },
    marks: [
      Plot.line(points, { x: 'value', y: 'unavailability', stroke: 'target', strokeWidth: 2 }),
      Plot.dot(points, {
        x: 'value',
        y: 'unavailability',
        fill: 'target',
        r: 3,
        title: ({ target, value, unavailability }: PlotPoint) =>
          `${target}: ${digits(unavailability)} at ${digits(value)}`,
      }),
      Plot.text(names, { x: 'value', y: 'at', text: 'target', dx: 8, textAnchor: 'start', fill: 'target' }),
    ],
  })
  figure.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  figure.setAttribute('y', String(SIZE.title))
  const height = SIZE.title + SIZE.height
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${height}" viewBox="0 0 ${SIZE.width} ${height}" font-family="sans-serif" role="img">`,
    `<title>${xmlText(title)}</title>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="8" y="18" font-size="13" font-weight="bold">${xmlText(title)}</text>`,
    figure.outerHTML,
    '</svg>',
    '',
  ].join('\n')
}
