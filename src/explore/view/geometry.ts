/** Where everything stands in the lanes: time downwards, a band for each event, so that no two texts meet. */
import { stepLabel } from '../../report/trace/step-label.ts'
import type { EventView, StepView } from '../protocol.ts'

/** Estimated widths of a letter, also in bold, and the height of a line, in pixels. */
const LETTER = 7.2
const BOLD = 9.4
const LINE = 17
/** Between a lane and a text beside it. */
const INSET = 9
/** Below this width the label of a step stands above its events. */
const NARROW = 640
const LABELS = 190
const LEAST_GAP = 84
/** Left and right of the words in a mark, with its border. */
const PADDING = 9

/** An event with its place. */
export interface PlacedEvent {
  readonly event: EventView
  readonly step: number
  readonly index: number
  /** Where arrows begin and end, or the middle of a mark. */
  readonly y: number
  /** The top of its text. */
  readonly top: number
  readonly height: number
  readonly text: string
  /** Left and right edges of the room for the text. */
  readonly left: number
  readonly width: number
  readonly align: 'left' | 'right' | 'center'
}

export interface PlacedRow {
  readonly step: number
  readonly top: number
  readonly height: number
  readonly events: readonly PlacedEvent[]
}

export interface Placed {
  readonly rows: readonly PlacedRow[]
  readonly lanes: readonly string[]
  readonly xs: readonly number[]
  readonly width: number
  readonly height: number
  /** The width of the column of labels; 0 where they stand above their events. */
  readonly labels: number
  at(step: number, index: number): PlacedEvent | undefined
}

/** What a step is called beside its events. */
export const labelOf = ({ text, events }: StepView): string =>
  stepLabel(
    text,
    events.some(({ shape }) => shape === 'receive' || shape === 'lose'),
  )

/** Lanes that are declared, and any that only events name. */
export const lanesOf = (declared: readonly string[], steps: readonly StepView[]): readonly string[] => [
  ...new Set([
    ...declared,
    ...steps.flatMap(({ events }) => events.flatMap(({ lane, to }) => [lane, to].flatMap((l) => l ?? []))),
  ]),
]

/** Lays out steps for a container of so many pixels. */
export const placed = (steps: readonly StepView[], lanes: readonly string[], available: number): Placed => {
  const isNarrow = available < NARROW
  const labels = isNarrow ? 0 : LABELS
  const gap = Math.max(LEAST_GAP, (available - labels) / Math.max(1, lanes.length))
  const width = labels + gap * Math.max(1, lanes.length)
  const xs = lanes.map((_, i) => labels + gap * (i + 0.5))
  const xOf = (lane: string | undefined): number => xs[lanes.indexOf(lane ?? '')] ?? labels + gap / 2
  const rows: PlacedRow[] = []
  let y = 0
  steps.forEach((step, number) => {
    const letters =
      labelOf(step).length + 4 + step.violates.reduce((sum, label) => sum + label.length + 10, 0)
    const labelLines = Math.ceil((letters * LETTER * 1.25) / (isNarrow ? width : LABELS - 12))
    const labelHeight = labelLines * LINE + 10
    let at = y + (isNarrow ? labelHeight : 5)
    const events = step.events.map((event, index): PlacedEvent => {
      const text = textOf(event, steps, number)
      const room = roomFor(event, steps, { xOf, labels, width, lanes })
      const isMark = event.shape === 'mark'
      const letter = event.grave || event.clash ? BOLD : LETTER
      const lines = text === '' ? 0 : linesIn(text, (room.width - (isMark ? 2 * PADDING : 0)) / letter)
      const height = lines * LINE + (isMark ? 4 : 0)
      const top = at + 2
      const arrow = isMark ? top + height / 2 : top + height + 5
      at = isMark ? top + height + 4 : arrow + 7
      return { event, step: number, index, text, top, height, y: arrow, ...room }
    })
    const height = Math.max(at - y, isNarrow ? 0 : labelHeight) + 5
    rows.push({ step: number, top: y, height, events })
    y += height
  })
  return { rows, lanes, xs, width, height: y, labels, at: (s, i) => rows[s]?.events[i] }
}

/** Lines that a text takes, of so many letters each, when it is broken between words. */
const linesIn = (text: string, letters: number): number => {
  let lines = 1
  let used = 0
  for (const { length } of text.split(' ')) {
    if (used > 0 && used + 1 + length > letters) {
      lines += 1
      used = 0
    }
    // A word that is too long goes on in further lines.
    lines += Math.max(0, Math.ceil(length / letters) - 1)
    used = used === 0 ? length % Math.max(1, Math.floor(letters)) : used + 1 + length
  }
  return lines
}

/** What stands at an event. */
const textOf = (event: EventView, steps: readonly StepView[], step: number): string => {
  switch (event.shape) {
    case 'receive': {
      const sent = event.sent && steps[event.sent.step]?.events[event.sent.index]
      const isNear = event.sent && !event.again && step - event.sent.step <= 2
      const what = sent ? `${sent.text}${event.again ? ' again' : ''}` : (event.message ?? '')
      return [...(isNear ? [] : [what]), ...(event.text === '' ? [] : [event.text])].join(': ')
    }
    case 'lose':
      return event.sent ? (event.again ? 'a copy is lost' : 'lost') : `${event.text} is lost`
    default:
      return event.text
  }
}

const roomFor = (
  event: EventView,
  steps: readonly StepView[],
  {
    xOf,
    labels,
    width,
    lanes,
  }: {
    readonly xOf: (lane: string | undefined) => number
    readonly labels: number
    readonly width: number
    readonly lanes: readonly string[]
  },
): Pick<PlacedEvent, 'left' | 'width' | 'align'> => {
  const sent = event.sent && steps[event.sent.step]?.events[event.sent.index]
  if (event.shape === 'mark') {
    const x = xOf(event.lane)
    const longest = Math.max(...event.text.split(' ').map(({ length }) => length))
    const half = Math.max(60, (longest * BOLD) / 2 + PADDING, Math.min(x - labels, width - x) - 2)
    const wide = Math.min(half * 2, width - labels)
    return { left: Math.max(labels, Math.min(x - half, width - wide)), width: wide, align: 'center' }
  }
  const lane = event.lane ?? sent?.to
  const other = event.shape === 'receive' || event.shape === 'lose' ? sent?.lane : event.to
  const x = xOf(lane)
  const goesLeft = other !== undefined && other !== lane && lanes.indexOf(other) < lanes.indexOf(lane ?? '')
  return goesLeft
    ? { left: labels, width: Math.max(60, x - INSET - labels), align: 'right' }
    : { left: x + INSET, width: Math.max(60, width - x - INSET - 2), align: 'left' }
}
