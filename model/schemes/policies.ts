/** Policies that many schemes start from. */
import type { Scheme } from '../constants/constants.ts'
import type { EspPolicies } from '../constants/esp-policies.ts'

/** A hot standby that is told nothing; its peer follows RFC 7296. */
export const nothing: Scheme = {
  cluster: true,
  ikeBy: 'one',
  drains: false,
  whenCut: 'allGoOn',
  synchSas: false,
  synchIke: 'never',
  synchCounters: 'together',
  carriesAnswer: false,
  carriesRequest: false,
  channel: 'fifo',
  merge: 'maximum',
  retells: false,
  resynchOnReturn: false,
  childrenOnReturn: 'copied',
  resynchOnHeal: true,
  fences: false,
  esp: {
    sharing: 'one',
    delivery: 'right',
    esn: false,
    period: 0,
    toldBy: 'count',
    unread: 1,
    whenUnread: 'waits',
    jump: 0,
    tellsJump: false,
    atMaximum: 'stops',
    iv: 'sequence',
    learns: false,
    raise: 0,
    handsOverCounters: false,
    advances: 'authentic',
    alarms: false,
    peerAntiReplay: true,
  },
  spi: 'independent',
  addressing: 'cluster',
  redirects: false,
  requestIds: 'checked',
  peer: { futureIds: 'dropped', repeats: 'byId', hints: 'ignored', addresses: 'any' },
}

/** A scheme with other policies of ESP. */
export const withEsp = (scheme: Scheme, esp: Partial<EspPolicies>): Scheme => ({
  ...scheme,
  esp: { ...scheme.esp, ...esp },
})

/** SAs are told. */
export const sas: Scheme = { ...nothing, synchSas: true, resynchOnReturn: true }

/** And IKE counters after each exchange. */
export const ike: Scheme = { ...sas, synchIke: 'afterwards' }

/** And ESP counters every second packet: the smallest period in which something can be missed. */
export const esp: Scheme = withEsp(ike, { period: 2 })

/** And a member that takes over skips a period each for the message that the scope may lose, the one unread, and the packets not yet told. */
export const wideJump: Scheme = withEsp(esp, { jump: 6 })

/** And it tells of that jump, and sends nothing before the others have acknowledged it. */
export const toldJump: Scheme = withEsp(wideJump, { tellsJump: true })

/**
 * And message IDs when a request is sent or taken, before anything is done about it: a datagram for each, which nobody
 * acknowledges, which another may overtake, and which is believed whatever it says. Nothing of ESP counters or requests
 * is told, and nothing is done at a takeover; the child SAs of a member that returns are rekeyed.
 */
export const toldBefore: Scheme = {
  ...withEsp(sas, { iv: 'salted' }),
  synchIke: 'before',
  synchCounters: 'apart',
  channel: 'reorders',
  merge: 'latest',
  childrenOnReturn: 'rekeyed',
  resynchOnHeal: false,
}

/** Every IKE event waits until the others have acknowledged it. */
export const acknowledged: Scheme = { ...toldJump, synchIke: 'acknowledged' }

/** With cached answers and outstanding requests. */
export const everything: Scheme = { ...acknowledged, carriesAnswer: true, carriesRequest: true }
