/** What everything that judges a part of a capture shares. */
import type { Monitor } from '../../modelling/property.ts'
import type { Limits } from '../../state/unbounded.ts'
import type { IkePacket } from '../packets/packets.ts'
import type { Findings, Moment } from './findings.ts'
import type { Members } from './members.ts'
import type { Attention } from './monitor-runs.ts'
import type { Negotiations } from './negotiations.ts'
import type { Story } from './recent-frames.ts'
import type { Sides } from './sides.ts'

export interface Scene {
  readonly monitors: readonly Monitor[]
  readonly limits: Limits
  readonly attention: Attention
  readonly findings: Findings
  readonly members: Members
  readonly sides: Sides
  readonly story: Story
  /** Packets that a receiver's window is taken to span. */
  readonly window: number
  /** Which of several captures of one event the packet at hand is from, and how many there are. */
  capture(): number
  /** Whether a frame was earlier than one before it. */
  isDisordered(): boolean
  /** Whether a frame stood alone out of order: it was put where its time says, which may be wrong. */
  isAlone(frame: number): boolean
  /** The frame after which something was not read last: a record, or a frame that makes no sense; -1 if all was. */
  unreadAt(): number
  captures(): number
  readonly negotiations: Negotiations
  /** Told every IKE message that was not captured twice, with a digest of its bytes. */
  readonly observe: ((packet: IkePacket, digest: number) => void) | undefined
  /** Something that is no violation and that a reader should know. */
  note(at: Moment, text: string): void
}
