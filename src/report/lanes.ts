/**
 * The laned diagram of a trace, as DOT: lanes side by side, time downwards, a row for each step, messages as arrows
 * from their send to their receipt. A model without wire events gets a chain of states instead.
 */
import type { Trace } from '../search/path.ts'
import type { Caption } from './caption.ts'
import { chainDot } from './chain.ts'
import { type Drawing, drawing, type Letters, type Point } from './drawing.ts'
import { drawLegend, drawReplay, drawTitle, type LegendEntry } from './frame.ts'
import { crossOf, drawArrows, laneX, type Scene } from './lanes-arrows.ts'
import { headWidth, layoutOf, type Row, type Slot, sideOf } from './lanes-layout.ts'
import { COLOUR, FONT, SIZE, strongOf } from './lanes-theme.ts'
import { widthOf } from './text-width.ts'

/** More rows than this repeat the lane heads at the bottom. */
const TALL = 18

/** Draws a trace as DOT for neato. */
export const lanesDot = (trace: Trace, caption: Caption): string => {
  if (!trace.model.events) return chainDot(trace, caption)
  const onto = drawing()
  const layout = layoutOf(trace)
  const { rows, width } = layout
  const top = drawTitle(onto, trace, caption, width) + 12 + SIZE.head + 4
  const last = trace.steps.length - 1
  const marked = rows[last]?.slots.some(({ happening }) => happening.shape === 'mark')
  const wholeStep = !marked || (trace.steps[last]?.violated.has(caption.property) ?? false)
  const scene: Scene = {
    onto,
    layout,
    top,
    ...strongOf(caption.verdict),
    matters: ({ step, shape }) => step === last && (wholeStep || shape === 'mark'),
  }
  drawGround(scene)
  for (const row of rows) drawArrows(scene, row)
  for (const row of rows) drawWords(scene, row)
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

/** What lies below everything: the band of the last step, lines between steps, lanes, lines of grave marks. */
const drawGround = ({ onto, layout, top, pale }: Scene): void => {
  const { rows, xs, width, height } = layout
  const middle = width / 2
  onto.name('ground')
  rows.forEach((row, i) => {
    const y = top + row.top
    if (i === rows.length - 1)
      onto.box({ x: middle, y: y + row.height / 2 }, width + 12, row.height, { fill: pale })
    onto.line({ x: -6, y }, { x: width + 6, y }, { colour: COLOUR.faint, width: 0.6 })
  })
  for (const x of xs)
    onto.line({ x, y: top - 4 }, { x, y: top + height + 4 }, { colour: COLOUR.lane, width: 1 })
  for (const { happening, y } of layout.slots.values())
    if (happening.shape === 'mark' && happening.grave)
      onto.line(
        { x: xs[0]! - 30, y: top + y },
        { x: width, y: top + y },
        { colour: COLOUR.grave, width: 0.8 },
      )
}

/** The label of a row, and the words at its events. */
const drawWords = (scene: Scene, row: Row): void => {
  const { onto, layout, top, strong, pale } = scene
  const isLast = row.step === layout.rows.length - 1
  onto.name(`step ${row.step}`)
  const y = top + row.top + 5
  const line = FONT.row * SIZE.line
  const letters: Letters = { size: FONT.row, bold: isLast, colour: isLast ? strong : COLOUR.ink }
  onto.text({ x: layout.labelX - SIZE.number, y: y + line / 2 }, 'right', [String(row.step)], letters)
  onto.text({ x: layout.labelX, y: y + (row.label.length * line) / 2 }, 'left', row.label, letters)
  for (const slot of row.slots) drawWord(scene, slot, isLast ? pale : COLOUR.paper)
}

const drawWord = (scene: Scene, { happening, lines, y }: Slot, fill: string): void => {
  const { onto, layout, strong } = scene
  const matters = scene.matters(happening)
  const colour = matters ? strong : COLOUR.ink
  const letters: Letters = { size: FONT.text, bold: matters, colour, fill }
  const middle = scene.top + y - 2 - (lines.length * FONT.text * SIZE.line) / 2
  if (happening.shape === 'mark') {
    drawMark(scene, laneX(scene, happening.lane), y, lines, { grave: happening.grave, matters })
  } else if (happening.shape === 'lose') {
    const cross = crossOf(scene, happening)
    if (cross) drawCross(onto, cross, colour)
    else onto.text({ x: layout.xs[0]! + SIZE.inset, y: middle }, 'left', lines, letters)
  } else if (lines.length > 0) {
    const side = sideOf(layout.lanes, happening)
    const x = laneX(scene, happening.lane) + side * SIZE.inset
    onto.text({ x, y: middle }, side < 0 ? 'right' : 'left', lines, letters)
  }
}

interface Weight {
  readonly grave: boolean
  readonly matters: boolean
}

const drawMark = (
  { onto, top, strong }: Scene,
  x: number,
  y: number,
  lines: readonly string[],
  { grave, matters }: Weight,
): void => {
  const at = { x, y: top + y }
  const bold = grave || matters
  const fill = matters ? strong : grave ? COLOUR.grave : COLOUR.mark
  const width = Math.max(...lines.map((line) => widthOf(line, FONT.text, true))) + 16
  const height = lines.length * FONT.text * SIZE.line + 6
  onto.box(at, width, height, { fill, edge: bold ? fill : COLOUR.lane, round: true })
  onto.text(at, 'middle', lines, { size: FONT.text, bold, colour: bold ? COLOUR.paper : COLOUR.ink })
}

const drawCross = (onto: Drawing, { x, y }: Point, colour: string): void => {
  const arm = SIZE.cross
  for (const way of [1, -1])
    onto.line({ x: x - arm, y: y - arm * way }, { x: x + arm, y: y + arm * way }, { colour, width: 2.2 })
}

const drawHeads = ({ onto, layout }: Scene, y: number): void => {
  onto.name('lanes')
  layout.lanes.forEach((lane, i) => {
    const at = { x: layout.xs[i]!, y }
    onto.box(at, headWidth(lane), SIZE.head, { fill: COLOUR.head, edge: COLOUR.lane, round: true })
    onto.text(at, 'middle', [lane], { size: FONT.head, colour: COLOUR.ink, bold: true })
  })
}

/** Explains the lines that are not plain arrows, where the diagram has them. */
const legendOf = (scene: Scene): readonly LegendEntry[] => {
  const { onto, layout } = scene
  const story = [...layout.slots.keys()]
  const entry = (has: boolean, text: string, draw: LegendEntry['draw']): readonly LegendEntry[] =>
    has ? [{ text, draw }] : []
  return [
    ...entry(
      story.some((h) => h.shape === 'lose'),
      'lost',
      (from, to) => {
        const end = { x: to.x - SIZE.cross, y: to.y }
        onto.line(from, end, { colour: COLOUR.lost, dash: 'dashed', width: 1.2 })
        drawCross(onto, end, COLOUR.ink)
      },
    ),
    ...entry(
      story.some((h) => h.shape === 'receive' && h.again),
      'received again',
      (from, to) => onto.line(from, to, { colour: COLOUR.ink, dash: 'dashed', width: 1.2, head: 'normal' }),
    ),
    ...entry(
      story.some((h) => h.shape === 'receive' && !h.sent),
      'sent before the trace',
      (from, to) => onto.line(from, to, { colour: COLOUR.ink, dash: 'dashed', width: 1.2, head: 'normal' }),
    ),
    ...entry(
      story.some((h) => h.shape === 'send' && h.fate === 'open'),
      'still under way at the end',
      (from, to) => onto.line(from, to, { colour: COLOUR.ink, dash: 'dotted', width: 1.2, head: 'vee' }),
    ),
  ]
}
