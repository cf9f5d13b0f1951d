/**
 * The cluster model: open this file first. A tight hot-standby cluster of two members (or a single gateway), one
 * peer, one IKE SA with its child SAs, a lossy network that duplicates and reorders, and a FIFO synch channel.
 *
 * The parts: `state.ts` what a state holds, `ike.ts` the message-ID machine, `member.ts` and `peer.ts` its two
 * ends, `synch.ts` what the standby is told, `environment.ts` what goes wrong, `wire.ts` what can be observed.
 * What is left out, and why that is sound, stands in `README.md`.
 */
import { type Model, model } from '../src/modelling/model.ts'
import type { Property } from '../src/modelling/property.ts'
import { type Constants, MEMBER } from './constants.ts'
import { environmentActions } from './environment.ts'
import { establish } from './ike.ts'
import { memberActions } from './member.ts'
import { peerActions } from './peer.ts'
import { clusterState } from './state.ts'
import { synchActions } from './synch.ts'
import { wireEvents } from './wire.ts'

/** The model of one scheme within one scope, judged by the given properties. */
export const cluster = (name: string, constants: Constants, properties: readonly Property[]): Model => {
  const { scheme } = constants
  const members = MEMBER.slice(0, scheme.members)
  return model(name, {
    state: clusterState(constants),
    events: wireEvents(scheme.members),
    /** The IKE SA and its first child are established; the standby knows them if the scheme tells it. */
    initial: (d) => {
      for (const m of members) {
        d.member[m].up = true
        if (m === d.active || scheme.synchSas) establish(d.member[m])
      }
      establish(d.peer)
    },
    actions: [
      ...memberActions(constants),
      ...peerActions(constants),
      ...synchActions(constants),
      ...environmentActions(constants),
    ],
    properties,
  })
}
