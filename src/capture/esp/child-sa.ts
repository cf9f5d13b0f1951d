/** What is known of one child SA, and how the whole of its sequence numbers is told from the half that is sent. */
import type { Certainty, Description, Finding, Moment } from '../evidence/findings.ts'
import type { Members } from '../evidence/members.ts'
import type { Listening } from '../evidence/monitor-runs.ts'
import type { Exchange, Explained } from '../evidence/negotiations.ts'
import { cipherName, isCounterMode } from '../packets/ciphers.ts'
import type { IvClassifier, IvEvidence } from './iv-class.ts'
import type { Print, RecentPackets } from './recent-packets.ts'

/** A change of the member that sends. */
export interface MemberChange extends Moment {
  readonly from: string
  readonly to: string
  /** The last packet before. */
  readonly last: Moment
  /** The first packet after it that a receiver takes for new. */
  accepted?: Moment
}

/** A forward jump of the sequence number. */
export interface Jump extends Moment {
  readonly skipped: number
}

/** What is known of one child SA. */
export interface ChildSa {
  readonly name: string
  readonly protocol: 'ESP' | 'AH'
  readonly spi: string
  /** The network of those that share the wire; empty where there is one only. */
  readonly network: string
  readonly sources: readonly string[]
  readonly target: string
  /** UDP or TCP ports of both ends. */
  readonly ports?: readonly [source: number, target: number]
  readonly packets: number
  /** Identical copies of packets, which are no reuse. */
  readonly copies: number
  /** Numbers that were passed over and did not come later, jumps apart. */
  readonly lost: number
  readonly reordered: number
  /** Packets with a number that another packet had; and with an IV that another had. */
  readonly reused: number
  readonly ivsRepeated: number
  /** Packets that could not be compared: too far behind, or captured in part. */
  readonly undecided: number
  /** Times that the low half of the number started again, as it may with extended numbers only. */
  readonly wraps: number
  readonly highest: number
  readonly jumps: readonly Jump[]
  readonly iv: IvEvidence
  /** The encryption algorithm, where keys tell. */
  readonly cipher?: string
  readonly changes: readonly MemberChange[]
  readonly changeCount: number
  readonly first: Moment
  readonly last: Moment
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** The same while packets come. */
export interface ChildState
  extends Writable<Omit<ChildSa, 'iv' | 'sources' | 'jumps' | 'changes' | 'network'>> {
  readonly network: string
  readonly sources: string[]
  readonly jumps: Jump[]
  readonly changes: MemberChange[]
  readonly recent: RecentPackets
  /** The latest of those whose number another has had: each of them may be captured twice. */
  again: RecentPackets | undefined
  readonly ivs: IvClassifier
  readonly listening: Listening
  /** Findings about its IVs, and how sure each may be at most whatever the cipher. */
  readonly ivFindings: { readonly finding: Finding; atMost?: Certainty }[]
  /** Others under the same SPI that it may be one SA with. */
  readonly relations: Relation[]
  /** The IKE SA by which it was negotiated, as far as can be seen; and whether another has taken its place. */
  origin: string | undefined
  isPast: boolean
  /** Packets so far; the order of use. */
  used: number
  /** The first number that was seen; the highest of an earlier time that was forgotten, -1 where none was. */
  readonly firstNumber: number
  readonly resumedAfter: number
  /** The Ethernet address that sent last. */
  mac: number
  /** The frame of the last number that follows on from the highest; an exchange after it may have begun what is lower. */
  highestAt: number
  /** The lowest number that was seen. */
  lowest: number
  /** Its numbers start again after something that could not be read. */
  isUnsure: boolean
  /** Findings of which there is one instance so far: one packet may be damaged. */
  singles: readonly Single[]
  /** Findings that the low half of the number starts again although numbers are not extended. */
  wrapFindings: Finding[]
  /** The protocol and the SPI, in front of sequence numbers. */
  readonly words: string
  member: string
  /** Instances of IV generators that have shown themselves, less one. */
  instances: number
}

/** A number or an IV that is used again for the first time. */
export interface Single {
  readonly finding: Finding
  readonly number: number
  readonly print: Print
  /** Another packet with the number. */
  readonly known: Print | undefined
  /** Whether the member is the one that has sent last. */
  readonly isOfOne: boolean
}

/** What clashes if the two are one. */
export interface Clash {
  count: number
  readonly frames: number[]
  readonly first: Description & Moment
}

/** Two streams that may be one SA. */
export interface Relation {
  readonly earlier: ChildState
  readonly later: ChildState
  /** The exchange that may have given the later one a key of its own, and what speaks against it. */
  readonly exchange?: Exchange
  readonly explained?: Explained
  readonly against: (members: Members) => readonly string[]
  /** Which spoke last, and how often that changed without the numbers going on. */
  last: ChildState
  switches: number
  /** Packets with the number and the IV of another, which none that draws its own IVs has. */
  sameIvs: number
  /** Packets of one that the other had sent: the same was captured in two places. */
  copies: number
  numbers?: Clash
  ivs?: Clash
  /** Packets that were captured in part and may be copies. */
  unclear?: Clash
}

/** Changes and jumps that are listed of one SA. */
export const MOST_LISTED = 32
/** The low half is taken to have started again when it goes on within so many numbers. */
const WRAP = 2 ** 24
/** Numbers that the half which is sent can tell apart. */
export const HALF = 2 ** 32

/** The whole number whose low half was sent: the one nearest to the highest so far, unless that is far away. */
export const wholeNumber = (highest: number, low: number): number => {
  const base = highest - (highest % HALF)
  const same = base + low
  if (same < highest && same + HALF - highest < WRAP) return same + HALF
  if (base > 0 && same > highest && highest - (same - HALF) < WRAP) return same - HALF
  return same
}

/**
 * What is told of an SA at the end; findings about its IVs get their certainty. `cipher` is the transform number of its
 * encryption algorithm, where keys tell.
 */
export const summaryOf = (state: ChildState, cipher: number | undefined): ChildSa => {
  const iv: IvEvidence =
    state.protocol === 'AH'
      ? {
          class: 'none',
          instances: 0,
          lengthsFitCbc: false,
          counterMode: 'against',
          text: 'AH encrypts nothing',
        }
      : state.ivs.evidence()
  for (const { finding, atMost } of state.ivFindings) {
    const sure = ivCertainty(iv, cipher)
    finding.evidence = [
      finding.evidence,
      cipher === undefined ? iv.text : `negotiated: ${cipherName(cipher)}`,
    ]
      .filter(Boolean)
      .join('; ')
    finding.certainty = atMost === undefined || ORDER.indexOf(sure) > ORDER.indexOf(atMost) ? sure : atMost
  }
  return {
    name: state.name,
    protocol: state.protocol,
    spi: state.spi,
    network: state.network,
    sources: state.sources,
    target: state.target,
    ...(state.ports && { ports: state.ports }),
    packets: state.packets,
    copies: state.copies,
    lost: state.lost,
    reordered: state.reordered,
    reused: state.reused,
    ivsRepeated: state.ivsRepeated,
    undecided: state.undecided,
    wraps: state.wraps,
    highest: state.highest,
    jumps: state.jumps,
    iv,
    ...(cipher !== undefined && { cipher: cipherName(cipher) }),
    changes: state.changes,
    changeCount: state.changeCount,
    first: state.first,
    last: state.last,
  }
}

/** The surest first. */
const ORDER: readonly Certainty[] = [
  'certain',
  'unless negotiated again',
  'if counter mode',
  'undecided',
  'sign',
  'dismissed',
]

/** How sure it is that an IV which is used twice does harm. */
const ivCertainty = (iv: IvEvidence, cipher: number | undefined): Certainty => {
  if (cipher !== undefined) return isCounterMode(cipher) ? 'certain' : 'dismissed'
  if (iv.class === 'repeating') return iv.counterMode === 'against' ? 'dismissed' : 'sign'
  return iv.counterMode === 'for' ? 'if counter mode' : 'sign'
}
