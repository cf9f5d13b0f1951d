/**
 * RFC 6290: a member that does not know the IKE SA of a request answers with a token that proves that it could have
 * made that SA; the peer then discards the SA at once and sets up another.
 *
 * The token that the peer keeps is that of member A, which made the IKE SA. A list of live SPIs that can lag allows
 * whatever no list allows, so `none` stands for both. Section 9.2 asks of members that share a secret that each can
 * tell whether an IKE SA is active anywhere in the cluster: `none` is a cluster that does not comply, and so is a
 * list that is not reached where the synch channel is cut.
 */
import { alwaysPossible, monitorOn } from '../../src/modelling/property.ts'
import { oneOf, range, record } from '../../src/modelling/schema.ts'
import type { Member } from '../constants/constants.ts'
import { extension } from '../extending/extension.ts'
import { parts } from '../extending/parts.ts'
import type { ClusterSchema, ClusterView } from '../state/cluster-state.ts'

/** What an observer sees. */
type Revealed = {
  readonly at: Member
  readonly ike: string
  readonly valid: boolean
  readonly alive: boolean
}
type Discarded = { readonly ike: string; readonly alive: boolean }
type Events = { readonly tokenRevealed: Revealed; readonly discarded: Discarded }

const monitor = monitorOn<Events>()

const properties = (members: readonly Member[]) => [
  monitor('TokenNotRevealed', {
    label: 'QCD-1',
    sentence: 'No valid token is sent in clear while a member that is up holds the IKE SA.',
    source: 'RFC 6290 section 9.2',
    memory: record({}),
    on: {
      tokenRevealed(_, { valid, alive }, judge) {
        judge.arose()
        if (valid && alive) judge.violated()
      },
    },
  }),
  monitor('LiveSaNotDiscarded', {
    label: 'DoS-1q',
    sentence: 'No unprotected message makes the peer discard an IKE SA that a member which is up holds.',
    source: 'RFC 6290 section 9.2; RFC 6027 section 4',
    memory: record({}),
    on: {
      discarded(_, { alive }, judge) {
        judge.arose()
        if (alive) judge.violated()
      },
    },
  }),
  alwaysPossible<ClusterSchema>('DeadSaLeft', {
    label: 'QCD-0',
    sentence: 'The peer can leave an IKE SA that no member holds before its timer gives that up.',
    source: 'RFC 6290 section 1',
    holds: (s) => (s as unknown as { readonly left: number }).left === 1,
    whenever: (s) =>
      s.peer.ike.k0!.sa &&
      !s.gaveUp &&
      s.probe.peer !== 'answered' &&
      !members.some((m) => s.member[m].up && s.member[m].ike.k0!.sa),
  }),
]

