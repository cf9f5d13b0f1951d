/** The frames around a violation in a capture, as a trace: told and drawn in the same form as a counterexample. */
import type { Finding } from '../../capture/evidence/findings.ts'
import type { Row } from '../../capture/evidence/recent-frames.ts'
import { VIOLATING } from '../../capture/expectations.ts'
import type { CaptureResult, Judged } from '../../capture/result.ts'
import { type Depiction, eventsOf } from '../../modelling/events.ts'
import type { TraceEvent } from '../../modelling/explanation.ts'
import { always } from '../../modelling/property.ts'
import type { record } from '../../modelling/schema.ts'
import type { Trace } from '../../search/engine/path.ts'
import type { Caption } from '../trace/caption.ts'
import { seenTrace } from '../trace/seen-trace.ts'
import { sided } from './capture-sides.ts'

/** One violation, ready to be told. */
export interface CaptureStory {
  readonly trace: Trace
  readonly caption: Caption
}

/** The first instance of everything that is violated, the surest first. */
export const stories = (file: string, result: CaptureResult): readonly CaptureStory[] =>
  result.verdicts
    .filter(({ verdict, expected }) => verdict === 'violated' && !expected)
    .flatMap((judged) => {
      const open = judged.findings.filter(
        ({ certainty, expected }) => !expected && VIOLATING.includes(certainty),
      )
      const finding = open.find(({ certainty }) => certainty === judged.certainty) ?? open[0]!
      return finding.first.story.length === 0 ? [] : [storyOf(file, result, judged, finding)]
    })

/** The surest finding of each property that has a story. */
const storyOf = (file: string, result: CaptureResult, judged: Judged, finding: Finding): CaptureStory => {
  const { story, frame } = finding.first
  const lanes = lanesOf(story, result.cluster)
  const events = eventsOf<{ readonly seen: Row }>(
    lanes.map(({ name }) => name),
    { seen: (row) => depict(row, story, lanes) },
  )
  const property = always<ReturnType<typeof record>>(judged.name, {
    label: judged.label,
    holds: () => false,
    explain: () => ({ text: sentenceOf(finding), events: clashing(story, finding) }),
  })
  const steps = story.map((row) => ({
    text: rowText(row, result),
    events: [row],
    violates: row.frame === frame,
  }))
  return {
    trace: seenTrace({ name: file, action: 'frame', events }, property, steps),
    caption: {
      property: judged.name,
      label: judged.label,
      sentence: judged.sentence,
      source: judged.source,
      verdict: 'violated',
      headline: `${judged.label} ${judged.name} is violated in frame ${frame}`,
      scheme: '',
      token: '',
      origin: [
        ['capture', file],
        ['SA', finding.subject],
      ],
      command: `clustercheck capture ${file}`,
    },
  }
}

/** What clashes, as a sentence. */
const sentenceOf = ({ first: { text }, subject }: Finding): string => `${subject}: ${text}.`

/** The frames that the sentence names, and the last. */
const clashing = (story: readonly Row[], { first: { text, frame } }: Finding): readonly TraceEvent[] => {
  const named = new Set(
    [...text.matchAll(/\bframes? (\d+)/g)].map(([, digits]) => Number(digits)).concat(frame),
  )
  return story.flatMap((row, step) =>
    named.has(row.frame) ? [{ kind: 'seen', event: row, step, index: 0 }] : [],
  )
}

/** What to do about violations of a property, and where the matrix shows it; undefined where nothing is known. */
export const remedyText = ({ label, remedy }: Judged): string | undefined => {
  if (!remedy) return undefined
  const { advice, fault, repair } = remedy
  return `${advice} In the matrix ${fault} has this fault (counterexamples/${fault}-${label.toLowerCase()}.svg of the repository) and ${repair} has not: clustercheck explain ${repair}`
}

const rowText = ({ frame, time }: Row, { start }: CaptureResult): string =>
  time === undefined ? `frame ${frame}` : `frame ${frame}, ${(time - start).toFixed(3)} s`

interface Lane {
  readonly address: string
  readonly member: string
  readonly name: string
}

/** A lane for each member that sends, and one for each address that only receives; who is sent to comes first. */
const lanesOf = (story: readonly Row[], cluster: CaptureResult['cluster']): readonly Lane[] => {
  const last = story.at(-1)!
  const members = new Map<string, Set<string>>([[last.to, new Set()]])
  for (const { address, member, to } of story) {
    if (to !== '' && !members.has(to)) members.set(to, new Set())
    const known = members.get(address) ?? new Set()
    members.set(address, known.add(member))
  }
  return [...members].flatMap(([address, names]) => {
    if (names.size < 2) return [{ address, member: [...names][0] ?? '', name: sided(address, cluster) }]
    return [...names]
      .sort()
      .map((member) => ({ address, member, name: `${sided(address, cluster)} ${member}` }))
  })
}

const depict = (row: Row, story: readonly Row[], lanes: readonly Lane[]): Depiction => {
  const laneOf = (address: string, member: string | undefined): string =>
    (lanes.find((lane) => lane.address === address && lane.member === member) ??
      lanes.find((lane) => lane.address === address))!.name
  const lane = laneOf(row.address, row.member)
  if (row.to === '') return { shape: 'mark', lane, text: row.text, grave: true }
  const before = story.slice(0, story.indexOf(row)).findLast(({ address }) => address === row.to)
  return { shape: 'pass', lane, to: laneOf(row.to, before?.member), text: row.text }
}
