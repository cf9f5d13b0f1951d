/**
 * The laned diagram of a trace, as DOT: lanes side by side, time downwards, a row for each step, messages as arrows
 * from their send to their receipt. A model without wire events gets a chain of states instead.
 */
import type { Trace } from '../../search/engine/path.ts'
import type { Caption } from '../trace/caption.ts'
import { isRepeated } from '../trace/cycle.ts'
import type { Happening, Mark } from '../trace/happenings.ts'
import { insightOf } from '../trace/insight.ts'
import { chainDot } from './chain.ts'
import { type Drawing, drawing, type Letters, type Point } from './drawing.ts'
import { drawLegend, drawReplay, drawTitle, type LegendEntry } from './frame.ts'
import { colourOf, crossOf, drawArrows, laneX, type Scene } from './lanes-arrows.ts'
import { headWidth, layoutOf, type Row, type Slot } from './lanes-layout.ts'
import { widthOf } from './text-width.ts'
import { FONT, PALETTE, SIZE, strongOf, type Theme } from './theme.ts'

/** More rows than this repeat the lane heads at the bottom. */
const TALL = 18

/** The x of the bracket beside what is repeated. */
const BRACKET = -14

/** How a trace is drawn. */
export interface Look {
  readonly theme: Theme
  /** Every step of a long trace has a row of its own. */
  readonly unfolded: boolean
}

export const LOOK: Look = { theme: 'light', unfolded: false }

/** Draws a trace as DOT for neato. */
export const lanesDot = (trace: Trace, caption: Caption, look: Look = LOOK): string => {
  const onto = drawing(PALETTE[look.theme])
  if (!trace.model.events) return chainDot(onto, trace, caption)
  const insight = insightOf(trace, caption)
  const layout = layoutOf(trace, insight, look.unfolded)
  const { rows, width, story } = layout
  const top = drawTitle(onto, trace, caption, width) + 12 + SIZE.head + 4
  const clash = new Set(insight.clash.map(({ step, index }) => story[step]?.[index]))
  const scene: Scene = {
    onto,
    layout,
    top,
    ...strongOf(onto.colour, caption.verdict),
    matters: (happening) => clash.has(happening),
    isOutside: (step) => insight.parts[step] === 'outside',
  }
  drawGround(scene)
  for (const row of rows) drawArrows(scene, row)
  for (const row of rows) drawWords(scene, row)
  drawCycle(scene, trace, caption)
  drawHeads(scene, top - 4 - SIZE.head / 2)
  let y = top + layout.height + 4
  if (rows.length > TALL) {
    drawHeads(scene, y + SIZE.head / 2)
    y += SIZE.head
  }
  y = drawLegend(onto, { x: 0, y: y + 8 }, legendOf(scene), width)
  drawReplay(onto, { x: 0, y: y + 4 }, caption, width)
  return onto.dot()
}

/** What lies below everything: bands of rows, lines between them, lanes, lines of grave marks. */
const drawGround = ({ onto, layout, top, tint }: Scene): void => {
  const { rows, xs, width, height } = layout
  const middle = width / 2
  onto.name('ground')
  rows.forEach((row, i) => {
    const y = top + row.top
    const { paper, faint, mark } = onto.colour
    const fill = i === rows.length - 1 ? tint : row.to > row.from ? mark : paper
    onto.box({ x: middle, y: y + row.height / 2 }, width + 12, row.height, { fill, id: `row-${row.from}` })
    onto.line({ x: -6, y }, { x: width + 6, y }, { colour: faint, width: 0.6 })
  })
  for (const x of xs)
    onto.line({ x, y: top - 4 }, { x, y: top + height + 4 }, { colour: onto.colour.lane, width: 1 })
  for (const { happening, y, lines } of layout.slots.values())
    if (happening.shape === 'mark' && happening.grave && lines.length > 0)
      onto.line(
        { x: xs[0]! - 30, y: top + y },
        { x: width, y: top + y },
        { colour: onto.colour.grave, width: 0.8 },
      )
}

