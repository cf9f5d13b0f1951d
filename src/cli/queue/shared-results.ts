/** Results that sweeps share: what one has found, another need not search. */
import type { Job, OutcomeData } from '../jobs/search-job.ts'
import type { Terminal } from '../process/terminal.ts'
import { type Cache, sharedNameOf } from '../saved/cache.ts'
import { sharedKey } from './keys.ts'
import { outcomeAgainst, resultIn } from './result-data.ts'
import type { Server } from './server.ts'

/** Results in one request. */
const CHUNK = 500

/** A cache that also knows what sweeps of others have found. */
export const sharedCache = ({ redis, shown }: Server, local: Cache, terminal: Terminal): Cache => {
  const found = new Map<Job, OutcomeData>()
  return {
    folder: `${local.folder} or on ${shown}`,
    prepare: async (jobs) => {
      await local.prepare(jobs)
      const missing = jobs.filter((job) => local.find(job) === undefined)
      const names = await Promise.all(missing.map(sharedNameOf))
      const wanted = missing.flatMap((job, i) => (names[i] === undefined ? [] : [{ job, name: names[i] }]))
      for (let at = 0; at < wanted.length; at += CHUNK) {
        const some = wanted.slice(at, at + CHUNK)
        const texts = await redis.mget(some.map(({ name }) => sharedKey(name)))
        for (const [i, text] of texts.entries()) {
          if (text === null) continue
          const { job } = some[i]!
          const read = resultIn(text, 'search', (result) => outcomeAgainst(result, job.model))
          if (typeof read !== 'string' && read.kind === 'outcome') found.set(job, read.outcome)
          else
            terminal.err(
              `A shared result on ${shown} was not used, and ${job.name} is searched again: ${String(read)}.\n`,
            )
        }
      }
    },
    find: (job) => local.find(job) ?? found.get(job),
    keep: (job, outcome) => local.keep(job, outcome),
  }
}
