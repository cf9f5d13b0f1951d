/** How the chain of a scheme is built, and for which schemes none is. */
import type { Scheme } from '../../../model/constants/constants.ts'
import { DIFFERENCES, type Differences } from './renumber.ts'

/** How a chain is built. */
export interface ChainPlan {
  readonly scheme: Scheme
  readonly members: 2 | 3
  /** Waits before an IKE SA is given up: one more than retransmissions. */
  readonly waits: number
  /** Stages of the Erlang distributions that stand for fixed durations: of the detection, and of each wait. */
  readonly stages: { readonly detection: number; readonly waits: number }
  readonly clusterStarts: boolean
  readonly differences: Differences
  /** Synch messages in flight from one member to another; what would take one more waits, or is not taken. */
  readonly synch: number
}

/** What the plan of a scheme is where nothing else is asked for. */
export const planOf = (scheme: Scheme, other: Partial<ChainPlan> = {}): ChainPlan => ({
  scheme,
  members: 2,
  waits: 6,
  stages: { detection: 3, waits: 1 },
  clusterStarts: true,
  differences: DIFFERENCES,
  synch: 1,
  ...other,
})

/** Why no chain is built for a scheme, or undefined: what the chain leaves out must not matter to it. */
export const unsuitable = ({
  ikeBy,
  addressing,
  redirects,
  requestIds,
  cluster: isCluster,
  peer,
}: Scheme): string | undefined => {
  if (ikeBy !== 'one') return 'its members share the IKE SA, and the chain has one acting member'
  if (addressing !== 'cluster') return 'its addresses differ, and the chain has one address'
  if (redirects) return 'it redirects its peer, and the chain has no redirect'
  if (requestIds !== 'checked')
    return 'its gateway does not look at message IDs, so that their differences do not suffice'
  if (peer.futureIds !== 'dropped')
    return 'its peer executes requests beyond the window, so that their differences do not suffice'
  if (peer.repeats !== 'byId')
    return 'its peer compares the bytes of requests, which the chain does not tell apart'
  if (peer.hints !== 'ignored') return 'its peer believes hints, and the chain has none'
  if (!isCluster) return 'it is a single gateway, which has nobody to fail over to'
  return undefined
}
