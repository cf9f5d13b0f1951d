/**
 * Where everything stands in a laned diagram. Each event has a band of its own in its row, as high as its text,
 * so no two texts can meet; lanes stand as far apart as the texts between them need.
 */
import { printable } from '../../modelling/printable.ts'
import type { Trace } from '../../search/engine/path.ts'
import { type Stretch, stretchesOf } from '../trace/folds.ts'
import { type Happening, happeningsOf } from '../trace/happenings.ts'
import type { Insight } from '../trace/insight.ts'
import { stepLabel } from '../trace/step-label.ts'
import { widthOf, wrapped } from './text-width.ts'
import { FONT, SIZE } from './theme.ts'

/** A text so near to an arrow looks as if it cut it. */
const NEAR_ARROW = 4

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
  /** What stands at the head of each. */
  readonly heads: readonly string[]
  /** On which side of its lane the text of each event stands; see `sideOf`. */
  readonly sides: ReadonlyMap<Happening, -1 | 0 | 1>
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
  const heads = lanes.map((lane) => trace.model.events?.titles?.[lane] ?? lane)
  const slots = slotsOf(rows, story)
  const placed = (sides: Layout['sides']) => {
    const gaps = gapsOf(lanes, heads, rows, sides)
    const spare = (SIZE.picture - left - gaps.reduce((sum, gap) => sum + gap, 0)) / gaps.length
    const xs: number[] = []
    let width = left
    for (const gap of gaps) {
      width += gap + Math.max(spare, 0)
      xs.push(width)
    }
    xs.pop()
    return { lanes, slots, sides, xs, width }
  }
  const first = placed(new Map(story.flat().map((happening) => [happening, sideOf(lanes, happening)])))
  const sides = asideOf(first, rows, new Set(insight.clash.map(({ step, index }) => story[step]?.[index])))
  const { xs, width } = sides === first.sides ? first : placed(sides)
  const last = rows.at(-1)
  const height = last ? last.top + last.height : 0
  return { lanes, heads, sides, labelX, xs, rows, slots, story, width, height }
}

/** The place of every event. */
const slotsOf = (
  rows: readonly Row[],
  story: readonly (readonly Happening[])[],
): ReadonlyMap<Happening, Slot> => {
  const slots = new Map(rows.flatMap((row) => row.slots.map((slot) => [slot.happening, slot] as const)))
  // What lies in a row that is left out still ends arrows that come from others, or begins those that go there.
  for (const row of rows)
    for (const happening of story.slice(row.from, row.to + 1).flat())
      if (!slots.has(happening)) slots.set(happening, { happening, lines: [], y: row.top + row.height / 2 })
  return slots
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
    case 'lose': {
      const { sent, copy, message } = happening
      return !sent ? `${message} lost` : copy ? `a copy of ${sent.text}` : ''
    }
    default:
      return happening.text
  }
}

/**
 * Sends of one message to several lanes, one after the other, have one text: that of the first, which names them. The number
 * of sends that follow it; -1 for one that follows.
 */
const followersOf = (events: readonly Happening[], index: number): number => {
  const alike = (at: number): boolean => {
    const [one, other] = [events[at], events[at + 1]]
    return (
      one?.shape === 'send' &&
      other?.shape === 'send' &&
      one.lane === other.lane &&
      one.text === other.text &&
      one.to !== other.to
    )
  }
  if (alike(index - 1)) return -1
  let count = 0
  while (alike(index + count)) count += 1
  return count
}

