/**
 * How a run may end: where nothing can happen any more and nobody waits. Budgets end every run sooner or later, and that
 * is no deadlock; a state in which nothing can happen while somebody waits, or in which nobody acts, is one.
 */
import { type Constants, membersOf } from '../constants/constants.ts'
import { isBusyWithOwn } from '../extension-points/extensions.ts'
import { actsOnIke } from '../gateway/roles.ts'
import { isBusy, placesOf } from '../ike/message-ids.ts'
import { type ClusterView, ikesOf } from '../state/cluster-state.ts'

/** Whether a state without successor is a normal end. */
export const normalEnd = (constants: Constants): ((s: ClusterView) => boolean) => {
  const members = membersOf(constants)
  const ikes = ikesOf(constants)
  const places = placesOf(constants)
  return (s) => {
    const acting = members.filter((m) => actsOnIke(s, m))
    if (acting.length === 0 || isBusy(s.peer, ikes)) return false
    if (isBusyWithOwn(s, constants, [...acting, 'P'])) return false
    return acting.every(
      (m) =>
        !isBusy(s.member[m], ikes) &&
        s.member[m].chosen.spi === 'none' &&
        ikes.every((k) => places.every((p) => s.member[m].ike[k]!.answers[p].held === 0)),
    )
  }
}
