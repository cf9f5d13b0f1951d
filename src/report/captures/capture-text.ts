/** The result of judging a capture as text. */
import type { ChildSa } from '../../capture/esp/child-sa.ts'
import type { Finding } from '../../capture/evidence/findings.ts'
import type { Silence, Takeover } from '../../capture/evidence/members.ts'
import { isBlind } from '../../capture/expectations.ts'
import type { Damage } from '../../capture/formats/records.ts'
import { SKIPPED, type Skipped } from '../../capture/packets/packets.ts'
import type { CaptureResult, Judged } from '../../capture/result.ts'
import { bytesText, counted, folded, grouped, tabledWithin } from '../text/columns.ts'
import { traceText } from '../trace-formats/trace-text.ts'
import { sided, sideOf } from './capture-sides.ts'
import { remedyText, stories } from './capture-story.ts'

/** SAs that are listed; the others are counted. */
const MOST_ROWS = 40
/** Signs of one takeover that are listed. */
const MOST_SIGNS = 8

/** Writes a result as text of at most `columns`, where tables allow it, with a line that stands below. Ends in a newline. */
export const captureText = (
  file: string,
  result: CaptureResult,
  undecidable: readonly (readonly [labels: string, reason: string])[],
  columns: number,
  last: string,
): string => {
  const sections = [
    headOf(file, result, columns),
    childSaLines(result, columns),
    ikeSaLines(result, columns),
    clusterLines(result, columns),
    takeoverLines(result, columns),
    clearLines(result, columns),
    noteLines(result, columns),
    verdictLines(result, columns),
    undecidableLines(undecidable, columns),
    ...stories(file, result).map(({ trace, caption }) => [traceText(trace, caption, { columns }).trimEnd()]),
    folded(last, columns),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

/** Lines of any length, for other forms of the result. */
const WIDE = Number.POSITIVE_INFINITY

/** How much was read and what of it: the counts, and a line for all that is to be known besides. */
export const headText = (result: CaptureResult): readonly string[] =>
  headOf('', result, WIDE).map((line) => line.replace(/^: /, ''))

/** A takeover: what shows, and what became of the SAs. */
export const takeoverText = (takeover: Takeover, result: CaptureResult): readonly string[] =>
  oneTakeover(takeover, result, WIDE).map((line) => line.trim())

/** Which side is the cluster, and by what; empty where nothing is to be said. */
export const clusterText = (result: CaptureResult): readonly string[] =>
  clusterLines(result, WIDE).map((line) => line.trim())

/** Every SA in a line each: who sends to whom, and what was found. */
export const sasText = (result: CaptureResult): readonly string[] => {
  const { childSas, ikeSas, cluster } = result
  const children = childSas.map(
    (sa) =>
      `${sa.name}: ${sa.sources.map((source) => sided(source, cluster)).join(', ')} to ${sided(sa.target, cluster)}, ${counted(sa.packets, 'packet')}, ${grouped(sa.reused)} reused, sent by ${membersText(sa, cluster)}`,
  )
  const ikes = ikeSas.map(
    (sa) =>
      `${sa.name}: ${sided(sa.initiator, cluster)} to ${sided(sa.responder, cluster)}, ${counted(sa.messages, 'message')}, ${grouped(sa.unanswered)} unanswered`,
  )
  const all = [...children, ...ikes]
  return all.length > MOST_ROWS
    ? [...all.slice(0, MOST_ROWS), `... and ${grouped(all.length - MOST_ROWS)} more`]
    : all
}

export const clearText = (result: CaptureResult): readonly string[] =>
  clearLines(result, WIDE).map((line) => line.trim())

export const noteText = (result: CaptureResult): readonly string[] =>
  noteLines(result, WIDE).map((line) => line.trim())

const headOf = (file: string, result: CaptureResult, columns: number): readonly string[] => {
  const { frames, seconds, packets, skipped, damage, incompleteDatagrams, bounds } = result
  const kinds = [
    `${grouped(packets.esp)} ESP and AH`,
    `${grouped(packets.ike)} IKE`,
    `${grouped(packets.arp)} ARP`,
    `${grouped(packets.other)} other`,
  ]
  const passed = (Object.keys(SKIPPED) as Skipped[])
    .filter((why) => skipped[why])
    .map((why) => `${grouped(skipped[why]!)} ${SKIPPED[why]}`)
  const counts = `${counted(frames, 'frame')} in ${seconds.toFixed(1)} s: ${kinds.join(', ')}`
  const fits = file.length + 2 + counts.length <= columns
  return [
    ...(fits ? [`${file}: ${counts}`] : [`${file}:`, ...indented(counts, columns)]),
    ...(passed.length > 0 ? folded(`passed over: ${passed.join(', ')}`, columns, '  ') : []),
    ...(Object.keys(result.unopened).length > 0
      ? folded(
          `NOT OPENED: ${Object.entries(result.unopened)
            .map(([name, count]) => `${grouped(count)} ${name}`)
            .join(', ')}; IKE or ESP inside was not judged`,
          columns,
          '  ',
        )
      : []),
    ...(packets.esp + packets.ike === 0
      ? folded('NOTHING JUDGED: no IKE and no ESP was found, so that no verdict says anything', columns, '  ')
      : []),
    ...(result.interrupted ? ['interrupted: verdicts speak of what was read until then'] : []),
    ...(result.openedMessages > 0
      ? [`${counted(result.openedMessages, 'IKE message')} opened with keys`]
      : []),
    ...(incompleteDatagrams > 0
      ? [`fragments are missing of ${counted(incompleteDatagrams, 'datagram')}`]
      : []),
    ...(damage.unreadable > 0
      ? folded(`NOT READ: ${damageText(damage)}; verdicts speak of the rest`, columns, '  ')
      : []),
    ...(bounds.forgotten + bounds.droppedSas + bounds.droppedFindings > 0
      ? folded(
          `memory: ${counted(bounds.forgotten, 'number')} forgotten, ${counted(bounds.droppedSas, 'SA')} and ${counted(bounds.droppedFindings, 'finding')} not kept; of each SA the last ${grouped(bounds.packets)} packets are compared`,
          columns,
          '  ',
        )
      : []),
  ]
}

/** What could not be read. */
export const damageText = ({ unreadable, bytes, cut }: Damage): string =>
  `${counted(unreadable, 'record')} (${bytesText(bytes)})${cut ? ', the capture ends in the middle of one' : ''}`

/** What was not read of a capture, or could not be opened where nothing else was found; undefined when all was. */
export const unreadText = (result: CaptureResult): string | undefined => {
  if (result.damage.unreadable > 0) return damageText(result.damage)
  if (!isBlind(result)) return undefined
  const names = Object.entries(result.unopened).map(([name, count]) => `${grouped(count)} ${name}`)
  const malformed = result.skipped.malformed ? [`${grouped(result.skipped.malformed)} malformed`] : []
  const parts = [...names, ...malformed, ...(result.incompleteDatagrams > 0 ? ['fragments'] : [])]
  return `no IKE and no ESP was found, and something was not opened: ${parts.join(', ')}`
}

/** A line under a heading. */
const indented = (text: string, columns: number): readonly string[] =>
  folded(text, columns - 2, '  ').map((line) => `  ${line}`)

/** A table, or where it is too wide an entry for each row with the columns that say something. */
const listed = (
  rows: readonly (readonly string[])[],
  aligned: string,
  columns: number,
): readonly string[] => {
  const table = tabledWithin(rows, aligned, columns)
  if (table.every((line) => line.length <= columns)) return table
  const [head, ...entries] = rows
  return entries.flatMap(([name, ...cells]) => [
    name!,
    ...indented(
      cells
        .flatMap((cell, i) => (cell === '0' || cell === '' ? [] : [`${head![i + 1]}: ${cell}`]))
        .join('; '),
      columns,
    ),
  ])
}

const more = (count: number): readonly string[] =>
  count > MOST_ROWS ? [`... and ${grouped(count - MOST_ROWS)} more`] : []

const childSaLines = ({ childSas, cluster }: CaptureResult, columns: number): readonly string[] => {
  if (childSas.length === 0) return []
  const rows = childSas
    .slice(0, MOST_ROWS)
    .map((sa) => [
      sa.name,
      ...[sa.packets, sa.copies, sa.lost, sa.reordered, sa.reused, sa.ivsRepeated].map(grouped),
      (sa.cipher ? `${sa.cipher}, ` : '') +
        sa.iv.class +
        (sa.iv.instances > 1 ? `, ${sa.iv.instances} masks` : ''),
      membersText(sa, cluster),
    ])
  const head = ['Child SA', 'packets', 'copies', 'lost', 'late', 'reused', 'IV again', 'IV', 'sent by']
  return [...listed([head, ...rows], '<>>>>>><<', columns), ...more(childSas.length)]
}

const membersText = (
  { sources, changes, changeCount, wraps }: ChildSa,
  cluster: CaptureResult['cluster'],
): string => {
  const names = [...new Set(changes.flatMap(({ from, to }) => [from, to]))]
  const side = sideOf(sources[0]!, cluster)
  const often = changeCount < names.length ? '' : `: ${counted(changeCount, 'change')}`
  return [
    changeCount === 0 ? side || 'one member' : `${side} ${names.join(', ')}${often}`.trimStart(),
    ...(wraps > 0 ? ['low half started again: extended numbers'] : []),
  ].join('; ')
}

const ikeSaLines = ({ ikeSas, cluster }: CaptureResult, columns: number): readonly string[] => {
  if (ikeSas.length === 0) return []
  const rows = ikeSas
    .slice(0, MOST_ROWS)
    .map((sa) => [
      sa.name,
      `${sided(sa.initiator, cluster)} to ${sided(sa.responder, cluster)}`,
      ...[sa.messages, sa.retransmissions, sa.copies, sa.unanswered].map(grouped),
      sa.encryption,
    ])
  const head = [
    'IKE SA',
    'initiator to responder',
    'messages',
    'sent again',
    'copies',
    'unanswered',
    'cipher',
  ]
  return [...listed([head, ...rows], '<<>>>><', columns), ...more(ikeSas.length)]
}

const takeoverLines = (result: CaptureResult, columns: number): readonly string[] =>
  result.takeovers.flatMap((takeover) => oneTakeover(takeover, result, columns))

const clusterLines = ({ cluster, packets }: CaptureResult, columns: number): readonly string[] =>
  packets.esp + packets.ike === 0
    ? []
    : folded(
        cluster.addresses.length === 0
          ? `The cluster: ${cluster.how}; say it with --cluster ADDRESS`
          : `The cluster: ${cluster.addresses.join(', ')}, ${cluster.how}`,
        columns,
        '  ',
      )

const oneTakeover = (
  takeover: Takeover,
  { start, cluster }: CaptureResult,
  columns: number,
): readonly string[] => {
  const { from, to, turns, signs, silences } = takeover
  const at = (time: number): string => `${(time - start).toFixed(3)} s`
  const [first, last] = [signs[0]!, signs.at(-1)!]
  return [
    `${headingOf(takeover, cluster)}${from === to ? '' : `, ${first === last ? at(first.time) : `${at(first.time)} to ${at(last.time)}`}`}`,
    ...signs
      .slice(0, MOST_SIGNS)
      .flatMap(({ frame, time, text }) => indented(`frame ${frame}, ${at(time)}: ${text}`, columns)),
    ...(signs.length > MOST_SIGNS
      ? [
          `  ... and ${counted(signs.length - MOST_SIGNS, 'more sign')}, the last in frame ${last.frame}, ${at(last.time)}`,
        ]
      : []),
    ...(turns > 1 ? indented(`both send: ${counted(turns, 'change')} from one to the other`, columns) : []),
    ...silences.flatMap((silence) => indented(silenceText(silence), columns)),
  ]
}

const headingOf = ({ address, from, to, isReturn }: Takeover, cluster: CaptureResult['cluster']): string => {
  const side = sideOf(address, cluster)
  const at = side === '' ? address : `${address}, the ${side},`
  return from === to
    ? `Sign of another member at ${at.replace(/,$/, '')}`
    : `Takeover at ${at} from ${from} to ${to}${isReturn ? ', which had it before' : ''}`
}

/** A takeover in one clause, with how long the address was silent. */
export const takeoverHeading = (takeover: Takeover, cluster: CaptureResult['cluster']): string =>
  [headingOf(takeover, cluster), ...takeover.silences.slice(0, 1).map(silenceText)].join('; ')

const silenceText = ({ sa, last, first, accepted }: Silence): string => {
  const silent = `${sa ?? 'the address'}: silent from frame ${last.frame} to ${first.frame}, ${(first.time - last.time).toFixed(3)} s`
  if (sa === undefined) return silent
  return accepted
    ? `${silent}; a receiver takes packets again from frame ${accepted.frame} on: outage ${(accepted.time - last.time).toFixed(3)} s`
    : `${silent}; no packet after it is one that a receiver takes for new`
}

const clearLines = ({ clear }: CaptureResult, columns: number): readonly string[] =>
  clear.length === 0
    ? []
    : [
        'In clear from gateway to gateway, where ESP was sent before',
        ...clear.flatMap(({ source, target, count, frames }) =>
          folded(
            `  ${counted(count, 'packet')} from ${source} to ${target}, frames ${frames.join(' ')}${count > frames.length ? ' ...' : ''}`,
            columns,
            '    ',
          ),
        ),
      ]

const noteLines = ({ notes, droppedNotes }: CaptureResult, columns: number): readonly string[] =>
  notes.length === 0
    ? []
    : [
        'Notes',
        ...notes.flatMap(({ frame, text }) => indented(`frame ${frame}: ${text}`, columns)),
        ...(droppedNotes > 0 ? [`  ... and ${grouped(droppedNotes)} more`] : []),
      ]

const verdictLines = ({ verdicts }: CaptureResult, columns: number): readonly string[] => [
  'Verdicts',
  ...tabledWithin(
    verdicts.flatMap((judged) => rowsOf(judged)),
    '<<<',
    columns - 2,
  ).map((line) => `  ${line}`),
]

const rowsOf = (judged: Judged): readonly (readonly string[])[] => {
  const { label, verdict, findings, told, arose } = judged
  if (verdict === 'vacuous') return [[label, verdict, 'nothing of this kind in the capture']]
  if (verdict === 'clean')
    return [
      [
        label,
        verdict,
        `${counted(told, 'event')}${arose === undefined ? '' : arose ? ', its situation arose' : ', its situation did not arise'}`,
      ],
    ]
  const remedy = remedyText(judged)
  return [
    ...findings.map((finding, i) => [
      i === 0 ? label : '',
      i === 0 ? (judged.expected ? 'as expected' : verdict) : '',
      `${finding.expected ? 'expected: ' : ''}${findingText(finding)}`,
    ]),
    ...(remedy === undefined || judged.expected ? [] : [['', '', `What to do: ${remedy}`]]),
  ]
}

const CERTAINTIES: Readonly<Record<string, string>> = {
  certain: '',
  'if counter mode': 'if the cipher is a counter mode: ',
  'unless negotiated again': '',
  undecided: 'undecided: ',
  sign: 'sign: ',
}

/** A finding in one paragraph. */
export const findingText = ({ subject, certainty, evidence, count, frames, first }: Finding): string => {
  const listed = frames.slice(0, 12).join(' ') + (count > 12 ? ' ...' : '')
  const why = evidence === undefined ? '' : ` (${evidence})`
  return `${CERTAINTIES[certainty]}${subject}: ${count > 1 ? `${grouped(count)} times, first: ` : ''}${first.text}${why}${count > 1 ? `; frames ${listed}` : ''}`
}

const undecidableLines = (
  undecidable: readonly (readonly [labels: string, reason: string])[],
  columns: number,
): readonly string[] => [
  'Not decided by a capture without keys',
  ...tabledWithin(undecidable, '<<', columns - 2).map((line) => `  ${line}`),
]
