/**
 * Where everything stands in a laned diagram. Each event has a band of its own in its row, as high as its text,
 * so no two texts can meet; lanes stand as far apart as the texts between them need.
 */
import { printable } from '../../modelling/printable.ts'
import type { Trace } from '../../search/engine/path.ts'
import { type Stretch, stretchesOf } from '../trace/folds.ts'
import { type Happening, happeningsOf } from '../trace/happenings.ts'
import type { Insight } from '../trace/insight.ts'
import { widthOf, wrapped } from './text-width.ts'
import { FONT, SIZE } from './theme.ts'

/** A receipt so few steps after its send is not told again what was sent. */
const NEAR = 2

/** One event with its place. */
export interface Slot {
  readonly happening: Happening
  /** The text at the event, in lines; none for a plain receipt. */
  readonly lines: readonly string[]
  /** Where arrows begin and end, or the middle of a mark. */
  readonly y: number
}

/** What is new about the state of a lane. */
export interface Status {
  readonly lane: string
  readonly lines: readonly string[]
  /** 1 right of the lane, -1 left, where no arrow begins. */
  readonly side: -1 | 1
  /** The top of the text. */
  readonly y: number
}

/** One step with its place, or a stretch of steps that is left out. */
export interface Row extends Stretch {
  readonly label: readonly string[]
  readonly top: number
  readonly height: number
  readonly slots: readonly Slot[]
  readonly statuses: readonly Status[]
}

/** A whole diagram; y counts from the top of the first row, x from the left edge of the row labels. */
export interface Layout {
  readonly lanes: readonly string[]
  /** The x of the row labels; the step numbers stand left of them. */
  readonly labelX: number
  /** The x of each lane, by its number. */
  readonly xs: readonly number[]
  readonly rows: readonly Row[]
  readonly slots: ReadonlyMap<Happening, Slot>
  /** The events by step and index. */
  readonly story: readonly (readonly Happening[])[]
  readonly width: number
  readonly height: number
}

/** Lays out the laned diagram of a trace; a long one is folded unless every step is wanted. */
export const layoutOf = (trace: Trace, insight: Insight, unfolded: boolean): Layout => {
  const story = happeningsOf(trace)
  const lanes = lanesOf(trace, story.flat())
  const stretches = unfolded
    ? trace.steps.map((_, step) => ({ from: step, to: step }))
    : stretchesOf(trace, insight, story)
  const rows = rowsOf(trace, insight, { story, lanes, stretches })
  const labelX = widthOf(String(trace.steps.length - 1), FONT.row, true) + SIZE.number
  const labels = rows.flatMap(({ label }) => label.map((line) => widthOf(line, FONT.row, true)))
  const left = labelX + Math.max(...labels) + SIZE.number
  const gaps = gapsOf(lanes, rows)
  const spare = (SIZE.picture - left - gaps.reduce((sum, gap) => sum + gap, 0)) / gaps.length
  const xs: number[] = []
  let width = left
  for (const gap of gaps) {
    width += gap + Math.max(spare, 0)
    xs.push(width)
  }
  xs.pop()
  const last = rows.at(-1)
  const slots = new Map(rows.flatMap((row) => row.slots.map((slot) => [slot.happening, slot] as const)))
  // What lies in a row that is left out still ends arrows that come from others, or begins those that go there.
  for (const row of rows)
    for (const happening of story.slice(row.from, row.to + 1).flat())
      if (!slots.has(happening)) slots.set(happening, { happening, lines: [], y: row.top + row.height / 2 })
  return { lanes, labelX, xs, rows, slots, story, width, height: last ? last.top + last.height : 0 }
}

/** The text that an event shows in the diagram. */
const textOf = (happening: Happening): string => {
  switch (happening.shape) {
    case 'receive': {
      const { step, sent, message, again, note } = happening
      const what = sent ? `${sent.text}${again ? ' again' : ''}` : message
      const isNear = sent && !again && step - sent.step <= NEAR
      return [...(isNear ? [] : [what]), ...(note === undefined ? [] : [note])].join(': ')
    }
    case 'lose':
      return happening.sent ? '' : `${happening.message} lost`
    default:
      return happening.text
  }
}

/** On which side of its lane the text of an event stands: 1 right, -1 left, 0 on the lane itself. */
export const sideOf = (lanes: readonly string[], happening: Happening): -1 | 0 | 1 => {
  const toward = (from: string, to: string): -1 | 1 => (lanes.indexOf(to) < lanes.indexOf(from) ? -1 : 1)
  switch (happening.shape) {
    case 'send':
    case 'pass':
      return toward(happening.lane, happening.to)
    case 'receive': {
      const from = happening.sent?.lane
      return from === undefined || from === happening.lane || toward(happening.lane, from) === -1 ? 1 : -1
    }
    default:
      return 0
  }
}

/** The declared lanes, and behind them any that only events name. */
const lanesOf = ({ model }: Trace, story: readonly Happening[]): readonly string[] => {
  const named = story.flatMap((h) => [...('lane' in h ? [h.lane] : []), ...('to' in h ? [h.to] : [])])
  return [...new Set([...(model.events?.lanes ?? []), ...named])]
}

/** What rows are made of. */
interface Matter {
  readonly story: readonly (readonly Happening[])[]
  readonly lanes: readonly string[]
  readonly stretches: readonly Stretch[]
}

