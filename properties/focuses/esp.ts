/**
 * Searches about ESP: RFC 6027 sections 3.4, 3.5, 3.7 and 3.7.1. The two directions share no state but who acts, so
 * each is searched alone, except where the load moves without a fault.
 */

import type { Constants, Scheme } from '../../model/constants/constants.ts'
import type { EspPolicies, EspScope } from '../../model/constants/esp-policies.ts'
import { nothing } from '../../model/schemes/policies.ts'
import type { Property } from '../../src/modelling/property.ts'
import { extraSas, lostByCluster, lostByPeer, synchPerPackets } from '../measures/packets.ts'
import { noKnownAnomaly } from '../requirements/anomalies.ts'
import {
  acceptedOnce,
  attackNotTold,
  forgeryHarmless,
  inboundNotDropped,
} from '../requirements/inbound-counters.ts'
import { ivNotRepeated } from '../requirements/initial-vectors.ts'
import {
  counterNeverWraps,
  highHalfInferred,
  outboundNotDropped,
  sequenceNumberNotReused,
} from '../requirements/outbound-counters.ts'
import { type FocusPlan, quiet } from './focus.ts'

/** Without IKE exchanges it does not matter how members and peer treat them. */
const withoutIke = (scheme: Scheme): Scheme => ({
  ...scheme,
  ikeBy: nothing.ikeBy,
  synchIke: nothing.synchIke,
  synchCounters: nothing.synchCounters,
  carriesAnswer: nothing.carriesAnswer,
  carriesRequest: nothing.carriesRequest,
  peer: nothing.peer,
})

/** Without handovers it does not matter how they are done. */
const withoutHandovers = (scheme: Scheme): Scheme => ({
  ...scheme,
  drains: nothing.drains,
  esp: { ...scheme.esp, handsOverCounters: nothing.esp.handsOverCounters },
})

const INBOUND_ONLY = ['learns', 'raise', 'delivery', 'advances', 'alarms'] as const
const OUTBOUND_ONLY = ['jump', 'tellsJump', 'atMaximum', 'iv', 'peerAntiReplay'] as const

/** The scheme with some policies set to those of `nothing`. */
const reset = (scheme: Scheme, policies: readonly (keyof EspPolicies)[]): Scheme => ({
  ...scheme,
  esp: {
    ...scheme.esp,
    ...(Object.fromEntries(policies.map((policy) => [policy, nothing.esp[policy]])) as Partial<EspPolicies>),
  },
})

const outboundOnly = (scheme: Scheme): Scheme => withoutHandovers(reset(scheme, INBOUND_ONLY))
const inboundOnly = (scheme: Scheme): Scheme => withoutHandovers(reset(scheme, OUTBOUND_ONLY))

const both =
  (...properties: readonly ((constants: Constants) => Property)[]) =>
  (constants: Constants): readonly Property[] =>
    properties.map((property) => property(constants))

const { esp } = quiet

/** RFC 6027 section 3.5: the last synch at 170,000, a failover near 175,000, and what is sure to be old and to be new. */
const wide: EspScope = {
  ...esp,
  wireBits: 29,
  from: 165_000,
  bursts: [1, 4_999, 5_000, 9_999, 10_000],
  copied: [165_000, 170_000, 175_000, 180_000, 185_000, 190_000, 200_000],
}

