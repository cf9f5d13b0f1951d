/** `clustercheck queue --queue URL`: the sweeps and workers that are there; drops a sweep. */
import { given } from '../options/arguments.ts'
import type { Command } from '../options/command.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT } from '../process/exit-codes.ts'
import { addressOf } from '../queue/address.ts'
import { QUEUE, serverAt } from '../queue/options.ts'

export const queue: Command = {
  options: [
    { flags: QUEUE.flags, sentence: 'the Redis or Valkey server, such as redis://localhost:6379' },
    { flags: '--drop <name>', sentence: 'remove this sweep with its jobs and results' },
  ],
  async run({ options, terminal }) {
    const address = given(options, 'queue', addressOf)
    if (!address)
      throw new UsageError({ problem: 'queue needs --queue URL: the server that the jobs are on.' })
    const drop = given(options, 'drop', (_, text) => text)
    const server = await serverAt(address, terminal)
    try {
      const { dropSweep, listing } = await import('../queue/listing.ts')
      if (drop !== undefined) await dropSweep(server, drop)
      else terminal.out(await listing(server))
    } finally {
      server.close()
    }
    return EXIT.asExpected
  },
}