const rowsOf = (trace: Trace, insight: Insight, { story, lanes, stretches }: Matter): readonly Row[] => {
  let top = 0
  return stretches.map(({ from, to }) => {
    const slots: Slot[] = []
    let y = top + SIZE.rowPad
    const folded = to > from
    for (const happening of folded ? endsIn(story, { from, to }) : story[from]!) {
      const { shape } = happening
      const text = folded ? '' : textOf(happening)
      const lines = text === '' ? [] : balanced(text, shape === 'mark' ? SIZE.mark : SIZE.text)
      const height = Math.max(SIZE.slot, lines.length * FONT.text * SIZE.line + (shape === 'mark' ? 12 : 5))
      slots.push({ happening, lines, y: shape === 'mark' ? y + height / 2 : y + height - 3 })
      y += height
    }
    const statuses = folded || from === 0 ? [] : statusesOf(trace, { story, lanes }, from, y + 2)
    const statusLines = Math.max(0, ...statuses.map(({ lines }) => lines.length))
    if (statusLines > 0) y += 4 + statusLines * FONT.small * SIZE.line
    const label = folded
      ? wrapped(foldText(insight, { from, to }), SIZE.label, FONT.row)
      : wrapped(trace.steps[from]!.instance.text, SIZE.label, FONT.row, true)
    const height = Math.max(
      slots.length === 0 && statuses.length === 0 ? SIZE.bareRow : SIZE.row,
      y - top + SIZE.rowPad,
      label.length * FONT.row * SIZE.line + 10,
    )
    const row = { from, to, label, top, height, slots, statuses }
    top += height
    return row
  })
}

const foldText = ({ parts }: Insight, { from, to }: Stretch): string => {
  const all = to - from + 1
  const outside = parts.slice(from, to + 1).filter((part) => part === 'outside').length
  const which =
    outside === all ? 'without a part in this' : outside === 0 ? '' : `${outside} without a part in this`
  return `to ${to}: ${all} steps${which === '' ? '' : `, ${which}`}`
}

/** The receipts and losses in a stretch of what was sent before it. */
const endsIn = (story: readonly (readonly Happening[])[], { from, to }: Stretch): readonly Happening[] =>
  story
    .slice(from, to + 1)
    .flat()
    .filter((h) => (h.shape === 'receive' || h.shape === 'lose') && h.sent && h.sent.step < from)

/** What step `step` made new about the lanes. */
const statusesOf = (
  { model, steps }: Trace,
  { story, lanes }: Pick<Matter, 'story' | 'lanes'>,
  step: number,
  y: number,
): readonly Status[] =>
  lanes.flatMap((lane) => {
    const told = (at: number): readonly string[] =>
      (model.events?.status?.(lane, steps[at]!.state.model) ?? []).map(printable)
    const before = told(step - 1)
    const news = told(step).filter((phrase) => !before.includes(phrase))
    if (news.length === 0) return []
    const goesRight = story[step]!.some(
      (h) => h.shape === 'send' && h.lane === lane && sideOf(lanes, h) === 1,
    )
    const side = goesRight ? -1 : 1
    return [{ lane, side, lines: wrapped(news.join(', '), SIZE.status, FONT.small), y }]
  })

/** Text in as few lines as `width` allows, of about one length; only a word wider than that is cut. */
const balanced = (text: string, width: number): readonly string[] => {
  const linesIn = (room: number): readonly string[] => wrapped(text, room, FONT.text, true)
  const longest = Math.max(...text.split(' ').map((word) => widthOf(word, FONT.text, true)))
  let best = linesIn(width)
  for (let room = width - 10; room >= longest; room -= 10) {
    const lines = linesIn(room)
    if (lines.length > best.length) break
    best = lines
  }
  return best
}

/** The room before each lane, and after the last. */
const gapsOf = (lanes: readonly string[], rows: readonly Row[]): readonly number[] => {
  const gaps: number[] = Array.from({ length: lanes.length + 1 }, (_, i) =>
    i === 0 || i === lanes.length ? SIZE.side : SIZE.lane,
  )
  const widen = (gap: number, width: number): void => {
    gaps[gap] = Math.max(gaps[gap]!, width)
  }
  lanes.forEach((lane, i) => {
    const half = headWidth(lane) / 2 + 12
    widen(i, half)
    widen(i + 1, half)
  })
  for (const { happening, lines } of rows.flatMap(({ slots }) => slots)) {
    if (!('lane' in happening)) continue
    const lane = lanes.indexOf(happening.lane)
    const width = Math.max(...lines.map((line) => widthOf(line, FONT.text, true)), 0)
    const side = sideOf(lanes, happening)
    if (side !== 0) widen(side < 0 ? lane : lane + 1, width + 2 * SIZE.inset + 8)
    else for (const gap of [lane, lane + 1]) widen(gap, width / 2 + 2 * SIZE.inset)
  }
  for (const { lane, lines, side } of rows.flatMap(({ statuses }) => statuses)) {
    const width = Math.max(...lines.map((line) => widthOf(line, FONT.small)))
    widen(lanes.indexOf(lane) + (side < 0 ? 0 : 1), width + 2 * SIZE.inset)
  }
  return gaps
}

/** The width of the head of a lane. */
export const headWidth = (lane: string): number => Math.max(64, widthOf(lane, FONT.head, true) + 24)
