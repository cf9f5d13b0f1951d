/**
 * Turns a DOT text into an SVG (Graphviz as WebAssembly) and an SVG into a PNG (resvg).
 * Both libraries are loaded on first use, so a command that draws nothing does not pay for them.
 * The same input gives the same bytes on every machine: no date or version in the SVG, and the
 * PNG's letters come from the Arimo font package (the widths of Helvetica), never from the system.
 */
import { createRequire } from 'node:module'
import type { Worker } from 'node:worker_threads'
import { asciiOf, widthOf } from './text-width.ts'

const PNG_WIDTH = 1600
/** The tallest PNG in pixels: a taller picture is scaled down, since resvg would exhaust memory on it. */
const PNG_MAX_HEIGHT = 16_000

const FONT = 'Arimo'
const FONT_FILES = ['400Regular/Arimo_400Regular.ttf', '700Bold/Arimo_700Bold.ttf']

/** Text as XML; a question mark for what XML has no way to write. */
export const xmlText = (text: string): string =>
  Array.from(text, (letter) => ESCAPES[letter] ?? (isXml(letter.codePointAt(0)!) ? letter : '?')).join('')

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const LETTERS = new Map(Object.entries(ESCAPES).map(([letter, reference]) => [reference, letter]))

/** What XML text says; Graphviz writes references by number and those of ESCAPES. */
const textOf = (xml: string): string =>
  xml.replace(/&(?:#(\d+)|\w+);/g, (reference, code?: string) =>
    code ? String.fromCodePoint(Number(code)) : (LETTERS.get(reference) ?? reference),
  )

const isXml = (code: number): boolean =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 0x20 && code < 0xd800) ||
  (code >= 0xe000 && code !== 0xfffe && code !== 0xffff)

type Graphviz = typeof import('graphviz-cli')

let queue: Promise<unknown> = Promise.resolve()
let workerSeen = false

/** What who cannot see a picture is told of it: its name, and what it shows. */
export interface AltText {
  readonly title: string
  readonly description: string
}

/** The engines of Graphviz that are used: one for pinned places, one that finds places. */
export type GraphvizEngine = 'neato' | 'dot'

/** Renders a DOT text to SVG with Graphviz, or throws one Error of one sentence. */
export async function svgOf(
  dot: string,
  { engine = 'neato', alt }: { readonly engine?: GraphvizEngine; readonly alt?: AltText } = {},
): Promise<string> {
  // One at a time: the WebAssembly build keeps its last error in a global, which a neighbour would inherit.
  const svg = queue.then(() => render(dot, engine))
  queue = svg.catch(() => undefined)
  return alt ? withAlt(await svg, alt) : svg
}

/** Names and describes an SVG as screen readers expect it. */
const withAlt = (svg: string, { title, description }: AltText): string =>
  svg.replace(
    /<svg ([^>]*)>/,
    (_, attributes: string) =>
      `<svg role="img" aria-labelledby="title desc" ${attributes}>\n<title id="title">${xmlText(title)}</title>\n<desc id="desc">${xmlText(description)}</desc>`,
  )

/** Renders an SVG to a PNG 1600 pixels wide (narrower if it would be over 16000 tall) on white. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js')
  const { resolve } = createRequire(import.meta.url)
  const options = {
    background: 'white',
    logLevel: 'off',
    font: {
      loadSystemFonts: false,
      fontFiles: FONT_FILES.map((file) => resolve(`@expo-google-fonts/arimo/${file}`)),
      defaultFontFamily: FONT,
      serifFamily: FONT,
      sansSerifFamily: FONT,
      monospaceFamily: FONT,
    },
  } as const
  try {
    const { width, height } = new Resvg(svg, options)
    const tall = (height / width) * PNG_WIDTH > PNG_MAX_HEIGHT
    const fitTo = tall
      ? ({ mode: 'height', value: PNG_MAX_HEIGHT } as const)
      : ({ mode: 'width', value: PNG_WIDTH } as const)
    return new Uint8Array(new Resvg(svg, { ...options, fitTo }).render().asPng())
  } catch (error) {
    throw new Error(`The SVG cannot be drawn as a PNG: ${firstLine(error)}.`)
  }
}

async function render(dot: string, engine: GraphvizEngine): Promise<string> {
  // graphviz-cli reads standard input when it is given an empty text.
  if (dot.trim() === '') throw new Error('Graphviz cannot draw the graph: the DOT text is empty.')
  const graphviz = await import('graphviz-cli')
  const svg = await run(graphviz, dot, engine).catch(async (error: Error) => {
    const reason = firstLine(error)
    // What Graphviz words itself starts so; anything else is a fatal stop inside the WebAssembly build.
    if (error.message.startsWith('Error:')) throw new Error(`Graphviz cannot draw the graph: ${reason}.`)
    // Then the true reason still lies in its last-error slot, and the next render of any graph gets it.
    const left = await run(graphviz, 'graph {}', engine).catch(firstLine)
    const cause = left.includes('<svg') ? reason : left
    const hint = 'the picture is too large, so set inputscale=72 or draw fewer rows'
    throw new Error(`Graphviz cannot draw the graph: it stopped with "${cause}" (most often ${hint}).`)
  })
  if (!svg.includes('<svg')) throw new Error('Graphviz cannot draw the graph: the DOT text holds no graph.')
  return `${withFixedWidths(svg.replace(/<!-- Generated by graphviz[\s\S]*?-->\s*/, '')).trimEnd()}\n`
}

const FAMILIES = 'Helvetica,Arimo,Arial,Liberation Sans,sans-serif'

/** Texts get the width that Graphviz has planned for, so that they fit where the reader has only a wider font. */
const withFixedWidths = (svg: string): string =>
  svg.replace(
    /<text ([^>]*)font-family="Helvetica,sans-Serif"([^>]*)>([^<]*)<\/text>/g,
    (_, before: string, after: string, xml: string) => {
      const size = Number(/font-size="([\d.]+)"/.exec(after)?.[1])
      const text = textOf(xml)
      const width = widthOf(text, size, after.includes('font-weight="bold"'))
      const fixed =
        width > 0 && text === asciiOf(text)
          ? ` textLength="${width.toFixed(2)}" lengthAdjust="spacingAndGlyphs"`
          : ''
      return `<text ${before}font-family="${FAMILIES}"${after}${fixed}>${xml}</text>`
    },
  )

async function run(graphviz: Graphviz, input: string, engine: GraphvizEngine): Promise<string> {
  if (!workerSeen) process.on('worker', silence)
  try {
    return await graphviz.renderGraphFromSource({ input }, { format: 'svg', engine })
  } finally {
    process.off('worker', silence)
  }
}

/** Drains what Graphviz's worker prints (it starts one, on the first render) instead of passing it on. */
function silence(worker: Worker): void {
  workerSeen = true
  process.off('worker', silence)
  for (const stream of [worker.stdout, worker.stderr]) stream.unpipe().resume()
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const line = text.trim().split('\n')[0] ?? ''
  return line.replace(/^Error:\s*/, '').replace(/[.\s]+$/, '')
}
