/** The spaces that are searched where no file is named: each family of policies with the searches that can see them. */
import type { DesignFile } from './design-file.ts'

/** Every 10,000 packets a message, and jumps of as much as that, one lost, or one lost and one unread come to. */
const TOLD = '10000 packets'
const WIDTHS = [0, 10_000, 19_999, 29_999, 39_999, 'maximum'] as const

/** By name. */
export const SPACES = {
  'hot-standby': {
    about: 'What a standby is told of SAs and IKE counters, and how SPIs are chosen.',
    fixed: {
      kind: 'hot-standby',
      searches: ['own-briefly', 'peer-briefly', 'peer-survives', 'spis', 'price-of-exchanges'],
    },
    again: ['second-failover', 'own-requests', 'peer-requests'],
    free: {
      policies: {
        synchSas: [false, true],
        synchIke: ['never', 'before', 'afterwards', 'acknowledged'],
        synchCounters: 'all',
        carriesAnswer: [false, true],
        carriesRequest: [false, true],
        merge: 'all',
        resynchOnReturn: [false, true],
        childrenOnReturn: 'all',
        spi: 'all',
      },
      channel: { order: 'all' },
    },
  },
  outbound: {
    about:
      'What a standby is told of the counters of packets that the cluster sends, and how it goes on from there.',
    fixed: {
      kind: 'hot-standby',
      basis: 'synch-sas',
      searches: [
        'outbound',
        'outbound-losses',
        'outbound-delayed',
        'sequence-space',
        'price-of-packets',
        'packets-lost-out',
      ],
    },
    free: {
      policies: { merge: 'all', resynchOnReturn: [false, true] },
      esp: {
        told: ['never', TOLD],
        jump: WIDTHS,
        tellsJump: [false, true],
        atMaximum: 'all',
      },
      channel: { order: 'all' },
    },
  },
  ivs: {
    about: 'How the IV of a packet is made.',
    fixed: {
      kind: 'hot-standby',
      basis: 'synch-sas',
      searches: ['outbound', 'outbound-losses', 'outbound-delayed', 'price-of-packets', 'packets-lost-out'],
    },
    free: {
      policies: { resynchOnReturn: [false, true] },
      esp: {
        iv: ['sequence', 'counter', 'lfsr', 'random', 'salted', 'memberId', 'incarnationId'],
        told: ['never', TOLD],
        jump: [0, 39_999, 'maximum'],
      },
    },
  },
  inbound: {
    about:
      'What a standby is told of the window for packets that the peer sends, and which packets it takes.',
    fixed: {
      kind: 'hot-standby',
      basis: 'synch-sas',
      searches: ['inbound', 'inbound-delayed', 'inbound-long', 'inbound-gaps', 'packets-lost-in'],
    },
    free: {
      policies: { resynchOnReturn: [false, true] },
      esp: {
        told: ['never', TOLD],
        raise: [0, 10_000, 29_999, 'maximum'],
        learns: [false, true],
        delivery: ['right', 'allNote'],
        advances: 'all',
        alarms: [false, true],
      },
    },
  },
  'load-sharing': {
    about: 'Who acts on an IKE SA and on its child SAs where all members carry load.',
    fixed: {
      basis: 'synch-sas',
      failures: { handovers: 1 },
      searches: ['sharing-own', 'sharing-peer', 'rebalancing'],
    },
    free: {
      policies: {
        ikeBy: 'all',
        synchIke: ['never', 'afterwards', 'acknowledged'],
        carriesAnswer: [false, true],
        carriesRequest: [false, true],
        drains: [false, true],
      },
      esp: {
        sharing: 'all',
        delivery: 'all',
        told: ['never', TOLD],
        jump: [0, 29_999],
        handsOverCounters: [false, true],
      },
    },
  },
} as const satisfies Readonly<Record<string, DesignFile>>

export type SpaceName = keyof typeof SPACES
export const SPACE_NAMES = Object.keys(SPACES) as readonly SpaceName[]
