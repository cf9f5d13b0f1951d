/** Tests of the picture of a space: what it marks, where, and that it is one well-formed document. */
import { XmlDocument } from 'libxml2-wasm'
import { expect, it } from 'vitest'
import type { DesignJson } from './json.ts'
import { designPicture } from './picture.ts'

/** The parts of a space that are drawn. */
const space = {
  name: 'a <b> & "c"',
  small: ['synch', 'waits'],
  required: ['MID-1', 'MID-2', 'SEQ-1'],
  points: [
    { prices: [0, 1], met: 1, designs: 4 },
    { prices: [0, 2], met: 1, designs: 5 },
    { prices: [10, null], met: 3, designs: 1 },
  ],
  front: [
    {
      prices: [
        { value: 10, unit: 'messages' },
        { value: null, unit: 'waits' },
      ],
      met: ['MID-1', 'MID-2', 'SEQ-1'],
    },
  ],
} as unknown as DesignJson

const attributesOf = (
  svg: string,
  element: string,
  ...names: readonly string[]
): readonly (readonly number[])[] =>
  [...svg.matchAll(new RegExp(`<${element} [^>]*>`, 'g'))].map(([tag]) =>
    names.map((name) => Number(new RegExp(` ${name}="([^"]*)"`).exec(tag)![1])),
  )

it('is a well-formed document with a plot for each price', () => {
  const svg = designPicture(space)
  const document = XmlDocument.fromString(svg)
  expect(document.root.name).toBe('svg')
  document.dispose()
  expect(svg.match(/<g /g)).toHaveLength(2)
  expect(svg).toContain('a &lt;b&gt; &amp; &quot;c&quot;: prices')
})

it('joins designs of one price that satisfy as much, and draws more of them larger', () => {
  const [first = ''] = designPicture(space).split('</g>')
  const [many, few] = attributesOf(first, 'circle', 'cx', 'cy', 'r') as [number[], number[]]
  expect(attributesOf(first, 'circle', 'cx')).toHaveLength(2)
  expect(first).toContain('9 designs: 1 of 3 satisfied, synch 0 messages')
  // To the left is cheap, above is what satisfies more.
  expect(many![0]).toBeLessThan(few![0]!)
  expect(many![1]).toBeGreaterThan(few![1]!)
  expect(many![2]).toBeGreaterThan(few![2]!)
})

it('numbers what is recommended, where it has the price', () => {
  const plots = designPicture(space).split('<g ')
  expect(plots.map((plot) => plot.match(/#b3261e">1</g)?.length ?? 0)).toEqual([0, 1, 0])
})

it('draws a space without prices, or of one price', () => {
  expect(designPicture({ ...space, small: [] })).toContain('<title>')
  expect(designPicture({ ...space, small: ['synch'], points: space.points.slice(0, 1) })).not.toMatch(
    /NaN|Infinity/,
  )
})
