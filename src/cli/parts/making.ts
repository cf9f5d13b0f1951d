/**
 * A part of a plan, without a server: it runs every n-th job and saves what it says; the same command line joins all parts.
 * A part names nothing that would be loaded: what is searched is said by whoever joins.
 */
import type { HuntOptions } from '../../hunt/hunter.ts'
import type { Outcome } from '../../search/engine/outcome.ts'
import type { Callbacks, Hands, HandsCallbacks, Run } from '../jobs/executor.ts'
import { type Slice, sliceName } from '../jobs/hunt-job.ts'
import type { Job } from '../jobs/search-job.ts'
import { thisProgram } from '../queue/keys.ts'
import type { Elsewhere } from '../queue/options.ts'
import type { Part } from '../saved/shards.ts'
import { NOTHING } from '../workers/hunt-threads.ts'
import { defaultBytes } from '../workers/search-run.ts'
import { threads } from '../workers/threads.ts'
import { keysOf, type PartJson, sliceKeys } from './part-file.ts'

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

/** Whether a part has the job of this number. */
const has = (part: Part, number: number): boolean => number % part.of === part.index - 1

/**
 * Runs the jobs of a part by threads, and throws `PartMade`: when the searches are done that a command asks for, or, where
 * what it asks for depends on what it found, when it says that its designs are judged.
 */
export const partOnly = (part: Part, workers: number, dependsOnFound: boolean): Elsewhere => {
  const started = performance.now()
  const own = threads(workers)
  const searches: PartJson['searches'][number][] = []
  const slices: NonNullable<PartJson['slices']>[number][] = []

  const made = (jobs: number): PartMade =>
    new PartMade(
      {
        schemaVersion: 1,
        kind: 'part',
        program: thisProgram(),
        part,
        searches,
        ...(slices.length > 0 && { slices }),
        run: { seconds: Number(((performance.now() - started) / 1000).toFixed(3)) },
      },
      jobs,
    )

  const run = (jobs: readonly Job[], callbacks: Callbacks): Run => {
    const bytes = defaultBytes(workers)
    const here = jobs.map((job): Job => {
      const { name, source, focus, settings } = job
      const limits = { ...settings.limits, bytes: Math.min(settings.limits.bytes, bytes) }
      return {
        name,
        source,
        focus,
        settings: { ...settings, limits },
        get model() {
          return job.model
        },
      }
    })
    const running = own.searches(here, callbacks)
    const saved = async (): Promise<readonly Outcome[]> => {
      const [outcomes, keys] = await Promise.all([running.outcomes, keysOf(jobs)])
      for (const [i, { model: _, ...outcome }] of outcomes.entries())
        searches.push({ key: keys[i]!, name: jobs[i]!.name, outcome })
      return outcomes
    }
    return { ...running, outcomes: saved() }
  }

  // The hunts of a command are begun together, and made one after the other.
  const hunts: (() => Promise<number>)[] = []
  let hunted: Promise<never> | undefined
  const huntAll = async (): Promise<never> => {
    let jobs = 0
    for (const hunt of hunts) jobs += await hunt()
    throw made(jobs)
  }
  const hands = (job: Job, options: HuntOptions, callbacks: HandsCallbacks): Hands => {
    let present: Hands | undefined
    let isStopped = false
    const hunt = async (all: readonly Slice[]): Promise<number> => {
      if (isStopped) return all.length
      const mine = all.filter((_, i) => has(part, i))
      present = own.hands(job, options, callbacks)
      try {
        const [parts, keys] = await Promise.all([present.runs(mine), sliceKeys(job, options, mine)])
        for (const [i, runs] of parts.entries())
          slices.push({ key: keys[i]!, name: sliceName(job.name, mine[i]!), runs })
      } finally {
        present.end()
      }
      return all.length
    }
    return {
      runs(all) {
        hunts.push(() => hunt(all))
        hunted ??= Promise.resolve().then(huntAll)
        return hunted
      },
      small: () => Promise.resolve([]),
      progress: () => present?.progress() ?? NOTHING,
      stop(gently) {
        isStopped = true
        present?.stop(gently)
      },
      end: () => {},
    }
  }

  return {
    isShared: true,
    hands,
    cached: () => undefined,
    ...(dependsOnFound && {
      designs: {
        has: (number) => has(part, number),
        end(designs) {
          throw made(designs)
        },
      },
    }),
    searches(jobs, callbacks) {
      if (dependsOnFound) return run(jobs, callbacks)
      const running = run(
        jobs.filter((_, i) => has(part, i)),
        callbacks,
      )
      return {
        ...running,
        outcomes: running.outcomes.then(() => {
          throw made(jobs.length)
        }),
      }
    },
  }
}
