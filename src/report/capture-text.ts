/** The result of judging a capture as text. */
import type { ChildSa } from '../capture/child-sa.ts'
import type { Finding } from '../capture/findings.ts'
import type { Silence, Takeover } from '../capture/members.ts'
import { SKIPPED, type Skipped } from '../capture/packets.ts'
import type { Damage } from '../capture/records.ts'
import type { CaptureResult, Judged } from '../capture/result.ts'
import { stories } from './capture-story.ts'
import { bytesText, counted, folded, grouped, tabledWithin } from './columns.ts'
import { traceText } from './trace-text.ts'

/** SAs that are listed; the others are counted. */
const MOST_ROWS = 40

/** Writes a result as text of at most `columns`, where tables allow it. Ends in a newline. */
export const captureText = (
  file: string,
  result: CaptureResult,
  undecidable: readonly (readonly [labels: string, reason: string])[],
  columns: number,
): string => {
  const sections = [
    headOf(file, result, columns),
    childSaLines(result, columns),
    ikeSaLines(result, columns),
    takeoverLines(result, columns),
    clearLines(result, columns),
    noteLines(result, columns),
    verdictLines(result, columns),
    undecidableLines(undecidable, columns),
    ...stories(file, result).map(({ trace, caption }) => [traceText(trace, caption).trimEnd()]),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

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
  return [
    `${file}: ${counted(frames, 'frame')} in ${seconds.toFixed(1)} s: ${kinds.join(', ')}`,
    ...(passed.length > 0 ? folded(`passed over: ${passed.join(', ')}`, columns, '  ') : []),
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

/** A line under a heading. */
const indented = (text: string, columns: number): readonly string[] =>
  folded(text, columns - 2, '  ').map((line) => `  ${line}`)

const more = (count: number): readonly string[] =>
  count > MOST_ROWS ? [`... and ${grouped(count - MOST_ROWS)} more`] : []

const childSaLines = ({ childSas }: CaptureResult, columns: number): readonly string[] => {
  if (childSas.length === 0) return []
  const rows = childSas
    .slice(0, MOST_ROWS)
    .map((sa) => [
      sa.name,
      ...[sa.packets, sa.copies, sa.lost, sa.reordered, sa.reused, sa.ivsRepeated].map(grouped),
      (sa.cipher ? `${sa.cipher}, ` : '') +
        sa.iv.class +
        (sa.iv.instances > 1 ? `, ${sa.iv.instances} masks` : ''),
      membersText(sa),
    ])
  const head = ['Child SA', 'packets', 'copies', 'lost', 'late', 'reused', 'IV again', 'IV', 'members']
  return [...tabledWithin([head, ...rows], '<>>>>>><<', columns), ...more(childSas.length)]
}

const membersText = ({ changes, changeCount, wraps }: ChildSa): string => {
  const names = [...new Set(changes.flatMap(({ from, to }) => [from, to]))].join(', ')
  return [
    changeCount === 0 ? 'one' : `${names}: ${counted(changeCount, 'change')}`,
    ...(wraps > 0 ? ['low half started again: extended numbers'] : []),
  ].join('; ')
}

const ikeSaLines = ({ ikeSas }: CaptureResult, columns: number): readonly string[] => {
  if (ikeSas.length === 0) return []
  const rows = ikeSas
    .slice(0, MOST_ROWS)
    .map((sa) => [
      sa.name,
      `${sa.initiator} to ${sa.responder}`,
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
  return [...tabledWithin([head, ...rows], '<<>>>><', columns), ...more(ikeSas.length)]
}

const takeoverLines = (result: CaptureResult, columns: number): readonly string[] =>
  result.takeovers.flatMap((takeover) => oneTakeover(takeover, result, columns))

const oneTakeover = (takeover: Takeover, { start }: CaptureResult, columns: number): readonly string[] => {
  const { address, from, to, isReturn, turns, signs, silences } = takeover
  const at = (time: number): string => `${(time - start).toFixed(3)} s`
  const [first, last] = [signs[0]!, signs.at(-1)!]
  const heading =
    from === to
      ? `Sign of another member at ${address}`
      : `Takeover at ${address} from ${from} to ${to}${isReturn ? ', which had it before' : ''}, ${at(first.time)} to ${at(last.time)}`
  return [
    heading,
    ...signs.flatMap(({ frame, time, text }) => indented(`frame ${frame}, ${at(time)}: ${text}`, columns)),
    ...(turns > 1 ? indented(`both send: ${counted(turns, 'change')} from one to the other`, columns) : []),
    ...silences.flatMap((silence) => indented(silenceText(silence), columns)),
  ]
}

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
  return findings.map((finding, i) => [i === 0 ? label : '', i === 0 ? verdict : '', findingText(finding)])
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
