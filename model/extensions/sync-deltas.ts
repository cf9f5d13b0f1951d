/**
 * RFC 6311 section 5.2: the peer adds the delta that it is told to the outgoing counter of every child SA. Nothing that
 * was skipped was ever sent, so an attacker has no copy of it.
 */
import type { SetDraft } from '../../src/modelling/draft.ts'
import { range, setOf } from '../../src/modelling/schema.ts'
import type { Constants } from '../constants.ts'
import { highestFromPeer } from '../esp/state.ts'
import type { Packet } from '../extending/hooks.ts'
import { type ClusterDraft, type ClusterView, trafficSasOf } from '../state.ts'

/** What the peer keeps of each child SA: the numbers that it has skipped. */
export const skippedField = (constants: Constants, delta: number) => ({
  skipped: setOf(range(0, delta > 0 ? highestFromPeer(constants) : 0)),
})

interface WithSkipped {
  readonly peer: { readonly child: { readonly [sa: string]: { readonly skipped: SetDraft<number> } } }
}
const skippedOf = (s: object, sa: string): SetDraft<number> => (s as WithSkipped).peer.child[sa]!.skipped

/** Whether a number that is not above the counter was sent: a hook of the peer. */
export const hasSent = (s: object, { sa, sequenceNumber }: Packet): boolean =>
  !skippedOf(s, sa).has(sequenceNumber)

/** Whether the bounds of the search leave room for what is skipped. */
export const canSkip = (constants: Constants, s: object, numbers: number): boolean =>
  trafficSasOf(constants).every(
    (sa) => (s as ClusterView).esp.peer[sa]!.sent + numbers <= highestFromPeer(constants),
  )

/** The peer skips so many numbers; there must be room. */
export const skip = (constants: Constants, d: ClusterDraft, numbers: number): void => {
  for (const sa of trafficSasOf(constants)) {
    if (!d.peer.children.has(sa)) continue
    const own = d.esp.peer[sa]!
    for (let i = 1; i <= numbers; i++) skippedOf(d, sa).add(own.sent + i)
    own.sent += numbers
  }
}
