/** What is asked of RFC 5723: that a ticket works, that it leaves one IKE SA, and that a copy of it opens nothing. */
import { alwaysPossible, monitorOn } from '../../../src/modelling/property.ts'
import { bool, record } from '../../../src/modelling/schema.ts'
import type { Member } from '../../constants/constants.ts'
import type { ClusterSchema, ClusterView } from '../../state/cluster-state.ts'

/** What an observer sees beside the messages. */
export type Events = {
  readonly ticketIssued: { readonly at: Member }
  /** A member begins to wait for the IKE_AUTH of a peer. */
  readonly halfOpened: { readonly at: Member }
  /** `other`: another member acts that holds the old IKE SA. */
  readonly resumed: { readonly at: Member; readonly other: boolean }
  readonly ticketDropped: { readonly forged: boolean }
}

const monitor = monitorOn<Events & { readonly resumeReceived: { readonly copy: boolean } }>()

/** What the extension adds to a state. */
type Own = { readonly resumed: boolean; readonly peer: { readonly ticket: 'none' | 'held' | 'gone' } }
/** Whether the peer holds an IKE SA. */
export const hasIke = (s: ClusterView): boolean => Object.values(s.peer.ike).some(({ sa }) => sa)

/** RES-0 to RES-2. */
export const RESUMPTION_PROPERTIES = [
  alwaysPossible<ClusterSchema>('TicketStillWorks', {
    label: 'RES-0',
    sentence: 'A peer that has lost its IKE SA and holds a ticket can come to another by it.',
    source: 'RFC 5723 section 1',
    holds: (s) => (s as unknown as Own).resumed,
    whenever: (s) =>
      (s as unknown as Own).peer.ticket !== 'none' && s.spent.renewals === 0 && s.gaveUp && !hasIke(s),
  }),
  monitor('OneSaAfterResumption', {
    label: 'RES-1',
    sentence: 'When a peer has resumed at one member, no other member acts on the old IKE SA.',
    source: 'RFC 5723; RFC 6027 section 3.7',
    memory: record({}),
    on: {
      resumed(_, { other }, judge) {
        judge.arose()
        if (other) judge.violated()
      },
    },
  }),
  monitor('CopyOpensNothing', {
    label: 'RES-2',
    sentence: 'A copy of a ticket that was presented makes no member wait for an IKE_AUTH.',
    source: 'RFC 5723',
    memory: record({ copy: bool }),
    on: {
      resumeReceived(memory, { copy }, judge) {
        memory.copy = copy
        if (copy) judge.arose()
      },
      halfOpened({ copy }, _, judge) {
        if (copy) judge.violated()
      },
    },
  }),
]
