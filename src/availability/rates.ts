/** The rates of the steps of a chain under a timing. */

import { failureRate, type Timing } from '../../model/timing/timing.ts'
import type { Chain } from './solve.ts'
import type { Structure } from './structure.ts'
import type { ChainPlan } from './timed/plan.ts'
import type { StepKind } from './timed/steps.ts'

/** How often a step of a kind happens in a second, where it is possible. */
export const rateOf = (step: StepKind, { scheme, stages }: ChainPlan, t: Timing): number => {
  switch (step.kind) {
    case 'asks':
      return 1 / (step.side === 'cluster' ? t.clusterInterval : t.peerInterval)
    case 'delivered':
      return (1 - t.loss) / t.latency
    case 'lost':
      return t.loss / t.latency
    case 'released':
      // The acknowledgement of the last synch message has come back.
      return 1 / acknowledged(t)
    case 'synch':
      return scheme.synchIke === 'acknowledged' ? 1 / acknowledged(t) : (1 - t.synchLoss) / t.synchLatency
    case 'synchLost':
      return t.synchLoss / t.synchLatency
    case 'crash':
      return failureRate(t)
    case 'return':
      return 1 / t.return
    case 'powerUp':
      return 1 / t.restart
    case 'setUp':
      return 1 / t.setUp
    case 'wait':
      return stages.waits / t.retransmission[step.wait]!
    case 'detection':
      return stages.detection / (t.detection + t.takeover)
  }
}

/** A message that is sent again until it is acknowledged: its way, and what losses add. */
const acknowledged = ({ synchLatency, synchLoss, synchResend }: Timing): number =>
  synchLatency + (synchLoss / (1 - synchLoss)) * synchResend

/** The chain. The timing has as many waits as the plan. */
export const chainOf = (structure: Structure, timing: Timing): Chain => {
  const { plan, states, first, target, kind, kinds } = structure
  if (timing.retransmission.length !== plan.waits)
    throw new RangeError(`${timing.retransmission.length} waits and a chain for ${plan.waits}`)
  const ofKind = Float64Array.from(kinds, (step) => rateOf(step, plan, timing))
  const rate = new Float64Array(target.length)
  for (let e = 0; e < rate.length; e++) rate[e] = ofKind[kind[e]!]!
  return { states, first, target, rate }
}
