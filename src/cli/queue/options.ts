/** The options by which a command puts its jobs on a queue, and the command with them. */
import type { Executor } from '../jobs/executor.ts'
import { given, type RawOptions } from '../options/arguments.ts'
import type { Command, Invocation, OptionUsage } from '../options/command.ts'
import { UsageError } from '../process/errors.ts'
import type { Terminal } from '../process/terminal.ts'
import type { Cache } from '../saved/cache.ts'
import { type Address, addressOf, PASSWORD } from './address.ts'
import type { OnQueue } from './executor.ts'
import type { Server } from './server.ts'

/** The option that names the server. */
export const QUEUE: OptionUsage = {
  flags: '--queue <url>',
  sentence: `put the jobs on a queue for workers, on this Redis or Valkey server, such as redis://localhost:6379 (a password may be in ${PASSWORD})`,
}

const QUEUE_OPTIONS: readonly OptionUsage[] = [
  QUEUE,
  { flags: '--attach <name>', sentence: 'come back to a sweep that is on the queue already' },
]

/** What is in place of threads or a queue. */
export interface Elsewhere extends Executor {
  cached(local: Cache | undefined): Cache | undefined
  /** Of a part of designs: which of a space it judges, by number; `end` says how many there are, and throws. */
  readonly designs?: {
    has(number: number): boolean
    end(designs: number): never
  }
}

/** What a command is given that may use a queue. */
export interface Queued {
  /** What runs its jobs; absent: threads of this process do. */
  readonly queue?: OnQueue | Elsewhere
}

/** The command of this name with the options of a queue; what it puts there is removed when it is done. */
export const queued = (name: string, command: Command<Queued>): Command => ({
  ...command,
  options: [...command.options, ...QUEUE_OPTIONS],
  async run(invocation) {
    const { options, operands, terminal } = invocation
    const address = given(options, 'queue', addressOf)
    const attach = given(options, 'attach', (_, text) => text)
    if (!address) {
      if (attach !== undefined)
        throw new UsageError({ problem: `--attach ${attach} is for a sweep on a queue; --queue is missing.` })
      return command.run(invocation)
    }
    refuse(options)
    const server = await serverAt(address, terminal)
    try {
      const [{ sweepAt }, { OnQueue: Workers }] = await Promise.all([
        import('./sweep.ts'),
        import('./executor.ts'),
      ])
      const sweep = await sweepAt(server, {
        command: name,
        operands,
        terminal,
        ...(attach !== undefined && { attach }),
      })
      try {
        return await command.run({ ...invocation, queue: new Workers(sweep) } satisfies Invocation & Queued)
      } finally {
        await sweep.close()
      }
    } finally {
      server.close()
    }
  },
})

/** Connects to the server that the option names. Throws `UsageError`. */
export const serverAt = async (address: Address, terminal: Terminal): Promise<Server> => {
  const { connect } = await import('./server.ts')
  return connect(address, (text) => terminal.err(`${text}\n`))
}

/** What is of this machine, and of no use to others. */
const OWN = ['workers', 'checkpoint', 'resume', 'shard', 'watch'] as const

const refuse = (options: RawOptions): void => {
  const odd = OWN.find((name) => options[name] !== undefined)
  if (odd === 'workers')
    throw new UsageError({
      problem:
        '--workers counts threads of this process, and --queue leaves the jobs to workers: clustercheck worker --threads.',
    })
  if (odd !== undefined)
    throw new UsageError({
      problem: `--${odd} is for searches of this process; it cannot be given with --queue.`,
    })
}