const targetsText = (events: readonly Happening[], index: number, followers: number): string => {
  const names = events.slice(index, index + followers + 1).map((h) => ('to' in h ? h.to : ''))
  return `, to ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** On which side of its lane the text of an event stands: 1 right, -1 left, 0 on the lane itself. */
const sideOf = (lanes: readonly string[], happening: Happening): -1 | 0 | 1 => {
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
    const events = folded ? endsIn(story, { from, to }) : story[from]!
    for (const [index, happening] of events.entries()) {
      const { shape } = happening
      const followers = followersOf(events, index)
      const plain = folded || followers < 0 ? '' : textOf(happening)
      const text = plain !== '' && followers > 0 ? plain + targetsText(events, index, followers) : plain
      const lines = text === '' ? [] : balanced(text, shape === 'mark' ? SIZE.mark : SIZE.text)
      const least = followers < 0 ? SIZE.slot / 2 : SIZE.slot
      const height = Math.max(least, lines.length * FONT.text * SIZE.line + (shape === 'mark' ? 12 : 5))
      slots.push({ happening, lines, y: shape === 'mark' ? y + height / 2 : y + height - 3 })
      y += height
    }
    const statuses = folded || from === 0 ? [] : statusesOf(trace, { story, lanes }, from, y + 2)
    const statusLines = Math.max(0, ...statuses.map(({ lines }) => lines.length))
    if (statusLines > 0) y += 4 + statusLines * FONT.small * SIZE.line
    const label = folded
      ? wrapped(foldText(insight, { from, to }), SIZE.label, FONT.row)
      : wrapped(
          stepLabel(
            trace.steps[from]!.instance.text,
            events.some(({ shape }) => shape === 'receive' || shape === 'lose'),
          ),
          SIZE.label,
          FONT.row,
          true,
        )
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

/** A box, by its edges. */
interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/**
 * The sides of texts, with those on the other side of their lane that would cut an arrow which matters and do not cut one
 * there; the same sides where there is none.
 */
const asideOf = (
  { lanes, slots, sides, xs }: Pick<Layout, 'lanes' | 'slots' | 'sides' | 'xs'>,
  rows: readonly Row[],
  matters: ReadonlySet<Happening | undefined>,
): Layout['sides'] => {
  const xOf = (lane: string): number => xs[lanes.indexOf(lane)]!
  const arrows = [...slots.values()].flatMap(({ happening, y }) => {
    if (happening.shape !== 'receive' || !happening.sent) return []
    const { sent, lane } = happening
    const begin = slots.get(sent)
    if (!begin || (!matters.has(happening) && !matters.has(sent))) return []
    return [{ ends: [happening, sent], from: { x: xOf(sent.lane), y: begin.y }, to: { x: xOf(lane), y } }]
  })
  const moved = new Map<Happening, -1 | 1>()
  for (const { happening, lines, y } of rows.flatMap((row) => row.slots)) {
    const side = sides.get(happening) ?? 0
    if (side === 0 || lines.length === 0 || !('lane' in happening)) continue
    const width = Math.max(...lines.map((line) => widthOf(line, FONT.text, true)))
    const x = xOf(happening.lane)
    const boxAt = (way: -1 | 1): Box => {
      const [a, b] = [x + way * (SIZE.inset - NEAR_ARROW), x + way * (SIZE.inset + width + NEAR_ARROW)]
      const bottom = y - 2 + NEAR_ARROW
      const top = bottom - lines.length * FONT.text * SIZE.line - 2 * NEAR_ARROW
      return { left: Math.min(a, b), right: Math.max(a, b), top, bottom }
    }
    const isCut = (way: -1 | 1): boolean =>
      arrows.some(({ ends, from, to }) => !ends.includes(happening as never) && crosses(boxAt(way), from, to))
    const other = side === 1 ? -1 : 1
    if (isCut(side) && !isCut(other)) moved.set(happening, other)
  }
  return moved.size === 0 ? sides : new Map([...sides, ...moved])
}

/** Whether a line meets a box. */
const crosses = (
  { left, right, top, bottom }: Box,
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): boolean => {
  // The part of the line within the heights of the box, and whether that is within its sides.
  const [down, across] = [to.y - from.y, to.x - from.x]
  const at = (y: number): number => (down === 0 ? 0 : Math.min(1, Math.max(0, (y - from.y) / down)))
  if (Math.max(from.y, to.y) < top || Math.min(from.y, to.y) > bottom) return false
  const [a, b] = down === 0 ? [from.x, to.x] : [from.x + across * at(top), from.x + across * at(bottom)]
  return Math.max(a, b) >= left && Math.min(a, b) <= right
}

/** The room before each lane, and after the last. */
const gapsOf = (
  lanes: readonly string[],
  heads: readonly string[],
  rows: readonly Row[],
  sides: Layout['sides'],
): readonly number[] => {
  const gaps: number[] = Array.from({ length: lanes.length + 1 }, (_, i) =>
    i === 0 || i === lanes.length ? SIZE.side : SIZE.lane,
  )
  const widen = (gap: number, width: number): void => {
    gaps[gap] = Math.max(gaps[gap]!, width)
  }
  heads.forEach((head, i) => {
    const half = headWidth(head) / 2 + 12
    widen(i, half)
    widen(i + 1, half)
  })
  for (const { happening, lines } of rows.flatMap(({ slots }) => slots)) {
    if (!('lane' in happening)) continue
    const lane = lanes.indexOf(happening.lane)
    const width = Math.max(...lines.map((line) => widthOf(line, FONT.text, true)), 0)
    const side = sides.get(happening) ?? 0
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
export const headWidth = (head: string): number => Math.max(64, widthOf(head, FONT.head, true) + 24)
