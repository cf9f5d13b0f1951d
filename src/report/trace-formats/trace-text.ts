/** A trace as text for a terminal of 100 columns: one row per step with its wire events and what it changed. */
import type { Trace } from '../../search/engine/path.ts'
import { type Caption, headline, lastStepText, provenance, replayCommand } from '../trace/caption.ts'
import { changeTexts, memoryChangeTexts } from '../trace/changes.ts'
import { isRepeated } from '../trace/cycle.ts'
import { happeningsOf, happeningText } from '../trace/happenings.ts'
import { insightOf } from '../trace/insight.ts'

const COLUMNS = 100
const LEAST_COLUMNS = 60
/** An action longer than this has its events and changes on the lines below it. */
const MOST_ACTION = 30
const GAP = '   '

/** What else a trace shows. */
export interface TextOptions {
  /** Show what the monitors remember as well. */
  readonly memory?: boolean
  /** Columns of the terminal, where it has fewer than the 100 that a text takes. */
  readonly columns?: number
}

/** Writes a trace as text. Ends in a newline. */
export const traceText = (
  trace: Trace,
  caption: Caption,
  { memory = false, columns = COLUMNS }: TextOptions = {},
): string => {
  const most = Math.max(LEAST_COLUMNS, Math.min(COLUMNS, columns))
  const story = happeningsOf(trace)
  const actions = trace.steps.map(({ instance }) => instance.text)
  const numberWidth = String(trace.steps.length - 1).length
  const actionWidth = Math.max(...actions.map(({ length }) => length).filter((n) => n <= MOST_ACTION), 8)
  const { clash, parts } = insightOf(trace, caption)
  const clashing = new Set(clash.map(({ step }) => step))
  const signOf = (step: number): string =>
    isRepeated(trace, caption.property, step)
      ? '*'
      : clashing.has(step) || step === trace.steps.length - 1
        ? '>'
        : parts[step] === 'outside'
          ? '-'
          : ' '
  const indent = ' '.repeat(2 + numberWidth + 2 + actionWidth + GAP.length)

  const row = (index: number): readonly string[] => {
    const last = index === trace.steps.length - 1
    const head = `${signOf(index)} ${String(index).padStart(numberWidth)}  ${actions[index]!}`
    const width = most - indent.length
    const body = [
      ...story[index]!.flatMap((happening) => flowed([happeningText(happening)], width)),
      ...flowed(changeTexts(trace, index), width),
      ...(memory ? flowed(memoryChangeTexts(trace, index), width) : []),
      ...(last ? flowed([lastStepText(caption)], width) : []),
    ]
    if (head.length > indent.length - GAP.length || body.length === 0)
      return [...broken(head, most, ' '.repeat(6 + numberWidth)), ...body.map((line) => indent + line)]
    return body.map((line, i) => (i === 0 ? head.padEnd(indent.length) : indent) + line)
  }

  const signs = trace.steps.map((_, i) => signOf(i))
  const legend = [
    ...(clashing.size > 0 ? ['> the steps of the events that clash, and the last one'] : []),
    ...(signs.includes('*') ? ['* is repeated for ever'] : []),
    ...(signs.includes('-') ? ['- plays no part in what is shown'] : []),
  ]
  return `${[
    ...heading(trace, caption, most),
    '',
    ...trace.steps.flatMap((_, i) => row(i)),
    ...(legend.length > 0 ? ['', ...flowed(legend, most)] : []),
  ].join('\n')}\n`
}

const heading = (trace: Trace, caption: Caption, most: number): readonly string[] => {
  const first = headline(trace, caption)
  const source = caption.source ?? ''
  const fits = first.length + GAP.length + source.length <= most
  return [
    ...broken(insightOf(trace, caption).sentence.text, most, ''),
    '',
    ...(fits && source !== '' ? [first + source.padStart(most - first.length)] : broken(first, most)),
    ...(fits || source === '' ? [] : broken(source, most)),
    ...(caption.sentence === undefined ? [] : broken(caption.sentence, most)),
    '',
    ...provenance(caption).flatMap(([what, which]) =>
      broken(`${what.padEnd(8)}${which}`, most, ' '.repeat(8)),
    ),
    // However long: a token in two lines cannot be copied.
    `${'replay'.padEnd(8)}${replayCommand(caption)}`,
  ]
}

/** Items side by side while they fit; one that needs several lines has them to itself. */
const flowed = (items: readonly string[], width: number): readonly string[] => {
  const lines: string[] = []
  let open = false
  for (const item of items) {
    const line = lines.at(-1)
    if (open && line !== undefined && line.length + GAP.length + item.length <= width)
      lines[lines.length - 1] = line + GAP + item
    else lines.push(...broken(item, width))
    open = item.length <= width
  }
  return lines
}

/** Where a line may end: before an arrow at best, else after a space, but `from: A` stays together. */
const BREAKS = [/ (?=-> )/g, /(?<!:) /g]

/** Text in lines of at most `width` columns; a word too long for a line is cut. */
const broken = (text: string, width: number, hanging = '  '): readonly string[] => {
  const lines: string[] = []
  let rest = text
  while (rest.length > width) {
    const least = hanging.length + width / 4
    const ends = BREAKS.map((breaks) =>
      [...rest.matchAll(breaks)].map(({ index }) => index).findLast((at) => at > least && at <= width),
    )
    const at = ends.find((end) => end !== undefined) ?? width
    lines.push(rest.slice(0, at).trimEnd())
    rest = hanging + rest.slice(at).trimStart()
  }
  return [...lines, rest]
}
