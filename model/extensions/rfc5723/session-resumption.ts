/**
 * RFC 5723: a peer that has lost its IKE SA presents a ticket, and comes to a new one without public-key work.
 *
 * IKE_SESSION_RESUME is followed message by message, for it is not protected; the IKE_AUTH after it is one step, as
 * every set-up of an IKE SA in the base model is. Left out: lifetimes, cookies, and a second ticket.
 */
import { bool, oneOf, range } from '../../../src/modelling/schema.ts'
import type { Member } from '../../constants/constants.ts'
import { extension } from '../../extending/extension.ts'
import { parts } from '../../extending/parts.ts'
import { type ClusterView, FIRST_IKE } from '../../state/cluster-state.ts'
import { type Events, hasIke, RESUMPTION_PROPERTIES } from './resumption-properties.ts'

const scope = {
  probes: { cluster: false, peer: true },
  returns: 0,
  retransmissions: 0,
  network: 2,
  addresses: { packets: 0, renewals: 1 },
} as const

export const sessionResumption = extension({
  name: 'session-resumption',
  about: 'A peer that has lost its IKE SA presents a ticket to come to another without public-key work.',
  source: 'RFC 5723',
  negotiation: 'both',
  parameters: {
    /** The ticket holds the state of the IKE SA, or names an entry that holds it and is used up. */
    ticket: ['value', 'reference'],
    /**
     * What a member needs to read a ticket, a key or an entry: all members have it at all times; they are told over
     * the synch channel; or it stays with the member that made the ticket.
     */
    access: ['shared', 'told', 'own'],
    /** An entry is used up when the peer is authenticated, or already when the ticket is presented. */
    used: ['authenticated', 'presented'],
  },
  schemes: ['no-synch', 'synch-sas'],
  searches: [
    {
      name: 'resume-crash',
      about: 'a liveness check of the peer, a lost synch message, a crash, and a new IKE SA by a ticket',
      scope,
      attackers: ['A0'],
    },
    {
      name: 'resume-replayed',
      about: 'the same with copies of tickets, and forged refusals',
      scope,
      attackers: ['A1', 'A2'],
    },
    {
      name: 'resume-split',
      about: 'a peer that resumes while the synch channel is cut and each member takes over',
      scope: { ...scope, crashes: 0, splits: true, synchLosses: 0 },
      attackers: ['A0'],
    },
  ],
  claims: [
    { property: 'RES-0', claim: 'keeps', searches: ['resume-crash'], source: 'RFC 5723 section 1' },
    { property: 'RES-0', claim: 'keeps', searches: ['resume-replayed'] },
    { property: 'REC-1', claim: 'keeps' },
    { property: 'RES-1', claim: 'keeps', searches: ['resume-crash', 'resume-replayed'] },
    { property: 'RES-1', claim: 'keeps', searches: ['resume-split'] },
    { property: 'RES-2', claim: 'keeps', searches: ['resume-replayed'] },
  ],
  define: (x) => {
    const { constants, scheme, members, parameters, negotiated } = x
    // Where the scope has no room for another IKE SA, a ticket leads nowhere.
    if (!negotiated || constants.scope.addresses.renewals === 0) return parts({})
    const { ticket, access, used } = parameters
    const told = access === 'told'
    /** Of the key or the entry that a ticket needs: not there, there, or used up. */
    const knowledge = range(0, 2)
    type Known = {
      readonly store: number
      readonly member: { readonly [m in Member]: { readonly knows: number } }
    }
    type Knowing = { store: number; readonly member: { readonly [m in Member]: { knows: number } } }
    const reads = (s: Known, at: Member): boolean =>
      (access === 'shared' ? s.store : s.member[at].knows) === 1
    const set = (d: Knowing, at: Member, knows: number): void => {
      if (access === 'shared') d.store = knows
      else d.member[at].knows = knows
    }
    const isWaiting = (s: ClusterView & { readonly peer: { readonly ticket: string } }): boolean =>
      s.peer.ticket === 'held' && s.gaveUp && !hasIke(s) && s.spent.renewals === 0
    const drop = (
      d: { readonly peer: { ticket: 'none' | 'held' | 'gone' } },
      emit: { ticketDropped(e: Events['ticketDropped']): void },
      forged: boolean,
    ): void => {
      emit.ticketDropped({ forged })
      d.peer.ticket = 'gone'
    }

    return parts({
      state: {
        member: { knows: knowledge, isHalfOpen: bool },
        peer: { ticket: oneOf('none', 'held', 'gone'), answeredBy: oneOf('none', ...members) },
        synch: { knows: knowledge },
        world: { store: knowledge, resumed: bool },
      },
      messages: {
        resume: { to: 'cluster', fields: {}, capacity: 2 },
        ticketAnswer: { to: 'peer', fields: { by: oneOf(...members), granted: bool }, capacity: 2 },
      },
      events: {
        ticketIssued: ({ at }: Events['ticketIssued']) => ({
          shape: 'mark',
          lane: at,
          text: 'gives the peer a ticket, under protection',
        }),
        halfOpened: ({ at }: Events['halfOpened']) => ({
          shape: 'mark',
          lane: at,
          text: 'waits for IKE_AUTH',
        }),
        resumed: ({ at, other }: Events['resumed']) => ({
          shape: 'mark',
          lane: at,
          text: other ? 'IKE_AUTH; another member acts on the old IKE SA' : 'IKE_AUTH',
          grave: other,
        }),
        ticketDropped: ({ forged }: Events['ticketDropped']) => ({
          shape: 'mark',
          lane: 'P',
          text: forged ? 'drops the ticket because of a forged TICKET_NACK' : 'drops the ticket',
          grave: forged,
        }),
      },
      texts: {
        resume: () => 'IKE_SESSION_RESUME, ticket',
        ticketAnswer: ({ by, granted }) => `IKE_SESSION_RESUME of ${by}${granted ? '' : ', TICKET_NACK'}`,
      },
      actions: [
        {
          name: 'IssuesTicket',
          by: 'member',
          choose: { at: members },
          guard: (s, { at }) =>
            x.acts(s, at) &&
            s.peer.ticket === 'none' &&
            s.peer.ike[FIRST_IKE]!.sa &&
            s.member[at].ike[FIRST_IKE]!.sa &&
            (!told || x.mayTell(s, at)),
          effect: (d, { at }, emit) => {
            emit.ticketIssued({ at })
            d.peer.ticket = 'held'
            set(d, at, 1)
            if (told) x.tell(d, emit, at)
          },
        },
        {
          name: 'PresentsTicket',
          by: 'peer',
          guard: (s) => isWaiting(s) && s.peer.answeredBy === 'none' && x.hasRoom(s, 'resume'),
          effect: (d, _, emit) => x.send(d, emit, 'P', 'resume', {}),
        },
        {
          name: 'Authenticates',
          by: 'peer',
          choose: { at: members },
          guard: (s, { at }) => s.peer.answeredBy === at && s.member[at].isHalfOpen && x.canComeTo(s, at),
          effect: (d, { at }, emit) => {
            const other = members.some((m) => m !== at && x.acts(d, m) && d.member[m].ike[FIRST_IKE]!.sa)
            emit.resumed({ at, other })
            d.member[at].isHalfOpen = false
            d.peer.answeredBy = 'none'
            d.peer.ticket = 'gone'
            d.resumed = true
            if (ticket === 'reference') set(d, at, 2)
            x.comesTo(d, emit, at)
            if (told && ticket === 'reference' && !scheme.synchSas) x.tell(d, emit, at)
          },
        },
        {
          // A timer: nothing is heard of the member that has answered.
          name: 'WaitsNoLonger',
          by: 'peer',
          guard: (s) => s.peer.answeredBy !== 'none',
          effect: (d) => {
            d.peer.answeredBy = 'none'
          },
        },
        {
          // The answer to IKE_SESSION_RESUME is not protected.
          name: 'AttackerForgesRefusal',
          by: 'attacker',
          guard: (s) => isWaiting(s) && s.peer.answeredBy === 'none',
          effect: (d, _, emit) => drop(d, emit, true),
        },
      ],
      takes: {
        resume: (s, at) =>
          !(told && ticket === 'reference' && used === 'presented') || x.mayTell(s, at as Member),
        ticketAnswer: (s) => isWaiting(s) && s.peer.answeredBy === 'none',
      },
      receives: {
        resume: (d, party, _, emit) => {
          const at = party as Member
          const known = reads(d, at)
          if (known && !d.member[at].isHalfOpen) {
            emit.halfOpened({ at })
            d.member[at].isHalfOpen = true
            if (ticket === 'reference' && used === 'presented') {
              set(d, at, 2)
              if (told) x.tell(d, emit, at)
            }
          }
          // A ticket that comes again while the member waits is a retransmission.
          x.send(d, emit, at, 'ticketAnswer', { by: at, granted: d.member[at].isHalfOpen })
        },
        /**
         * INTERPRETATION: a peer that is refused drops the ticket, and sets an IKE SA up in full.
         */
        ticketAnswer: (d, _, { by, granted }, emit) => {
          if (granted) d.peer.answeredBy = by
          else drop(d, emit, false)
        },
      },
      answers: { resume: ['ticketAnswer'] },
      hooks: {
        member: {
          tells: (s, from) => ({ knows: told ? s.member[from].knows : 0 }),
          hears: (d, at, m) => {
            if (told) d.member[at].knows = Math.max(d.member[at].knows, m.knows)
          },
          returns: (d, at, from) => {
            if (told && from !== undefined) d.member[at].knows = d.member[from].knows
          },
        },
      },
      oracles: {
        gaveUp: 'whether the peer has lost its IKE SA, and not only moved to another',
        'spent.renewals': 'a bound',
        'peer.ticket': 'a ticket is given in an exchange that is one step here',
        'peer.ike.*.sa': 'the same: by an IKE SA that both ends hold',
        'member.*.isHalfOpen': 'IKE_AUTH after the ticket is one step of both ends',
        'member.*.knows': 'the same',
        'member.*.up': 'the same, and which member acts on the old IKE SA, for what an observer notes',
        'member.*.onIke': 'the same',
        'member.*.ike': 'the same',
        ...(access === 'shared' && { store: 'the key, or the entry, that all members have at all times' }),
      },
      properties: RESUMPTION_PROPERTIES,
    })
  },
})
