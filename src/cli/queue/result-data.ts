/** What comes of a job, as data; and whether it can be true before it is believed. */
import type { HuntPart, Small } from '../../hunt/hunter.ts'
import type { FaultData } from '../../modelling/fault.ts'
import type { Model } from '../../modelling/model.ts'
import { amount, count, flag, listOf, number, object, oneOf, text } from '../../report/text/schema-parts.ts'
import type { Path } from '../../search/engine/outcome.ts'
import { ReplayError, replay, shows } from '../../search/engine/path.ts'
import { checkerOf } from '../files/json.ts'
import type { OutcomeData } from '../jobs/search-job.ts'
import type { UsageData } from '../process/errors.ts'
import { first, outcomeProblem } from '../saved/outcome-problem.ts'
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

export const PART = object({
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

/** What is wrong with the result of a search of this model: its properties and actions, and every path replayed. */
export const outcomeAgainst = (result: Result, model: Model): string | undefined =>
  result.kind === 'outcome' ? modelProblem(result.outcome, model) : undefined

/** The same of a piece of a hunt: what is counted, and what each run shows. */
export const pieceAgainst = (result: Result, model: Model): string | undefined => {
  if (result.kind === 'part') {
    const { sightings, undecided, coverage } = result.part
    const { properties, actions } = model
    const counts = [undecided, coverage.arose, coverage.readings].map(({ length }) => length)
    if (counts.some((length) => length !== properties.length))
      return 'it judges other properties than its model has'
    if (coverage.actions.map(({ action }) => action).join() !== actions.map(({ name }) => name).join())
      return 'it takes other actions than its model has'
    return first(sightings, ({ property, path }) => pathProblem(model, property, path))
  }
  return undefined
}

/** What a path does not show of a property of the model. */
export const pathProblem = (model: Model, property: number, path: Path): string | undefined => {
  const found = model.properties[property]
  if (!found) return `it speaks of property ${property} of ${model.properties.length}`
  try {
    return shows(replay(model, path), found.name) ? undefined : `a path does not show ${found.name}`
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error
    return `the model does not allow a path that is to show ${found.name}`
  }
}

/** A result of a job, or why it is not believed. */
export const resultIn = (
  text: string,
  task: Task['kind'],
  problemOf: (result: Result) => string | undefined,
): Result | string => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'it is no JSON'
  }
  return resultProblem(value, task) ?? problemOf(value as Result) ?? (value as Result)
}
