/** Whether the IKE SAs of a capture are behaviours of a scheme, as text and as JSON. */
import type { Possible } from '../../conformance/explain.ts'
import type { SaExplanation } from '../../conformance/explain-sas.ts'
import type { Observed } from '../../conformance/trace.ts'
import { counted, folded, grouped } from '../text/columns.ts'
import { exitLine } from '../text/exit-line.ts'

/** What was asked, and what is said of the whole capture. */
export interface Conformance {
  readonly scheme: string
  readonly verdict: 'explained' | 'not explained' | 'unknown' | 'vacuous'
  /** Why the verdict is not that of the IKE SAs. */
  readonly reason?: string
  readonly sas: readonly SaExplanation[]
  readonly leftOut: number
}

/** Alternatives that are told. */
const MOST_TOLD = 2

export const conformanceText = (file: string, all: Conformance, columns: number, code: number): string => {
  const { scheme, verdict, reason, sas, leftOut } = all
  const head =
    verdict === 'vacuous'
      ? 'no IKE message after the set-up of an IKE SA: there is nothing to explain'
      : `${verdict}${reason === undefined ? '' : `: ${reason}`}`
  const lines = [
    ...folded(`${file} as a behaviour of ${scheme}: ${head}`, columns, '  '),
    ...sas.flatMap((one) => ['', ...saLines(one, columns)]),
    '',
    ...folded(
      `Compared: IKE requests and answers by sender, message ID and content. Left out: ESP, which the monitors judge, and ${counted(leftOut, 'IKE message')} of set-up, further fragments or without protection.`,
      columns,
      '  ',
    ),
    '',
    ...folded(exitLine(code, [exitClause(all)]), columns),
  ]
  return `${lines.join('\n')}\n`
}

/** What the exit code comes from. */
const exitClause = ({ scheme, verdict, sas }: Conformance): string => {
  const of = (wanted: SaExplanation['verdict']): string =>
    `${sas.filter((sa) => sa.verdict === wanted).length} of ${counted(sas.length, 'IKE SA')}`
  if (verdict === 'vacuous') return 'there was nothing to explain'
  if (verdict === 'explained') return `${counted(sas.length, 'IKE SA')} explained by ${scheme}`
  if (verdict === 'not explained') return `${of('not explained')} not explained by ${scheme}`
  return `whether ${scheme} explains the capture is not known`
}

const saLines = (one: SaExplanation, columns: number): readonly string[] => {
  const { sa, trace, verdict, explained, states, limit, certain } = one
  const { events, folded: away } = trace
  const cluster = trace.cluster === 'initiator' ? sa.initiator : sa.responder
  const lines = [
    `${sa.name} of ${cluster}, ${certain ? '' : 'taken for '}the cluster: ${verdict}`,
    ...(away > 0 ? [`${counted(away, 'plain exchange')} before folded away`] : []),
    ...(trace.complete ? [] : ['its set-up is not in the capture: message IDs count from the lowest seen']),
    `${explained} of ${counted(events.length, 'message')} explained, ${counted(states, 'state')} at most at one time`,
  ]
  const next = events[explained]
  if (verdict === 'unknown')
    lines.push(
      trace.stations > 3
        ? `${trace.stations} members speak, and a model has three at most`
        : `more than ${grouped(limit)} states would have had to be kept at ${next ? eventText(next) : 'the end'}; --states allows more`,
    )
  if (verdict === 'not explained' && next) {
    lines.push(...events.slice(Math.max(0, explained - 4), explained).map((event) => `  ${eventText(event)}`))
    lines.push(`> ${eventText(next)}: the first that is not explained`)
    const told = nearest(one, next)
    if (told.length === 0) lines.push('the model allows no further message here')
    else
      lines.push('the model would have allowed instead, nearest first:', ...told.map((text) => `  ${text}`))
  }
  return lines.flatMap((line, i) =>
    folded(line, columns - 2, '    ').map((part) => (i === 0 ? part : `  ${part}`)),
  )
}

const whoOf = ({ sender }: Observed): string => (sender === 'peer' ? 'the peer' : 'the cluster')

