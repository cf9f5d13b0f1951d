/** Policies that many schemes start from. */
import type { Scheme } from '../constants.ts'

/** A hot standby that is told nothing; its peer follows RFC 7296. */
export const nothing: Scheme = {
  cluster: true,
  ikeBy: 'one',
  drains: false,
  synchSas: false,
  synchIke: 'never',
  carriesAnswer: false,
  carriesRequest: false,
  channel: 'fifo',
  merge: 'maximum',
  resynchOnReturn: false,
  esp: { period: 0, unread: 1, jump: 0, iv: 'sequence' },
  spi: 'independent',
  addressing: 'cluster',
  redirects: false,
  requestIds: 'checked',
  peer: { futureIds: 'dropped', repeats: 'byId', hints: 'ignored', addresses: 'any' },
}

/** SAs are told. */
export const sas: Scheme = { ...nothing, synchSas: true, resynchOnReturn: true }

/** And IKE counters after each exchange. */
export const ike: Scheme = { ...sas, synchIke: 'afterwards' }

/** And ESP counters every second packet: the smallest period in which something can be missed. */
export const esp: Scheme = { ...ike, esp: { ...ike.esp, period: 2 } }

/** And a member that takes over skips a period each for the message that the scope may lose, the one unread, and the packets not yet told. */
export const wideJump: Scheme = { ...esp, esp: { ...esp.esp, jump: 6 } }

/** Every IKE event waits until the others have acknowledged it. */
export const acknowledged: Scheme = { ...wideJump, synchIke: 'acknowledged' }

/** With cached answers and outstanding requests. */
export const everything: Scheme = { ...acknowledged, carriesAnswer: true, carriesRequest: true }
