/**
 * RFC 6311 section 5.2: the peer adds the delta that it is told to the outgoing counter of every child SA. Nothing that
 * was skipped was ever sent, so an attacker has no copy of it.
 */
import type { SetDraft } from '../../../src/modelling/draft.ts'
import type { Depiction } from '../../../src/modelling/events.ts'
import { monitorOn, type Property } from '../../../src/modelling/property.ts'
import { bool, range, record, setOf } from '../../../src/modelling/schema.ts'
import type { Constants } from '../../constants/constants.ts'
import type { Packet } from '../../extending/hooks.ts'
import { type ClusterDraft, type ClusterView, trafficSasOf } from '../../state/cluster-state.ts'
import { highestFromPeer } from '../../state/esp-counters.ts'
import type { WireEvents } from '../../wire/pictures.ts'

/** How many numbers the peer is told to skip, and how far a member that takes over raises its windows. */
export const DELTA_PARAMETERS = { delta: [6, 2, 4], raise: [6, 'as-configured'] } as const

/**
 * What a delta is for, in whatever exchange it is told. It is claimed where nobody delays packets (A0 and A1), as the
 * raise is: a gap in what arrives widens the lag, and RPL-1 falls with the seventh packet, delta or not.
 */
export const DELTA_CLAIMS = [
  { property: 'RPL-1', claim: 'keeps', schemes: ['inbound-raised'], source: 'RFC 6311 section 5.2' },
  { property: 'RPL-1', claim: 'repairs', schemes: ['esp-as-is'], source: 'RFC 6311 section 5.2' },
  { property: 'SEQ-2i', claim: 'repairs', schemes: ['inbound-raised'], source: 'RFC 6311 section 5.2' },
  { property: 'RCS-1', claim: 'keeps', source: 'RFC 6311 section 5.2' },
] as const

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

/** Numbers are counted only where the peer sends packets. */
const counts = ({ scope }: Constants): boolean => scope.esp.inbound > 0

/** Whether the bounds of the search leave room for what is skipped. */
export const canSkip = (constants: Constants, s: object, numbers: number): boolean =>
  !counts(constants) ||
  trafficSasOf(constants).every(
    (sa) => (s as ClusterView).esp.peer[sa]!.sent + numbers <= highestFromPeer(constants),
  )

/** The peer skips so many numbers; there must be room. */
export const skip = (constants: Constants, d: ClusterDraft, numbers: number): void => {
  if (!counts(constants)) return
  for (const sa of trafficSasOf(constants)) {
    if (!d.peer.children.has(sa)) continue
    const own = d.esp.peer[sa]!
    for (let i = 1; i <= numbers; i++) skippedOf(d, sa).add(own.sent + i)
    own.sent += numbers
  }
}

/** What an observer sees of it. */
export type DeltaEvents = { readonly numbersSkipped: { readonly numbers: number } }

/** How it is drawn. */
export const DELTA_PICTURES = {
  numbersSkipped: ({ numbers }: DeltaEvents['numbersSkipped']): Depiction => ({
    shape: 'mark',
    lane: 'P',
    text: `skips ${numbers} numbers`,
  }),
}

/** RCS-1: what a delta is for. What is sent before the peer has it is the business of SEQ-2i. */
export const deltaProperties: readonly Property[] = [
  monitorOn<WireEvents & DeltaEvents>()('DeltaSuffices', {
    label: 'RCS-1',
    sentence:
      'No member drops because of its number what the peer sends after it has skipped numbers for that member.',
    source: 'RFC 6311 section 5.2',
    memory: record({ skipped: bool }),
    on: {
      tookOver(memory) {
        memory.skipped = false
      },
      numbersSkipped(memory) {
        memory.skipped = true
      },
      espArrived({ skipped }, { receiver, origin, outcome }, judge) {
        if (!skipped || receiver === 'P' || origin !== 'sent') return
        judge.arose()
        if (outcome === 'stale' || outcome === 'replayed') judge.violated()
      },
    },
  }),
]
