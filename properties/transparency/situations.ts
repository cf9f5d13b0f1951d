/** What can fail while a cluster is compared: the failures of the searches that judge its scheme in the matrix. */
import type { Scope } from '../../model/constants/scope.ts'
import type { FocusName } from '../../model/schemes/named-scheme.ts'

/** Bounds that a situation changes, for exchanges or for packets. */
type Bounds = Partial<Pick<Scope, Failing>> & { readonly esp?: Partial<Scope['esp']> }
type Failing =
  | 'members'
  | 'crashes'
  | 'returns'
  | 'handovers'
  | 'splits'
  | 'heals'
  | 'hangs'
  | 'suspicions'
  | 'synchLosses'

interface Situation {
  readonly about: string
  /** The searches of the matrix in which the same fails. */
  readonly exchangesIn: readonly FocusName[]
  readonly packetsIn: readonly FocusName[]
  readonly exchanges: Bounds
  readonly packets: Bounds
  /** Absent: packets in either direction. */
  readonly direction?: 'outbound' | 'inbound'
}

const none = { exchangesIn: [], packetsIn: [], exchanges: {}, packets: {} }
const nobodyCrashes = { crashes: 0, returns: 0 }

/** By name; `crash` is the usual one. */
export const SITUATIONS = {
  crash: {
    about: 'members crash',
    exchangesIn: [
      ...(['own-requests', 'peer-requests', 'own-briefly', 'peer-briefly', 'together'] as const),
      ...(['second-failover', 'peer-survives', 'addresses', 'outages', 'hints'] as const),
    ],
    packetsIn: [
      ...(['own-briefly', 'outbound', 'outbound-delayed', 'outbound-rekey'] as const),
      ...(['inbound', 'inbound-delayed', 'inbound-long', 'inbound-gaps', 'inbound-rekey'] as const),
    ],
    exchanges: {},
    packets: {},
  },
  handover: {
    about: 'the load moves without a fault',
    exchangesIn: ['handover', 'sharing-own', 'sharing-peer'],
    packetsIn: ['rebalancing'],
    exchanges: { ...nobodyCrashes, handovers: 1 },
    packets: { ...nobodyCrashes, handovers: 2 },
  },
  cut: {
    about: 'the synch channel is cut',
    exchangesIn: ['split-brain'],
    packetsIn: ['split-packets'],
    exchanges: { ...nobodyCrashes, splits: true, synchLosses: 0 },
    packets: { ...nobodyCrashes, splits: true },
  },
  healed: {
    ...none,
    about: 'the synch channel is cut and works again, and a member crashes',
    exchangesIn: ['healed-split'],
    exchanges: { crashes: 1, returns: 0, splits: true, heals: 1, synchLosses: 0 },
  },
  hung: {
    ...none,
    about: 'a standby hangs',
    exchangesIn: ['hung-standby'],
    exchanges: { ...nobodyCrashes, hangs: 1, synchLosses: 0 },
  },
  suspected: {
    ...none,
    about: 'a member is taken for down and is up, and one crashes',
    exchangesIn: ['suspected'],
    exchanges: { crashes: 1, returns: 0, suspicions: 1, synchLosses: 0 },
  },
  three: {
    about: 'of three members two crash',
    exchangesIn: ['three-members'],
    packetsIn: ['outbound-again'],
    exchanges: { members: 3, crashes: 2, returns: 0, synchLosses: 0 },
    packets: { members: 3, crashes: 2, esp: { outbound: 9 } },
    direction: 'outbound',
  },
  losses: {
    ...none,
    about: 'a member crashes, and two synch messages are lost',
    packetsIn: ['outbound-losses'],
    packets: { synchLosses: 2 },
    direction: 'outbound',
  },
  last: {
    ...none,
    about: 'a member crashes, and sequence numbers run out',
    packetsIn: ['sequence-space'],
    packets: { esp: { outbound: 17, wireBits: 4 } },
    direction: 'outbound',
  },
  extended: {
    ...none,
    about: 'the load moves without a fault, and the wire shows few bits of extended sequence numbers',
    packetsIn: ['inbound-esn'],
    packets: { ...nobodyCrashes, handovers: 1, esp: { wireBits: 3 } },
    direction: 'inbound',
  },
} as const satisfies Readonly<Record<string, Situation>>

export type SituationName = keyof typeof SITUATIONS
export const SITUATION = Object.keys(SITUATIONS) as SituationName[]

export const situationOf = (name: SituationName): Situation => SITUATIONS[name]