export const espFocuses: readonly FocusPlan[] = [
  {
    name: 'outbound',
    about: 'packets that the cluster sends, with copies brought to the peer',
    scope: { ...quiet, esp: { ...esp, outbound: 12 }, attacker: 'A1' },
    small: { esp: { ...esp, outbound: 8 } },
    large: { esp: { ...esp, outbound: 14 }, crashes: 2, returns: 2 },
    relevant: (scheme) => withoutIke(outboundOnly(scheme)),
    properties: both(
      sequenceNumberNotReused,
      outboundNotDropped,
      ivNotRepeated,
      acceptedOnce,
      noKnownAnomaly,
    ),
  },
  {
    name: 'outbound-again',
    about: 'packets that a cluster of three sends while two of its members crash',
    small: 'skipped',
    scope: { ...quiet, members: 3, crashes: 2, returns: 0, esp: { ...esp, outbound: 9 } },
    large: { returns: 1 },
    relevant: (scheme) => withoutIke(outboundOnly(scheme)),
    properties: both(sequenceNumberNotReused, outboundNotDropped, ivNotRepeated, noKnownAnomaly),
  },
  {
    name: 'outbound-losses',
    about: 'packets that the cluster sends, with two lost synch messages',
    small: 'skipped',
    scope: { ...quiet, esp: { ...esp, outbound: 12 }, synchLosses: 2, returns: 0 },
    large: { synchLosses: 3, returns: 1 },
    relevant: (scheme) => withoutIke(outboundOnly(scheme)),
    properties: both(sequenceNumberNotReused, outboundNotDropped, ivNotRepeated, noKnownAnomaly),
  },
  {
    name: 'outbound-delayed',
    about: 'packets that the cluster sends, of which an attacker holds some back',
    scope: { ...quiet, esp: { ...esp, outbound: 4, window: 3 }, attacker: 'A2' },
    small: { esp: { ...esp, outbound: 3, window: 3 } },
    large: { esp: { ...esp, outbound: 6, window: 3 } },
    relevant: (scheme) => withoutIke(outboundOnly(scheme)),
    properties: both(sequenceNumberNotReused, ivNotRepeated, acceptedOnce),
  },
  {
    name: 'sequence-space',
    about: 'packets that the cluster sends, with so few bits for their numbers that they run out',
    scope: { ...quiet, esp: { ...esp, outbound: 17, wireBits: 4 } },
    small: { esp: { ...esp, outbound: 16, wireBits: 4 } },
    large: { esp: { ...esp, outbound: 20, wireBits: 4 } },
    relevant: (scheme) => withoutIke(outboundOnly(scheme)),
    properties: (constants) => [
      ...both(sequenceNumberNotReused, outboundNotDropped, ivNotRepeated)(constants),
      constants.scheme.esp.esn ? highHalfInferred(constants) : counterNeverWraps(constants),
    ],
  },
  {
    name: 'outbound-rekey',
    about: 'packets that the cluster sends, and a rekeying of their child SA by the cluster',
    small: 'skipped',
    scope: {
      ...quiet,
      requests: { cluster: { rekeyChild: 1 }, peer: {} },
      esp: { ...esp, outbound: 3, wireBits: 3 },
      returns: 0,
      retransmissions: 0,
      network: 2,
    },
    large: { returns: 1, retransmissions: 1 },
    relevant: outboundOnly,
    properties: both(sequenceNumberNotReused, outboundNotDropped, counterNeverWraps, ivNotRepeated),
  },
  {
    name: 'inbound',
    about: 'packets that the peer sends, with copies and forgeries brought to the members',
    scope: { ...quiet, esp: { ...esp, inbound: 5 }, attacker: 'A1' },
    small: { esp: { ...esp, inbound: 4 } },
    large: { esp: { ...esp, inbound: 8, window: 3 } },
    relevant: (scheme) => withoutIke(inboundOnly(scheme)),
    properties: (constants) => [
      ...both(inboundNotDropped, acceptedOnce, forgeryHarmless)(constants),
      ...(constants.scheme.cluster ? [attackNotTold(constants)] : []),
    ],
  },
  {
    name: 'inbound-delayed',
    about: 'packets that the peer sends, of which an attacker holds some back',
    small: 'skipped',
    scope: { ...quiet, esp: { ...esp, inbound: 4, window: 3 }, attacker: 'A2' },
    large: { esp: { ...esp, inbound: 6, window: 4 } },
    relevant: (scheme) => withoutIke(inboundOnly(scheme)),
    properties: both(acceptedOnce),
  },
  {
    name: 'inbound-long',
    about: 'more packets of the peer than a window is raised by, with copies brought to the members',
    scope: { ...quiet, esp: { ...esp, inbound: 9 }, attacker: 'A1', returns: 0 },
    large: { esp: { ...esp, inbound: 12 } },
    relevant: (scheme) => withoutIke(inboundOnly(scheme)),
    properties: both(inboundNotDropped, acceptedOnce),
  },
  {
    name: 'inbound-gaps',
    about: 'more packets of the peer than a window is raised by, of which an attacker holds some back',
    scope: { ...quiet, esp: { ...esp, inbound: 7 }, attacker: 'A2', returns: 0 },
    small: 'skipped',
    large: { esp: { ...esp, inbound: 8 } },
    relevant: (scheme) => withoutIke(inboundOnly(scheme)),
    properties: both(acceptedOnce),
  },
  {
    name: 'inbound-rekey',
    about: 'packets that the peer sends, and a rekeying of their child SA by the cluster',
    small: 'skipped',
    scope: {
      ...quiet,
      requests: { cluster: { rekeyChild: 1 }, peer: {} },
      esp: { ...esp, inbound: 2, wireBits: 3 },
      attacker: 'A1',
      returns: 0,
      retransmissions: 0,
      network: 2,
    },
    large: { esp: { ...esp, inbound: 3, wireBits: 3 }, retransmissions: 1 },
    relevant: inboundOnly,
    properties: both(inboundNotDropped, acceptedOnce),
  },
  {
    name: 'inbound-esn',
    about: 'packets that the peer sends with extended sequence numbers, of which the wire shows few bits',
    scope: { ...quiet, esp: { ...esp, inbound: 9, wireBits: 3 }, crashes: 0, returns: 0, handovers: 1 },
    relevant: (scheme) => withoutIke(reset(scheme, OUTBOUND_ONLY)),
    properties: both(inboundNotDropped, highHalfInferred),
  },
  {
    name: 'rebalancing',
    about: 'packets in both directions while the load moves from member to member without a fault',
    small: 'skipped',
    scope: {
      ...quiet,
      esp: { ...esp, outbound: 4, inbound: 2 },
      attacker: 'A1',
      crashes: 0,
      returns: 0,
      handovers: 2,
    },
    large: { esp: { ...esp, outbound: 6, inbound: 3 }, handovers: 3, synch: 3 },
    relevant: withoutIke,
    properties: both(
      sequenceNumberNotReused,
      outboundNotDropped,
      ivNotRepeated,
      inboundNotDropped,
      acceptedOnce,
      noKnownAnomaly,
    ),
  },
  {
    name: 'split-packets',
    about: 'packets in both directions while the synch channel is cut and each member takes over',
    small: 'skipped',
    scope: {
      ...quiet,
      esp: { ...esp, outbound: 8, inbound: 2 },
      attacker: 'A1',
      crashes: 0,
      returns: 0,
      splits: true,
    },
    relevant: (scheme) => withoutIke(withoutHandovers(scheme)),
    properties: both(
      sequenceNumberNotReused,
      outboundNotDropped,
      ivNotRepeated,
      inboundNotDropped,
      acceptedOnce,
      noKnownAnomaly,
    ),
  },
  {
    name: 'price-of-packets',
    about: 'packets that the cluster sends when nothing fails, for what they cost',
    scope: { ...quiet, esp: { ...esp, outbound: 4 }, crashes: 0, returns: 0, synchLosses: 0 },
    relevant: (scheme) => withoutIke(outboundOnly(scheme)),
    properties: both(synchPerPackets, extraSas),
  },
  {
    name: 'packets-lost-out',
    about: 'packets that the cluster sends, for those lost at a takeover',
    small: 'skipped',
    scope: { ...quiet, esp: { ...esp, outbound: 12 }, returns: 0 },
    relevant: (scheme) => withoutIke(outboundOnly(scheme)),
    properties: both(lostByPeer),
  },
  {
    name: 'packets-lost-in',
    about: 'packets that the cluster receives, for those lost at a takeover',
    small: 'skipped',
    scope: { ...quiet, esp: { ...esp, inbound: 12 }, returns: 0 },
    relevant: (scheme) => withoutIke(inboundOnly(scheme)),
    properties: both(lostByCluster),
  },
  {
    name: 'wide-outbound',
    about: 'packets that the cluster sends from number 165,000 on, in bursts of up to 10,000',
    wide: true,
    scope: { ...quiet, returns: 0, esp: { ...wide, outbound: 200_000 } },
    relevant: (scheme) => withoutIke(outboundOnly(scheme)),
    properties: both(sequenceNumberNotReused, outboundNotDropped),
  },
  {
    name: 'wide-inbound',
    about: 'packets that the peer sends from number 165,000 on, in bursts of up to 10,000; a few are copied',
    wide: true,
    scope: { ...quiet, returns: 0, esp: { ...wide, inbound: 60_000 }, attacker: 'A1' },
    relevant: (scheme) => withoutIke(inboundOnly(scheme)),
    properties: both(inboundNotDropped, acceptedOnce),
  },
]
