/** The synch channels from each member to each other: who listens, and whether there is room. */
import { type Constants, type Member, othersOf } from '../constants/constants.ts'
import type { Wire } from '../ike/message-ids.ts'
import { type ClusterDraft, type ClusterView, synchCapacity } from '../state/cluster-state.ts'
import { shownOf } from './messages.ts'

export const queueTo = (s: ClusterView, from: Member, to: Member) => s.synch[from + to]!.queue

/**
 * Whether `from` takes `to` for up, and tells it what happens.
 *
 * INTERPRETATION: a member knows at once and without error which others are up, and goes on without those that are not, unless the scope lets it be mistaken: a standby can hang, which nobody notices, and a member that is up can be suspected to be down.
 */
export const listens = (s: ClusterView, to: Member): boolean =>
  s.member[to].up && s.cut === 0 && s.member[to].suspected === 0

/** Whether what is told to a member comes into its channel. One that hangs lets it run over, unless that is waited for. */
export const isTold = (s: ClusterView, { scheme }: Constants, to: Member): boolean =>
  listens(s, to) && (s.member[to].hung === 0 || scheme.synchIke === 'acknowledged')

/** Whether there is anybody to tell. */
export const someoneListens = (s: ClusterView, constants: Constants, from: Member): boolean =>
  othersOf(constants, from).some((to) => listens(s, to))

/**
 * Whether a member can tell the others so many things now; trivially so when nobody listens. More than the channels
 * ever hold overflow them, which is a fault of the scope.
 */
export const hasSynchRoom = (s: ClusterView, constants: Constants, from: Member, messages = 1): boolean =>
  messages === 0 ||
  othersOf(constants, from).every((to) => {
    const { length } = queueTo(s, from, to)
    return !isTold(s, constants, to) || length === 0 || length + messages <= synchCapacity(constants)
  })

/** Whether the others have read all that a member told them; one that is taken for down is not waited for. */
export const isDrained = (s: ClusterView, constants: Constants, from: Member): boolean =>
  othersOf(constants, from).every((to) => s.member[to].suspected === 1 || queueTo(s, from, to).length === 0)

/** Who speaks and who reads on a channel. */
export const endsOf = (channel: string) => ({ sender: channel[0] as Member, receiver: channel[1] as Member })

/** The synch message at `index` is lost. */
export const lose = (d: ClusterDraft, emit: Wire, channel: string, index: number): void => {
  emit.synchLost({ ...shownOf(d.synch[channel]!.queue.at(index)!), ...endsOf(channel) })
  d.synch[channel]!.queue.removeAt(index)
}

/** Empties a channel: nobody will read what is in it. */
export const discard = (d: ClusterDraft, emit: Wire, channel: string): void => {
  while (d.synch[channel]!.queue.length > 0) lose(d, emit, channel, 0)
}
