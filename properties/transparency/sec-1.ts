/**
 * SEC-1, as secure as a single gateway: RFC 6027 section 4. Whatever an attacker can make either end do or accept, it can with a
 * single gateway too. Both faces are looked at: requests that are executed, answers that are taken for others, packets that are let in. The IKE
 * network repeats, delays and reorders whatever the level, so that levels differ in ESP only.
 *
 * INTERPRETATION: what is kept from an end (a packet that is dropped, a request that is not answered) is no matter of this property,
 * for a network can do the same; TRN-C and TRN-P say what silence is more than that.
 */

import { requestLimit } from '../../model/constants/budgets.ts'
import { type Constants, EXCHANGE, SIDE } from '../../model/constants/constants.ts'
import { trafficSasOf } from '../../model/state/cluster-state.ts'
import type { WireEvents } from '../../model/wire/pictures.ts'
import { type Observer, observerOn } from '../../src/modelling/observer.ts'
import { type Refines, refines } from '../../src/modelling/property.ts'
import { each, range, record, setOf } from '../../src/modelling/schema.ts'
import { type Comparison, gatewayAt } from './compared.ts'

/** What either end does and accepts. Requests of the peer are told by their content, those of the cluster by whether they came before. */
const deeds = (constants: Constants): Observer => {
  const several = trafficSasOf(constants).length > 1
  return observerOn<WireEvents>()({
    memory: record({
      executed: each(
        EXCHANGE,
        record({ tasks: setOf(range(0, Math.max(1, ...SIDE.map((side) => requestLimit(constants, side))))) }),
      ),
    }),
    on: {
      ikeExecuted({ executed }, { executor, exchange, task }) {
        if (executor !== 'P') return `request p${task} executed by the cluster`
        const { tasks } = executed[exchange]!
        const before = tasks.has(task)
        tasks.add(task)
        return `${before ? 'a request of the cluster executed again' : 'a request of the cluster executed'}`
      },
      ikeMatched: (_, { party, asked, askedTask, answered, answeredTask }) =>
        asked === answered && askedTask === answeredTask
          ? undefined
          : `the answer to another request taken by the ${party === 'P' ? 'peer' : 'cluster'}`,
      espArrived: (_, { receiver, sa, outcome, sequenceNumber }) =>
        outcome === 'accepted'
          ? `ESP ${sequenceNumber}${several ? ` of SA ${sa}` : ''} let in by the ${receiver === 'P' ? 'peer' : 'cluster'}`
          : undefined,
    },
  })
}

export const SEC_1 = {
  label: 'SEC-1',
  sentence: 'Whatever an attacker makes either end do or accept, it can with a single gateway too.',
  source: 'RFC 6027 section 4',
} as const

export const asSecure = (comparison: Comparison): Refines =>
  refines('AsSecureAsSingleGateway', {
    ...SEC_1,
    specification: gatewayAt(comparison),
    sees: deeds(comparison.constants),
    seesOfSpecification: deeds(comparison.alone),
  })
