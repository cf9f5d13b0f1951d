/** A token as a plan: its trace replayed, its scheme found, its steps mapped. */
import type { Scheme } from '../../../model/constants/scheme.ts'
import { isOfCluster, planOf } from '../../drill/plan.ts'
import { printable } from '../../modelling/printable.ts'
import type { PlannedTrace } from '../../report/drill/plan-text.ts'
import { insightOf } from '../../report/trace/insight.ts'
import type { Trace } from '../../search/engine/path.ts'
import { DEFAULT_SCOPE } from '../../search/suite.ts'
import { UsageError } from '../process/errors.ts'
import { namedClusters } from '../targets/targets.ts'
import { tracedBy } from '../targets/traced.ts'

export interface PlannedToken extends PlannedTrace {
  readonly trace: Trace
}

/** Throws `UsageError` for a token that cannot be used, or whose trace is none of the cluster model. */
export const plannedBy = async (token: string): Promise<PlannedToken> => {
  const { trace, caption, shows } = await tracedBy(token)
  if (!shows)
    throw new UsageError({
      problem: `The trace no longer shows that ${caption.label} is violated, so there is nothing to drill.`,
      hint: 'search again for a new token',
    })
  if (!isOfCluster(trace))
    throw new UsageError({
      problem: `${printable(trace.model.name)} is no model of a cluster: its steps are nothing that gateways do.`,
      hint: 'give the token of a scheme, a cluster file or an extension',
    })
  const plan = planOf(trace, await schemeOf(caption.scheme))
  return { trace, caption, plan, sentence: insightOf(trace, caption).sentence.text }
}

/** The scheme of a target; undefined for one that is built otherwise, such as a scheme with extensions. */
const schemeOf = async (target: string): Promise<Scheme | undefined> => {
  try {
    return (await namedClusters(target, DEFAULT_SCOPE))[0]?.scheme
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}
