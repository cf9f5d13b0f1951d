/** The synch channels from each member to each other: who listens, and whether there is room. */
import { type Constants, type Member, othersOf } from '../constants.ts'
import type { Wire } from '../ike.ts'
import type { ClusterDraft, ClusterView } from '../state.ts'
import { shownOf } from './messages.ts'

export const queueTo = (s: ClusterView, from: Member, to: Member) => s.synch[from + to]!.queue

/**
 * Whether `from` takes `to` for up, and tells it what happens.
 *
 * INTERPRETATION: a member knows at once and without error which others are up, and goes on without those that are not. One that waits for a member that is down blocks; one that wrongly takes it for down acts unsynchronised, which is what a cut channel shows.
 */
export const listens = (s: ClusterView, to: Member): boolean => s.member[to].up && s.cut === 0

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
    return !listens(s, to) || length === 0 || length + messages <= constants.scope.synch
  })

/** Whether the others have read all that a member told them. */
export const isDrained = (s: ClusterView, constants: Constants, from: Member): boolean =>
  othersOf(constants, from).every((to) => queueTo(s, from, to).length === 0)

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
