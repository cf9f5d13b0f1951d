/**
 * TRN-C, completely transparent: RFC 6027 section 2. What comes to the peer of a cluster that fails could come to the peer of a single
 * gateway, behind a network that loses, copies, delays and reorders; and what the peer asks can still be answered, if it could be of
 * such a gateway wherever that is then.
 */
import { type Refines, refines } from '../../src/modelling/property.ts'
import { type Comparison, gatewayOf, peerAsks } from './compared.ts'
import { answered, port } from './port.ts'

export const TRN_C = {
  label: 'TRN-C',
  sentence:
    'What comes to the peer could come from a single gateway behind a lossy network, and so could the silence.',
  source: 'RFC 6027 section 2',
} as const

export const completelyTransparent = (comparison: Comparison): Refines =>
  refines('CompletelyTransparent', {
    ...TRN_C,
    specification: gatewayOf(comparison),
    sees: port(comparison.constants),
    seesOfSpecification: port(comparison.alone),
    ...(peerAsks(comparison.part) && { goals: answered }),
  })
