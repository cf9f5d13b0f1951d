/**
 * For each property, a smallest configuration that violates it: no bound of it can be lowered by one. A test checks
 * that; `explain` prints it.
 */
import { cluster } from '../model/cluster.ts'
import type { Scope } from '../model/constants/constants.ts'
import { SCHEMES } from '../model/schemes/index.ts'
import type { FocusName } from '../model/schemes/named-scheme.ts'
import type { Model } from '../src/modelling/model.ts'
import { PLANS } from './focuses/plans.ts'

/** A search with lower bounds: by path of the bound in the scope, such as requests.cluster.createChild. */
export interface Smallest {
  readonly scheme: string
  readonly focus: FocusName
  readonly bounds: Readonly<Record<string, number>>
  readonly steps: number
}

/** Bounds that are no fault, attack or amount of work, but room in channels and widths of numbers. */
const ROOM = ['network', 'synch', 'window', 'members', 'wireBits', 'esp.window', 'spi.values']

/** Every bound of a scope that is a number or a switch, by path. */
export const boundsOf = (scope: object, path = ''): Readonly<Record<string, number>> =>
  Object.assign(
    {},
    ...Object.entries(scope).map(([name, value]: [string, unknown]) => {
      const at = path === '' ? name : `${path}.${name}`
      if (ROOM.some((room) => at === room || at.endsWith(`.${room}`))) return {}
      if (typeof value === 'object' && value !== null) return boundsOf(value, at)
      if (typeof value === 'boolean') return { [at]: value ? 1 : 0 }
      return typeof value === 'number' ? { [at]: value } : {}
    }),
  ) as Readonly<Record<string, number>>

/** The scope with some bounds set. */
export const withBounds = (scope: Scope, bounds: Readonly<Record<string, number>>): Scope => {
  const copy = structuredClone(scope) as unknown as Record<string, unknown>
  for (const [path, bound] of Object.entries(bounds)) {
    const names = path.split('.')
    const last = names.pop()!
    const holder = names.reduce((object, name) => object[name] as Record<string, unknown>, copy)
    holder[last] = typeof holder[last] === 'boolean' ? bound === 1 : bound
  }
  return copy as unknown as Scope
}

/** The search of a scheme by a focus with these bounds and every other at 0. */
export const searchWithin = (
  name: string,
  focus: FocusName,
  bounds: Readonly<Record<string, number>>,
): Model => {
  const plan = PLANS.get(focus)!
  const { scheme } = SCHEMES.find((one) => one.name === name)!
  const none = Object.fromEntries(Object.keys(boundsOf(plan.scope)).map((path) => [path, 0]))
  const constants = { scheme: plan.relevant(scheme), scope: withBounds(plan.scope, { ...none, ...bounds }) }
  return cluster(`${name}, ${focus}`, constants, plan.properties(constants))
}

const WORDS: Readonly<Record<string, string>> = {
  'requests.cluster.createChild': 'child SAs asked for by the cluster',
  'requests.cluster.rekeyChild': 'rekeyings by the cluster',
  'requests.cluster.deleteChild': 'deletions by the cluster',
  'requests.cluster.rekeyIke': 'IKE rekeyings by the cluster',
  'requests.peer.createChild': 'child SAs asked for by the peer',
  'requests.peer.rekeyChild': 'rekeyings by the peer',
  'requests.peer.deleteChild': 'deletions by the peer',
  'requests.peer.rekeyIke': 'IKE rekeyings by the peer',
  'probes.cluster': 'liveness checks by the cluster',
  'probes.peer': 'liveness checks by the peer',
  'esp.outbound': 'packets of the cluster',
  'esp.inbound': 'packets of the peer',
  'addresses.packets': 'tunnel packets of the peer',
  'addresses.renewals': 'renewals',
  'spi.allocations': 'SAs set up',
  'spi.peers': 'peers',
  crashes: 'crashes',
  returns: 'returns',
  handovers: 'handovers',
  splits: 'cuts of the synch channel',
  synchLosses: 'lost synch messages',
  retransmissions: 'retransmissions',
  hints: 'hints',
  heals: 'cut channels that heal',
  hangs: 'standbys that hang',
  suspicions: 'members taken for down',
  members: 'members',
  network: 'IKE messages in the network',
  synch: 'synch messages in a channel',
  attacker: 'what an attacker can do, A0 to A2',
}

/** The words for a bound; its path where it has none. */
export const wordsOf = (path: string): string => WORDS[path] ?? path

/** Such as: synch-sas, own-requests; liveness checks by the cluster: 1, crashes: 1; 4 steps. */
export const smallestText = ({ scheme, focus, bounds, steps }: Smallest): string => {
  const parts = Object.entries(bounds).map(([path, bound]) => `${wordsOf(path)}: ${bound}`)
  return `${scheme}, ${focus}; ${parts.join(', ') || 'nothing needs to happen'}; ${steps} steps`
}

