/**
 * The cluster model: open this file first. A cluster of two or three members (or a single gateway), its peer, a lossy
 * network that duplicates and reorders, and synch channels between the members.
 *
 * The parts: `state.ts` what a state holds, `ike.ts` the message-ID machine, `asking.ts` and `exchanges.ts` what is
 * asked and what it does, `member.ts` and `peer.ts` the two ends, `esp/` the traffic, `synch/` what members tell each
 * other, `roles.ts` who acts, `spi.ts` how SPIs are chosen, `addresses.ts` and `renewal.ts` where an end sends and
 * where it looks for the other, `hints.ts` what is not protected, `environment.ts` what goes wrong, `wire.ts` what can
 * be observed.
 * What is left out, and why that is sound, stands in `README.md`.
 */
import { type Action, actionsOn } from '../src/modelling/action.ts'
import { type Model, model } from '../src/modelling/model.ts'
import type { Property } from '../src/modelling/property.ts'
import { addressFor } from './addresses.ts'
import { exchangesOf } from './asking.ts'
import { type Constants, MEMBER, membersOf, SIDE } from './constants.ts'
import { environmentActions } from './environment.ts'
import { inboundActions } from './esp/inbound.ts'
import { outboundActions } from './esp/outbound.ts'
import { establishEsp } from './esp/takeover.ts'
import { establish } from './exchanges.ts'
import { counting } from './extending/attacks.ts'
import { extensionActions } from './extending/own-actions.ts'
import { hooksOf } from './extending/used.ts'
import { normalEnd } from './final.ts'
import { hintActions } from './hints.ts'
import { memberActions } from './member.ts'
import { peerActions } from './peer.ts'
import { renewalActions } from './renewal.ts'
import { spiActions } from './spi.ts'
import { givePart } from './spi-state.ts'
import { type ClusterSchema, clusterState } from './state.ts'
import { synchActions } from './synch/reading.ts'
import { wireEvents } from './wire.ts'

/** The model of one scheme within one scope, judged by the given properties. */
export const cluster = (name: string, constants: Constants, properties: readonly Property[]): Model => {
  const members = membersOf(constants)
  const events = wireEvents(members, constants)
  const actions = [
    ...memberActions(constants),
    ...peerActions(constants).map((action) => ({ ...action, by: 'peer' })),
    ...outboundActions(constants),
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
    actions: constants.extensions ? actions.map((action) => counting(action, events.kinds)) : actions,
    properties,
    final: normalEnd(constants),
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
