/** What comes of a job, as data; and whether it can be true before it is believed. */
import type { HuntPart, Small } from '../../hunt/hunter.ts'
import type { FaultData } from '../../modelling/fault.ts'
import type { Model } from '../../modelling/model.ts'
import { amount, count, flag, listOf, number, object, oneOf, text } from '../../report/text/schema-parts.ts'
import { checkerOf } from '../files/json.ts'
import type { OutcomeData } from '../jobs/search-job.ts'
import type { UsageData } from '../process/errors.ts'
import { outcomeProblem } from '../saved/outcome-problem.ts'
import { modelProblem } from '../saved/paths-problem.ts'
import { OUTCOME } from '../saved/shard-schema.ts'
import type { Task } from './job-data.ts'

/** What came of a task, or why nothing can come of it on any machine. */
export type Result =
  | { readonly kind: 'outcome'; readonly outcome: OutcomeData }
  | { readonly kind: 'part'; readonly part: HuntPart }
  | { readonly kind: 'small'; readonly small: Small }
  | { readonly kind: 'fault'; readonly data: FaultData }
  | { readonly kind: 'usage'; readonly data: UsageData }

const PATH = listOf(count)

const PART = object({
  runs: count,
  ended: oneOf('runs', 'enough', 'seconds', 'interrupt'),
  steps: count,
  sightings: listOf(object({ property: count, run: count, path: PATH })),
  coverage: object({
    states: count,
    asked: count,
    actions: listOf(object({ action: text, fault: flag, enabled: count, taken: count })),
    arose: listOf(count),
    readings: listOf({ type: ['number', 'null'] }),
    sample: { type: 'object' },
  }),
  undecided: listOf(count),
  searched: count,
  seconds: amount,
})

const RESULT_SCHEMA = {
  oneOf: [
    object({
      kind: { const: 'outcome' },
      outcome: { ...OUTCOME, properties: { ...OUTCOME.properties, reads: listOf(text), expected: number } },
    }),
    object({ kind: { const: 'part' }, part: PART }),
    object({ kind: { const: 'small' }, small: object({ run: count, path: PATH, minimal: number }) }),
    object({ kind: { const: 'fault' }, data: object({ problem: text }) }),
    object({ kind: { const: 'usage' }, data: object({ problem: text }) }),
  ],
}

const shapeProblem = checkerOf(RESULT_SCHEMA)

const KINDS = { search: 'outcome', runs: 'part', small: 'small' } as const

/** What is wrong with the shape of a result of this task, as the end of a sentence; undefined when nothing is. */
export const resultProblem = (value: unknown, task: Task['kind']): string | undefined => {
  const shape = shapeProblem(value)
  if (shape !== undefined) return shape
  const { kind } = value as Result
  if (kind !== 'fault' && kind !== 'usage' && kind !== KINDS[task]) return `it is of another kind of job`
  return kind === 'outcome'
    ? outcomeProblem((value as Extract<Result, { kind: 'outcome' }>).outcome)
    : undefined
}

/** The same against the model: its properties and actions, and every path replayed. */
export const againstModel = (result: Result, model: Model): string | undefined =>
  result.kind === 'outcome' ? modelProblem(result.outcome, model) : undefined
