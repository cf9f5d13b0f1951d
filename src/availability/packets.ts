/**
 * What a failover does to packets from the cluster (RFC 6027 section 3.4): the peer drops what repeats a sequence number.
 * The chain follows IKE; this is a closed form beside it.
 */
import { lagOf } from '../../model/cluster-files/scaling.ts'
import type { Scheme } from '../../model/constants/constants.ts'
import type { Timing } from '../../model/timing/timing.ts'
import type { Measures } from './measures.ts'

/** Why a new member's packets are not taken, and for how long. */
export interface PacketOutage {
  /** Seconds after a failover in which the peer drops every packet from the cluster, on average. */
  readonly seconds: number
  readonly why: string
  /** Packets that a jump makes the peer believe lost: the fewest and the most. Absent where it jumps to no known number. */
  readonly gap?: { readonly least: number; readonly most: number }
}

const none = (why: string): PacketOutage => ({ seconds: 0, why })

/** The new member goes on so many numbers after what it was told, of which up to `lag` were sent. */
const gapOf = (jump: number, lag: number): Pick<PacketOutage, 'gap'> => ({
  gap: { least: Math.max(0, jump - lag), most: jump },
})

/** The scheme with its real period and jump, or those that stand for them. */
export const packetOutage = (
  { synchSas, esp }: Scheme,
  timing: Timing,
  measures: Pick<Measures, 'dooms' | 'alone'>,
): PacketOutage => {
  const { packetRate, childLifetime: life } = timing
  const { period, jump, unread, toldBy, peerAntiReplay } = esp
  if (!synchSas) return none('no SA outlives a failover')
  if (!peerAntiReplay) return none('the peer does not look at sequence numbers')
  if (packetRate === 0) return none('there are no packets')
  if (jump === 'maximum') return none('the number jumps to its maximum, and the SA is rekeyed')
  if (period > 0) {
    const lag = lagOf(period, 0, unread, toldBy)
    const missed = lag - jump
    // The lag is anything up to that; what the jump does not cover has to be sent in vain.
    return missed <= 0
      ? { ...none(`a jump of ${jump} packets covers the largest lag, ${lag}`), ...gapOf(jump, lag) }
      : {
          ...gapOf(jump, lag),
          // Not longer than where nothing is told.
          seconds: Math.min(missed ** 2 / (2 * lag) / packetRate, life / 4),
          why: `a jump of ${jump} packets is less than the largest lag, ${lag}`,
        }
  }
  if (jump >= packetRate * life) return none('the jump is wider than what a child SA ever sends')
  // On an SA of age a, the new member begins at 1 and sends for a in vain, or until the SA is rekeyed: min(a, life - a) is
  // anything from 0 to life / 2. A doomed IKE SA is set up anew before that, and its child SA with it.
  const again = Math.min(life / 2, (measures.alone?.ike ?? 0) / Math.max(measures.dooms, 1e-12))
  return {
    seconds: (1 - measures.dooms) * (life / 4) + measures.dooms * (again - again ** 2 / life),
    why: 'its numbers begin at 1, and have to catch up with those of the SA',
  }
}
