/** Searches about ESP packets: RFC 6027 sections 3.4 and 3.7.1. */
import { nothing } from '../../model/schemes/policies.ts'
import { type FocusPlan, quiet } from '../focus.ts'
import { outboundCounterProperties } from '../outbound-counters.ts'

export const espFocuses: readonly FocusPlan[] = [
  {
    name: 'packets',
    about: 'ESP packets',
    scope: { ...quiet, packets: 8 },
    // Without IKE exchanges it does not matter when their counters are told.
    relevant: (scheme) => ({
      ...scheme,
      synchIke: nothing.synchIke,
      carriesAnswer: nothing.carriesAnswer,
      carriesRequest: nothing.carriesRequest,
    }),
    properties: outboundCounterProperties,
  },
]
