/** Everything that is known of a capture once it has been judged. */
import type { ChildSa } from './esp/child-sa.ts'
import type { ClearPackets } from './esp/cleartext.ts'
import type { Certainty, Finding, Moment } from './evidence/findings.ts'
import type { Takeover } from './evidence/members.ts'
import type { Damage } from './formats/records.ts'
import type { IkeSa } from './ike/ike-sa.ts'
import type { Skipped } from './packets/packets.ts'

/** What helps against a violation. */
export interface Remedy {
  /** One sentence or two. */
  readonly advice: string
  /** A scheme of the matrix in which the property is violated in this way, and one in which it holds. */
  readonly fault: string
  readonly repair: string
}

/** What is said of a property. */
export const CAPTURE_VERDICTS = ['violated', 'undecided', 'sign', 'clean', 'vacuous'] as const
export type CaptureVerdict = (typeof CAPTURE_VERDICTS)[number]

export interface Judged {
  readonly label: string
  readonly name: string
  readonly sentence: string
  readonly source: string
  readonly verdict: CaptureVerdict
  /** The surest of its findings. */
  readonly certainty?: Certainty
  readonly findings: readonly Finding[]
  /** Events that it was told. */
  readonly told: number
  /** Whether its situation arose: mostly, that another member took part. Undefined where none is defined. */
  readonly arose: boolean | undefined
  /** Everything that makes it violated was expected. */
  readonly expected?: boolean
  /** What to do, where something was found. */
  readonly remedy?: Remedy
}

/** Something that a reader should know and that is no violation. */
export interface Note extends Moment {
  readonly text: string
}

/** Everything that is known of a capture. */
export interface CaptureResult {
  readonly frames: number
  /** Time of the first frame, seconds since 1970; 0 when there is none. */
  readonly start: number
  readonly seconds: number
  readonly packets: {
    readonly esp: number
    readonly ike: number
    readonly arp: number
    readonly other: number
  }
  readonly skipped: { readonly [why in Skipped]?: number }
  /** What IKE or ESP may be inside of and could not be opened, by name, with its frames. */
  readonly unopened: Readonly<Record<string, number>>
  readonly damage: Damage
  /** Reading was stopped before the end. */
  readonly interrupted: boolean
  readonly incompleteDatagrams: number
  /** IKE messages that keys have opened. */
  readonly openedMessages: number
  readonly verdicts: readonly Judged[]
  readonly childSas: readonly ChildSa[]
  readonly ikeSas: readonly IkeSa[]
  readonly takeovers: readonly Takeover[]
  /** Addresses of the cluster, and how they are known. */
  readonly cluster: { readonly addresses: readonly string[]; readonly how: string }
  readonly clear: readonly ClearPackets[]
  readonly notes: readonly Note[]
  readonly droppedNotes: number
  /** What had to be left out so that memory stays small. */
  readonly bounds: {
    readonly packets: number
    readonly forgotten: number
    readonly droppedSas: number
    /** Of these, those that are not in the list. */
    readonly unlistedSas: number
    readonly droppedFindings: number
  }
}
