/**
 * A plan in parts, without a server: each part runs every n-th job and saves what it says; the same command line joins
 * them. A part names nothing that would be loaded: what is searched is said by whoever joins.
 */
import { printable, printableData } from '../../modelling/printable.ts'
import { amount, count, DRAFT, listOf, object, text } from '../../report/text/schema-parts.ts'
import type { Outcome } from '../../search/engine/outcome.ts'
import { checkerOf, readJson } from '../files/json.ts'
import type { Executor, Hands, Run, Told } from '../jobs/executor.ts'
import type { Job, OutcomeData } from '../jobs/search-job.ts'
import { UsageError } from '../process/errors.ts'
import type { Cache } from '../saved/cache.ts'
import { outcomeProblem } from '../saved/outcome-problem.ts'
import { modelProblem } from '../saved/paths-problem.ts'
import { OUTCOME } from '../saved/shard-schema.ts'
import type { Part } from '../saved/shards.ts'
import { outcomeOf } from '../workers/search-pool.ts'
import { defaultBytes } from '../workers/search-run.ts'
import { threads } from '../workers/threads.ts'
import { packed } from './code.ts'
import { keyOf, settingsData, type Task } from './job-data.ts'
import { type Program, programText, thisProgram } from './keys.ts'

/** What a part has saved: what its searches say, by what each is known by. */
export interface PartJson {
  readonly schemaVersion: 1
  readonly kind: 'part'
  readonly program: Program
  readonly part: Part
  readonly searches: readonly { readonly key: string; readonly name: string; readonly outcome: OutcomeData }[]
  readonly run: { readonly seconds: number }
}

const PART_SCHEMA = {
  ...DRAFT,
  title: 'A part of the searches of a command',
  ...object({
    schemaVersion: { const: 1 },
    kind: { const: 'part' },
    program: object({ clustercheck: text, build: text, node: count }),
    part: object({ index: { type: 'integer', minimum: 1 }, of: { type: 'integer', minimum: 1 } }),
    searches: listOf(object({ key: text, name: text, outcome: OUTCOME })),
    run: object({ seconds: amount }),
  }),
}

/** What a command comes to that runs a part of its jobs only. */
export class PartMade extends Error {
  readonly made: PartJson
  /** Of all parts together. */
  readonly jobs: number

  constructor(made: PartJson, jobs: number) {
    super('a part of the jobs was run')
    this.made = made
    this.jobs = jobs
  }
}

/** What is in place of threads or a queue. */
export interface Elsewhere extends Executor {
  cached(local: Cache | undefined): Cache | undefined
}

const keysOf = (jobs: readonly Job[]): Promise<readonly string[]> =>
  Promise.all(
    jobs.map(async ({ source, focus, settings }) => {
      const { source: named } = await packed(source)
      const task: Task = { kind: 'search', source: named, focus, settings: settingsData(settings) }
      return keyOf(thisProgram(), task)
    }),
  )

/** Hunts are not made in parts. */
const noHands = (): Hands => {
  throw new TypeError('a hunt has no parts')
}

/** Runs the jobs of a part by threads, and throws `PartMade`. */
export const partOnly = (part: Part, workers: number): Elsewhere => ({
  isShared: false,
  hands: noHands,
  cached: () => undefined,
  searches(jobs: readonly Job[], told: Told): Run {
    const started = performance.now()
    const bytes = defaultBytes(workers)
    const own = jobs.flatMap((job, i) => {
      if (i % part.of !== part.index - 1) return []
      const { name, source, focus, settings } = job
      const limits = { ...settings.limits, bytes: Math.min(settings.limits.bytes, bytes) }
      const here: Job = {
        name,
        source,
        focus,
        settings: { ...settings, limits },
        get model() {
          return job.model
        },
      }
      return [{ job, here }]
    })
    const run = threads(workers).searches(
      own.map(({ here }) => here),
      told,
    )
    const made = async (): Promise<readonly Outcome[]> => {
      const [outcomes, keys] = await Promise.all([run.outcomes, keysOf(own.map(({ job }) => job))])
      throw new PartMade(
        {
          schemaVersion: 1,
          kind: 'part',
          program: thisProgram(),
          part,
          searches: outcomes.map(({ model: _, ...outcome }, i) => ({
            key: keys[i]!,
            name: own[i]!.job.name,
            outcome,
          })),
          run: { seconds: Number(((performance.now() - started) / 1000).toFixed(3)) },
        },
        jobs.length,
      )
    }
    return { ...run, outcomes: made() }
  },
})

const problemOf = checkerOf(PART_SCHEMA)
const refused = (problem: string): UsageError =>
  new UsageError({ problem: `The parts cannot be joined: ${problem}.` })

/** Reads the files of all parts. Throws `UsageError`. */
const readParts = (names: readonly string[]): readonly PartJson[] => {
  const parts = names.map((name) => {
    const value = printableData(readJson(name))
    const problem = problemOf(value)
    if (problem !== undefined) throw new UsageError({ problem: `${printable(name)} is no part: ${problem}.` })
    const made = value as PartJson
    const own = thisProgram()
    if (made.program.build !== own.build)
      throw refused(
        `${printable(name)} was made by ${programText(made.program)}, and this is ${programText(own)}`,
      )
    return made
  })
  const of = parts[0]!.part.of
  for (let index = 1; index <= of; index++) {
    const found = parts.filter(({ part }) => part.index === index && part.of === of)
    if (found.length === 0) throw refused(`part ${index}/${of} is missing`)
    if (found.length > 1) throw refused(`part ${index}/${of} is given twice`)
  }
  if (parts.length > of) throw refused(`there are ${of} parts, and ${parts.length} files`)
  return parts
}

/** Takes what searches say from the files of all parts. Throws `UsageError`, also later for one that says nothing of a search. */
export const joinedParts = (names: readonly string[]): Elsewhere => {
  const searches = new Map(readParts(names).flatMap((part) => part.searches.map((one) => [one.key, one])))
  const found = async (jobs: readonly Job[], told: Told): Promise<readonly Outcome[]> => {
    const keys = await keysOf(jobs)
    return jobs.map((job, i) => {
      const one = searches.get(keys[i]!)
      if (!one) throw refused(`none of them says anything of ${job.name}: they are of another command line`)
      const odd = outcomeProblem(one.outcome) ?? modelProblem(one.outcome, job.model)
      if (odd !== undefined) throw refused(`of ${job.name} one says that ${odd}; it has been altered`)
      told.onOutcome?.(i, one.outcome)
      return outcomeOf(one.outcome, job)
    })
  }
  return {
    isShared: false,
    hands: noHands,
    cached: () => undefined,
    searches: (jobs, told) => ({ outcomes: found(jobs, told), interrupt: () => {}, abandon: () => {} }),
  }
}
