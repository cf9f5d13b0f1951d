/**
 * What is compared: a cluster of hot standby that may fail, and the same gateway alone behind a network that loses, copies, delays
 * and reorders. Nobody gives up in either, for nothing is promised about an IKE SA after that; and nobody probes, for a probe is an
 * exchange like any other.
 */
import { cluster } from '../../model/cluster.ts'
import type { Constants, Scheme } from '../../model/constants/constants.ts'
import type { Scope } from '../../model/constants/scope.ts'
import type { Model } from '../../src/modelling/model.ts'
import type { Property } from '../../src/modelling/property.ts'
import { quiet, withoutEsp } from '../focuses/focus.ts'
import { arrivals } from './arrivals.ts'

/** Parts of what is compared: exchanges that the cluster starts, the peer, or both; packets that the cluster sends, or the peer. */
export const PART = ['own', 'peer', 'both', 'outbound', 'inbound'] as const
export type Part = (typeof PART)[number]

/** Whether the peer starts exchanges, so that it may get no answer. */
export const peerAsks = (part: Part): boolean => part === 'peer' || part === 'both'

export type Attacker = Scope['attacker']

/** A cluster that is compared with its gateway alone. */
export interface Comparison {
  readonly part: Part
  readonly attacker: Attacker
  readonly constants: Constants
  /** The same for the gateway alone. */
  readonly alone: Constants
}

/** Packets that each end sends: more than a standby may lag, and some after the takeover. */
const OUTBOUND = 12
const INBOUND = 9

const nobodyFails = { crashes: 0, returns: 0, synchLosses: 0 }

/**
 * IKE exchanges: two of one side, so that one follows that in which a member failed, and two failures; or one of each side, and one
 * failure. They are repeated whenever their first copies are lost.
 */
const exchanges = (part: Part): Partial<Scope> => ({
  requests: {
    cluster: part === 'peer' ? {} : { createChild: part === 'both' ? 1 : 2 },
    peer: !peerAsks(part) ? {} : { createChild: part === 'both' ? 1 : 2 },
  },
  retransmissions: 0,
  ...(part !== 'both' && { crashes: 2, returns: 1 }),
})

export const comparisonOf = (scheme: Scheme, part: Part, attacker: Attacker): Comparison => {
  const ofEsp = part === 'outbound' || part === 'inbound'
  const { esp } = quiet
  const jumps = scheme.esp.jump === 'maximum' ? 0 : scheme.esp.jump
  const own: Partial<Scope> = ofEsp
    ? { attacker, esp: { ...esp, [part]: part === 'outbound' ? OUTBOUND : INBOUND } }
    : exchanges(part)
  const scope: Scope = { ...quiet, returns: 0, ...own, ...(scheme.cluster ? {} : nobodyFails) }
  // A message that is held back takes no place of the network, and numbers that are skipped must be reachable by losses.
  const more: Partial<Scope> = ofEsp
    ? {
        attacker: 'A2',
        esp: {
          ...scope.esp,
          outbound: part === 'outbound' ? OUTBOUND + scope.crashes * jumps : 0,
        },
      }
    : { network: scope.network + 1 }
  const judged = ofEsp ? scheme : withoutEsp(scheme)
  return {
    part,
    attacker,
    constants: { scheme: judged, scope },
    alone: { scheme: { ...judged, cluster: false }, scope: { ...scope, ...nobodyFails, ...more } },
  }
}

const GIVING_UP: readonly string[] = ['ClusterGivesUp', 'PeerGivesUp']

const following = (name: string, constants: Constants, properties: readonly Property[]): Model => {
  const model = cluster(name, constants, properties)
  const { requests } = constants.scope
  const speaks = [requests.cluster, requests.peer].some(({ createChild = 0 }) => createChild > 0)
  return {
    ...model,
    actions: [
      ...model.actions.filter((action) => !GIVING_UP.includes(action.name)),
      ...(speaks ? [arrivals(constants)] : []),
    ],
  }
}

/** The gateway alone; without an attacker nothing that was lost arrives after all, and nothing is copied. */
export const gatewayOf = ({ alone, attacker }: Comparison, weakened = false): Model => {
  const model = following('a single gateway', alone, [])
  const withheld = ['CopyReachesPeer', 'CopyReachesCluster', 'ForgeryReachesCluster']
  return weakened && attacker === 'A0'
    ? { ...model, actions: model.actions.filter(({ name }) => !withheld.includes(name)) }
    : model
}

/** The cluster, with properties. */
export const clusterOf = (
  name: string,
  { constants, part }: Comparison,
  properties: readonly Property[],
): Model => following(`${name}, ${part}`, constants, properties)
