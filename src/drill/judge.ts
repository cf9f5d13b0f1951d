/**
 * What a drill shows: whether real gateways violate what the trace violates. Each property is judged by what can be seen
 * of it from outside: packets at both sides, SAs that both ends list, answers, and what comes of asking once more.
 */
import type { Member } from '../../model/constants/parties.ts'
import type { Driven, Probe } from './drive.ts'
import { messageText, partyText } from './operations.ts'
import type { Plan } from './plan.ts'
import type { Sas } from './protocol.ts'

export const DRILL_VERDICTS = ['reproduced', 'not reproduced', 'not drivable'] as const
export type DrillVerdict = (typeof DRILL_VERDICTS)[number]

/** What one of the captures says of a property. */
export interface CaptureWord {
  readonly capture: 'senders' | 'peer'
  readonly label: string
  readonly verdict: string
  readonly text: string
}

/** How far the scheme of the trace explains what the gateways sent. */
export interface Explained {
  readonly scheme: string
  readonly verdict: 'explained' | 'not explained' | 'unknown' | 'vacuous'
  readonly explained: number
  readonly messages: number
  /** The first message that it does not explain, in words. */
  readonly first?: string
}

/** Child SAs that only one of two ends has. */
export interface Difference {
  readonly member: string
  readonly onlyPeer: number
  readonly onlyMember: number
}

export interface Judgement {
  readonly verdict: DrillVerdict
  /** Sentences, the weightiest first. */
  readonly because: readonly string[]
}

/** By which evidence a property is judged. */
interface Evidence {
  /** Labels of which a violation in a capture shows it. */
  readonly wire?: readonly string[]
  /** Which ends are asked once more, and have to stay without an answer. */
  readonly probes?: readonly ('cluster' | 'peer')[]
  /** The ends' child SAs differ, as in the trace. */
  readonly sas?: true
  /** The last message of the trace is taken for the answer that its receiver waits for. */
  readonly taken?: true
  /** The messages of the trace, all of them, show it: an answer shows that a request was executed. */
  readonly answers?: true
  /** Packets are accepted or not, as in the trace. */
  readonly packets?: true
  /** The next message ID of an end is that of the trace, and the other end does not take it. */
  readonly counters?: true
}

const EVIDENCE: Readonly<Record<string, Evidence>> = {
  'MID-1': { wire: ['MID-1'] },
  'MID-2': { wire: ['MID-2'] },
  'MID-3': { answers: true },
  'MID-4': { wire: ['MID-4'], taken: true },
  'MID-5': { wire: ['MID-5'], answers: true },
  'MID-6': { counters: true, probes: ['cluster', 'peer'] },
  'MID-7': { answers: true },
  'LIV-1c': { probes: ['cluster'] },
  'LIV-1p': { probes: ['peer'] },
  'ANO-1': { wire: ['MID-1', 'MID-2', 'SEQ-1', 'IV-1'], probes: ['peer'] },
  // A member without the SA would set up another, and end that of the peer: it is asked last.
  'LIV-1e': { probes: ['peer', 'cluster'] },
  'CHD-1': { sas: true },
  'SEQ-1': { wire: ['SEQ-1'] },
  'SEQ-2o': { packets: true },
  'SEQ-2i': { packets: true },
  'SEQ-3': { wire: ['SEQ-3'] },
  'ESN-1': { packets: true },
  'IV-1': { wire: ['IV-1'] },
  'SPI-1': { wire: ['SPI-1'] },
  'RPL-1': { packets: true },
  'DoS-1r': { answers: true },
  'DoS-1e': { packets: true },
}

/** Whether anything that can be seen from outside decides a property. */
export const isJudged = (label: string): boolean => Object.hasOwn(EVIDENCE, label)

/** Whether it has to be seen what becomes of the last message of the trace. */
export const watchesLast = (label: string): boolean => EVIDENCE[label]?.taken === true

/** Whether it has to be seen which packets are accepted. */
export const watchesPackets = (label: string): boolean => EVIDENCE[label]?.packets === true

