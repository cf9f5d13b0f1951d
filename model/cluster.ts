/**
 * The cluster model: open this file first. A cluster of two or three members (or a single gateway), its peer, a lossy
 * network that duplicates and reorders, and synch channels between the members.
 *
 * The parts, in the order in which they build on each other: `constants/` what a run is given, `schemes/` the schemes,
 * `state/` what a state holds, `wire/` what can be observed, `ike/` the message-ID machine and the exchanges, `gateway/`
 * who acts and where it is reached, `synch/` what members tell each other, `esp/` the traffic, `ends/` what a member and the
 * peer do, `failover/` what goes wrong, `extending/` and `extensions/` what can be added.
 * What is left out, and why that is sound, stands in `README.md`.
 */
import { type Action, actionsOn } from '../src/modelling/action.ts'
import { type Model, model } from '../src/modelling/model.ts'
import type { Property } from '../src/modelling/property.ts'
import { type Constants, MEMBER, membersOf, SIDE } from './constants/constants.ts'
import { normalEnd } from './ends/final.ts'
import { hintActions } from './ends/hints.ts'
import { memberActions } from './ends/member.ts'
import { peerActions } from './ends/peer.ts'
import { renewalActions } from './ends/renewal.ts'
import { spiActions } from './ends/spi-allocation.ts'
import { clockActions } from './esp/clock.ts'
import { inboundActions } from './esp/inbound.ts'
import { outboundActions } from './esp/outbound.ts'
import { counting } from './extending/attacks.ts'
import { extensionActions } from './extending/own-actions.ts'
import { hooksOf } from './extension-points/extensions.ts'
import { environmentActions } from './failover/environment.ts'
import { establishEsp } from './failover/esp-takeover.ts'
import { addressFor } from './gateway/addresses.ts'
import { exchangesOf } from './ike/asking.ts'
import { establish } from './ike/exchanges.ts'
import { type ClusterSchema, clusterState } from './state/cluster-state.ts'
import { givePart } from './state/spis.ts'
import { synchActions } from './synch/reading.ts'
import { wireEvents } from './wire/pictures.ts'

/** The model of one scheme within one scope, judged by the given properties. */
export const cluster = (name: string, constants: Constants, properties: readonly Property[]): Model => {
  const members = membersOf(constants)
  const events = wireEvents(members, constants)
  const { extensions } = constants
  const actions = [
    ...memberActions(constants),
    ...peerActions(constants).map((action) => ({ ...action, by: 'peer' })),
    ...outboundActions(constants),
    ...clockActions(constants),
    ...inboundActions(constants),
    ...synchActions(constants),
    ...spiActions(constants),
    ...renewalActions(constants),
    ...hintActions(constants),
    ...environmentActions(constants),
    ...extensionActions(constants),
  ]
  return model(name, {
    state: clusterState(constants),
    events,
    initial: initialActions(constants),
    actions: extensions ? actions.map((action) => counting(action, events.kinds)) : actions,
    properties,
    final: normalEnd(constants),
    ...(extensions && { afresh: (run, closure) => extensions.afresh(run, closure) }),
  })
}

/** The IKE SA and its first child are established; the other members know them if the scheme tells them. */
const initialActions = (constants: Constants): readonly Action[] => {
  const { scheme } = constants
  const exchanges = SIDE.flatMap((side) => exchangesOf(constants, side))
  const rekeys = exchanges.includes('rekeyChild') || exchanges.includes('rekeyIke')
  const action = actionsOn<ClusterSchema>()
  return [
    action('Established', {
      choose: { lowestNonce: rekeys ? SIDE : [SIDE[0]] },
      effect: (d, { lowestNonce }) => {
        d.lowest = lowestNonce
        for (const m of membersOf(constants)) {
          const me = d.member[m]
          me.up = true
          me.onIke = m === 'A' || scheme.ikeBy === 'all'
          if (m === 'A' || scheme.synchSas) establish(me)
          givePart(me, constants, MEMBER.indexOf(m))
        }
        establish(d.peer)
        establishEsp(d, constants)
        d.gateway.address = addressFor(constants, MEMBER[0])
        const { member, peer } = hooksOf(constants)
        for (const m of membersOf(constants)) member.established?.(d, m)
        peer.established?.(d, 'P')
      },
    }),
  ]
}
