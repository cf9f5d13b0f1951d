/** The searches of a swarm as jobs, and what they say together. */
import type { Outcome } from '../../search/engine/outcome.ts'
import { swarmOutcome } from '../../search/swarm.ts'
import type { Job } from '../jobs/search-job.ts'

/** So many jobs for each: the same bitstate search with the next seeds. */
export const swarmed = (jobs: readonly Job[], count: number): readonly Job[] =>
  jobs.flatMap((job) => {
    const { name, source, focus, settings } = job
    const { bitstate } = settings
    if (!bitstate) throw new TypeError(`${name} is no bitstate search`)
    return Array.from({ length: count }, (_, i): Job => {
      const seed = bitstate.seed + i
      return {
        name: `${name}, seed ${seed}`,
        source,
        focus,
        settings: { ...settings, bitstate: { ...bitstate, seed } },
        get model() {
          return job.model
        },
      }
    })
  })

/** What the jobs of `swarmed` say, by the job that each swarm was made of. */
export const joinedSwarms = (outcomes: readonly Outcome[], count: number): readonly Outcome[] =>
  Array.from({ length: outcomes.length / count }, (_, i) =>
    swarmOutcome(outcomes.slice(i * count, (i + 1) * count)),
  )
