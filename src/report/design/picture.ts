/** A space of designs as a picture: what designs cost against how much of what is required they satisfy. */
import { xmlText } from '../pictures/render.ts'
import { counted, numberText, withUnit } from '../text/columns.ts'
import type { DesignJson } from './json.ts'

/** One mark: designs with the same price and as much that is satisfied. */
interface Mark {
  readonly price: number
  readonly met: number
  readonly designs: number
}

const SIZE = { width: 560, height: 240, title: 26 } as const
/** What is drawn in: the rest of a plot is for its axes. */
const FRAME = { left: 60, right: 530, top: 28, bottom: 200, inset: 16 } as const
/** Radius of a mark of few designs, and of that of most. */
const RADIUS = { least: 2, most: 14 } as const
const MOST_TICKS = 9

/** Values at which an axis is marked: all that occur, or as many of them as there is room for. */
const ticksOf = (values: readonly number[]): readonly number[] => {
  const all = [...new Set(values)].sort((a, b) => a - b)
  const step = Math.ceil(all.length / MOST_TICKS)
  return all.filter((_, i) => i % step === 0)
}

/** Places of values between two ends; the middle where all are the same. */
const scaleOf = (values: readonly number[], from: number, to: number) => {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return (value: number): number =>
    least === most ? (from + to) / 2 : from + ((value - least) / (most - least)) * (to - from)
}

const fixed = (value: number): string => String(Number(value.toFixed(2)))

/** One plot for each price, one below the other, as SVG. */
export const designPicture = (space: DesignJson): string => {
  const { name, small } = space
  const plots = small.map((label, i) => plotOf(space, label, i))
  const height = SIZE.title + plots.length * SIZE.height
  const title = `${name}: prices against requirements satisfied; recommended designs are numbered`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${height}" viewBox="0 0 ${SIZE.width} ${height}" font-family="sans-serif" font-size="10" role="img">`,
    `<title>${xmlText(title)}</title>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="8" y="18" font-size="13" font-weight="bold">${xmlText(title)}</text>`,
    ...plots.flatMap((lines, i) => [
      `<g transform="translate(0 ${SIZE.title + i * SIZE.height})">`,
      ...lines,
      '</g>',
    ]),
    '</svg>',
    '',
  ].join('\n')
}

/** The elements of one plot: axes, designs, and what is recommended. */
const plotOf = ({ points, front, required }: DesignJson, label: string, i: number): readonly string[] => {
  const gathered = new Map<string, Mark>()
  for (const { prices, met, designs } of points) {
    const price = prices[i]
    if (price === null || price === undefined) continue
    const key = `${price} ${met}`
    gathered.set(key, { price, met, designs: designs + (gathered.get(key)?.designs ?? 0) })
  }
  const marks = [...gathered.values()]
  const chosen = front.flatMap(({ prices, met }, at) => {
    const value = prices[i]?.value
    return value === null || value === undefined ? [] : [{ price: value, met: met.length, number: at + 1 }]
  })
  const unit = front[0]?.prices[i]?.unit ?? ''
  const { left, right, top, bottom, inset } = FRAME
  const x = scaleOf(
    [...marks, ...chosen].map(({ price }) => price),
    left + inset,
    right - inset,
  )
  const y = scaleOf([0, required.length], bottom - inset, top + inset)
  const most = Math.max(...marks.map(({ designs }) => designs))
  const radius = (designs: number): number =>
    RADIUS.least + (RADIUS.most - RADIUS.least) * Math.sqrt(designs / most)
  return [
    ...ticksOf(marks.map(({ price }) => price)).map((tick) => {
      const at = fixed(x(tick))
      return `<path d="M${at} ${top}V${bottom}" stroke="#e6e6e6"/><text x="${at}" y="${bottom + 14}" text-anchor="middle">${numberText(tick)}</text>`
    }),
    ...ticksOf(points.map(({ met }) => met)).map((tick) => {
      const at = fixed(y(tick))
      return `<path d="M${left} ${at}H${right}" stroke="#e6e6e6"/><text x="${left - 8}" y="${fixed(y(tick) + 3.5)}" text-anchor="end">${numberText(tick)}</text>`
    }),
    `<text x="${left - 50}" y="${top - 8}">↑ requirements satisfied</text>`,
    `<text x="${right}" y="${bottom + 32}" text-anchor="end">${xmlText(`${label}${unit === '' ? '' : `, ${unit}`}`)} →</text>`,
    // Small ones are drawn last, so that none is hidden.
    ...[...marks]
      .sort((a, b) => b.designs - a.designs)
      .map(({ price, met, designs }) => {
        const title = `${counted(designs, 'design')}: ${met} of ${required.length} satisfied, ${label} ${withUnit(price, unit)}`
        return `<circle cx="${fixed(x(price))}" cy="${fixed(y(met))}" r="${fixed(radius(designs))}" fill="#7a8ba3" fill-opacity="0.35" stroke="#4c5f7a" stroke-width="1.5"><title>${xmlText(title)}</title></circle>`
      }),
    ...chosen.map(({ price, met, number }) => {
      const [cx, cy] = [x(price), y(met)]
      return `<path d="M${fixed(cx)} ${fixed(cy - 5)}l4 5l-4 5l-4 -5Z" fill="none" stroke="#b3261e" stroke-width="2"/><text x="${fixed(cx + 12)}" y="${fixed(cy - 6)}" fill="#b3261e">${number}</text>`
    }),
  ]
}
