/** Random walks of a scheme that gateways can be driven along: no fault in them but those that the wire can bring about. */
import type fc from 'fast-check'
import { cluster } from '../../model/cluster.ts'
import type { Scope } from '../../model/constants/scope.ts'
import type { NamedScheme } from '../../model/schemes/named-scheme.ts'
import { quiet, withoutEsp } from '../../properties/focuses/focus.ts'
import { runsOf } from '../hunt/cluster-property.ts'
import type { Run } from '../hunt/runs.ts'
import type { Model } from '../modelling/model.ts'
import { replay, type Trace } from '../search/engine/path.ts'
import { type Plan, planOf } from './plan.ts'

/** Steps of a walk at most. */
export const WALK_LENGTH = 16

const SCOPE: Scope = {
  ...quiet,
  requests: { cluster: { createChild: 2 }, peer: { createChild: 2 } },
  crashes: 1,
  returns: 0,
  handovers: 1,
  synchLosses: 1,
  retransmissions: 1,
}

/** What gateways do only after a long time. */
const SLOW = ['ClusterGivesUp', 'PeerGivesUp']

/** A walk, ready to be driven. */
export interface Walk {
  readonly trace: Trace
  readonly plan: Plan
}

/** The model along which gateways of a scheme are driven. */
export const walkModel = ({ name, scheme }: NamedScheme): Model =>
  cluster(`${name}, walked`, { scheme: withoutEsp(scheme), scope: SCOPE }, [])

/** Walks of a model, which shrink by leaving out steps. */
export const walksOf = (model: Model): fc.Arbitrary<Run> => {
  const names = model.actions.map(({ name }) => name)
  const weights = Object.fromEntries(SLOW.filter((name) => names.includes(name)).map((name) => [name, 0]))
  return runsOf(model, { length: WALK_LENGTH, weights })
}

/** The walk of a run; undefined where it has nothing that an observer could see, or that cannot be driven. */
export const walkOf = (
  model: Model,
  { scheme }: NamedScheme,
  { path }: Pick<Run, 'path'>,
): Walk | undefined => {
  const trace = replay(model, path)
  const plan = planOf(trace, scheme)
  const speaks = plan.operations.some(({ operation }) => operation.do === 'await')
  return speaks && plan.gaps.length === 0 ? { trace, plan } : undefined
}
