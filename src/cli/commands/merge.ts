/** `clustercheck merge FILES...`: joins the shards of a matrix into one result, or makes other reports of a saved result. */

import { printable, printableData } from '../../modelling/printable.ts'
import type { ResultJson } from '../../report/results/result-json.ts'
import { RESULT_SCHEMA } from '../../report/results/result-schema.ts'
import { coloured } from '../../report/terminal/check-colours.ts'
import { resultText } from '../../report/terminal/result-text.ts'
import { SCOPES } from '../../search/suite.ts'
import { checkerOf, readJson } from '../files/json.ts'
import type { RawOptions } from '../options/arguments.ts'
import type { Command } from '../options/command.ts'
import { UsageError } from '../process/errors.ts'
import { type ExitCode, exitOf } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'
import { VERSION } from '../process/version.ts'
import { MATRIX_OPTIONS, matrixReportsOf, reportMatrix } from '../results/matrix-result.ts'
import { placesOf } from '../results/places.ts'
import { leads, report, reportsOf } from '../results/reports.ts'
import { buildHash } from '../saved/cache.ts'
import { outcomeProblem } from '../saved/outcome-problem.ts'
import { modelProblem } from '../saved/paths-problem.ts'
import { resultProblem } from '../saved/result-problem.ts'
import { SHARD_SCHEMA } from '../saved/shard-schema.ts'
import { outcomesIn, requireWhole, type ShardFile, type ShardJson } from '../saved/shards.ts'
import { matrixIn } from '../targets/schemes.ts'
import { matrixPlan } from '../targets/targets.ts'
import { outcomeOf } from '../workers/search-pool.ts'
import { suitesOf } from '../workers/search-run.ts'

export const merge: Command = {
  options: MATRIX_OPTIONS,
  async run({ operands, options, terminal }) {
    // Whatever it holds is shown.
    const read = operands.map((file) => ({ file: printable(file), value: printableData(readJson(file)) }))
    const results = read.filter(({ value }) => kindOf(value) !== 'shard')
    if (results.length === 0) return mergeShards(read.map(shardIn), options, terminal)
    const [first] = results
    if (read.length > 1)
      throw new UsageError({
        problem: `The files cannot be merged: ${first!.file} is no shard; several files are merged only if all are.`,
      })
    return reportResult(resultIn(first!), options, terminal)
  },
}

interface Read {
  readonly file: string
  readonly value: unknown
}

const kindOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined

const shardProblem = checkerOf(SHARD_SCHEMA)
const resultShape = checkerOf(RESULT_SCHEMA)

const shardIn = ({ file, value }: Read): ShardFile => {
  const problem = shardProblem(value)
  if (problem !== undefined) throw new UsageError({ problem: `${file} is no shard: ${problem}.` })
  return { file, shard: value as ShardJson }
}

const resultIn = ({ file, value }: Read): ResultJson => {
  const problem = resultShape(value)
  if (problem !== undefined) throw new UsageError({ problem: `${file} is no result: ${problem}.` })
  const odd = resultProblem(value as ResultJson)
  if (odd !== undefined)
    throw new UsageError({ problem: `${file} is no result of clustercheck: ${odd}.`, hint: ALTERED })
  return value as ResultJson
}

const ALTERED = 'the file has been altered; search again'

const mergeShards = async (
  files: readonly ShardFile[],
  options: RawOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  requireWhole(files, { build: buildHash(), version: VERSION })
  const reports = await matrixReportsOf(options)
  const scope = SCOPES.find((name) => name === files[0]!.shard.scope)!
  const { targets, plan } = await matrixPlan(scope, Infinity)
  for (const { file, shard } of files)
    for (const { name, outcome } of shard.searches) {
      const job = plan.jobs.find((one) => one.name === name)
      const odd = outcomeProblem(outcome) ?? (job && modelProblem(outcome, job.model))
      if (odd !== undefined)
        throw new UsageError({
          problem: `${file} is no shard of clustercheck: of ${name} it says that ${odd}.`,
          hint: ALTERED,
        })
    }
  const outcomes = outcomesIn(files, targets, plan).map((outcome, i) => outcomeOf(outcome, plan.jobs[i]!))
  const sum = (of: (shard: ShardJson) => number): number =>
    files.reduce((total, { shard }) => total + of(shard), 0)
  const run = {
    seconds: sum((shard) => shard.run.seconds),
    searches: plan.jobs.length,
    cached: sum((shard) => shard.run.cached),
  }
  const suites = suitesOf(targets, plan, outcomes)
  // A shard that was interrupted has searches that were.
  const interrupted = outcomes.some(({ cut }) => cut === 'interrupt')
  return reportMatrix(
    { suites, interrupted, run },
    {
      scope,
      matrix: await matrixIn(scope),
      places: leads(reports.reports) ? placesOf(targets, undefined) : undefined,
    },
    reports,
    terminal,
  )
}

/** What was decided with the search, and needs its models. */
const DECIDED = ['vacuity', 'write'] as const

const reportResult = async (
  result: ResultJson,
  options: RawOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const odd = DECIDED.find((name) => options[name] !== undefined)
  if (odd !== undefined)
    throw new UsageError({ problem: `--${odd} is for shards: a saved result has been judged already.` })
  const code = exitOf(result.outcome)
  const text = (): string => resultText(result, { columns: terminal.columns, traces: 'first', code })
  await report(result, await reportsOf(options), { terminal, text, paint: coloured })
  return code
}
