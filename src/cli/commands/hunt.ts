/** `clustercheck hunt TARGET`: random runs of one scheme or one file, at scopes that no complete search reaches. */
import { HUNT } from '../../hunt/hunt.ts'
import type { Weights } from '../../hunt/weights.ts'
import { MOST_WEIGHT } from '../../modelling/model.ts'
import { huntJson } from '../../report/hunts/hunt-json.ts'
import { type HuntReported, huntProgressText, huntText, neverTaken } from '../../report/hunts/hunt-text.ts'
import type { Job } from '../jobs/search-job.ts'
import { countOf, countUpTo, given, secondsOf, workersOf } from '../options/arguments.ts'
import { unknownName } from '../options/suggestions.ts'
import { queuedInParts } from '../parts/options.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT } from '../process/exit-codes.ts'
import { namedScope, SCOPE } from '../targets/schemes.ts'
import { jobsOf, type Target, targetOf, tokensOf, UNLIMITED } from '../targets/targets.ts'
import { runHunts } from '../workers/hunt-pool.ts'
import { defaultWorkers, interrupting } from '../workers/search-run.ts'
import { replay } from './replay.ts'

/** Steps of a run at most: it is kept whole while it is made. */
const MOST_LENGTH = 100_000

/** Parts of a hunt on a queue where nobody says, and at most. */
const SLICES = 16
const MOST_SLICES = 10_000

export const hunt = queuedInParts('hunt', {
  options: [
    SCOPE,
    { flags: '--search <name>', sentence: 'hunt in this search of the scheme only (otherwise: in each)' },
    { flags: '--seed <number>', sentence: `make other runs (otherwise: ${HUNT.seed})` },
    { flags: '--runs <count>', sentence: 'make at most this many runs in each search' },
    {
      flags: '--seconds <seconds>',
      sentence: `hunt in each search for this long at most (otherwise: ${HUNT.seconds}, or no limit with --runs)`,
    },
    { flags: '--length <steps>', sentence: `steps of a run at most (otherwise: ${HUNT.length})` },
    {
      flags: '--weight <weights>',
      sentence:
        'how often actions are tried against others, 0 for never, such as Crashes=3,NetworkLoses=0 (otherwise: as the model says)',
    },
    { flags: '--require-coverage', sentence: 'exit 1 when an action was never taken' },
    { flags: '--token <token>', sentence: 'make no runs, and replay this trace' },
    {
      flags: '--workers <count>',
      sentence: 'threads (otherwise: one per processor); no result depends on it',
    },
    {
      flags: '--slices <count>',
      sentence: `make the runs in this many parts, each a job (otherwise: one per thread, or ${SLICES} with --queue)`,
    },
    { flags: '--trace', sentence: 'print a trace for what is reached as well as for what is violated' },
    { flags: '--json', sentence: 'print the result as JSON' },
  ],
  async run(invocation) {
    const { argument, options, terminal, queue } = invocation
    const token = given(options, 'token', (_, text) => text)
    if (token !== undefined) return replay.run({ ...invocation, argument: token })
    if (argument === '')
      throw new UsageError({ problem: 'hunt takes a TARGET or a --token; it was given neither.' })
    const runs = given(options, 'runs', countOf)
    const seconds = given(options, 'seconds', secondsOf)
    const seed = given(options, 'seed', countOf) ?? HUNT.seed
    const length = given(options, 'length', countUpTo(MOST_LENGTH)) ?? HUNT.length
    const workers = Math.min(
      given(options, 'workers', workersOf) ?? defaultWorkers(),
      // No more threads than there is work.
      runs ?? Number.POSITIVE_INFINITY,
    )
    const slices = given(options, 'slices', countUpTo(MOST_SLICES)) ?? (queue && SLICES)
    if (seed >= 2 ** 32)
      throw new UsageError({ problem: `--seed takes a number below ${2 ** 32}; it was given '${seed}'.` })
    const target = narrowed(
      await targetOf(argument, namedScope(options)),
      given(options, 'search', (_, t) => t),
    )
    const { suite } = target
    const { jobs, indexOf } = jobsOf([target], UNLIMITED)
    const weights = given(options, 'weight', weightsOf) ?? {}
    checkWeights(weights, jobs)
    const hunting = runHunts(jobs, {
      options: {
        seed,
        length,
        weights,
        runs: runs ?? HUNT.runs,
        seconds: seconds ?? (runs === undefined ? HUNT.seconds : Number.POSITIVE_INFINITY),
      },
      workers,
      executor: queue,
      slices,
      onProgress: (name, so) => terminal.line(huntProgressText(name, so)),
      onWarning: (text) => terminal.err(`${text}\n`),
    })
    const signals = interrupting(hunting, terminal, queue?.onInterrupt)
    const found = await hunting.outcomes.finally(() => {
      signals.release()
      terminal.line('')
    })
    const reported: HuntReported = {
      target: target.name,
      about: suite.about,
      hunts: found.flatMap((outcome, i) =>
        outcome ? [{ focus: suite.focuses.find((focus) => indexOf(focus) === i)!, outcome }] : [],
      ),
      seed,
      length,
      ...(!queue && { workers }),
      ...(slices !== undefined && { slices }),
      ...(runs !== undefined && { runs }),
      tokenOf: tokensOf(target),
    }
    terminal.out(
      options.json === true
        ? `${JSON.stringify(huntJson(reported), null, 2)}\n`
        : huntText(reported, { columns: terminal.columns, witnesses: options.trace === true }),
    )
    const outcomes = found.filter((outcome) => outcome !== undefined)
    const violated = outcomes.some(({ found }) => found.some(({ verdict }) => verdict === 'violated'))
    const uncovered = outcomes.some((outcome) => neverTaken(outcome).length > 0)
    if (violated || (options.requireCoverage === true && uncovered)) return EXIT.violation
    const failed = outcomes.some(({ ended }) => ended === 'failed')
    return signals.interrupted() || failed ? EXIT.cut : EXIT.asExpected
  },
})

/** Weights as the command line gives them. */
const weightsOf = (option: string, text: string): Weights =>
  Object.fromEntries(
    text.split(',').map((part) => {
      const [, name, count] = /^([^=]+)=(\d+)$/.exec(part.trim()) ?? []
      if (name === undefined || Number(count) > MOST_WEIGHT)
        throw new UsageError({
          problem: `${option} takes names of actions with whole numbers up to ${MOST_WEIGHT}, such as Crashes=3,NetworkLoses=0; it was given '${text}'.`,
        })
      return [name, Number(count)]
    }),
  )

/** Every weight is for an action of some search, and leaves each search one that is not 0. */
const checkWeights = (weights: Weights, jobs: readonly Job[]): void => {
  const known = [...new Set(jobs.flatMap(({ model }) => model.actions.map(({ name }) => name)))]
  const odd = Object.keys(weights).find((name) => !known.includes(name))
  if (odd !== undefined) throw unknownName('action', odd, known)
}

/** The target with one of its searches only. */
const narrowed = (target: Target, search: string | undefined): Target => {
  if (search === undefined) return target
  const { focuses } = target.suite
  const focus = focuses.find(({ name }) => name === search)
  if (!focus)
    throw unknownName(
      `search of ${target.name}`,
      search,
      focuses.map(({ name }) => name),
    )
  return { ...target, suite: { ...target.suite, focuses: [focus] } }
}
