/** The options by which a command runs a part of its jobs, and joins all parts. */
import { counted } from '../../report/text/columns.ts'
import { writeFile } from '../files/output-files.ts'
import { given, workersOf } from '../options/arguments.ts'
import type { Command, OptionUsage } from '../options/command.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT } from '../process/exit-codes.ts'
import { type Queued, queued } from '../queue/options.ts'
import { partOf } from '../saved/shards.ts'
import { defaultWorkers } from '../workers/search-run.ts'
import type { PartJson } from './part-file.ts'

const PART_OPTIONS: readonly OptionUsage[] = [
  {
    flags: '--shard <i/n>',
    sentence:
      'run the i-th of n parts of the jobs only, and save what they say with --json; --join joins the parts',
  },
  {
    flags: '--join <files>',
    sentence: 'take what jobs say from the files of all parts, separated by commas',
  },
]

/** The same command with parts: what it says of all parts joined is what it says of one run. */
const inParts = (name: string, command: Command<Queued>): Command<Queued> => ({
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
    const workers = given(options, 'workers', workersOf) ?? defaultWorkers()
    // What a design searches next depends on what it found.
    const dependsOnFound = name === 'design'
    if (files) {
      const { joinedParts } = await import('./joining.ts')
      return command.run({
        ...invocation,
        queue: joinedParts(files, { workers, isOpen: dependsOnFound }),
      })
    }
    const others = ['junit', 'sarif', 'markdown', 'github', 'write'].find(
      (name) => options[name] !== undefined,
    )
    if (others !== undefined || options.json === undefined)
      throw new UsageError({
        problem: `--shard takes --json, ${others ? `and no --${others}` : 'which was not given'}: a part of the searches gives no verdicts.`,
        hint: 'give other reports beside --join',
      })
    const { PartMade, partOnly } = await import('./making.ts')
    try {
      return await command.run({ ...invocation, queue: partOnly(part!, workers, dependsOnFound) })
    } catch (thrown) {
      if (!(thrown instanceof PartMade)) throw thrown
      const { made, jobs } = thrown
      const text = `${JSON.stringify(made, null, 2)}\n`
      if (options.json === true) terminal.out(text)
      else {
        writeFile(String(options.json), text)
        terminal.out(`Shard ${made.part.index}/${made.part.of}: ${partText(made, jobs, dependsOnFound)}.\n`)
      }
      const isWhole =
        made.searches.every(({ outcome }) => outcome.complete) &&
        (made.slices ?? []).every(({ runs }) => runs.ended !== 'interrupt')
      return isWhole ? EXIT.asExpected : EXIT.cut
    }
  },
})

/** Such as: 3 of 6 searches. */
const partText = ({ searches, slices }: PartJson, jobs: number, ofDesigns: boolean): string => {
  if (ofDesigns)
    return `${counted(searches.length, 'search', 'searches')} for a part of ${counted(jobs, 'design')}`
  return slices
    ? `${slices.length} of ${counted(jobs, 'slice')}`
    : `${searches.length} of ${counted(jobs, 'search', 'searches')}`
}

/** The command of this name with a queue and with parts. */
export const queuedInParts = (name: string, command: Command<Queued>): Command =>
  queued(name, inParts(name, command))
