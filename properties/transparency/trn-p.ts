/**
 * TRN-P, partially transparent: RFC 6027 section 2. The peer may see that something failed, but it gets its service again without a
 * new IKE SA: what it asks can still be answered. Only its own exchanges are looked at; that the cluster never asks again is no
 * goal, for that is the cluster's own affair.
 */
import { requestLimit } from '../../model/constants/budgets.ts'
import type { Constants } from '../../model/constants/constants.ts'
import type { WireEvents } from '../../model/wire/pictures.ts'
import { type Observer, observerOn } from '../../src/modelling/observer.ts'
import { type Refines, refines } from '../../src/modelling/property.ts'
import { range, record } from '../../src/modelling/schema.ts'
import { type Comparison, gatewayOf } from './compared.ts'

/** What the peer asks, and what it takes for the answer. */
const exchanges = (constants: Constants): Observer =>
  observerOn<WireEvents>()({
    memory: record({ asked: range(0, requestLimit(constants, 'peer')) }),
    on: {
      ikeSent(memory, { sender, type, messageId }) {
        if (sender !== 'P' || type !== 'request' || messageId < memory.asked) return undefined
        memory.asked = messageId + 1
        return `request ${messageId} of the peer`
      },
      ikeMatched: (_, { party, messageId }) =>
        party === 'P' ? `an answer under ID ${messageId}` : undefined,
    },
  })

export const TRN_P = {
  label: 'TRN-P',
  sentence:
    'What the peer asks can still be answered wherever a single gateway could: it needs no new IKE SA.',
  source: 'RFC 6027 section 2',
} as const

export const partiallyTransparent = (comparison: Comparison): Refines =>
  refines('PartiallyTransparent', {
    ...TRN_P,
    specification: gatewayOf(comparison),
    sees: exchanges(comparison.constants),
    seesOfSpecification: exchanges(comparison.alone),
    goals: (text) => (text.startsWith('an answer') ? text : undefined),
  })
