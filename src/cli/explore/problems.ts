/** What of anything that was thrown is said on the page. */
import { ExpressionError } from '../../explore/expression.ts'
import { WalkError } from '../../explore/walks.ts'
import { faultText } from '../../modelling/fault.ts'
import { messageOf, UsageError } from '../process/errors.ts'
import { faultData } from '../process/faults.ts'

/** A request that cannot be granted; the message is a sentence. */
export class Refusal extends Error {
  /** The status of the answer. */
  readonly status: number

  constructor(problem: string, status = 422) {
    super(problem)
    this.status = status
  }
}

/** The sentence; undefined where clustercheck itself is wrong. */
export const problemOf = (thrown: unknown): string | undefined => {
  const fault = faultData(thrown)
  if (fault) return faultText(fault)
  if (
    thrown instanceof Refusal ||
    thrown instanceof WalkError ||
    thrown instanceof ExpressionError ||
    thrown instanceof UsageError
  )
    return thrown.message
  return undefined
}

/** The same, where something has to be said. */
export const problemText = (thrown: unknown): string =>
  problemOf(thrown) ?? `This is a defect of clustercheck: ${messageOf(thrown)}.`
