/** `clustercheck matrix`: every scheme against every property. */

import { onlyIn } from '../../report/results/only.ts'
import { counted } from '../../report/text/columns.ts'
import { given, workersOf } from '../options/arguments.ts'
import { WORKERS } from '../options/shared.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT } from '../process/exit-codes.ts'
import { VERSION } from '../process/version.ts'
import { queued } from '../queue/options.ts'
import { comparedAnew } from '../results/compared.ts'
import { MATRIX_OPTIONS, matrixReportsOf, reportMatrix } from '../results/matrix-result.ts'
import { placesOf } from '../results/places.ts'
import { leads, type Reports, writeFiles } from '../results/reports.ts'
import { buildHash, CACHE_OPTIONS, cacheOf } from '../saved/cache.ts'
import { type Part, partOf, SHARD, type ShardJson, searchesIn } from '../saved/shards.ts'
import { labelsOf } from '../targets/only.ts'
import { matrixIn, SCOPE, scopeOf } from '../targets/schemes.ts'
import { matrixPlan } from '../targets/targets.ts'
import {
  defaultBytes,
  defaultWorkers,
  type Outcomes,
  type SearchingOptions,
  searched,
  suitesOf,
} from '../workers/search-run.ts'

export const matrix = queued('matrix', {
  options: [
    SCOPE,
    { flags: '--schemes <names>', sentence: 'these schemes only, or none' },
    {
      flags: '--properties <labels>',
      sentence: 'these columns only, such as MID-1,SEQ-1; searches that judge none of them are not made',
    },
    {
      flags: '--transparency',
      sentence:
        'compare the schemes with a single gateway anew, which takes minutes, and say where that differs from what is kept',
    },
    WORKERS,
    ...CACHE_OPTIONS,
    SHARD,
    ...MATRIX_OPTIONS,
  ],
  async run({ operands, options, terminal, queue }) {
    const workers = given(options, 'workers', workersOf) ?? defaultWorkers()
    const part = partOf(options)
    const reports = await matrixReportsOf(options)
    if (part) requireJsonOnly(reports.reports, options.write !== undefined || options.html !== undefined)
    const scope = scopeOf(options)
    if (scope === 'wide')
      throw new UsageError({
        problem: 'No complete search comes to the end of the scope wide, so it has no matrix.',
        hint: 'hunt in one of its schemes: clustercheck list --scope wide',
      })
    const schemes = given(options, 'schemes', (_, text) => (text === 'none' ? [] : text.split(',')))
    const only = labelsOf(options, 'properties')
    const anew = options['transparency'] === true
    if (anew && (part || only))
      throw new UsageError({
        problem: `--transparency is for all columns of whole rows; it takes no ${part ? '--shard' : '--properties'}.`,
      })
    if (part && (operands.length > 0 || schemes || only))
      throw new UsageError({
        problem: '--shard is for the whole matrix; it takes no FILES, no --schemes and no --properties.',
      })
    const { targets, plan } = await matrixPlan(scope, queue ? Infinity : defaultBytes(workers), {
      files: operands,
      ...(schemes && { schemes }),
      only,
    })
    if (targets.length === 0)
      throw new UsageError({ problem: '--schemes none leaves no row; name a cluster file.' })
    const local = await cacheOf(options, terminal)
    const cache = queue ? queue.cached(local) : local
    const how: SearchingOptions = { workers, executor: queue, terminal, cache }
    if (part) {
      const indices = searchesIn(part, targets, plan)
      const jobs = indices.map((index) => plan.jobs[index]!)
      const outcomes = await searched(jobs, how)
      const saved = shardJson(part, scope, jobs, outcomes)
      const [file] = reports.reports.files
      const text = `${JSON.stringify(saved, null, 2)}\n`
      if (file) {
        terminal.out(
          `Shard ${part.index}/${part.of}: ${jobs.length} of ${counted(plan.jobs.length, 'search', 'searches')}.\n`,
        )
        writeFiles([{ path: file.path, content: text }])
      } else terminal.out(text)
      return outcomes.outcomes.every(({ complete }) => complete) ? EXIT.asExpected : EXIT.cut
    }
    const { outcomes, ...rest } = await searched(plan.jobs, how)
    const all = suitesOf(targets, plan, outcomes)
    const suites = only ? all.map((suite) => onlyIn(suite, only)) : all
    const { baseline, availability, comparisons, ...matrix } = await matrixIn(scope)
    const kept = only ? undefined : comparisons
    const compared =
      kept && anew
        ? await comparedAnew(
            suites.map(({ target }) => target),
            kept,
            terminal,
          )
        : undefined
    // Without the baseline, or by some properties, nothing is as secure as it.
    const isCompared = !only && suites.some(({ target }) => target === baseline?.suite)
    return reportMatrix(
      { suites, ...rest },
      {
        scope,
        only,
        places: leads(reports.reports) ? placesOf(targets, undefined) : undefined,
        matrix: {
          ...matrix,
          ...(isCompared && baseline && { baseline }),
          // Of some properties, what is kept is none.
          ...(!only && availability && { availability }),
          ...(kept && { comparisons: compared?.comparisons ?? kept }),
        },
        stale: compared?.stale,
      },
      reports,
      terminal,
    )
  },
})

/** A part can be judged by nothing but the whole. */
const requireJsonOnly = ({ printsJson, reporter, files, github }: Reports, writes: boolean): void => {
  const others = files.some(({ form }) => form !== 'json') || reporter || github || writes
  if (others || (!printsJson && files.length === 0))
    throw new UsageError({
      problem: `--shard takes --json, ${others ? 'and no other report' : 'which was not given'}: a part of the searches gives no verdicts.`,
      hint: 'give other reports to clustercheck merge',
    })
}

const shardJson = (
  shard: Part,
  scope: string,
  jobs: readonly { readonly name: string }[],
  { outcomes, run }: Outcomes,
): ShardJson => ({
  schemaVersion: 2,
  kind: 'shard',
  clustercheck: VERSION,
  build: buildHash(),
  scope,
  shard,
  searches: jobs.map(({ name }, i) => {
    const { model: _, ...outcome } = outcomes[i]!
    return { name, outcome }
  }),
  run: { seconds: Number(run.seconds.toFixed(3)), cached: run.cached },
})
