/** `clustercheck worker --queue URL`: takes jobs from a queue and runs them. */
import { countUpTo, given, secondsOf, sizeOf, workersOf } from '../options/arguments.ts'
import type { Command } from '../options/command.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT } from '../process/exit-codes.ts'
import { addressOf } from '../queue/address.ts'
import { QUEUE, serverAt } from '../queue/options.ts'
import { defaultBytes, defaultWorkers } from '../workers/search-run.ts'

/** Seconds after which a worker that says nothing is taken for dead. */
const LOST = 30
const MOST_LOST = 3600

export const worker: Command = {
  options: [
    { flags: QUEUE.flags, sentence: 'the Redis or Valkey server, such as redis://localhost:6379' },
    { flags: '--threads <count>', sentence: 'jobs at one time (otherwise: one per processor)' },
    {
      flags: '--memory <size>',
      sentence: 'memory of all searches together, such as 4GB (otherwise: 3/4 of the free memory)',
    },
    {
      flags: '--allow-code',
      sentence: 'also run models and extensions of files, whose code comes with the jobs',
    },
    {
      flags: '--lost-after <seconds>',
      sentence: `consider a worker dead that has said nothing for this long, and begin its jobs again (otherwise: ${LOST})`,
    },
    { flags: '--verbose', sentence: 'say which jobs are begun and done' },
    { flags: '--idle <seconds>', sentence: 'end when there was no job for this long (otherwise: never)' },
  ],
  async run({ options, terminal }) {
    const address = given(options, 'queue', addressOf)
    if (!address)
      throw new UsageError({ problem: 'worker needs --queue URL: the server that the jobs are on.' })
    const threads = given(options, 'threads', workersOf) ?? defaultWorkers()
    const memory = given(options, 'memory', sizeOf) ?? defaultBytes(1)
    const lost = given(options, 'lostAfter', countUpTo(MOST_LOST)) ?? LOST
    const idle = given(options, 'idle', secondsOf)
    const server = await serverAt(address, terminal)
    try {
      const { serve } = await import('../queue/serve.ts')
      const { done, failed } = await serve(server, {
        threads,
        bytes: Math.floor(memory / threads),
        allowCode: options.allowCode === true,
        lostAfter: lost * 1000,
        verbose: options.verbose === true,
        ...(idle !== undefined && { idle: idle * 1000 }),
        terminal,
      })
      terminal.err(`The worker has ended: ${done} done, ${failed} failed.\n`)
    } finally {
      server.close()
    }
    return EXIT.asExpected
  },
}
