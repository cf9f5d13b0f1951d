// Tests of both renderers: exact lanes, the same bytes each time, visible letters, silence, clear errors.

import { Resvg } from '@resvg/resvg-js'
import { afterEach, expect, test, vi } from 'vitest'
import { pngOf, svgOf } from './render.ts'
import { widthOf } from './text-width.ts'

const LANES = `digraph lanes {
  graph [inputscale=72, splines=line, outputorder=nodesfirst, pad=0.2]
  node [shape=plaintext, fontname="Helvetica", fontsize=12, width=0, height=0, margin="0.04,0.02"]
  edge [fontname="Helvetica", arrowsize=0.8]
  headA [label="member 1", pos="0,0!", fontname="Helvetica-Bold"]
  headB [label="peer", pos="300,0!", fontname="Helvetica-Bold"]
  node [shape=point, style=invis, label="", width=0.01, height=0.01]
  topA [pos="0,-12!"]; endA [pos="0,-140!"]; topB [pos="300,-12!"]; endB [pos="300,-140!"]
  topA -> endA [arrowhead=none, color=gray]
  topB -> endB [arrowhead=none, color=gray]
  a1 [pos="0,-50!"]; b1 [pos="300,-50!"]
  a1 -> b1 [color=black]
  a2 [pos="0,-100!"]; x2 [pos="150,-100!"]
  a2 -> x2 [arrowhead=none, style=dashed, color=red]
  node [shape=plaintext, style="", width=0, height=0]
  text1 [label="CREATE_CHILD_SA mid=7", pos="150,-40!"]
  text2 [label="X", pos="150,-100!", fontcolor=red, fontname="Helvetica-Bold", fontsize=18]
  text3 [label="DELETE mid=8 (lost)", pos="75,-90!"]
}`

