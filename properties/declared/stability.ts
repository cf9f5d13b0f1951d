/** What holds at the default scope and falls with a raised bound. Written by `npm run declare stability`. */
import type { Kept } from './declaration.ts'

export const STABILITY: Readonly<Record<string, Kept>> = {
  'closed-until-rekey': {
    by: 2,
    states: 20000,
    properties: {
      'RPL-1': {
        held: 9,
        undecided: 11,
        flips: [
          { search: 'inbound-rekey', bound: 'handovers', words: 'handovers', from: 0, to: 1, steps: 7 },
        ],
      },
    },
  },
  'esp-told-wider-jump': {
    by: 2,
    states: 20000,
    properties: {
      'SEQ-1': {
        held: 22,
        undecided: 14,
        flips: [
          {
            search: 'outbound-losses',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 2,
            to: 3,
            steps: 15,
          },
        ],
      },
      'SEQ-2o': {
        held: 22,
        undecided: 14,
        flips: [
          {
            search: 'outbound-losses',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 2,
            to: 3,
            steps: 15,
          },
        ],
      },
      'IV-1': {
        held: 22,
        undecided: 14,
        flips: [
          {
            search: 'outbound-losses',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 2,
            to: 3,
            steps: 15,
          },
        ],
      },
      'RPL-1': { held: 12, undecided: 6, flips: [] },
      'TRN-1c': {
        held: 22,
        undecided: 14,
        flips: [
          {
            search: 'outbound-losses',
            bound: 'synchLosses',
            words: 'lost synch messages',
            from: 2,
            to: 3,
            steps: 15,
          },
        ],
      },
    },
  },
  'esp-wider-jump-late': {
    by: 2,
    states: 5000,
    properties: {
      'SEQ-1': {
        held: 3,
        undecided: 6,
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
        held: 3,
        undecided: 6,
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
        held: 3,
        undecided: 6,
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
      'RPL-1': { held: 3, undecided: 8, flips: [] },
      'TRN-1c': {
        held: 3,
        undecided: 6,
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
  'inbound-raised': {
    by: 2,
    states: 20000,
    properties: {
      'DoS-1e': { held: 19, undecided: 0, flips: [] },
      'SYN-1': { held: 19, undecided: 0, flips: [] },
    },
  },
  'own-sas-told': {
    by: 2,
    states: 5000,
    properties: {
      'SEQ-1': { held: 0, undecided: 11, flips: [] },
      'SEQ-2o': { held: 0, undecided: 11, flips: [] },
      'IV-1': { held: 0, undecided: 11, flips: [] },
      'TRN-1c': { held: 0, undecided: 11, flips: [] },
      'SEQ-2i': { held: 0, undecided: 11, flips: [] },
      'DoS-1e': { held: 0, undecided: 11, flips: [] },
      'SYN-1': { held: 0, undecided: 11, flips: [] },
    },
  },
  'sticky-sa': {
    by: 2,
    states: 5000,
    properties: {
      'SEQ-1': {
        held: 6,
        undecided: 15,
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
        held: 6,
        undecided: 15,
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
        held: 6,
        undecided: 15,
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
      'RPL-1': { held: 7, undecided: 4, flips: [] },
      'TRN-1c': {
        held: 6,
        undecided: 4,
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
      'SEQ-3': { held: 0, undecided: 11, flips: [] },
    },
  },
}
