/** The clustering schemes of the matrix: what each synchronises, and what its members do when they take over. */
import type { Scheme } from './constants.ts'

/** A scheme with a name and one sentence. */
export interface NamedScheme {
  readonly name: string
  readonly about: string
  readonly scheme: Scheme
}

const nothing: Scheme = {
  members: 2,
  synchSas: false,
  synchIke: 'never',
  carriesAnswer: false,
  carriesRequest: false,
  espPeriod: 0,
  espUnread: 1,
  jump: 0,
  iv: 'sequence',
  resynchOnReturn: false,
}
const sas: Scheme = { ...nothing, synchSas: true, resynchOnReturn: true }
const ike: Scheme = { ...sas, synchIke: 'afterwards' }
/** Every second packet: the smallest period in which something can be missed. */
const esp: Scheme = { ...ike, espPeriod: 2 }
const jump: Scheme = { ...esp, jump: 2 }
/** A period each for the message that the scope may lose, the one unread, and the packets not yet told. */
const wideJump: Scheme = { ...esp, jump: 6 }
const acknowledged: Scheme = { ...wideJump, synchIke: 'acknowledged' }
const everything: Scheme = { ...acknowledged, carriesAnswer: true, carriesRequest: true }

/** Every scheme, from the single gateway to everything acknowledged. */
export const SCHEMES: readonly NamedScheme[] = [
  {
    name: 'single-gateway',
    about: 'One gateway without a cluster: the measure of what IKEv2 and IPsec promise by themselves.',
    scheme: { ...nothing, members: 1 },
  },
  {
    name: 'no-synch',
    about: 'The standby knows nothing of the SAs and takes over the address only.',
    scheme: nothing,
  },
  {
    name: 'synch-sas',
    about: 'SAs are told to the standby when they are created and deleted; counters are not.',
    scheme: sas,
  },
  {
    name: 'synch-ike',
    about: 'As synch-sas, and the IKE counters are told after every exchange, without waiting.',
    scheme: ike,
  },
  {
    name: 'esp-as-is',
    about:
      'As synch-ike, and ESP counters are told every 2 packets; a new active member goes on from the last.',
    scheme: esp,
  },
  {
    name: 'esp-jump',
    about: 'As esp-as-is, and a new active member skips 2 sequence numbers: one period.',
    scheme: jump,
  },
  {
    name: 'esp-wide-jump',
    about:
      'As esp-jump with 6 numbers: a period each for a message lost, one unread and the packets not yet told.',
    scheme: wideJump,
  },
  {
    name: 'esp-wide-jump-late',
    about: 'As esp-wide-jump, but the standby may lag behind by two messages.',
    scheme: { ...wideJump, espUnread: 2 },
  },
  {
    name: 'esp-wide-jump-own-iv',
    about: 'As esp-wide-jump, with IVs from a counter of each member that is not synchronised.',
    scheme: { ...wideJump, iv: 'counter' },
  },
  {
    name: 'acked-counters',
    about: 'As esp-wide-jump, but every IKE event waits for the standby to acknowledge the IKE counters.',
    scheme: acknowledged,
  },
  {
    name: 'acked-answers',
    about: 'As acked-counters, and the cached answer is acknowledged with them.',
    scheme: { ...acknowledged, carriesAnswer: true },
  },
  {
    name: 'acked-requests',
    about: 'As acked-counters, and the outstanding request is acknowledged with them.',
    scheme: { ...acknowledged, carriesRequest: true },
  },
  {
    name: 'acked-everything',
    about: 'As acked-counters, and both the cached answer and the outstanding request are acknowledged.',
    scheme: everything,
  },
  {
    name: 'acked-no-resynch',
    about: 'As acked-everything, but a member that returns empty is not brought up to date.',
    scheme: { ...everything, resynchOnReturn: false },
  },
]