/** By label. Bounds that are not named are 0. */
export const SMALLEST: Readonly<Record<string, Smallest>> = {
  'MID-1': {
    scheme: 'share-ike-freely',
    focus: 'sharing-own',
    bounds: { 'requests.cluster.createChild': 1, 'probes.cluster': 1 },
    steps: 2,
  },
  'MID-2': { scheme: 'share-ike-freely', focus: 'sharing-peer', bounds: { 'probes.peer': 1 }, steps: 4 },
  'MID-3': {
    scheme: 'share-ike-freely',
    focus: 'sharing-own',
    bounds: { 'requests.cluster.createChild': 1, 'probes.cluster': 1 },
    steps: 4,
  },
  'MID-4': {
    scheme: 'share-ike-freely',
    focus: 'sharing-own',
    bounds: { 'requests.cluster.createChild': 1, 'probes.cluster': 1 },
    steps: 5,
  },
  'MID-5': {
    scheme: 'peer-takes-future-ids',
    focus: 'own-requests',
    bounds: { 'probes.cluster': 1, crashes: 1 },
    steps: 6,
  },
  'MID-6': { scheme: 'share-ike-freely', focus: 'sharing-own', bounds: { 'probes.cluster': 1 }, steps: 2 },
  'MID-7': {
    scheme: 'share-ike-freely',
    focus: 'sharing-peer',
    bounds: { 'requests.peer.createChild': 1 },
    steps: 4,
  },
  'LIV-1c': {
    scheme: 'ike-from-member-strict',
    focus: 'addresses',
    bounds: { 'probes.cluster': 1 },
    steps: 0,
  },
  'LIV-1p': { scheme: 'ike-from-member-strict', focus: 'addresses', bounds: { 'probes.peer': 1 }, steps: 0 },
  'CHD-1': { scheme: 'no-synch', focus: 'window-2', bounds: { crashes: 1 }, steps: 2 },
  'ANO-1': { scheme: 'iv-member-id', focus: 'outbound', bounds: { 'esp.outbound': 2 }, steps: 2 },
  'LIV-1e': {
    scheme: 'no-synch',
    focus: 'second-failover',
    bounds: { 'probes.cluster': 1, 'probes.peer': 1, crashes: 1 },
    steps: 1,
  },
  'SEQ-1': { scheme: 'iv-member-id', focus: 'outbound', bounds: { 'esp.outbound': 2 }, steps: 2 },
  'SEQ-2o': { scheme: 'iv-member-id', focus: 'outbound', bounds: { 'esp.outbound': 2 }, steps: 2 },
  'SEQ-2i': { scheme: 'advances-first', focus: 'inbound', bounds: { 'esp.inbound': 1 }, steps: 2 },
  'SEQ-3': { scheme: 'esp-wraps', focus: 'sequence-space', bounds: { 'esp.outbound': 16 }, steps: 22 },
  'ESN-1': {
    scheme: 'esn-raised',
    focus: 'inbound-esn',
    bounds: { 'esp.inbound': 1, handovers: 1 },
    steps: 2,
  },
  'RPL-1': { scheme: 'shared-sa-flooded', focus: 'inbound', bounds: { 'esp.inbound': 1 }, steps: 1 },
  'IV-1': { scheme: 'shared-sa', focus: 'outbound', bounds: { 'esp.outbound': 2 }, steps: 2 },
  'TRN-2': {
    scheme: 'ike-from-member-strict',
    focus: 'addresses',
    bounds: { 'probes.peer': 1, crashes: 1 },
    steps: 8,
  },
  'ADR-1': {
    scheme: 'loose-redirecting',
    focus: 'outages',
    bounds: { crashes: 1, 'addresses.packets': 1 },
    steps: 2,
  },
  'ADR-2': {
    scheme: 'loose-resolving',
    focus: 'planned',
    bounds: { handovers: 1, 'addresses.packets': 1 },
    steps: 2,
  },
  'REC-1': { scheme: 'loose-redirecting', focus: 'outages', bounds: { crashes: 1 }, steps: 1 },
  'SPI-1': {
    scheme: 'spi-shared',
    focus: 'spis',
    bounds: { 'spi.allocations': 2, 'spi.peers': 1 },
    steps: 2,
  },
  'DoS-1h': { scheme: 'hints-believed', focus: 'hints', bounds: { hints: 1 }, steps: 1 },
  'DoS-1r': { scheme: 'no-message-id-check', focus: 'hints', bounds: { 'probes.peer': 1 }, steps: 4 },
  'DoS-1e': { scheme: 'advances-first', focus: 'inbound', bounds: { 'esp.inbound': 1 }, steps: 2 },
  'SYN-1': { scheme: 'tells-of-drops', focus: 'inbound', bounds: { 'esp.inbound': 1 }, steps: 2 },
}