const svgWith = (body: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="100pt" height="50pt" viewBox="0 0 100 50">${body}</svg>`

/** The PNG decoded again by resvg: its size and the number of its dark pixels. */
function inkOf(png: Uint8Array): { width: number; height: number; dark: number; corner: number[] } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const href = `data:image/png;base64,${Buffer.from(png).toString('base64')}`
  const size = `width="${width}" height="${height}"`
  const image = `<svg xmlns="http://www.w3.org/2000/svg" ${size}><image ${size} href="${href}"/></svg>`
  const pixels = new Resvg(image, { font: { loadSystemFonts: false } }).render().pixels
  let dark = 0
  for (let i = 0; i < pixels.length; i += 4) if ((pixels[i] ?? 255) < 128) dark++
  return { width, height, dark, corner: [...pixels.subarray(0, 4)] }
}

afterEach(() => {
  vi.restoreAllMocks()
})

test('pinned positions come out as exact lanes in points', async () => {
  const svg = await svgOf(LANES)
  expect(svg).toMatch(/<g id="graph0"[^>]*translate\(/)
  const paths = [...svg.matchAll(/ d="M(-?[\d.]+),(-?[\d.]+)C.* (-?[\d.]+),(-?[\d.]+)"/g)]
  const ends = paths.map((path) => path.slice(1).map(Number))
  const [laneA, laneB, arrow] = ends
  expect(laneA?.[0]).toBe(laneA?.[2])
  expect(laneB?.[0]).toBe(laneB?.[2])
  expect((laneB?.[0] ?? 0) - (laneA?.[0] ?? 0)).toBeCloseTo(300, 1)
  expect(arrow?.[1]).toBe(arrow?.[3])
})

test('the SVG of one DOT text is the same each time and names no generator', async () => {
  const [first, second] = await Promise.all([svgOf(LANES), svgOf(LANES)])
  expect(second).toBe(first)
  expect(first).not.toMatch(/graphviz/i)
  expect(first.endsWith('</svg>\n')).toBe(true)
})

test('a DOT syntax error is one sentence without a wasm stack, and the next graph is drawn', async () => {
  const bad = svgOf('digraph {\n a -> -> b }')
  const good = svgOf('digraph { a }')
  await expect(bad).rejects.toThrow(/^Graphviz cannot draw the graph: syntax error in line 2 near '->'\.$/)
  await expect(bad).rejects.toSatisfy((error: Error) => !error.stack?.includes('viz.js'))
  await expect(good).resolves.toContain('<title>a</title>')
})

test('an empty DOT text is an error and reads no standard input', async () => {
  await expect(svgOf(' \n')).rejects.toThrow('the DOT text is empty')
  await expect(svgOf('/* nothing */')).rejects.toThrow('the DOT text holds no graph')
})

test('a picture that crashes Graphviz is one sentence, and the next graph is drawn', async () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `a${i} [pos="0,${-40 * i}!"]; b${i} [pos="400,${-40 * i}!"]`,
  )
  const edges = rows.map((_, i) => `a${i} -> b${i} [label="hello"]`)
  const huge = svgOf(`digraph { splines=line; ${[...rows, ...edges].join(';')} }`)
  await expect(huge).rejects.toThrow(/area too large for rtree.*inputscale=72.*\.$/)
  await expect(svgOf(LANES)).resolves.toContain('<svg')
})

test('nothing that Graphviz warns of reaches stdout or stderr', async () => {
  const writes = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockReturnValue(true),
  )
  await svgOf('digraph { a [fontname="Unknown Font", label="\u2192"] }')
  await new Promise((done) => setTimeout(done, 200))
  const written = writes.flatMap((write) => write.mock.calls.map(([chunk]) => String(chunk)))
  expect(written.filter((text) => /metrics|warning/i.test(text))).toEqual([])
})

test('the PNG is 1600 pixels wide on white', async () => {
  const { width, corner } = inkOf(await pngOf(await svgOf(LANES)))
  expect(width).toBe(1600)
  expect(corner).toEqual([255, 255, 255, 255])
})

test('texts keep their width in a wider font', async () => {
  const svg = await svgOf(
    'digraph { node [shape=box, fontname="Helvetica"]; a [label="a & <b> \\"c\\" d-e"]; b [label="\u2192"] }',
  )
  const [fixed, free] = svg.match(/<text .*<\/text>/g)!
  expect(fixed).toContain(`textLength="${widthOf('a & <b> "c" d-e', 14).toFixed(2)}"`)
  expect(free).not.toContain('textLength')
  expect(svg).toContain('font-family="Helvetica,Arimo,Arial,Liberation Sans,sans-serif"')
})

test.each(['Helvetica,sans-Serif', 'Times,serif', 'Courier,monospace', 'Unknown Font'])(
  'text in %s is visible in the PNG',
  async (family) => {
    const text = (word: string) => svgWith(`<text x="5" y="30" font-family="${family}">${word}</text>`)
    const blank = inkOf(await pngOf(text('')))
    const word = inkOf(await pngOf(text('Hello')))
    expect(blank.dark).toBe(0)
    expect(word.dark).toBeGreaterThan(1000)
  },
)

test('bold text has more ink than regular text', async () => {
  const text = (weight: string) =>
    svgWith(`<text x="5" y="30" font-family="Helvetica" font-weight="${weight}">Hello</text>`)
  const [regular, bold] = [inkOf(await pngOf(text('normal'))), inkOf(await pngOf(text('bold')))]
  expect(bold.dark).toBeGreaterThan(regular.dark * 1.1)
})

test('the PNG of one SVG is the same each time', async () => {
  const svg = await svgOf(LANES)
  expect(Buffer.from(await pngOf(svg)).equals(await pngOf(svg))).toBe(true)
})

test('a very tall SVG is scaled to 16000 pixels of height', async () => {
  const tall = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="20000" viewBox="0 0 100 20000"/>'
  const view = new DataView((await pngOf(tall)).buffer)
  expect([view.getUint32(16), view.getUint32(20)]).toEqual([80, 16000])
})

test('what is no SVG is one clear error', async () => {
  await expect(pngOf('nope')).rejects.toThrow(/^The SVG cannot be drawn as a PNG: .*\.$/)
})