/** Which ends are asked once more for the sake of a property. */
export const probesFor = (label: string, { ends }: Plan): readonly ('cluster' | 'peer')[] => {
  const { probes = [], counters } = EVIDENCE[label] ?? {}
  if (!counters) return probes
  // Of counters that disagree only one direction may.
  return probes.filter((side) =>
    side === 'cluster' ? ends.member?.next !== ends.peer?.expects : ends.peer?.next !== ends.member?.expects,
  )
}

/** The member that acts, or that could. */
const memberOf = ({ ends }: Pick<Plan, 'ends'>): Member | undefined => ends.acting ?? ends.up[0]

/** Child SAs of the peer and of the member that acts, or that could. */
export const differenceOf = (sas: Readonly<Record<string, Sas>>, { ends }: Plan): Difference | undefined => {
  const member = memberOf({ ends })
  const theirs = sas.P
  const mine = member === undefined ? undefined : sas[member]
  if (!member || !theirs?.up || !mine?.up) return undefined
  const key = (a: string, b: string): string => `${a} ${b}`
  const peer = new Set(theirs.children.map((child) => key(child.out, child.in)))
  const own = new Set(mine.children.map((child) => key(child.in, child.out)))
  const only = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
    [...a].filter((one) => !b.has(one)).length
  return { member, onlyPeer: only(peer, own), onlyMember: only(own, peer) }
}

/** What is judged. */
export interface Shown {
  readonly label: string
  readonly plan: Plan
  readonly driven: Driven
  readonly words: readonly CaptureWord[]
  readonly explained: Explained | undefined
}

export const judge = (shown: Shown): Judgement => {
  const { label, driven, explained } = shown
  const evidence = EVIDENCE[label]!
  const found = [
    ...wireEvidence(shown, evidence.wire ?? []),
    ...(evidence.taken ? takenEvidence(shown) : []),
    ...(evidence.sas ? sasEvidence(shown) : []),
    ...(evidence.probes && !evidence.counters ? probeEvidence(shown) : []),
    ...(evidence.counters ? counterEvidence(shown) : []),
    ...(evidence.answers && driven.deviation === undefined
      ? [
          'Every message of the trace was on the wire, from the same sender and under the same message ID; the answers show what was executed.',
        ]
      : []),
    ...(evidence.packets ? packetEvidence(shown) : []),
  ]
  const told = explainedText(explained)
  if (found.length > 0) return { verdict: 'reproduced', because: [...found, ...told] }
  return {
    verdict: 'not reproduced',
    because: [
      driven.deviation ?? `Every operation went as planned, and nothing shows that ${label} is violated.`,
      ...againstText(shown, evidence),
      ...told,
    ],
  }
}

const PLACE = { senders: 'as it was sent', peer: 'at the peer' } as const

const wireEvidence = ({ words }: Shown, labels: readonly string[]): readonly string[] =>
  words
    .filter(({ label, verdict }) => labels.includes(label) && verdict === 'violated')
    .map(({ capture, label, text }) => `${label} is violated on the wire, ${PLACE[capture]}: ${text}.`)

/** An end that still waits for an answer sends its request again. */
const takenEvidence = ({ driven, plan }: Shown): readonly string[] => {
  const { last } = driven
  if (!last || last.again > 0) return []
  const real = differenceOf(driven.sas, plan)
  return [
    `${capital(partyText(last.to))} took ${messageText(last.message)} for the answer to its own request, and sent that no more.`,
    ...(real && real.onlyPeer + real.onlyMember > 0 ? [differenceText(real)] : []),
  ]
}

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1)

const many = (count: number, of: string): string =>
  `${count} child SA${count === 1 ? '' : 's'} only ${of} holds`

const sasEvidence = ({ plan, driven }: Shown): readonly string[] => {
  const real = differenceOf(driven.sas, plan)
  if (!real || driven.deviation !== undefined) return []
  const { onlyPeer, onlyMember } = real
  const isLike = onlyPeer > 0 === plan.ends.onlyPeer > 0 || onlyMember > 0 === plan.ends.onlyMember > 0
  if (onlyPeer + onlyMember === 0 || !isLike) return []
  return [differenceText(real)]
}

