/**
 * Whether clusters of hot standby keep their promises over whole runs: `clustercheck check` takes this file, and
 * `--set scheme=NAME` says which of them. A search of its own and no column of the matrix: without monitors, so that runs come
 * back to where they were, and judged over all states and steps.
 */
import { cluster } from '../../model/cluster.ts'
import type { Constants } from '../../model/constants/constants.ts'
import { hotStandby } from '../../model/schemes/hot-standby.ts'
import type { Model } from '../../src/modelling/model.ts'
import { parameters } from '../../src/modelling/parameters.ts'
import { oneOf, range } from '../../src/modelling/schema.ts'
import { boundedBy, quiet, withoutEsp } from '../focuses/focus.ts'
import { promises } from './promises.ts'

/** What may go wrong. */
export interface Faults {
  /** Crashes, and returns of members that crashed. */
  readonly crashes: number
  readonly returns: number
  /** Synch messages that are lost. */
  readonly synchLosses: number
}

/** The model of a scheme, with a liveness check of either end. */
export const wholeRunsOf = (name: string, faults: Faults): Model => {
  const { scheme, bounds } = hotStandby.find((one) => one.name === name)!
  const scope = boundedBy(
    {
      ...quiet,
      probes: { cluster: true, peer: true },
      network: 5,
      retransmissions: 0,
      ...(scheme.cluster ? faults : { crashes: 0, returns: 0, synchLosses: 0 }),
    },
    bounds,
  )
  const constants: Constants = { scheme: withoutEsp(scheme), scope }
  const { actions } = cluster(name, constants, [])
  return cluster(
    `${name}, whole runs`,
    constants,
    promises(
      constants,
      actions.map((action) => action.name),
    ),
  )
}

const NAMES = hotStandby.map(({ name }) => name)

export default parameters(
  {
    scheme: oneOf(...NAMES),
    crashes: range(0, 2),
    returns: range(0, 2),
    losses: range(0, 2),
  },
  ({ scheme, crashes, returns, losses }) => wholeRunsOf(scheme, { crashes, returns, synchLosses: losses }),
  { scheme: 'acked-everything', crashes: 1, returns: 1, losses: 1 },
)
