/** The search about what is not protected: RFC 6027 sections 3.2 and 4. */
import { hintsChangeNothing, replaysChangeNothing } from '../requirements/unprotected.ts'
import { type FocusPlan, quiet, withoutEsp } from './focus.ts'

export const hintFocuses: readonly FocusPlan[] = [
  {
    name: 'hints',
    about: 'an attacker who replays, and forges what is not protected',
    scope: {
      ...quiet,
      requests: { cluster: {}, peer: { createChild: 1, deleteChild: 1 } },
      probes: { cluster: false, peer: true },
      returns: 0,
      network: 3,
      synchLosses: 0,
      retransmissions: 0,
      hints: 1,
      attacker: 'A1',
    },
    small: { requests: { cluster: {}, peer: { createChild: 1 } }, network: 2 },
    large: { returns: 1, hints: 2, synchLosses: 1, retransmissions: 1 },
    relevant: withoutEsp,
    properties: (constants) => [hintsChangeNothing, replaysChangeNothing(constants)],
  },
]
