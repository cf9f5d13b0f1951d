/** The options by which a command puts its jobs on a queue, and the command with them. */
import { counted } from '../../report/text/columns.ts'
import { writeFile } from '../files/output-files.ts'
import { given, type RawOptions, workersOf } from '../options/arguments.ts'
import type { Command, Invocation, OptionUsage } from '../options/command.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'
import { partOf } from '../saved/shards.ts'
import { defaultWorkers } from '../workers/search-run.ts'
import { type Address, addressOf, PASSWORD } from './address.ts'
import type { OnQueue } from './executor.ts'
import type { Elsewhere } from './parts.ts'
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

/** The options by which a command runs a part of its jobs, and joins all parts. */
const PART_OPTIONS: readonly OptionUsage[] = [
  {
    flags: '--shard <i/n>',
    sentence:
      'run the i-th of n parts of the searches only, and save what they say with --json; --join joins the parts',
  },
  {
    flags: '--join <files>',
    sentence: 'take what searches say from the files of all parts, separated by commas',
  },
]

/** The same command with parts: what it says of all parts joined is what it says of one run. */
const inParts = (command: Command<Queued>): Command<Queued> => ({
  ...command,
  options: [...command.options, ...PART_OPTIONS],
  async run(invocation) {
    const { options, terminal } = invocation
    const part = partOf(options)
    const files = given(options, 'join', (_, text) => text.split(','))
    if (!part && !files) return command.run(invocation)
    if (invocation.queue || (part && files))
      throw new UsageError({ problem: 'Of --queue, --shard and --join only one can be given.' })
    if (options.all === true)
      throw new UsageError({
        problem: `--all judges one extension after the other; ${part ? '--shard' : '--join'} is for one plan.`,
      })
    const { joinedParts, PartMade, partOnly } = await import('./parts.ts')
    if (files) return command.run({ ...invocation, queue: joinedParts(files) })
    const others = ['junit', 'sarif', 'markdown', 'github', 'write'].find(
      (name) => options[name] !== undefined,
    )
    if (others !== undefined || options.json === undefined)
      throw new UsageError({
        problem: `--shard takes --json, ${others ? `and no --${others}` : 'which was not given'}: a part of the searches gives no verdicts.`,
        hint: 'give other reports beside --join',
      })
    const workers = given(options, 'workers', workersOf) ?? defaultWorkers()
    try {
      return await command.run({ ...invocation, queue: partOnly(part!, workers) })
    } catch (thrown) {
      if (!(thrown instanceof PartMade)) throw thrown
      const { made, jobs } = thrown
      const text = `${JSON.stringify(made, null, 2)}\n`
      if (options.json === true) terminal.out(text)
      else {
        writeFile(String(options.json), text)
        terminal.out(
          `Shard ${made.part.index}/${made.part.of}: ${made.searches.length} of ${counted(jobs, 'search', 'searches')}.\n`,
        )
      }
      return made.searches.every(({ outcome }) => outcome.complete) ? EXIT.asExpected : EXIT.cut
    }
  },
})

/** The command of this name with a queue and with parts. */
export const queuedInParts = (name: string, command: Command<Queued>): Command =>
  queued(name, inParts(command))

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
