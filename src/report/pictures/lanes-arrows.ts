/** The arrows of a laned diagram: sends to their receipts, losses that end in a cross, sends still under way. */
import type { Happening, Loss, Send } from '../trace/happenings.ts'
import type { Drawing, Point, Stroke } from './drawing.ts'
import type { Layout, Row } from './lanes-layout.ts'
import { SIZE } from './theme.ts'

/** A laned diagram in the making. */
export interface Scene {
  readonly onto: Drawing
  readonly layout: Layout
  /** The y of the first row. */
  readonly top: number
  readonly strong: string
  readonly tint: string
  /** Whether an event is one of those that clash. */
  matters(happening: Happening): boolean
  /** Whether a step plays no part. */
  isOutside(step: number): boolean
}

/** The x of a lane. */
export const laneX = ({ layout }: Scene, lane: string): number => layout.xs[layout.lanes.indexOf(lane)]!

/** Where an event meets its lane. */
export const placeOf = (scene: Scene, happening: Happening & { readonly lane: string }): Point => ({
  x: laneX(scene, happening.lane),
  y: heightOf(scene, happening),
})

/** The cross at which a lost message ends; undefined when the trace does not show its send. */
export const crossOf = (scene: Scene, loss: Loss): Point | undefined =>
  loss.sent && { x: halfWay(scene, loss.sent), y: heightOf(scene, loss) - SIZE.slot / 4 }

/** Draws the arrows that end in a row, and those that begin in it and never end. */
export const drawArrows = (scene: Scene, { from, slots }: Row): void => {
  scene.onto.name(`step ${from}`)
  for (const { happening } of slots) drawArrow(scene, happening)
}

const drawArrow = (scene: Scene, happening: Happening): void => {
  const { onto } = scene
  const stroke = strokeOf(scene, happening)
  const { head: _, ...tail } = stroke
  switch (happening.shape) {
    case 'send': {
      const at = placeOf(scene, happening)
      const end = { x: halfWay(scene, happening), y: at.y + 5 }
      if (happening.fate === 'open') onto.line(at, end, { ...stroke, dash: 'dotted', head: 'vee' })
      break
    }
    case 'receive': {
      const at = placeOf(scene, happening)
      const { sent, again } = happening
      if (sent && scene.matters(sent)) Object.assign(stroke, { colour: scene.strong, width: 2.4 })
      if (!sent) onto.line({ x: at.x - SIZE.elbow, y: at.y }, at, { ...stroke, dash: 'dashed' })
      else drawFull(onto, placeOf(scene, sent), at, again ? { ...stroke, dash: 'dashed' } : stroke)
      break
    }
    case 'lose': {
      const at = crossOf(scene, happening)
      const colour = scene.matters(happening.sent ?? happening) ? scene.strong : onto.colour.lost
      // A copy is not sent again: it has no line from its send.
      if (at && happening.sent && !happening.copy)
        onto.line(placeOf(scene, happening.sent), at, { ...tail, colour, dash: 'dashed' })
      break
    }
    case 'pass': {
      const at = placeOf(scene, happening)
      drawFull(onto, at, { x: laneX(scene, happening.to), y: at.y }, stroke)
    }
  }
}

/** An arrow between lanes, or with an elbow back to its own lane. */
const drawFull = (onto: Drawing, from: Point, to: Point, stroke: Stroke): void => {
  if (from.x !== to.x) {
    onto.line(from, to, stroke)
    return
  }
  const end = { x: to.x, y: to.y === from.y ? to.y + 8 : to.y }
  const elbow = { x: from.x + SIZE.elbow, y: (from.y + end.y) / 2 }
  const { head: _, ...tail } = stroke
  onto.line(from, elbow, tail)
  onto.line(elbow, end, stroke)
}

const strokeOf = (scene: Scene, happening: Happening): Stroke => ({
  head: 'normal',
  colour: colourOf(scene, happening),
  width: scene.matters(happening) ? 2.4 : 1.2,
})

/** The colour of an event: strong where it clashes, faded where it plays no part. */
export const colourOf = ({ matters, isOutside, strong, onto }: Scene, happening: Happening): string =>
  matters(happening) ? strong : isOutside(happening.step) ? onto.colour.faded : onto.colour.ink

const heightOf = ({ layout, top }: Scene, happening: Happening): number =>
  top + layout.slots.get(happening)!.y

/** The x half way to another lane, but never on a lane, where it would look like a receipt. */
const halfWay = (scene: Scene, { lane, to }: Send): number => {
  const [from, end] = [laneX(scene, lane), laneX(scene, to)]
  if (from === end) return from + SIZE.elbow
  const middle = (from + end) / 2
  const near = scene.layout.xs.find((x) => Math.abs(x - middle) < 24)
  return near === undefined ? middle : near + (from < end ? -30 : 30)
}
