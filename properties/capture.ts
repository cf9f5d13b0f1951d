/**
 * The monitors that judge a packet capture: those of the matrix, unchanged. What somebody without keys can see of the
 * wire decides which of them have anything to say; the others are listed with the reason why not.
 */
import type { Constants } from '../model/constants/constants.ts'
import { nothing, withEsp } from '../model/schemes/policies.ts'
import { labelOf, type Monitor, type Property } from '../src/modelling/property.ts'
import { quiet } from './focuses/focus.ts'
import { eitherCanExchange } from './requirements/anomalies.ts'
import { ivNotRepeated } from './requirements/initial-vectors.ts'
import { messageIdProperties } from './requirements/message-ids.ts'
import { clusterCanExchange, peerCanExchange } from './requirements/missing-synch.ts'
import {
  counterNeverWraps,
  outboundNotDropped,
  sequenceNumberNotReused,
} from './requirements/outbound-counters.ts'
import { spisDistinct } from './requirements/spi-allocation.ts'

/** A cluster of which nothing is known. Its bounds say nothing: the memory of monitors has none here. */
const CONSTANTS: Constants = {
  scheme: withEsp(nothing, { esn: true }),
  scope: {
    ...quiet,
    members: 3,
    esp: { outbound: 1, inbound: 1, window: 32, wireBits: 32 },
    spi: { values: 1, allocations: 1, peers: 2 },
  },
}

/** The monitors, in the order in which verdicts are listed. */
export const captureMonitors: readonly Monitor[] = [
  ...messageIdProperties(CONSTANTS).filter((p) => ['MID-1', 'MID-2', 'MID-4'].includes(labelOf(p))),
  sequenceNumberNotReused(CONSTANTS),
  outboundNotDropped(CONSTANTS),
  counterNeverWraps(CONSTANTS),
  ivNotRepeated(CONSTANTS),
  spisDistinct(CONSTANTS),
].filter((property): property is Monitor => property.kind === 'monitor')

/**
 * Properties that a capture does not decide and of which it shows symptoms: message IDs that were skipped, and an IKE SA
 * on which no exchange of the cluster, or of the peer, completes any more.
 */
export const captureSymptoms: readonly Property[] = [
  ...messageIdProperties(CONSTANTS).filter((p) => labelOf(p) === 'MID-5'),
  clusterCanExchange(CONSTANTS),
  peerCanExchange(CONSTANTS),
]

/** Properties of the matrix that no capture decides, by label, each with the reason. */
export const UNDECIDABLE: readonly (readonly [labels: string, reason: string])[] = [
  ['MID-3, MID-7, DoS-1r', 'whether a request is executed cannot be seen'],
  ['ANO-1', 'the window is negotiated under protection, and a capture may have lost what seems skipped'],
  ['MID-6, CHD-1, REC-1', 'they speak of the state of both ends'],
  ['SEQ-2i, ESN-1, RPL-1, DoS-1e', 'whether a packet is accepted cannot be seen'],
  [
    'TRN-2, ADR-1, ADR-2',
    'which child SA belongs to which IKE SA, and what was agreed on addresses, is protected',
  ],
  ['DoS-1h', 'whether an end believes a hint cannot be seen'],
  ['SYN-1', 'the synch channel is not in the capture'],
  [
    labelOf(eitherCanExchange(CONSTANTS)),
    'that neither direction works any more is shown by the symptoms of both, and not that it never will again',
  ],
]
