/** What an observer sees of ESP, and how it is drawn. */
import type { Depiction } from '../../src/modelling/events.ts'
import type { Address, Member, Party } from '../constants/parties.ts'

/** A packet as seen on the wire. */
interface PacketFields {
  readonly sender: Party
  readonly receiver: Party
  readonly sa: string
  readonly sequenceNumber: number
  /** Packets with consecutive numbers, of which this is the last. Absent: one. */
  readonly count?: number
}

export type EspEvents = {
  /** A party sends a packet; what stands before the IV, and the IV. */
  readonly espSent: PacketFields & {
    /** The IKE SA under which the child SA is. */
    readonly ike: string
    /** The address that it comes from; a peer has but one. */
    readonly source: Address | 'peer'
    readonly ivPrefix: string
    readonly iv: number
  }
  /**
   * A packet comes to a party: at once when it is sent, as a copy or after having been held back, or forged.
   * `read`: the number that the receiver took it to have. `spoilt`: a forged packet had moved the window before.
   */
  readonly espArrived: PacketFields & {
    readonly origin: 'sent' | 'copied' | 'forged'
    readonly read: number
    readonly outcome: Outcome
    readonly spoilt: boolean
  }
  /** What a member that begins to act does with its counters. */
  readonly espSkipped: { readonly member: Member; readonly sa: string; readonly sent: number }
  readonly espLearns: { readonly member: Member; readonly sa: string }
  readonly espRaised: { readonly member: Member; readonly sa: string; readonly top: number }
}

const OUTCOME: Readonly<Record<Outcome, string>> = {
  accepted: 'accepted',
  noted: 'noted in the window, but not its own',
  stale: 'dropped as too old',
  replayed: 'dropped as a replay',
  unauthentic: 'dropped, the integrity check fails',
  unknown: 'dropped, no such SA',
  refused: 'refused by an extension',
}

/** What the receiver makes of a packet. */
const outcomeText = ({ origin, outcome, read, sequenceNumber }: EspEvents['espArrived']): string =>
  `${origin === 'copied' ? 'brought by an attacker: ' : ''}${OUTCOME[outcome]}${read === sequenceNumber ? '' : `, read as seq ${read}`}`

const nameOf = ({
  sa,
  sequenceNumber,
  count = 1,
}: Pick<PacketFields, 'sa' | 'sequenceNumber' | 'count'>): string =>
  `ESP ${sa} seq ${count > 1 ? `${sequenceNumber - count + 1} to ` : ''}${sequenceNumber}`

/** A copy looks like the packet of a sender; which of several with one number does not matter. */
const messageOf = ({ sender, sa, sequenceNumber }: PacketFields): string =>
  `${sender === 'P' ? 'from' : 'to'} the peer: ${sa} ${sequenceNumber}`

const ivText = (prefix: string, iv: number): string => (prefix === 'any' ? `IV ${iv}` : `IV ${prefix}:${iv}`)

export const espPictures = {
  espSent: (e: EspEvents['espSent']): Depiction => ({
    shape: 'send',
    lane: e.sender,
    to: e.receiver,
    message: messageOf(e),
    text:
      e.sender === 'P'
        ? nameOf(e)
        : `${nameOf(e)}, ${ivText(e.ivPrefix, e.iv)}${e.source === 'V' ? '' : `, from ${e.source}`}`,
  }),
  espArrived: (e: EspEvents['espArrived']): Depiction =>
    e.origin === 'forged'
      ? { shape: 'pass', lane: 'P', to: e.receiver, text: `forged ${nameOf(e)} (${outcomeText(e)})` }
      : { shape: 'receive', lane: e.receiver, message: messageOf(e), text: outcomeText(e) },
  espSkipped: (e: EspEvents['espSkipped']): Depiction => ({
    shape: 'mark',
    lane: e.member,
    text: `counts on after seq ${e.sent} on child SA ${e.sa}`,
  }),
  espLearns: (e: EspEvents['espLearns']): Depiction => ({
    shape: 'mark',
    lane: e.member,
    text: `takes the next packet on child SA ${e.sa}, whatever its number`,
  }),
  espRaised: (e: EspEvents['espRaised']): Depiction => ({
    shape: 'mark',
    lane: e.member,
    text: `rejects all up to seq ${e.top} on child SA ${e.sa}`,
  }),
}

/** What became of a packet; `noted`: taken into the window of a member whose packet it is not. */
export type Outcome = 'accepted' | 'noted' | 'stale' | 'replayed' | 'unauthentic' | 'unknown' | 'refused'
