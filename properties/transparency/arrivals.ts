/**
 * What comes to the peer and changes nothing: so it is no action of the cluster's model, but it can be seen. It is dropped, or a request
 * that was answered before, the new answer to which is lost.
 */
import type { Constants } from '../../model/constants/constants.ts'
import { acceptsFrom } from '../../model/gateway/addresses.ts'
import { isAnswer, isNewRequest } from '../../model/ike/message-ids.ts'
import type { ClusterSchema, ClusterView, IkeMessage } from '../../model/state/cluster-state.ts'
import { ikeFields } from '../../model/wire/events.ts'
import type { WireEvents } from '../../model/wire/pictures.ts'
import { type Action, actionsOn } from '../../src/modelling/action.ts'

/** A message on its way to the peer, be it what the peer waits for or not. */
const isForPeer = ({ type, initiator }: IkeMessage): boolean =>
  (type === 'request') === (initiator === 'cluster')

export const arrivals = (constants: Constants): Action => {
  const { scheme, scope } = constants
  const changesNothing = (s: ClusterView, m: IkeMessage): boolean =>
    !acceptsFrom(s, constants, m.address) ||
    (!isAnswer(s.peer, 'peer', m, scope.window) &&
      !isNewRequest(s.peer, 'cluster', m, scope.window, scheme.peer.futureIds))
  return actionsOn<ClusterSchema, WireEvents>()('ArrivesInVain', {
    by: 'peer',
    choose: { slot: Array.from({ length: scope.network }, (_, i) => i) },
    guard: (s, { slot }) => {
      const m = s.network.at(slot)
      return m !== undefined && isForPeer(m) && changesNothing(s, m)
    },
    effect: (d, { slot }, emit) => {
      emit.ikeArrived({ ...ikeFields(d.network.at(slot)!), receiver: 'P' })
    },
  })
}
