/** Tells the monitors what a packet of a child SA is, and puts what they find into words. */
import { macText, u32 } from './bytes.ts'
import { type ChildState, HALF } from './child-sa.ts'
import type { Certainty } from './findings.ts'
import type { EspPacket } from './packets.ts'
import type { Remembered } from './recent.ts'
import type { Scene } from './scene.ts'
import type { Row } from './story.ts'

/** A packet that is no copy of another. */
interface Judgeable {
  readonly packet: EspPacket
  /** The whole sequence number. */
  readonly number: number
  /** Another packet with the number. */
  readonly known: Remembered | undefined
  readonly member: string
  readonly highest: number
}

/** Tells the monitors of a packet, and adds what they find. `highest` is the number before it; -1 for the first. */
export const judgeEsp = (scene: Scene, state: ChildState, judgeable: Judgeable): void => {
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
  for (const label of state.listening.tell('espSent', sent)) add(scene, state, judgeable, label)

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
}

const CERTAINTY: Readonly<Record<string, Certainty>> = {
  'SEQ-1': 'certain',
  'SEQ-3': 'certain',
  'IV-1': 'if counter mode',
}

const add = ({ findings, story }: Scene, state: ChildState, judgeable: Judgeable, label: string): void => {
  const { packet, number, known, member, highest } = judgeable
  const { frame, time, source, target } = packet
  if (label === 'SEQ-1') state.reused += 1
  if (label === 'IV-1') state.ivsRepeated += 1
  const finding = findings.add(label, state.name, packet, () => {
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
      certainty: CERTAINTY[label] ?? 'sign',
      story: [...(isFar ? [firstUse] : []), ...before, row],
    }
  })
  if (label === 'IV-1' && finding && !state.ivFindings.includes(finding)) state.ivFindings.push(finding)
}

/** A packet in few words. */
export const espText = ({ words }: ChildState, number: number): string => words + number

const textOf = (
  label: string,
  number: number,
  { frame, sourceMac }: EspPacket,
  known: Remembered | undefined,
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
    default:
      return `sequence number ${number} in frame ${frame} comes after ${highest}: a receiver drops it`
  }
}
