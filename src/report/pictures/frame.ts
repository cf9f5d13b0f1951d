/** What stands around every picture of a trace: the title above it, the replay command and a legend below it. */
import type { Trace } from '../../search/engine/path.ts'
import { type Caption, headline, provenance, replayCommand } from '../trace/caption.ts'
import { insightOf } from '../trace/insight.ts'
import type { Drawing, Letters, Point } from './drawing.ts'
import { widthOf, wrapped } from './text-width.ts'
import { FONT, SIZE, strongOf } from './theme.ts'

/** Draws the title block with its top left corner at the origin; the answer is its height. */
export const drawTitle = (onto: Drawing, trace: Trace, caption: Caption, width: number): number => {
  const { strong } = strongOf(onto.colour, caption.verdict)
  const about = [...provenance(caption).map(([what, which]) => `${what} ${which}`), caption.source]
  const blocks: readonly (readonly [string | undefined, Letters])[] = [
    [insightOf(trace, caption).sentence.text, { size: FONT.title, colour: strong, bold: true }],
    [
      `${headline(trace, caption)}. ${caption.sentence ?? ''}`.trim(),
      { size: FONT.text, colour: onto.colour.ink },
    ],
    [about.filter(Boolean).join('   |   '), { size: FONT.row, colour: onto.colour.quiet }],
  ]
  onto.name('title')
  let y = 0
  for (const [text, letters] of blocks)
    if (text !== undefined) y = drawLines(onto, { x: 0, y }, text, width, letters) + 5
  return y
}

/** Draws the replay command with its top left corner at `at`; the answer is the y below it. */
export const drawReplay = (onto: Drawing, at: Point, caption: Caption, width: number): number => {
  onto.name('replay')
  return drawLines(onto, at, replayCommand(caption), width, { size: FONT.small, colour: onto.colour.quiet })
}

/** A sample of a line, and what such a line means. */
export interface LegendEntry {
  readonly text: string
  draw(from: Point, to: Point): void
}

/** Draws the entries of a legend side by side, in several lines if need be; the answer is the y below them. */
export const drawLegend = (
  onto: Drawing,
  at: Point,
  entries: readonly LegendEntry[],
  width: number,
): number => {
  if (entries.length === 0) return at.y
  onto.name('legend')
  const sample = 34
  const height = FONT.small * SIZE.line + 4
  let { x, y } = at
  for (const { text, draw } of entries) {
    const needed = sample + 6 + widthOf(text, FONT.small)
    if (x > at.x && x + needed > at.x + width) [x, y] = [at.x, y + height]
    draw({ x, y: y + height / 2 }, { x: x + sample, y: y + height / 2 })
    onto.text({ x: x + sample + 6, y: y + height / 2 }, 'left', [text], {
      size: FONT.small,
      colour: onto.colour.quiet,
    })
    x += needed + 20
  }
  return y + height
}

const drawLines = (onto: Drawing, { x, y }: Point, text: string, width: number, letters: Letters): number => {
  const lines = wrapped(text, width, letters.size, letters.bold)
  const height = lines.length * letters.size * SIZE.line
  onto.text({ x, y: y + height / 2 }, 'left', lines, letters)
  return y + height
}
