/** Mutations of the message-ID machine, of the exchanges and of takeovers. */
import type { ClusterDraft, ClusterView } from '../../model/state/cluster-state.ts'
import type { Action } from '../../src/modelling/action.ts'
import { type ActionMutation, followedBy, type Mutation, memberIn, searchOf } from './mutation.ts'

const gateway = (focus: Parameters<typeof searchOf>[1]) => () => searchOf('single-gateway', focus)
const acked = (focus: Parameters<typeof searchOf>[1]) => () => searchOf('acked-everything', focus)

/** The action only where a condition holds. */
const onlyIf =
  (condition: (s: ClusterView) => boolean): ActionMutation['change'] =>
  (action: Action) => ({
    guard: (s, choice) => condition(s as ClusterView) && action.guard!(s, choice),
  })

/** The member that takes over starts with the counters at zero. */
const forgetsCounters = followedBy((d, choice) => {
  const sa = d.member[memberIn(choice)].ike.k0!
  sa.nextSend = 0
  sa.requests.even.exchange = 'none'
  sa.requests.even.task = 0
})

const executesAgain = followedBy((d, _, emit) => {
  const { exchange, task } = d.peer.ike.k0!.answers.even
  emit.ikeExecuted({
    ike: 'k0',
    initiator: 'cluster',
    messageId: d.peer.ike.k0!.expects - 1,
    exchange: exchange === 'none' ? 'liveness' : exchange,
    task,
    result: 'done',
    executor: 'P',
    sender: 'P',
  })
})

export const ikeMutations: readonly Mutation[] = [
  {
    label: 'MID-1',
    story: 'a standby that forgets its counters when it takes over',
    sound: acked('own-requests'),
    action: 'TakesOver',
    change: forgetsCounters,
  },
  {
    label: 'MID-2',
    story: 'a standby that answers a repeated request as if it had executed it itself',
    sound: acked('peer-requests'),
    action: 'TakesOver',
    change: followedBy((d, choice) => {
      const { answers } = d.member[memberIn(choice)].ike.k0!
      if (answers.even.exchange !== 'none') answers.even.by = memberIn(choice)
    }),
  },
  {
    label: 'MID-3',
    story: 'a peer that executes a repeated request again',
    sound: gateway('own-requests'),
    action: 'PeerAnswersAgain',
    change: executesAgain,
  },
  {
    label: 'MID-4',
    story: 'a gateway that takes any response for the one it waits for',
    sound: gateway('own-requests'),
    action: 'ClusterReceivesAnswer',
    change: () => ({
      guard(s, choice) {
        const { member, network } = s as ClusterDraft
        const m = network.at((choice as { m: number }).m)
        return member.A.ike.k0!.requests.even.exchange !== 'none' && m !== undefined && m.type === 'response'
      },
    }),
  },
  {
    label: 'MID-5',
    story: 'a peer whose counter skips an ID with each request',
    sound: acked('own-requests'),
    action: 'ClusterReceivesAnswer',
    change: followedBy((d, choice) => {
      const sa = d.member[memberIn(choice)].ike.k0!
      if (sa.nextSend < 2) {
        sa.nextSend += 1
        d.peer.ike.k0!.expects += 1
      }
    }),
  },
  {
    label: 'MID-6',
    story: 'a standby that forgets what it expects when it takes over',
    sound: acked('peer-requests'),
    action: 'TakesOver',
    change: followedBy((d, choice) => {
      d.member[memberIn(choice)].ike.k0!.expects = 0
    }),
  },
  {
    label: 'MID-7',
    story: 'a peer that executes a repeated request again',
    sound: gateway('own-requests'),
    action: 'PeerAnswersAgain',
    change: executesAgain,
  },
  {
    label: 'LIV-1c',
    story: 'a peer that never answers message ID 2',
    sound: gateway('own-requests'),
    action: 'PeerReceivesRequest',
    change: onlyIf((s) => s.peer.ike.k0!.expects !== 2),
  },
  {
    label: 'LIV-1p',
    story: 'a gateway that never answers message ID 2',
    sound: gateway('peer-requests'),
    action: 'ClusterReceivesRequest',
    change: onlyIf((s) => s.member.A.ike.k0!.expects !== 2),
  },
  {
    label: 'CHD-1',
    story: 'a peer that answers CREATE_CHILD_SA without making the child',
    sound: gateway('own-requests'),
    action: 'PeerReceivesRequest',
    change: followedBy((d) => d.peer.children.delete('c1')),
  },
  {
    label: 'ANO-1',
    story: 'a standby that forgets its counters when it takes over',
    sound: acked('own-requests'),
    action: 'TakesOver',
    change: forgetsCounters,
  },
  {
    label: 'LIV-1e',
    story: 'a standby that forgets the IKE SA when it takes over',
    sound: acked('second-failover'),
    action: 'TakesOver',
    change: followedBy((d, choice) => {
      d.member[memberIn(choice)].ike.k0!.sa = false
    }),
  },
]
