/** A space of designs as a picture: what designs cost against how much of what is required they satisfy. */
import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { xmlText } from '../pictures/render.ts'
import { counted, numberText } from '../text/columns.ts'
import type { DesignJson } from './json.ts'

/** One mark: designs with the same price and as much that is satisfied. */
interface Mark {
  readonly price: number
  readonly met: number
  readonly designs: number
}

const SIZE = { width: 560, height: 240, title: 26 } as const

/** Values at which an axis is marked: all that occur, or as many of them as there is room for. */
const ticksOf = (values: readonly number[]): readonly number[] => {
  const all = [...new Set(values)].sort((a, b) => a - b)
  const step = Math.ceil(all.length / 9)
  return all.filter((_, i) => i % step === 0)
}

/** One plot for each price, one below the other, as SVG. */
export const designPicture = ({ name, small, points, front, required }: DesignJson): string => {
  const { document } = parseHTML('<html><body></body></html>')
  const plots = small.map((label, i) => {
    const marks = new Map<string, Mark>()
    for (const { prices, met, designs } of points) {
      const price = prices[i]
      if (price === null || price === undefined) continue
      const key = `${price} ${met}`
      marks.set(key, { price, met, designs: designs + (marks.get(key)?.designs ?? 0) })
    }
    const chosen = front.flatMap(({ prices, met }, at) => {
      const value = prices[i]?.value
      return value === null || value === undefined ? [] : [{ price: value, met: met.length, number: at + 1 }]
    })
    const unit = front[0]?.prices[i]?.unit ?? ''
    const figure = Plot.plot({
      // The types of a browser are not those of this program.
      document: document as never,
      width: SIZE.width,
      height: SIZE.height,
      marginTop: 28,
      marginLeft: 60,
      marginRight: 30,
      marginBottom: 40,
      inset: 16,
      x: {
        label: `${label}${unit === '' ? '' : `, ${unit}`}`,
        ticks: ticksOf([...marks.values()].map(({ price }) => price)),
        grid: true,
        tickFormat: numberText,
      },
      y: {
        label: 'requirements satisfied',
        domain: [0, required.length],
        ticks: ticksOf(points.map(({ met }) => met)),
        grid: true,
        tickFormat: numberText,
      },
      r: { range: [2, 14] },
      marks: [
        Plot.dot([...marks.values()], {
          x: 'price',
          y: 'met',
          r: 'designs',
          fill: '#7a8ba3',
          fillOpacity: 0.35,
          stroke: '#4c5f7a',
          title: ({ price, met, designs }: Mark) =>
            `${counted(designs, 'design')}: ${met} of ${required.length} satisfied, ${label} ${numberText(price)} ${unit}`,
        }),
        Plot.dot(chosen, {
          x: 'price',
          y: 'met',
          r: 1,
          stroke: '#b3261e',
          strokeWidth: 2.5,
          symbol: 'diamond',
        }),
        Plot.text(chosen, { x: 'price', y: 'met', text: 'number', dx: 12, dy: -8, fill: '#b3261e' }),
      ],
    })
    figure.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
    figure.setAttribute('y', String(SIZE.title + i * SIZE.height))
    return figure.outerHTML
  })
  const height = SIZE.title + plots.length * SIZE.height
  const title = `${name}: prices against requirements satisfied; recommended designs are numbered`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${height}" viewBox="0 0 ${SIZE.width} ${height}" font-family="sans-serif" role="img">`,
    `<title>${xmlText(title)}</title>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="8" y="18" font-size="13" font-weight="bold">${xmlText(title)}</text>`,
    ...plots,
    '</svg>',
    '',
  ].join('\n')
}