const eventText = (event: Observed): string => {
  const { seen, type } = event
  if (!seen) return `before the capture: ${type} of ${whoOf(event)}`
  const station = event.station === undefined ? '' : ` from ${macOf(seen.mac)}`
  return `frame ${seen.frame}: ${whoOf(event)} sends ${type} ${seen.messageId}, ${seen.exchange}${station}`
}

const macOf = (mac: number): string =>
  mac
    .toString(16)
    .padStart(12, '0')
    .replace(/..(?!$)/g, '$&:')

/** What the model could have sent, each once in words. */
export const alternatives = (one: SaExplanation): readonly string[] => {
  const next = one.trace.events[one.explained]
  return next ? wordsOf(one, next) : []
}

const nearest = (one: SaExplanation, next: Observed): readonly string[] => {
  const words = wordsOf(one, next)
  const more = words.length - MOST_TOLD
  return [...words.slice(0, MOST_TOLD), ...(more > 0 ? [`and ${more} more (--json lists them)`] : [])]
}

const wordsOf = (one: SaExplanation, next: Observed): readonly string[] => [
  ...new Set(
    [...one.possible]
      .sort((a, b) => distance(a, next) - distance(b, next))
      .map((possible) => possibleText(one, possible)),
  ),
]

/** Which end sends weighs most, then who asked, then which member it is, then its number and content. */
const distance = (possible: Possible, next: Observed): number => {
  const { sent, binding } = possible
  const station = binding.get(`member ${sent.sender}`)
  const same = next.station === undefined || binding.get(`station ${next.station}`) === sent.sender
  return (
    ((sent.sender === 'P') === (next.sender === 'peer') ? 0 : 1000) +
    (sent.type === next.type ? 0 : 400) +
    (sent.initiator === next.initiator ? 0 : 200) +
    (same || station === undefined ? 0 : 100) +
    Math.min(49, 2 * Math.abs(sent.messageId - next.messageId)) +
    (contentOf(possible) === undefined ? 0 : 25)
  )
}

/** What the capture called the content of a message; undefined: nothing that it has shown. */
const contentOf = ({ sent, binding }: Possible): string | undefined =>
  binding.get(
    sent.type === 'request'
      ? `task ${sent.initiator} ${sent.task}`
      : `latest ${sent.initiator} ${sent.messageId} ${sent.task} ${sent.by}`,
  )

const possibleText = ({ trace }: SaExplanation, possible: Possible): string => {
  const { sent, binding } = possible
  const id = trace.idOnWire(sent.initiator, sent.messageId)
  const mac = binding.get(`member ${sent.sender}`)
  const who =
    sent.sender === 'P'
      ? 'the peer'
      : mac !== undefined
        ? `the member ${macOf(Number(mac))}`
        : trace.stations > 0
          ? 'another member'
          : 'the cluster'
  const content = contentOf(possible)
  const before = trace.events.find((e) => e.type === sent.type && e.content === content)
  const what =
    content === undefined
      ? 'with content of its own'
      : before?.seen
        ? `again as in frame ${before.seen.frame}`
        : 'again as before the capture'
  return `${who} sends ${sent.type} ${id} ${what}`
}

/** The same for machines; its form is numbered. */
export const conformanceJson = (file: string, { scheme, verdict, reason, sas, leftOut }: Conformance) => ({
  schemaVersion: 1,
  command: 'capture --scheme',
  file,
  scheme,
  verdict,
  ...(reason !== undefined && { reason }),
  leftOut,
  ikeSas: sas.map((one) => {
    const { sa, trace, explained, states, limit, certain } = one
    const next = trace.events[explained]
    return {
      name: sa.name,
      cluster: trace.cluster === 'initiator' ? sa.initiator : sa.responder,
      clusterIsCertain: certain,
      verdict: one.verdict,
      foldedExchanges: trace.folded,
      setUpSeen: trace.complete,
      messages: trace.events.length,
      explained,
      states,
      limit,
      ...(one.verdict === 'not explained' && {
        firstUnexplained: { frame: next?.seen?.frame ?? null, text: next ? eventText(next) : '' },
        allowed: alternatives(one),
      }),
    }
  }),
})