export const quickCrashDetection = extension({
  name: 'quick-crash-detection',
  about:
    'A member that does not know an IKE SA proves by a token that it is gone, and the peer discards it at once.',
  source: 'RFC 6290',
  negotiation: 'both',
  parameters: {
    /** One secret for all members, or one for each. */
    secrets: ['shared', 'own'],
    /** Whether members know which SAs are alive on others that they can reach. */
    live: ['synced', 'none'],
    /** Who answers requests: members that act, or each that is up, at an address of its own. */
    answers: ['acting', 'any'],
  },
  schemes: ['no-synch', 'synch-sas'],
  searches: [
    {
      name: 'qcd-crash',
      about: 'a liveness check of the peer, a crash, and a new IKE SA',
      scope: {
        probes: { cluster: false, peer: true },
        returns: 0,
        network: 2,
        addresses: { packets: 0, renewals: 1 },
      },
    },
    {
      name: 'qcd-split',
      about: 'a liveness check of the peer while the synch channel is cut and each member takes over',
      scope: {
        probes: { cluster: false, peer: true },
        crashes: 0,
        returns: 0,
        splits: true,
        synchLosses: 0,
        network: 2,
      },
    },
  ],
  claims: [
    {
      property: 'QCD-0',
      claim: 'keeps',
      searches: ['qcd-crash'],
      schemes: ['no-synch'],
      source: 'RFC 6290 section 1',
    },
    { property: 'REC-1', claim: 'keeps', searches: ['qcd-crash'] },
    { property: 'QCD-1', claim: 'keeps', source: 'RFC 6290 section 9.2' },
    { property: 'DoS-1q', claim: 'keeps', source: 'RFC 6290 section 9.2' },
  ],
  define: ({ scope, members, ikes, negotiated, parameters, acts, send, hasRoom, giveUp }) => {
    const { secrets, live, answers } = parameters
    const holds = (s: ClusterView, ike: string, but?: Member): boolean =>
      members.some((m) => m !== but && s.member[m].up && s.member[m].ike[ike]!.sa)
    const reachable = (s: ClusterView, at: Member): boolean =>
      answers === 'any' ? s.member[at].up : acts(s, at)
    /** Whether a member answers a request for an IKE SA with a token. */
    const reveals = (s: ClusterView, at: Member, ike: string): boolean =>
      negotiated &&
      reachable(s, at) &&
      !s.member[at].ike[ike]!.sa &&
      !(live === 'synced' && s.cut === 0 && holds(s, ike, at)) &&
      hasRoom(s, 'token')
    const asked = (s: ClusterView, ike: string): boolean => {
      for (let i = 0; i < s.network.length; i++) {
        const m = s.network.at(i)!
        if (m.type === 'request' && m.initiator === 'peer' && m.ike === ike) return true
      }
      return false
    }
    const reveal = (
      d: ClusterView,
      at: Member,
      ike: string,
      emit: { tokenRevealed(e: Revealed): void },
    ): void => {
      const maker = secrets === 'shared' ? 'A' : at
      emit.tokenRevealed({ at, ike, valid: maker === 'A', alive: holds(d, ike) })
      send(d, emit, at, 'token', { ike, maker })
    }
    return parts({
      state: { world: { left: range(0, 1) } },
      messages: {
        token: { to: 'peer', fields: { ike: oneOf(...ikes), maker: oneOf(...members) }, capacity: 2 },
      },
      events: {
        tokenRevealed: ({ at, valid, alive }: Revealed) => ({
          shape: 'mark',
          lane: at,
          text: `does not know the IKE SA: token ${valid ? '' : 'of its own '}in clear`,
          grave: valid && alive,
        }),
        discarded: ({ alive }: Discarded) => ({
          shape: 'mark',
          lane: 'P',
          text: alive ? 'discards an IKE SA that is alive' : 'discards the IKE SA',
          grave: alive,
        }),
      },
      texts: { token: ({ maker }) => `INVALID_IKE_SPI, token of ${maker}, not protected` },
      actions: [
        {
          name: 'RevealsToken',
          by: 'member',
          choose: { at: members, ike: ikes },
          guard: (s, { at, ike }) => asked(s, ike) && reveals(s, at, ike),
          effect: (d, { at, ike }, emit) => reveal(d, at, ike, emit),
        },
        {
          name: 'AttackerAsksForToken',
          by: 'attacker',
          choose: { at: members, ike: ikes },
          // Who listens knows the SPIs of an IKE SA that is in use.
          guard: (s, { at, ike }) => s.peer.ike[ike]!.sa && reveals(s, at, ike),
          effect: (d, { at, ike }, emit) => reveal(d, at, ike, emit),
        },
      ],
      takes: { token: (s, _at, { ike, maker }) => s.peer.ike[ike]!.sa && maker === 'A' },
      receives: {
        token: (d, _at, { ike }, emit) => {
          const alive = holds(d, ike)
          emit.discarded({ ike, alive })
          d.left = 1
          giveUp(d, emit, 'P', ike)
        },
      },
      oracles: {
        network: 'that a request has come to a member which does not know its IKE SA',
        'member.*.up': 'which members are up: for what an observer notes, and where `live` is `synced`',
        'member.*.ike.*.sa':
          'which IKE SAs the others hold: for what an observer notes, and where `live` is `synced`',
        ...(live === 'synced' && { cut: 'whether members reach each other, and with that the list' }),
      },
      properties: properties(members).filter(
        ({ label }) => label !== 'QCD-0' || (negotiated && scope.crashes > 0),
      ),
    })
  },
})