/** A bracket beside the rows that are repeated for ever. */
const drawCycle = ({ onto, layout, top, strong }: Scene, trace: Trace, { property }: Caption): void => {
  const rows = layout.rows.filter(({ to }) => isRepeated(trace, property, to))
  const [first] = rows
  const last = rows.at(-1)
  if (!first || !last) return
  onto.name('cycle')
  const [from, to] = [top + first.top + 3, top + last.top + last.height - 3]
  const look = { colour: strong, width: 1.8 }
  onto.line({ x: BRACKET + 6, y: to }, { x: BRACKET, y: to }, look)
  onto.line({ x: BRACKET, y: to }, { x: BRACKET, y: from }, look)
  onto.line({ x: BRACKET, y: from }, { x: BRACKET + 6, y: from }, { ...look, head: 'normal' })
}

/** The label of a row, and the words at its events and lanes. */
const drawWords = (scene: Scene, row: Row): void => {
  const { onto, layout, top, strong, tint } = scene
  const isLast = row === layout.rows.at(-1)
  const isFold = row.to > row.from
  const clashes = row.slots.some(({ happening }) => scene.matters(happening) && !isFold)
  const { ink, faded, quiet, paper, mark } = onto.colour
  const fill = isLast ? tint : isFold ? mark : paper
  onto.name(`step ${row.from}`)
  const y = top + row.top + 5
  const line = FONT.row * SIZE.line
  const colour = isLast || clashes ? strong : isFold ? quiet : scene.isOutside(row.from) ? faded : ink
  const letters: Letters = { size: FONT.row, bold: isLast || clashes, colour }
  onto.text({ x: layout.labelX - SIZE.number, y: y + line / 2 }, 'right', [String(row.from)], letters)
  onto.text({ x: layout.labelX, y: y + (row.label.length * line) / 2 }, 'left', row.label, letters)
  for (const slot of row.slots) drawWord(scene, slot, fill)
  for (const { lane, side, lines, y } of row.statuses) {
    const height = lines.length * FONT.small * SIZE.line
    const at = { x: laneX(scene, lane) + side * SIZE.inset, y: top + y + height / 2 }
    onto.text(at, side < 0 ? 'right' : 'left', lines, {
      size: FONT.small,
      colour: scene.isOutside(row.from) ? faded : quiet,
      fill,
    })
  }
}

const drawWord = (scene: Scene, { happening, lines, y }: Slot, fill: string): void => {
  const { onto, layout } = scene
  const matters = scene.matters(happening)
  const colour = colourOf(scene, happening)
  const letters: Letters = { size: FONT.text, bold: matters, colour, fill }
  const middle = scene.top + y - 2 - (lines.length * FONT.text * SIZE.line) / 2
  if (happening.shape === 'mark') {
    if (lines.length > 0)
      drawMark(scene, { x: laneX(scene, happening.lane), y: scene.top + y }, lines, happening)
  } else if (happening.shape === 'lose') {
    const cross = crossOf(scene, happening)
    if (cross) {
      const at = lines.length > 0 ? { x: cross.x, y: middle } : cross
      drawCross(onto, at, colour)
      drawBeside(scene, at, lines, letters)
    } else onto.text({ x: layout.xs[0]! + SIZE.inset, y: middle }, 'left', lines, letters)
  } else if (lines.length > 0) {
    const side = layout.sides.get(happening) ?? 0
    const x = laneX(scene, happening.lane) + side * SIZE.inset
    onto.text({ x, y: middle }, side < 0 ? 'right' : 'left', lines, letters)
  }
}

/** Words beside a cross, within the picture. */
const drawBeside = (
  { onto, layout }: Scene,
  { x, y }: Point,
  lines: readonly string[],
  letters: Letters,
): void => {
  if (lines.length === 0) return
  const width = Math.max(...lines.map((line) => widthOf(line, letters.size, letters.bold)))
  const away = SIZE.cross + 6
  if (x + away + width <= layout.width) onto.text({ x: x + away, y }, 'left', lines, letters)
  else onto.text({ x: x - away, y }, 'right', lines, letters)
}

