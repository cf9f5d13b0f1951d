/** What holds at the default scope and falls with a raised bound. Written by `npm run declare stability`. */
import type { Kept } from './declaration.ts'

export const STABILITY: Readonly<Record<string, Kept>> = {
  'no-synch': {
    by: 2,
    states: 20000,
    properties: {
      'DoS-1e': { held: 19, undecided: 0, flips: [] },
      'ADR-1': { held: 18, undecided: 0, flips: [] },
      'REC-1': { held: 18, undecided: 0, flips: [] },
      'DoS-1h': { held: 18, undecided: 2, flips: [] },
    },
  },
  'synch-sas': {
    by: 2,
    states: 20000,
    properties: {
      'MID-5': { held: 16, undecided: 71, flips: [] },
      'SEQ-2i': { held: 19, undecided: 0, flips: [] },
      'DoS-1e': { held: 19, undecided: 0, flips: [] },
      'DoS-1h': { held: 0, undecided: 11, flips: [] },
    },
  },
  'synch-ike': {
    by: 2,
    states: 20000,
    properties: {
      'MID-5': { held: 0, undecided: 80, flips: [] },
      'SEQ-2i': { held: 19, undecided: 0, flips: [] },
      'DoS-1e': { held: 19, undecided: 0, flips: [] },
    },
  },
  'acked-counters': {
    by: 2,
    states: 20000,
    properties: {
      'MID-1': {
        held: 20,
        undecided: 29,
        flips: [
          { search: 'own-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 8 },
          { search: 'second-failover', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 8 },
        ],
      },
      'MID-2': {
        held: 20,
        undecided: 29,
        flips: [
          { search: 'peer-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
          { search: 'second-failover', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 10 },
        ],
      },
      'MID-3': {
        held: 20,
        undecided: 28,
        flips: [
          { search: 'own-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
          { search: 'peer-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
          { search: 'second-failover', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 10 },
        ],
      },
      'MID-4': {
        held: 20,
        undecided: 30,
        flips: [
          { search: 'own-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 10 },
        ],
      },
      'MID-5': { held: 20, undecided: 31, flips: [] },
      'MID-7': {
        held: 20,
        undecided: 30,
        flips: [
          { search: 'peer-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
        ],
      },
      'SEQ-1': {
        held: 14,
        undecided: 2,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2o': {
        held: 14,
        undecided: 2,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'IV-1': {
        held: 14,
        undecided: 2,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2i': { held: 16, undecided: 2, flips: [] },
      'DoS-1e': { held: 16, undecided: 2, flips: [] },
      'SYN-1': { held: 16, undecided: 2, flips: [] },
    },
  },
  'acked-answers': {
    by: 2,
    states: 20000,
    properties: {
      'MID-1': {
        held: 18,
        undecided: 30,
        flips: [
          { search: 'own-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 8 },
          { search: 'second-failover', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 8 },
        ],
      },
      'MID-2': {
        held: 18,
        undecided: 31,
        flips: [{ search: 'second-failover', bound: 'members', words: 'members', from: 2, to: 3, steps: 10 }],
      },
      'MID-3': {
        held: 18,
        undecided: 29,
        flips: [
          { search: 'own-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
          { search: 'second-failover', bound: 'members', words: 'members', from: 2, to: 3, steps: 10 },
          { search: 'second-failover', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 10 },
        ],
      },
      'MID-4': {
        held: 18,
        undecided: 31,
        flips: [
          { search: 'own-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 10 },
        ],
      },
      'MID-5': { held: 18, undecided: 32, flips: [] },
      'MID-7': { held: 18, undecided: 32, flips: [] },
      'LIV-1p': { held: 10, undecided: 26, flips: [] },
      'TRN-1p': { held: 0, undecided: 8, flips: [] },
      'SEQ-1': {
        held: 14,
        undecided: 2,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2o': {
        held: 14,
        undecided: 2,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'IV-1': {
        held: 14,
        undecided: 2,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2i': { held: 16, undecided: 2, flips: [] },
      'DoS-1e': { held: 16, undecided: 2, flips: [] },
      'SYN-1': { held: 16, undecided: 2, flips: [] },
    },
  },
  'acked-requests': {
    by: 2,
    states: 20000,
    properties: {
      'MID-1': {
        held: 22,
        undecided: 28,
        flips: [
          { search: 'second-failover', bound: 'members', words: 'members', from: 2, to: 3, steps: 8 },
          { search: 'second-failover', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
        ],
      },
      'MID-2': {
        held: 22,
        undecided: 28,
        flips: [
          { search: 'peer-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
          { search: 'second-failover', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 10 },
        ],
      },
      'MID-3': {
        held: 22,
        undecided: 27,
        flips: [
          { search: 'peer-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
          { search: 'second-failover', bound: 'members', words: 'members', from: 2, to: 3, steps: 10 },
          { search: 'second-failover', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 10 },
        ],
      },
      'MID-4': { held: 22, undecided: 30, flips: [] },
      'MID-5': { held: 22, undecided: 30, flips: [] },
      'MID-7': {
        held: 22,
        undecided: 29,
        flips: [
          { search: 'peer-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
        ],
      },
      'MID-6': {
        held: 22,
        undecided: 28,
        flips: [
          { search: 'second-failover', bound: 'members', words: 'members', from: 2, to: 3, steps: 8 },
          { search: 'second-failover', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
        ],
      },
      'LIV-1c': { held: 10, undecided: 13, flips: [] },
      'CHD-1': {
        held: 36,
        undecided: 28,
        flips: [
          { search: 'peer-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
          { search: 'together', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
        ],
      },
      'TRN-1p': { held: 0, undecided: 8, flips: [] },
      'SEQ-1': {
        held: 14,
        undecided: 2,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2o': {
        held: 14,
        undecided: 2,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'IV-1': {
        held: 14,
        undecided: 2,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2i': { held: 16, undecided: 2, flips: [] },
      'DoS-1e': { held: 16, undecided: 2, flips: [] },
      'SYN-1': { held: 16, undecided: 2, flips: [] },
    },
  },
  'acked-everything': {
    by: 2,
    states: 20000,
    properties: {
      'MID-1': {
        held: 42,
        undecided: 56,
        flips: [
          { search: 'second-failover', bound: 'members', words: 'members', from: 2, to: 3, steps: 8 },
          { search: 'window-2', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 8 },
          { search: 'second-failover', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
        ],
      },
      'MID-2': {
        held: 42,
        undecided: 58,
        flips: [{ search: 'second-failover', bound: 'members', words: 'members', from: 2, to: 3, steps: 10 }],
      },
      'MID-3': {
        held: 42,
        undecided: 57,
        flips: [
          { search: 'second-failover', bound: 'members', words: 'members', from: 2, to: 3, steps: 10 },
          { search: 'window-2', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 10 },
        ],
      },
      'MID-4': {
        held: 42,
        undecided: 58,
        flips: [{ search: 'window-2', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 }],
      },
      'MID-5': { held: 42, undecided: 59, flips: [] },
      'MID-7': { held: 42, undecided: 59, flips: [] },
      'MID-6': {
        held: 42,
        undecided: 57,
        flips: [
          { search: 'second-failover', bound: 'members', words: 'members', from: 2, to: 3, steps: 8 },
          { search: 'second-failover', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
        ],
      },
      'LIV-1c': { held: 21, undecided: 28, flips: [] },
      'CHD-1': {
        held: 56,
        undecided: 58,
        flips: [
          { search: 'peer-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
        ],
      },
      'TRN-1c': {
        held: 67,
        undecided: 58,
        flips: [
          { search: 'second-failover', bound: 'members', words: 'members', from: 2, to: 3, steps: 8 },
          { search: 'window-2', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 8 },
          { search: 'second-failover', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
          { search: 'peer-survives', bound: 'members', words: 'members', from: 2, to: 3, steps: 10 },
          { search: 'peer-survives', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 11 },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'LIV-1p': { held: 21, undecided: 41, flips: [] },
      'TRN-1p': { held: 0, undecided: 8, flips: [] },
      'SEQ-1': {
        held: 14,
        undecided: 2,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2o': {
        held: 14,
        undecided: 2,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'IV-1': {
        held: 14,
        undecided: 2,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2i': { held: 16, undecided: 2, flips: [] },
      'DoS-1e': { held: 16, undecided: 2, flips: [] },
      'SYN-1': { held: 16, undecided: 2, flips: [] },
      'SPI-1': { held: 13, undecided: 3, flips: [] },
      'TRN-2': { held: 0, undecided: 11, flips: [] },
      'ADR-1': { held: 20, undecided: 11, flips: [] },
      'REC-1': { held: 18, undecided: 0, flips: [] },
      'ADR-2': { held: 16, undecided: 0, flips: [] },
      'DoS-1h': { held: 11, undecided: 6, flips: [] },
      'DoS-1r': { held: 11, undecided: 6, flips: [] },
    },
  },
  'acked-no-resynch': {
    by: 2,
    states: 20000,
    properties: {
      'MID-1': {
        held: 22,
        undecided: 29,
        flips: [{ search: 'second-failover', bound: 'members', words: 'members', from: 2, to: 3, steps: 8 }],
      },
      'MID-2': {
        held: 22,
        undecided: 29,
        flips: [{ search: 'second-failover', bound: 'members', words: 'members', from: 2, to: 3, steps: 10 }],
      },
      'MID-3': {
        held: 22,
        undecided: 29,
        flips: [{ search: 'second-failover', bound: 'members', words: 'members', from: 2, to: 3, steps: 10 }],
      },
      'MID-4': { held: 22, undecided: 30, flips: [] },
      'MID-5': { held: 22, undecided: 30, flips: [] },
      'MID-7': { held: 22, undecided: 30, flips: [] },
      'MID-6': {
        held: 22,
        undecided: 29,
        flips: [{ search: 'second-failover', bound: 'members', words: 'members', from: 2, to: 3, steps: 8 }],
      },
      'SEQ-1': {
        held: 15,
        undecided: 2,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2o': {
        held: 15,
        undecided: 2,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'IV-1': {
        held: 15,
        undecided: 2,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2i': { held: 19, undecided: 0, flips: [] },
      'DoS-1e': { held: 19, undecided: 0, flips: [] },
      'SYN-1': { held: 19, undecided: 0, flips: [] },
    },
  },
  'told-before': {
    by: 2,
    states: 20000,
    properties: {
      'MID-5': { held: 31, undecided: 21, flips: [] },
      'IV-1': { held: 19, undecided: 0, flips: [] },
      'SEQ-2i': { held: 19, undecided: 0, flips: [] },
      'DoS-1e': { held: 19, undecided: 0, flips: [] },
    },
  },
  'told-before-in-order': {
    by: 2,
    states: 20000,
    properties: {
      'MID-5': { held: 26, undecided: 4, flips: [] },
    },
  },
  'suspect-left-alone': {
    by: 2,
    states: 20000,
    properties: {
      'MID-5': { held: 11, undecided: 3, flips: [] },
    },
  },
  'suspect-fenced': {
    by: 2,
    states: 20000,
    properties: {
      'MID-1': {
        held: 14,
        undecided: 0,
        flips: [
          { search: 'suspected', bound: 'members', words: 'members', from: 2, to: 3, steps: 8 },
          { search: 'suspected', bound: 'handovers', words: 'handovers', from: 0, to: 2, steps: 9 },
        ],
      },
      'MID-4': {
        held: 14,
        undecided: 0,
        flips: [
          { search: 'suspected', bound: 'members', words: 'members', from: 2, to: 3, steps: 11 },
          { search: 'suspected', bound: 'handovers', words: 'handovers', from: 0, to: 2, steps: 11 },
        ],
      },
      'MID-5': { held: 16, undecided: 0, flips: [] },
      'MID-6': {
        held: 15,
        undecided: 0,
        flips: [{ search: 'suspected', bound: 'members', words: 'members', from: 2, to: 3, steps: 8 }],
      },
      'LIV-1c': { held: 16, undecided: 0, flips: [] },
      'TRN-1c': {
        held: 14,
        undecided: 0,
        flips: [
          { search: 'suspected', bound: 'members', words: 'members', from: 2, to: 3, steps: 8 },
          { search: 'suspected', bound: 'handovers', words: 'handovers', from: 0, to: 2, steps: 9 },
        ],
      },
    },
  },
  'acked-three-members': {
    by: 2,
    states: 20000,
    properties: {
      'MID-5': { held: 8, undecided: 4, flips: [] },
      'MID-7': { held: 8, undecided: 4, flips: [] },
    },
  },
  'acked-three-retold': {
    by: 2,
    states: 20000,
    properties: {
      'MID-1': {
        held: 9,
        undecided: 3,
        flips: [
          { search: 'three-members', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 8 },
        ],
      },
      'MID-4': { held: 9, undecided: 4, flips: [] },
      'MID-5': { held: 9, undecided: 4, flips: [] },
      'MID-7': { held: 9, undecided: 4, flips: [] },
      'MID-6': {
        held: 9,
        undecided: 3,
        flips: [
          { search: 'three-members', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 7 },
        ],
      },
      'LIV-1c': { held: 9, undecided: 4, flips: [] },
      'CHD-1': {
        held: 9,
        undecided: 3,
        flips: [
          { search: 'three-members', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 10 },
        ],
      },
      'TRN-1c': {
        held: 9,
        undecided: 3,
        flips: [
          { search: 'three-members', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 8 },
        ],
      },
    },
  },
  'reordered-latest': {
    by: 2,
    states: 20000,
    properties: {
      'MID-2': {
        held: 17,
        undecided: 19,
        flips: [
          { search: 'peer-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 7 },
        ],
      },
      'MID-5': { held: 17, undecided: 20, flips: [] },
      'MID-7': {
        held: 17,
        undecided: 19,
        flips: [
          { search: 'peer-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 7 },
        ],
      },
      'LIV-1p': { held: 10, undecided: 5, flips: [] },
    },
  },
  'reordered-maximum': {
    by: 2,
    states: 20000,
    properties: {
      'MID-1': {
        held: 29,
        undecided: 14,
        flips: [{ search: 'window-2', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 7 }],
      },
      'MID-2': { held: 29, undecided: 15, flips: [] },
      'MID-3': {
        held: 29,
        undecided: 14,
        flips: [{ search: 'window-2', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 }],
      },
      'MID-4': {
        held: 29,
        undecided: 14,
        flips: [{ search: 'window-2', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 8 }],
      },
      'MID-5': { held: 29, undecided: 15, flips: [] },
      'MID-7': { held: 29, undecided: 15, flips: [] },
      'MID-6': { held: 29, undecided: 15, flips: [] },
      'LIV-1c': { held: 19, undecided: 10, flips: [] },
      'TRN-1c': {
        held: 29,
        undecided: 14,
        flips: [{ search: 'window-2', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 7 }],
      },
      'LIV-1p': { held: 10, undecided: 5, flips: [] },
    },
  },
  'peer-takes-future-ids': {
    by: 2,
    states: 20000,
    properties: {
      'MID-1': {
        held: 19,
        undecided: 17,
        flips: [
          { search: 'own-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 8 },
          { search: 'window-2', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 8 },
        ],
      },
      'MID-2': {
        held: 19,
        undecided: 18,
        flips: [
          { search: 'peer-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
        ],
      },
      'MID-3': {
        held: 19,
        undecided: 16,
        flips: [
          { search: 'own-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
          { search: 'peer-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
          { search: 'window-2', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 10 },
        ],
      },
      'MID-4': {
        held: 19,
        undecided: 17,
        flips: [
          { search: 'own-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 10 },
          { search: 'window-2', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 11 },
        ],
      },
      'MID-7': {
        held: 19,
        undecided: 18,
        flips: [
          { search: 'peer-requests', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 9 },
        ],
      },
    },
  },
  'peer-compares-bytes': {
    by: 2,
    states: 20000,
    properties: {
      'MID-5': { held: 0, undecided: 29, flips: [] },
    },
  },
  'esp-as-is': {
    by: 2,
    states: 20000,
    properties: {
      'SEQ-2i': { held: 16, undecided: 2, flips: [] },
      'DoS-1e': { held: 16, undecided: 2, flips: [] },
      'SYN-1': { held: 16, undecided: 2, flips: [] },
    },
  },
  'esp-jump': {
    by: 2,
    states: 20000,
    properties: {
      'RPL-1': { held: 17, undecided: 2, flips: [] },
    },
  },
  'esp-wide-jump': {
    by: 2,
    states: 20000,
    properties: {
      'SEQ-3': { held: 19, undecided: 1, flips: [] },
      'SEQ-2i': { held: 28, undecided: 9, flips: [] },
    },
  },
  'esp-told-jump': {
    by: 2,
    states: 20000,
    properties: {
      'SEQ-2i': { held: 11, undecided: 6, flips: [] },
    },
  },
  'esp-told-wider-jump': {
    by: 2,
    states: 20000,
    properties: {
      'SEQ-1': {
        held: 31,
        undecided: 4,
        flips: [
          {
            search: 'outbound-losses',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 2,
            to: 3,
            steps: 15,
          },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 3,
            steps: 15,
          },
        ],
      },
      'SEQ-2o': {
        held: 31,
        undecided: 4,
        flips: [
          {
            search: 'outbound-losses',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 2,
            to: 3,
            steps: 15,
          },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 3,
            steps: 15,
          },
        ],
      },
      'IV-1': {
        held: 31,
        undecided: 4,
        flips: [
          {
            search: 'outbound-losses',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 2,
            to: 3,
            steps: 15,
          },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 3,
            steps: 15,
          },
        ],
      },
      'RPL-1': { held: 16, undecided: 2, flips: [] },
      'TRN-1c': {
        held: 31,
        undecided: 4,
        flips: [
          {
            search: 'outbound-losses',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 2,
            to: 3,
            steps: 15,
          },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 3,
            steps: 15,
          },
        ],
      },
    },
  },
  'esp-wide-jump-late': {
    by: 2,
    states: 20000,
    properties: {
      'RPL-1': { held: 15, undecided: 3, flips: [] },
    },
  },
  'esp-wider-jump-late': {
    by: 2,
    states: 20000,
    properties: {
      'SEQ-1': {
        held: 13,
        undecided: 2,
        flips: [
          { search: 'outbound', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 5 },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 14,
          },
        ],
      },
      'SEQ-2o': {
        held: 13,
        undecided: 2,
        flips: [
          { search: 'outbound', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 5 },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 14,
          },
        ],
      },
      'IV-1': {
        held: 13,
        undecided: 2,
        flips: [
          { search: 'outbound', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 5 },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 14,
          },
        ],
      },
      'RPL-1': { held: 15, undecided: 3, flips: [] },
      'TRN-1c': {
        held: 13,
        undecided: 2,
        flips: [
          { search: 'outbound', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 5 },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 14,
          },
        ],
      },
    },
  },
  'esp-latest-wins': {
    by: 2,
    states: 20000,
    properties: {
      'RPL-1': { held: 15, undecided: 3, flips: [] },
    },
  },
  'esp-to-maximum': {
    by: 2,
    states: 20000,
    properties: {
      'SEQ-1': {
        held: 26,
        undecided: 7,
        flips: [
          { search: 'outbound-rekey', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 7 },
        ],
      },
      'SEQ-2o': {
        held: 26,
        undecided: 7,
        flips: [
          { search: 'outbound-rekey', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 7 },
        ],
      },
      'IV-1': {
        held: 26,
        undecided: 7,
        flips: [
          { search: 'outbound-rekey', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 7 },
        ],
      },
      'SEQ-3': { held: 26, undecided: 8, flips: [] },
    },
  },
  'esn-jump': {
    by: 2,
    states: 20000,
    properties: {
      'SEQ-1': {
        held: 12,
        undecided: 3,
        flips: [
          { search: 'sequence-space', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 5 },
          {
            search: 'sequence-space',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2o': {
        held: 12,
        undecided: 2,
        flips: [
          { search: 'sequence-space', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 5 },
          {
            search: 'sequence-space',
            bound: 'attacker',
            words: 'what an attacker can do, A0 to A2',
            from: 0,
            to: 2,
            steps: 11,
          },
          {
            search: 'sequence-space',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'IV-1': {
        held: 12,
        undecided: 3,
        flips: [
          { search: 'sequence-space', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 5 },
          {
            search: 'sequence-space',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'ESN-1': {
        held: 28,
        undecided: 2,
        flips: [
          { search: 'sequence-space', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 7 },
          {
            search: 'inbound-esn',
            bound: 'attacker',
            words: 'what an attacker can do, A0 to A2',
            from: 0,
            to: 2,
            steps: 7,
          },
          { search: 'inbound-esn', bound: 'crashes', words: 'crashes', from: 0, to: 1, steps: 9 },
          {
            search: 'inbound-esn',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 10,
          },
          {
            search: 'sequence-space',
            bound: 'attacker',
            words: 'what an attacker can do, A0 to A2',
            from: 0,
            to: 2,
            steps: 11,
          },
          {
            search: 'sequence-space',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 3,
            steps: 15,
          },
        ],
      },
      'SEQ-2i': {
        held: 15,
        undecided: 0,
        flips: [
          {
            search: 'inbound-esn',
            bound: 'attacker',
            words: 'what an attacker can do, A0 to A2',
            from: 0,
            to: 2,
            steps: 7,
          },
          { search: 'inbound-esn', bound: 'crashes', words: 'crashes', from: 0, to: 1, steps: 9 },
          {
            search: 'inbound-esn',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 10,
          },
        ],
      },
    },
  },
  'esn-huge-jump': {
    by: 2,
    states: 20000,
    properties: {
      'SEQ-1': {
        held: 14,
        undecided: 3,
        flips: [
          { search: 'sequence-space', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 5 },
        ],
      },
      'IV-1': {
        held: 14,
        undecided: 3,
        flips: [
          { search: 'sequence-space', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 5 },
        ],
      },
    },
  },
  'inbound-learns': {
    by: 2,
    states: 20000,
    properties: {
      'SEQ-2i': { held: 16, undecided: 2, flips: [] },
      'DoS-1e': { held: 16, undecided: 2, flips: [] },
      'SYN-1': { held: 16, undecided: 2, flips: [] },
    },
  },
  'inbound-raised': {
    by: 2,
    states: 20000,
    properties: {
      'DoS-1e': { held: 19, undecided: 0, flips: [] },
      'SYN-1': { held: 19, undecided: 0, flips: [] },
    },
  },
  'inbound-noted': {
    by: 2,
    states: 20000,
    properties: {
      'SEQ-2i': { held: 19, undecided: 0, flips: [] },
      'DoS-1e': { held: 19, undecided: 0, flips: [] },
    },
  },
  'told-until-rekey': {
    by: 2,
    states: 20000,
    properties: {
      'SEQ-2i': { held: 0, undecided: 11, flips: [] },
    },
  },
  'closed-until-rekey': {
    by: 2,
    states: 20000,
    properties: {
      'RPL-1': {
        held: 16,
        undecided: 12,
        flips: [
          { search: 'inbound-rekey', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 7 },
        ],
      },
    },
  },
  'advances-first': {
    by: 2,
    states: 10000,
    properties: {
      'RPL-1': { held: 15, undecided: 0, flips: [] },
    },
  },
  'tells-of-drops': {
    by: 2,
    states: 10000,
    properties: {
      'SEQ-2i': { held: 16, undecided: 2, flips: [] },
      'DoS-1e': { held: 16, undecided: 2, flips: [] },
    },
  },
  'iv-own-counter': {
    by: 2,
    states: 10000,
    properties: {
      'SEQ-1': {
        held: 13,
        undecided: 2,
        flips: [
          { search: 'outbound', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 5 },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2o': {
        held: 13,
        undecided: 2,
        flips: [
          { search: 'outbound', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 5 },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'RPL-1': { held: 15, undecided: 3, flips: [] },
    },
  },
  'iv-lfsr-seeded-anew': {
    by: 2,
    states: 10000,
    properties: {
      'SEQ-1': {
        held: 0,
        undecided: 9,
        flips: [
          { search: 'outbound', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 5 },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2o': {
        held: 0,
        undecided: 9,
        flips: [
          { search: 'outbound', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 5 },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'RPL-1': { held: 0, undecided: 11, flips: [] },
    },
  },
  'iv-random': {
    by: 2,
    states: 10000,
    properties: {
      'SEQ-1': {
        held: 13,
        undecided: 2,
        flips: [
          { search: 'outbound', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 5 },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2o': {
        held: 13,
        undecided: 2,
        flips: [
          { search: 'outbound', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 5 },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'RPL-1': { held: 15, undecided: 3, flips: [] },
      'TRN-1c': {
        held: 13,
        undecided: 2,
        flips: [
          { search: 'outbound', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 5 },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
    },
  },
  'iv-salted': {
    by: 2,
    states: 10000,
    properties: {
      'IV-1': { held: 15, undecided: 3, flips: [] },
      'RPL-1': { held: 15, undecided: 3, flips: [] },
    },
  },
  'iv-member-id': {
    by: 2,
    states: 10000,
    properties: {
      'RPL-1': { held: 17, undecided: 2, flips: [] },
    },
  },
  'iv-incarnation-id': {
    by: 2,
    states: 10000,
    properties: {
      'IV-1': { held: 17, undecided: 2, flips: [] },
      'RPL-1': { held: 17, undecided: 2, flips: [] },
    },
  },
  'share-ike-freely': {
    by: 2,
    states: 10000,
    properties: {
      'MID-5': { held: 21, undecided: 7, flips: [] },
      'LIV-1c': {
        held: 9,
        undecided: 3,
        flips: [{ search: 'sharing-own', bound: 'crashes', words: 'crashes', from: 0, to: 1, steps: 2 }],
      },
      'LIV-1p': {
        held: 10,
        undecided: 3,
        flips: [{ search: 'sharing-peer', bound: 'crashes', words: 'crashes', from: 0, to: 1, steps: 5 }],
      },
    },
  },
  'share-ike-freely-acked': {
    by: 2,
    states: 10000,
    properties: {
      'MID-5': { held: 27, undecided: 4, flips: [] },
      'MID-6': {
        held: 27,
        undecided: 2,
        flips: [
          { search: 'sharing-own', bound: 'members', words: 'members', from: 2, to: 3, steps: 4 },
          { search: 'sharing-peer', bound: 'members', words: 'members', from: 2, to: 3, steps: 5 },
        ],
      },
      'LIV-1c': {
        held: 11,
        undecided: 2,
        flips: [{ search: 'sharing-own', bound: 'crashes', words: 'crashes', from: 0, to: 1, steps: 4 }],
      },
      'LIV-1p': { held: 14, undecided: 2, flips: [] },
    },
  },
  'share-ike-lock': {
    by: 2,
    states: 10000,
    properties: {
      'MID-2': {
        held: 23,
        undecided: 6,
        flips: [{ search: 'sharing-peer', bound: 'crashes', words: 'crashes', from: 0, to: 1, steps: 6 }],
      },
      'MID-5': { held: 25, undecided: 6, flips: [] },
      'MID-7': {
        held: 23,
        undecided: 6,
        flips: [{ search: 'sharing-peer', bound: 'crashes', words: 'crashes', from: 0, to: 1, steps: 6 }],
      },
      'MID-6': {
        held: 23,
        undecided: 5,
        flips: [
          { search: 'sharing-own', bound: 'crashes', words: 'crashes', from: 0, to: 1, steps: 4 },
          { search: 'sharing-peer', bound: 'crashes', words: 'crashes', from: 0, to: 1, steps: 5 },
        ],
      },
    },
  },
  'share-ike-lock-acked': {
    by: 2,
    states: 10000,
    properties: {
      'MID-1': { held: 32, undecided: 0, flips: [] },
      'MID-2': { held: 32, undecided: 0, flips: [] },
      'MID-3': { held: 32, undecided: 0, flips: [] },
      'MID-4': { held: 32, undecided: 0, flips: [] },
      'MID-5': { held: 32, undecided: 0, flips: [] },
      'MID-7': { held: 32, undecided: 0, flips: [] },
      'MID-6': { held: 32, undecided: 0, flips: [] },
      'LIV-1c': { held: 16, undecided: 0, flips: [] },
      'CHD-1': { held: 32, undecided: 0, flips: [] },
      'TRN-1c': { held: 32, undecided: 0, flips: [] },
      'LIV-1p': { held: 16, undecided: 0, flips: [] },
    },
  },
  'hand-over-at-once': {
    by: 2,
    states: 10000,
    properties: {
      'MID-1': { held: 28, undecided: 13, flips: [] },
      'MID-2': {
        held: 28,
        undecided: 12,
        flips: [
          { search: 'sharing-peer', bound: 'handovers', words: 'handovers', from: 1, to: 3, steps: 11 },
        ],
      },
      'MID-3': {
        held: 28,
        undecided: 12,
        flips: [
          { search: 'sharing-peer', bound: 'handovers', words: 'handovers', from: 1, to: 3, steps: 11 },
        ],
      },
      'MID-4': { held: 28, undecided: 13, flips: [] },
      'MID-5': { held: 28, undecided: 13, flips: [] },
      'MID-7': {
        held: 28,
        undecided: 12,
        flips: [
          { search: 'sharing-peer', bound: 'handovers', words: 'handovers', from: 1, to: 3, steps: 11 },
        ],
      },
      'MID-6': { held: 28, undecided: 13, flips: [] },
      'LIV-1p': { held: 15, undecided: 11, flips: [] },
      'TRN-1c': {
        held: 28,
        undecided: 12,
        flips: [
          { search: 'sharing-peer', bound: 'handovers', words: 'handovers', from: 1, to: 3, steps: 11 },
        ],
      },
      'LIV-1c': { held: 13, undecided: 2, flips: [] },
    },
  },
  'hand-over-unsynched': {
    by: 2,
    states: 10000,
    properties: {
      'MID-5': { held: 23, undecided: 16, flips: [] },
    },
  },
  'hand-over-drained': {
    by: 2,
    states: 10000,
    properties: {
      'MID-1': { held: 39, undecided: 6, flips: [] },
      'MID-2': { held: 39, undecided: 6, flips: [] },
      'MID-3': { held: 39, undecided: 6, flips: [] },
      'MID-4': { held: 39, undecided: 6, flips: [] },
      'MID-5': { held: 39, undecided: 6, flips: [] },
      'MID-7': { held: 39, undecided: 6, flips: [] },
      'MID-6': { held: 39, undecided: 6, flips: [] },
      'LIV-1p': { held: 23, undecided: 6, flips: [] },
      'CHD-1': { held: 39, undecided: 6, flips: [] },
      'TRN-1c': { held: 39, undecided: 6, flips: [] },
      'LIV-1c': { held: 16, undecided: 0, flips: [] },
    },
  },
  'split-all-go-on': {
    by: 2,
    states: 10000,
    properties: {
      'MID-1': {
        held: 9,
        undecided: 13,
        flips: [
          {
            search: 'split-brain',
            bound: 'requests.cluster.createChild',
            words: 'child SAs asked for by the cluster',
            from: 1,
            to: 2,
            steps: 4,
          },
        ],
      },
      'MID-4': {
        held: 9,
        undecided: 13,
        flips: [
          {
            search: 'split-brain',
            bound: 'requests.cluster.createChild',
            words: 'child SAs asked for by the cluster',
            from: 1,
            to: 2,
            steps: 7,
          },
        ],
      },
      'MID-5': { held: 9, undecided: 14, flips: [] },
    },
  },
  'split-one-goes-on': {
    by: 2,
    states: 10000,
    properties: {
      'MID-1': { held: 16, undecided: 10, flips: [] },
      'MID-2': {
        held: 15,
        undecided: 10,
        flips: [
          { search: 'healed-split', bound: 'handovers', words: 'handovers', from: 0, to: 2, steps: 11 },
        ],
      },
      'MID-3': {
        held: 15,
        undecided: 10,
        flips: [
          { search: 'healed-split', bound: 'handovers', words: 'handovers', from: 0, to: 2, steps: 11 },
        ],
      },
      'MID-4': { held: 16, undecided: 10, flips: [] },
      'MID-5': { held: 16, undecided: 10, flips: [] },
      'MID-7': { held: 16, undecided: 10, flips: [] },
      'MID-6': { held: 16, undecided: 10, flips: [] },
      'LIV-1p': { held: 16, undecided: 10, flips: [] },
      'CHD-1': {
        held: 16,
        undecided: 9,
        flips: [{ search: 'split-brain', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 10 }],
      },
      'TRN-1c': {
        held: 15,
        undecided: 10,
        flips: [
          { search: 'healed-split', bound: 'handovers', words: 'handovers', from: 0, to: 2, steps: 11 },
        ],
      },
    },
  },
  'shared-sa': {
    by: 2,
    states: 10000,
    properties: {
      'SEQ-2i': { held: 18, undecided: 1, flips: [] },
      'DoS-1e': { held: 18, undecided: 1, flips: [] },
    },
  },
  'shared-sa-no-replay-check': {
    by: 2,
    states: 10000,
    properties: {
      'SEQ-2o': { held: 18, undecided: 1, flips: [] },
      'SEQ-2i': { held: 18, undecided: 1, flips: [] },
      'DoS-1e': { held: 18, undecided: 1, flips: [] },
    },
  },
  'shared-sa-flooded': {
    by: 2,
    states: 10000,
    properties: {
      'SEQ-2i': { held: 19, undecided: 0, flips: [] },
      'DoS-1e': { held: 19, undecided: 0, flips: [] },
    },
  },
  'sticky-sa': {
    by: 2,
    states: 20000,
    properties: {
      'SEQ-1': {
        held: 15,
        undecided: 11,
        flips: [
          { search: 'outbound', bound: 'handovers', words: 'handovers', from: 0, to: 2, steps: 7 },
          { search: 'outbound-rekey', bound: 'members', words: 'members', from: 2, to: 3, steps: 9 },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2o': {
        held: 15,
        undecided: 11,
        flips: [
          { search: 'outbound', bound: 'handovers', words: 'handovers', from: 0, to: 2, steps: 7 },
          { search: 'outbound-rekey', bound: 'members', words: 'members', from: 2, to: 3, steps: 9 },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'IV-1': {
        held: 15,
        undecided: 11,
        flips: [
          { search: 'outbound', bound: 'handovers', words: 'handovers', from: 0, to: 2, steps: 7 },
          { search: 'outbound-rekey', bound: 'members', words: 'members', from: 2, to: 3, steps: 9 },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'RPL-1': { held: 17, undecided: 2, flips: [] },
      'TRN-1c': {
        held: 15,
        undecided: 1,
        flips: [
          { search: 'outbound', bound: 'handovers', words: 'handovers', from: 0, to: 2, steps: 7 },
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-3': { held: 0, undecided: 11, flips: [] },
    },
  },
  'own-sas': {
    by: 2,
    states: 10000,
    properties: {
      'SEQ-2i': { held: 35, undecided: 5, flips: [] },
      'DoS-1e': { held: 16, undecided: 3, flips: [] },
    },
  },
  'own-sas-told': {
    by: 2,
    states: 20000,
    properties: {
      'SEQ-1': {
        held: 0,
        undecided: 10,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2o': {
        held: 0,
        undecided: 10,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'IV-1': {
        held: 0,
        undecided: 10,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'TRN-1c': {
        held: 0,
        undecided: 10,
        flips: [
          {
            search: 'outbound',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 1,
            to: 2,
            steps: 12,
          },
        ],
      },
      'SEQ-2i': { held: 13, undecided: 4, flips: [] },
      'DoS-1e': { held: 13, undecided: 4, flips: [] },
      'SYN-1': { held: 13, undecided: 4, flips: [] },
    },
  },
  'hands-over-counters': {
    by: 2,
    states: 20000,
    properties: {
      'SEQ-1': {
        held: 18,
        undecided: 1,
        flips: [{ search: 'rebalancing', bound: 'crashes', words: 'crashes', from: 0, to: 1, steps: 4 }],
      },
      'SEQ-2o': {
        held: 18,
        undecided: 1,
        flips: [{ search: 'rebalancing', bound: 'crashes', words: 'crashes', from: 0, to: 1, steps: 4 }],
      },
      'IV-1': {
        held: 18,
        undecided: 1,
        flips: [{ search: 'rebalancing', bound: 'crashes', words: 'crashes', from: 0, to: 1, steps: 4 }],
      },
      'SEQ-2i': { held: 20, undecided: 1, flips: [] },
      'RPL-1': {
        held: 18,
        undecided: 1,
        flips: [{ search: 'rebalancing', bound: 'crashes', words: 'crashes', from: 0, to: 1, steps: 4 }],
      },
      'TRN-1c': {
        held: 18,
        undecided: 1,
        flips: [{ search: 'rebalancing', bound: 'crashes', words: 'crashes', from: 0, to: 1, steps: 4 }],
      },
    },
  },
}
