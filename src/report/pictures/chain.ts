/** The picture of a trace without wire events, as DOT: a chain of states, each with what its step changed. */
import type { Trace } from '../../search/engine/path.ts'
import type { Caption } from '../trace/caption.ts'
import { changeTexts } from '../trace/changes.ts'
import { cycleIn } from '../trace/cycle.ts'
import type { Drawing } from './drawing.ts'
import { drawReplay, drawTitle } from './frame.ts'
import { widthOf, wrapped } from './text-width.ts'
import { FONT, SIZE, strongOf } from './theme.ts'

const PAD = 10
const ARROW = 34
/** From the left edge of the boxes to the arrows between them. */
const AXIS = 40

/** Draws a trace as a chain of states, as DOT for neato. */
export const chainDot = (onto: Drawing, trace: Trace, caption: Caption): string => {
  const { strong, tint } = strongOf(onto.colour, caption.verdict)
  const boxes = trace.steps.map((_, step) => {
    const changes = changeTexts(trace, step)
    const none = step === 0 ? 'every variable is zero' : 'nothing changes'
    return (changes.length === 0 ? [none] : changes).flatMap((text) => wrapped(text, SIZE.chain, FONT.row))
  })
  const widest = Math.max(...boxes.flat().map((line) => widthOf(line, FONT.row)), 0)
  const boxWidth = Math.max(widest + 2 * PAD, 200)
  const width = Math.max(boxWidth, SIZE.picture)
  let y = drawTitle(onto, trace, caption, width) + 6

  const cycle = cycleIn(trace, caption.property)
  /** The middle of the box where the cycle begins. */
  let begin: number | undefined
  boxes.forEach((lines, step) => {
    const isLast = step === boxes.length - 1
    onto.name(`step ${step}`)
    const action = wrapped(`${step}: ${trace.steps[step]!.instance.text}`, width - AXIS - 10, FONT.text, true)
    const actionHeight = action.length * FONT.text * SIZE.line
    const arrow = step === 0 ? actionHeight + 6 : Math.max(ARROW, actionHeight + 10)
    if (step > 0)
      onto.line(
        { x: AXIS, y },
        { x: AXIS, y: y + arrow },
        { colour: onto.colour.ink, width: 1.2, head: 'normal' },
      )
    onto.text({ x: step === 0 ? 0 : AXIS + 10, y: y + arrow / 2 }, 'left', action, {
      size: FONT.text,
      colour: isLast ? strong : onto.colour.ink,
      bold: true,
    })
    y += arrow
    const textHeight = lines.length * FONT.row * SIZE.line
    const height = textHeight + 2 * PAD
    onto.box({ x: boxWidth / 2, y: y + height / 2 }, boxWidth, height, {
      ...(isLast
        ? { fill: tint, edge: strong, edgeWidth: 2 }
        : { fill: onto.colour.head, edge: onto.colour.lane }),
      round: true,
      id: `row-${step}`,
    })
    onto.text({ x: PAD, y: y + height / 2 }, 'left', lines, { size: FONT.row, colour: onto.colour.ink })
    if (step === cycle) begin = y + height / 2
    y += height
    if (!isLast || begin === undefined || cycle === step) return
    onto.name('cycle')
    const look = { colour: strong, width: 1.8 }
    const [x, end] = [boxWidth + 16, y - height / 2]
    onto.line({ x: boxWidth, y: end }, { x, y: end }, look)
    onto.line({ x, y: end }, { x, y: begin }, look)
    onto.line({ x, y: begin }, { x: boxWidth + 1, y: begin }, { ...look, head: 'normal' })
  })
  drawReplay(onto, { x: 0, y: y + 12 }, caption, width)
  return onto.dot()
}