const drawMark = (scene: Scene, at: Point, lines: readonly string[], mark: Mark): void => {
  const { onto, strong } = scene
  const matters = scene.matters(mark)
  const bold = mark.grave || matters
  const fill = matters ? strong : mark.grave ? onto.colour.grave : onto.colour.mark
  const width = Math.max(...lines.map((line) => widthOf(line, FONT.text, true))) + 16
  const height = lines.length * FONT.text * SIZE.line + 6
  onto.box(at, width, height, { fill, edge: bold ? fill : onto.colour.lane, round: true })
  const colour = bold ? onto.colour.paper : colourOf(scene, mark)
  onto.text(at, 'middle', lines, { size: FONT.text, bold, colour })
}

const drawCross = (onto: Drawing, { x, y }: Point, colour: string): void => {
  const arm = SIZE.cross
  for (const way of [1, -1])
    onto.line({ x: x - arm, y: y - arm * way }, { x: x + arm, y: y + arm * way }, { colour, width: 2.2 })
}

const drawHeads = ({ onto, layout }: Scene, y: number): void => {
  onto.name('lanes')
  layout.heads.forEach((head, i) => {
    const at = { x: layout.xs[i]!, y }
    onto.box(at, headWidth(head), SIZE.head, { fill: onto.colour.head, edge: onto.colour.lane, round: true })
    onto.text(at, 'middle', [head], { size: FONT.head, colour: onto.colour.ink, bold: true })
  })
}

/** Explains the lines that are not plain arrows, where the diagram has them. */
const legendOf = (scene: Scene): readonly LegendEntry[] => {
  const { onto, layout, strong } = scene
  const story = layout.rows.flatMap(({ slots }) => slots.map(({ happening }) => happening))
  const entry = (has: boolean, text: string, draw: LegendEntry['draw']): readonly LegendEntry[] =>
    has ? [{ text, draw }] : []
  /** Whether an arrow belongs to an event. */
  const hasArrow = (h: Happening): boolean =>
    h.shape === 'receive' ||
    h.shape === 'pass' ||
    (h.shape === 'lose' && h.sent !== undefined && !h.copy) ||
    (h.shape === 'send' && h.fate === 'open')
  const clashing = story.filter((h) => scene.matters(h) || ('sent' in h && h.sent && scene.matters(h.sent)))
  const outside = story.filter((h) => scene.isOutside(h.step))
  const lost = story.filter((h) => h.shape === 'lose' && h.sent)
  return [
    ...entry(clashing.some(hasArrow), 'clashes', (from, to) =>
      onto.line(from, to, { colour: strong, width: 2.4, head: 'normal' }),
    ),
    ...entry(clashing.length > 0 && !clashing.some(hasArrow), 'clashes', (from, to) =>
      onto.box({ x: (from.x + to.x) / 2, y: from.y }, to.x - from.x, 9, { fill: strong, round: true }),
    ),
    ...entry(outside.some(hasArrow), 'plays no part', (from, to) =>
      onto.line(from, to, { colour: onto.colour.faded, width: 1.2, head: 'normal' }),
    ),
    ...entry(
      lost.some((h) => h.shape === 'lose' && !h.copy),
      'lost',
      (from, to) => {
        const end = { x: to.x - SIZE.cross, y: to.y }
        onto.line(from, end, { colour: onto.colour.lost, dash: 'dashed', width: 1.2 })
        drawCross(onto, end, onto.colour.ink)
      },
    ),
    ...entry(
      lost.some((h) => h.shape === 'lose' && h.copy),
      'a copy is lost of what came or was lost before',
      (from, to) => drawCross(onto, { x: (from.x + to.x) / 2, y: from.y }, onto.colour.ink),
    ),
    ...entry(
      story.some((h) => h.shape === 'receive' && h.again),
      'received again',
      (from, to) =>
        onto.line(from, to, { colour: onto.colour.ink, dash: 'dashed', width: 1.2, head: 'normal' }),
    ),
    ...entry(
      story.some((h) => h.shape === 'receive' && !h.sent),
      'sent before the trace',
      (from, to) =>
        onto.line(from, to, { colour: onto.colour.ink, dash: 'dashed', width: 1.2, head: 'normal' }),
    ),
    ...entry(
      story.some((h) => h.shape === 'send' && h.fate === 'open'),
      'still under way at the end',
      (from, to) => onto.line(from, to, { colour: onto.colour.ink, dash: 'dotted', width: 1.2, head: 'vee' }),
    ),
  ]
}
