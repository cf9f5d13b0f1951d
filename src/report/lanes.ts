/**
 * The laned diagram of a trace, as DOT: lanes side by side, time downwards, a row for each step, messages as arrows
 * from their send to their receipt. A model without wire events gets a chain of states instead.
 */
import type { Trace } from '../search/path.ts'
import { type Caption, changesOf, changeText, lastStepWord } from './caption.ts'
import { chainDot } from './chain.ts'
import { type Drawing, drawing, type Point, type Stroke } from './drawing.ts'
import { drawLegend, drawReplay, drawTitle, type LegendEntry } from './frame.ts'
import type { Happening, Loss, Receipt, Send } from './happenings.ts'
import { headWidth, type Layout, layoutOf, type Row, type Slot, sideOf } from './lanes-layout.ts'
import { COLOUR, FONT, SIZE, strongOf } from './lanes-theme.ts'

/** More rows than this repeat the lane heads at the bottom. */
const TALL = 18

/** Draws a trace as DOT for neato. */
export const lanesDot = (trace: Trace, caption: Caption): string => {
  if (!trace.model.events) return chainDot(trace, caption)
  const layout = layoutOf(trace)
  const onto = drawing()
  const titled = drawTitle(onto, trace, caption, layout.width)
  const top = titled + 12 + SIZE.head + 6
  const picture = pictureOf(onto, trace, caption, layout, top)
  picture.background()
  for (const row of layout.rows) picture.arrows(row)
  for (const row of layout.rows) picture.words(row)
  picture.heads(top - 6 - SIZE.head / 2)
  let bottom = top + layout.height + 10
  if (layout.rows.length > TALL) {
    picture.heads(bottom + SIZE.head / 2)
    bottom += SIZE.head + 10
  }
  bottom = drawLegend(onto, { x: 0, y: bottom }, picture.legend(), layout.width) + 4
  drawReplay(onto, { x: 0, y: bottom }, caption, layout.width)
  return onto.dot()
}

const pictureOf = (onto: Drawing, trace: Trace, caption: Caption, layout: Layout, top: number) => {
  const { lanes, xs, rows, width, height } = layout
  const last = rows.length - 1
  const { strong, pale } = strongOf(caption.verdict)
  const monitored = trace.steps[last]?.violated.has(caption.property) ?? false
  const slots = new Map(rows.flatMap((row) => row.slots.map((slot) => [slot.happening, slot] as const)))

  /** Whether an event is what the trace is about. */
  const matters = ({ step, shape }: Happening): boolean => step === last && (monitored || shape === 'mark')
  const xOf = (lane: string): number => xs[lanes.indexOf(lane)]!
  const yOf = (happening: Happening): number => top + slots.get(happening)!.y
  const placeOf = (happening: Happening & { readonly lane: string }): Point => ({
    x: xOf(happening.lane),
    y: yOf(happening),
  })
  const strokeOf = (happening: Happening, stroke: Partial<Stroke> = {}): Stroke => ({
    colour: matters(happening) ? strong : COLOUR.ink,
    width: matters(happening) ? 2.4 : 1.2,
    head: 'normal',
    ...stroke,
  })

  /** Half way to another lane, but never on a lane, where it would look like a receipt. */
  const halfWay = (from: string, to: string): number => {
    const [a, b] = [xOf(from), xOf(to)]
    if (a === b) return a + 45
    const middle = (a + b) / 2
    const near = xs.find((x) => Math.abs(x - middle) < 24)
    return near === undefined ? middle : near + (a < b ? -1 : 1) * 30
  }

  const arrow = (from: Point, to: Point, stroke: Stroke): void => {
    if (from.x !== to.x) return onto.line(from, to, stroke)
    const elbow = { x: from.x + 45, y: (from.y + to.y) / 2 + (from.y === to.y ? -4 : 0) }
    const { head: _, ...tail } = stroke
    onto.line(from, elbow, tail)
    onto.line(elbow, to, stroke)
  }

  const drawReceipt = (receipt: Receipt): void => {
    const at = placeOf(receipt)
    const from = receipt.sent ? placeOf(receipt.sent) : { x: at.x - 45, y: at.y }
    arrow(from, at, strokeOf(receipt, receipt.again || !receipt.sent ? { dash: 'dashed' } : {}))
  }

  const crossAt = (loss: Loss): Point | undefined =>
    loss.sent && { x: halfWay(loss.sent.lane, loss.sent.to), y: yOf(loss) }

  const drawLoss = (loss: Loss): void => {
    const at = crossAt(loss)
    if (!at || !loss.sent) return
    const { head: _, ...stroke } = strokeOf(loss, { dash: 'dashed', ...(!matters(loss) && { colour: COLOUR.lost }) })
    onto.line(placeOf(loss.sent), at, stroke)
  }

  const drawSend = (send: Send): void => {
    if (send.fate !== 'open') return
    const at = placeOf(send)
    onto.line(at, { x: halfWay(send.lane, send.to), y: at.y + 5 }, strokeOf(send, { dash: 'dotted', head: 'vee' }))
  }

  const arrows = (row: Row): void => {
    onto.name(`step ${row.step}`)
    for (const { happening } of row.slots) {
      if (happening.shape === 'send') drawSend(happening)
      else if (happening.shape === 'receive') drawReceipt(happening)
      else if (happening.shape === 'lose') drawLoss(happening)
      else if (happening.shape === 'pass') {
        const at = placeOf(happening)
        arrow(at, { x: xOf(happening.to), y: at.y }, strokeOf(happening))
      }
    }
  }

  const drawMark = ({ happening, lines, y }: Slot): void => {
    if (happening.shape !== 'mark') return
    const at = { x: xOf(happening.lane), y: top + y }
    const strongly = matters(happening)
    const fill = strongly ? strong : happening.grave ? COLOUR.grave : COLOUR.mark
    const light = strongly || happening.grave
    onto.mark(at, lines, {
      letters: { size: FONT.text, colour: light ? COLOUR.paper : COLOUR.ink, bold: light },
      frame: { fill, edge: light ? fill : COLOUR.lane, round: true },
    })
  }

  return { arrows, drawMark, background() {}, words(_: Row) {}, heads(_: number) {}, legend: () => [] }
}
