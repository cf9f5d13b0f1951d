/** Tells the monitors what a packet of a child SA is, and puts what they find into words. */
import type { Scene } from '../evidence/context.ts'
import type { Certainty, Description, Finding } from '../evidence/findings.ts'
import type { Row } from '../evidence/recent-frames.ts'
import { macText, u32 } from '../formats/bytes.ts'
import type { EspPacket } from '../packets/packets.ts'
import { type ChildState, HALF } from './child-sa.ts'
import type { Print } from './recent-packets.ts'

/** A packet that is no copy of another. */
export interface Judgeable {
  readonly packet: EspPacket
  /** The whole sequence number. */
  readonly number: number
  /** Another packet with the number. */
  readonly known: Print | undefined
  readonly member: string
  /** The highest number before it; -1 for the first packet. */
  readonly highest: number
}

/**
 * Tells the monitors of a packet, and adds what they find. False when they know the number and what it was is
 * forgotten: the packet may be a copy.
 */
export const judgeEsp = (scene: Scene, state: ChildState, judgeable: Judgeable, print: Print): boolean => {
  const { packet, number, known, member, highest } = judgeable
  const { bytes } = packet
  const hasIv = bytes.length >= 16
  const high = hasIv ? u32(bytes, 8) : 0
  // 11 bits and 53: numbers are exact up to there.
  const iv = hasIv ? (high & 0x1fffff) * HALF + u32(bytes, 12) : number
  // Events are written out field by field: a spread takes longer than all the rest.
  const sent = {
    sender: member,
    receiver: 'P',
    sa: 'it',
    sequenceNumber: number,
    ike: 'k0',
    source: 'V',
    ivPrefix: hasIv ? String(high >>> 21) : 'none',
    iv,
  }
  const violated = state.listening.tell('espSent', sent)
  const isOpen = known === undefined && violated.includes('SEQ-1')
  if (!isOpen)
    for (const label of violated) noteSingle(state, judgeable, print, add(scene, state, judgeable, label))

  const behind = highest - number
  const outcome = behind < 0 ? 'accepted' : behind >= scene.window ? 'stale' : known ? 'replayed' : 'accepted'
  const arrived = {
    sender: member,
    receiver: 'P',
    sa: 'it',
    sequenceNumber: number,
    origin: 'sent',
    read: number,
    outcome,
    spoilt: false,
  }
  for (const label of state.listening.tell('espArrived', arrived)) add(scene, state, judgeable, label)
  return !isOpen
}

const certaintyOf = (label: string, state: ChildState, number: number): Certainty => {
  switch (label) {
    case 'SEQ-1':
      return 'certain'
    // Frames may be out of order, and then 0 is what comes after the end of a half of extended numbers.
    case 'SEQ-3':
      return number === 0 && state.changeCount === 0 ? 'sign' : 'certain'
    case 'IV-1':
      return 'if counter mode'
    default:
      return 'sign'
  }
}

const add = (scene: Scene, state: ChildState, judgeable: Judgeable, label: string): Finding | undefined => {
  const { packet, number } = judgeable
  if (label === 'SEQ-1') state.reused += 1
  if (label === 'IV-1') state.ivsRepeated += 1
  const certainty = certaintyOf(label, state, number)
  const told = () => ({ ...toldOf(scene, state, judgeable, label), certainty })
  const finding = scene.findings.add(label, state.name, packet, told, certainty)
  if (label === 'IV-1' && finding && !state.ivFindings.some((known) => known.finding === finding))
    state.ivFindings.push({ finding })
  return finding
}

const noteSingle = (
  state: ChildState,
  { number, known, member }: Judgeable,
  print: Print,
  finding: Finding | undefined,
): void => {
  if (finding?.count !== 1 || (finding.label !== 'SEQ-1' && finding.label !== 'IV-1')) return
  const since = state.changes.at(-1)?.frame ?? -1
  const isOfOne = member === state.member && (known?.frame ?? since) >= since
  state.singles = [...state.singles, { finding, number, print, known, isOfOne }]
}

/** What is told of a packet that clashes, with the frames before it. */
export const toldOf = (
  { story }: Scene,
  state: ChildState,
  { packet, number, known, member, highest }: Judgeable,
  label: string,
): Description => {
  const { frame, time, source, target } = packet
  const before = story.last(8, source, target)
  const row: Row = { frame, time, address: source, member, to: target, text: espText(state, number) }
  const isFar = known && !before.some((row) => row.frame === known.frame)
  const firstUse = {
    ...row,
    frame: known?.frame ?? 0,
    time: undefined,
    member: state.changes[0]?.from ?? member,
  }
  return {
    text: textOf(label, number, packet, known, highest),
    certainty: 'sign',
    story: [...(isFar ? [firstUse] : []), ...before, row],
  }
}

/** A packet in few words. */
export const espText = ({ words }: ChildState, number: number): string => words + number

const textOf = (
  label: string,
  number: number,
  { frame, sourceMac }: EspPacket,
  known: Print | undefined,
  highest: number,
): string => {
  const by = sourceMac < 0 ? '' : ` by ${macText(sourceMac)}`
  switch (label) {
    case 'SEQ-1':
      return known
        ? `sequence number ${number} of frame ${known.frame} is sent again with other content in frame ${frame}${by}`
        : `sequence number ${number} is sent again in frame ${frame}${by}`
    case 'SEQ-3':
      return `sequence number ${number} is sent in frame ${frame}${by}: the counter has started again`
    case 'IV-1':
      return `the IV of ${known ? `frame ${known.frame}` : 'an earlier packet'} is used again in frame ${frame}${by}`
    case 'unclear':
      return `sequence number ${number} of frame ${known?.frame ?? 0} is sent again in frame ${frame}${by}; what was captured of the two is the same, and the rest was not captured: a copy, or the number used again`
    case 'forgotten':
      return `sequence number ${number} in frame ${frame}${by} comes after ${highest}, too late to be compared with what had it before: a copy, or the number used again`
    case 'back':
      return `sequence number ${number} in frame ${frame}${by} comes after ${highest} and is below all that was captured before: what had it was sent before the capture, unless numbers are extended`
    case 'again':
      return `sequence number ${number % HALF} in frame ${frame}${by} comes after ${highest}, near the end of what 32 bits hold, and extended numbers would go on without such a gap: perhaps the counter has started again`
    default:
      return `sequence number ${number} in frame ${frame} comes after ${highest}: a receiver drops it`
  }
}
