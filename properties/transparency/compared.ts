/**
 * What is compared: a cluster that may fail, and the same gateway alone behind a network that loses, copies, delays and reorders.
 * Nobody gives up in either, for nothing is promised about an IKE SA after that; and nobody probes, for a probe is an exchange like
 * any other.
 */
import { cluster } from '../../model/cluster.ts'
import type { Constants, Scheme } from '../../model/constants/constants.ts'
import type { Scope } from '../../model/constants/scope.ts'
import { lastNumber } from '../../model/state/esp-counters.ts'
import type { Model } from '../../src/modelling/model.ts'
import type { Property } from '../../src/modelling/property.ts'
import { quiet, withoutEsp } from '../focuses/focus.ts'
import { arrivals } from './arrivals.ts'
import { type SituationName, situationOf } from './situations.ts'

/** Parts of what is compared: exchanges that the cluster starts, the peer, or both; packets that the cluster sends, or the peer. */
export const PART = ['own', 'peer', 'both', 'outbound', 'inbound'] as const
export type Part = (typeof PART)[number]

export const isOfEsp = (part: Part): boolean => part === 'outbound' || part === 'inbound'

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

const nobodyFails: Partial<Scope> = {
  crashes: 0,
  returns: 0,
  handovers: 0,
  splits: false,
  heals: 0,
  hangs: 0,
  suspicions: 0,
  synchLosses: 0,
}

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

/** Packets of one direction. Where every member carries traffic, one that returns begins to act at once. */
const packets = ({ esp }: Scheme, part: Part, more: Partial<Scope['esp']> = {}): Partial<Scope> => ({
  esp: { ...quiet.esp, [part]: part === 'outbound' ? OUTBOUND : INBOUND, ...more },
  ...((esp.sharing === 'all' || esp.sharing === 'ownSa') && { returns: 1 }),
})

/** How often a member begins to carry traffic for another. */
const beginnings = ({ crashes, returns, handovers, splits, members }: Scope): number =>
  crashes + returns + handovers + (splits ? members : 0)

/** Packets of the gateway alone: as many as the cluster, and one for each number that a member can skip. */
const packetsAlone = (constants: Constants): number => {
  const { scheme, scope } = constants
  const { jump } = scheme.esp
  return jump === 'maximum' ? lastNumber(constants) : scope.esp.outbound + beginnings(scope) * jump
}

/**
 * The scheme of the gateway alone, which follows the RFCs in what a gateway by itself can get wrong. Where each member has a child SA
 * of its own, members that never fail and tell each other nothing are one gateway with as many parallel child SAs: which box a counter
 * stands in cannot be seen.
 */
const aloneOf = (scheme: Scheme): Scheme => {
  const parallel = scheme.esp.sharing === 'ownSa'
  return {
    ...scheme,
    cluster: parallel,
    requestIds: 'checked',
    // One address for IKE and for tunnel packets.
    addressing: scheme.addressing === 'member' ? 'cluster' : scheme.addressing,
    esp: {
      ...scheme.esp,
      advances: 'authentic',
      atMaximum: 'stops',
      ...(parallel && { period: 0, jump: 0, tellsJump: false }),
    },
  }
}

export const comparisonOf = (
  scheme: Scheme,
  part: Part,
  attacker: Attacker,
  situation: SituationName = 'crash',
): Comparison => {
  const ofEsp = isOfEsp(part)
  const { esp: numbers, ...fails } = situationOf(situation)[ofEsp ? 'packets' : 'exchanges']
  const { outbound: _, ...more } = numbers ?? {}
  const own: Partial<Scope> = ofEsp
    ? { attacker, ...packets(scheme, part, part === 'outbound' ? numbers : more) }
    : exchanges(part)
  const scope: Scope = { ...quiet, returns: 0, ...own, ...fails, ...(scheme.cluster ? {} : nobodyFails) }
  // A message that is held back takes no place of the network, and numbers that are skipped must be reachable by losses.
  const room: Partial<Scope> = ofEsp
    ? {
        attacker: 'A2',
        esp: {
          ...scope.esp,
          outbound: part === 'outbound' ? packetsAlone({ scheme, scope }) : 0,
        },
      }
    : { network: scope.network + 1 }
  const judged = ofEsp ? scheme : withoutEsp(scheme)
  return {
    part,
    attacker,
    constants: { scheme: judged, scope },
    alone: { scheme: aloneOf(judged), scope: { ...scope, ...nobodyFails, ...room } },
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

const COPIES: readonly string[] = ['CopyReachesPeer', 'CopyReachesCluster']

/** The gateway alone, behind a network that copies and reorders. */
export const gatewayOf = ({ alone }: Comparison): Model => following('a single gateway', alone, [])

/**
 * The same for what is accepted. Late packets need no attacker, and copies add nothing to what an end accepts that checks for
 * replays: so its network can do the same at each level. Where the peer does not check, there are no copies without an attacker.
 */
export const gatewayAt = (comparison: Comparison): Model => {
  const model = gatewayOf(comparison)
  const { attacker, alone } = comparison
  return attacker === 'A0' && !alone.scheme.esp.peerAntiReplay
    ? { ...model, actions: model.actions.filter(({ name }) => !COPIES.includes(name)) }
    : model
}

/** The cluster, with properties. */
export const clusterOf = (
  name: string,
  { constants, part }: Comparison,
  properties: readonly Property[],
): Model => following(`${name}, ${part}`, constants, properties)