const differenceText = ({ onlyPeer, onlyMember, member }: Difference): string => {
  const parts = [
    ...(onlyPeer > 0 ? [many(onlyPeer, 'the peer')] : []),
    ...(onlyMember > 0 ? [many(onlyMember, partyText(member))] : []),
  ]
  return `The ends list other child SAs: ${parts.join(', ')}.`
}

const probeText = ({ side, messageId, requests, answered, note }: Probe): string => {
  const who = side === 'cluster' ? 'The cluster' : 'The peer'
  if (messageId === undefined)
    return `${who} was asked for one more exchange and sent no request on the IKE SA${note === undefined ? '' : ` (${note})`}.`
  return `${who} sent request ${messageId} ${requests} time${requests === 1 ? '' : 's'}, and ${answered ? 'it was answered' : 'it was never answered'}.`
}

const probeEvidence = ({ driven, plan }: Shown): readonly string[] => {
  const { probes, sas } = driven
  /** An end that sends no request is doomed only if it has no IKE SA to send it on. */
  const isSilent = ({ side, answered, messageId }: Probe): boolean => {
    const at = side === 'peer' ? 'P' : memberOf(plan)
    return (
      !answered &&
      (messageId !== undefined || (at !== undefined && sas[at]?.up === true && sas[at].ike.length === 0))
    )
  }
  return probes.length > 0 && probes.every(isSilent) ? probes.map(probeText) : []
}

const counterEvidence = ({ driven, plan }: Shown): readonly string[] =>
  driven.probes
    .filter(
      ({ side, messageId, answered }) =>
        !answered && messageId === (side === 'cluster' ? plan.ends.member : plan.ends.peer)?.next,
    )
    .map(
      (probe) =>
        `${probeText(probe)} The other end expects ${(probe.side === 'cluster' ? plan.ends.peer : plan.ends.member)?.expects ?? 'none, for it has no IKE SA'}.`,
    )

const packetEvidence = ({ driven }: Shown): readonly string[] => {
  const { accepted, deviation } = driven
  if (deviation !== undefined || accepted.length === 0) return []
  return accepted.every(({ expected, observed }) => expected === observed)
    ? [
        `Packets were accepted or not as in the trace: ${accepted.map(({ step, observed }) => `step ${step} ${observed ? 'answered' : 'not answered'}`).join(', ')}.`,
      ]
    : []
}

/** Why what would show it does not. */
const againstText = ({ driven, plan, words }: Shown, evidence: Evidence): readonly string[] => {
  const clean = words.filter(({ label }) => evidence.wire?.includes(label))
  const other = driven.accepted.filter(({ expected, observed }) => expected !== observed)
  const real = evidence.sas ? differenceOf(driven.sas, plan) : undefined
  return [
    ...(clean.length === 0
      ? []
      : [
          `The captures say: ${clean.map((w) => `${w.label} is ${w.verdict} ${PLACE[w.capture]}`).join(', ')}.`,
        ]),
    ...driven.probes.filter(({ answered }) => answered).map(probeText),
    ...(evidence.packets
      ? other.map(
          ({ step, observed }) =>
            `The packets of step ${step} were ${observed ? 'accepted' : 'not accepted'}, other than in the trace.`,
        )
      : []),
    ...(evidence.taken && driven.last && driven.last.again > 0
      ? [
          `${capital(partyText(driven.last.to))} sent its request again after the answer had come: it did not take it.`,
        ]
      : []),
    ...(real && real.onlyPeer + real.onlyMember === 0 ? ['Both ends list the same child SAs.'] : []),
  ]
}

const explainedText = (explained: Explained | undefined): readonly string[] => {
  if (!explained || explained.verdict === 'vacuous') return []
  const { scheme, verdict, messages, first } = explained
  const what = `the ${messages} messages that were sent`
  switch (verdict) {
    case 'explained':
      return [`${scheme} explains every message that was sent.`]
    case 'not explained':
      return [
        `${scheme} explains ${explained.explained} of ${what}${first === undefined ? '' : `; the first that it does not: ${first}`}.`,
      ]
    default:
      return [`Whether ${scheme} explains ${what} is ${verdict}.`]
  }
}
