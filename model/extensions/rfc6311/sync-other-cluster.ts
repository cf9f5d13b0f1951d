/**
 * RFC 6311: a peer that is a cluster too, and fails over once.
 *
 * Of its members only the counters are in the model: those of the one that acts, and those that its standby would have
 * if the last synch message were lost.
 */
import { alwaysPossible, type Property } from '../../../src/modelling/property.ts'
import { range } from '../../../src/modelling/schema.ts'
import { actsOnIke } from '../../gateway/roles.ts'
import { forgetAnswer } from '../../ike/message-ids.ts'
import { type ClusterSchema, PLACE } from '../../state/cluster-state.ts'
import { mayRestart, nextOf, rest } from './sync-roles.ts'
import type { SyncDraft, SyncSetting } from './sync-state.ts'
import {
  endOf,
  type SyncingDraft,
  type SyncingView,
  type SyncSteps,
  viewOf,
  type Wire,
} from './sync-steps.ts'

/** What the peer keeps of an IKE SA: the counters before the last exchange, or sync, ended. */
export const lagFields = (x: SyncSetting) => ({
  beforeSend: range(0, x.both ? x.highestId : 0),
  beforeExpects: range(0, x.both ? x.highestId : 0),
})
type Lagging = SyncDraft & { beforeSend: number; beforeExpects: number }

/** What is asked of two clusters: that they come to agree again, whoever lost what. */
export const agreement = ({ members, ikes }: SyncSetting): Property =>
  alwaysPossible<ClusterSchema>('SyncsEndInAgreement', {
    label: 'SYNC-2',
    sentence:
      'As long as no end gives up, all syncs can still end, with each side expecting what the other sends next.',
    source: 'RFC 6311 section 5.1',
    whenever: (s) => !s.gaveUp,
    holds: (s) =>
      ikes.every((ike) => {
        const peer = viewOf(s, 'P', ike)
        const acting = members.filter((m) => actsOnIke(s, m) && s.member[m].ike[ike]!.sa)
        return (
          peer.sync === 'idle' &&
          acting.length > 0 &&
          acting.every((m) => {
            const own = viewOf(s, m, ike)
            return own.sync === 'idle' && nextOf(own) === peer.expects && own.expects === nextOf(peer)
          })
        )
      }),
  })

/** Something of which the standby of the peer will be told is about to happen; requests under way are not told. */
export const noteLag = (d: object, ike: string): void => {
  const sa = endOf(d, 'P', ike) as Lagging
  const asked = PLACE.filter((place) => sa.requests[place].exchange !== 'none').length
  sa.beforeSend = nextOf(sa) - asked
  sa.beforeExpects = sa.expects
}

/** Its standby knows the counters as they are, or as they were. */
const LAGS = [0, 1]

/**
 * The peer fails over, and synchronises like a member.
 *
 * INTERPRETATION: its standby has missed one synch message at the most, and with it what was told of syncs; it has no cached answer. The rest of that cluster is not in the model.
 */
export const peerActions = (x: SyncSetting, { needed, mayStart, starts, propose }: SyncSteps) => {
  const { parameters, ikes } = x
  const failsOver = {
    name: 'PeerFailsOver',
    by: 'peer' as const,
    choose: { number: LAGS },
    guard: (s: { readonly peerFailed?: number }) => s.peerFailed === 0,
    effect: (d: SyncingDraft & { peerFailed?: number }, { number }: { number: number }) => {
      d.peerFailed = 1
      for (const ike of ikes) {
        const sa = endOf(d, 'P', ike) as Lagging
        x.abandon(d, 'P', ike)
        sa.nextSend = nextOf(sa)
        sa.later = 0
        for (const place of PLACE) forgetAnswer(sa, place)
        if (number === 1) {
          sa.nextSend = sa.beforeSend
          sa.expects = sa.beforeExpects
        }
        if (number === 1 || parameters.told === 'no') {
          sa.seen = 0
          sa.floor = 0
        }
        sa.early = 0
        sa.beforeSend = 0
        sa.beforeExpects = 0
        sa.lastNonce = 0
        sa.keptP2 = 0
        sa.keptM2 = 0
      }
      needed(d, 'P')
    },
  }
  const of = (
    name: string,
    guard: (s: SyncingView, ike: string) => boolean,
    effect: (d: SyncingDraft, ike: string, emit: Wire) => void,
  ) => ({
    name,
    by: 'peer' as const,
    choose: { ike: ikes },
    guard: (s: SyncingView, { ike }: { ike: string }) => guard(s, ike),
    effect: (d: SyncingDraft, { ike }: { ike: string }, emit: Wire) => effect(d, ike, emit),
  })
  const stage = (s: object, ike: string) => viewOf(s, 'P', ike).sync
  const again = (s: object, ike: string): boolean =>
    x.members.some((m) => x.acts(s, m) && mayRestart(x, viewOf(s, 'P', ike), viewOf(s, m, ike)))
  const start = (d: SyncingDraft, ike: string, emit: Wire): void => starts(d, 'P', ike, emit)
  const retry = {
    higher: of('PeerStartsSyncAgain', (s, ike) => again(s, ike) && mayStart(s, 'P', ike), start),
    same: of(
      'PeerSendsSyncAgain',
      (s, ike) => stage(s, ike) === 'wait' && x.hasRoom(s, 'peerSyncRequest'),
      (d, ike, emit) => propose(d, 'P', ike, emit),
    ),
    'give-up': of(
      'PeerGivesUpSync',
      (s, ike) => stage(s, ike) === 'wait',
      (d, ike, emit) => {
        emit.syncGaveUp({ at: 'P' })
        rest(endOf(d, 'P', ike))
        x.giveUp(d, emit, 'P', ike)
      },
    ),
  }
  return [
    failsOver,
    of('PeerStartsSync', (s, ike) => stage(s, ike) === 'need' && mayStart(s, 'P', ike), start),
    retry[parameters.retry],
  ]
}
