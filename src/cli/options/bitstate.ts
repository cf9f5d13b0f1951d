/** The options of a bitstate search on the command line. */
import { bytesText, grouped } from '../../report/text/columns.ts'
import { BITSTATE, type BitstateOptions } from '../../search/packed/bitstate.ts'
import { MOST_BYTES } from '../../search/packed/storage/bit-array.ts'
import { SPAN } from '../../search/packed/storage/bitstate-stack.ts'
import { UsageError } from '../process/errors.ts'
import { countOf, countUpTo, given, type RawOptions, sizeOf } from './arguments.ts'
import type { OptionUsage } from './command.ts'

/** The options by which a command takes a bitstate search. */
export const BITSTATE_OPTIONS: readonly OptionUsage[] = [
  {
    flags: '--bitstate <size>',
    sentence:
      'hunt where states do not fit in memory: go down first, keep bits only, in an array of this size; finds violations and never says that a property holds',
  },
  {
    flags: '--depth <steps>',
    sentence: `steps of a path of a bitstate search at most (otherwise: ${BITSTATE.depth})`,
  },
  { flags: '--seed <number>', sentence: 'vary the hash functions and the order of a bitstate search' },
  {
    flags: '--swarm <count>',
    sentence: 'make this many bitstate searches, each with the next seed, and join what they find',
  },
]

/** Bitstate searches of a swarm at most. */
const MOST_SWARM = 10_000

/** How many bitstate searches are asked for; undefined for one. */
export const swarmOf = (options: RawOptions): number | undefined => {
  const count = given(options, 'swarm', countUpTo(MOST_SWARM))
  if (count !== undefined && options.bitstate === undefined)
    refuse('--swarm is for bitstate searches, and --bitstate is not given.')
  return count
}

/** What only a search that keeps states can do. */
const BREADTH_FIRST = ['checkpoint', 'resume', 'profile', 'symmetry'] as const

/** The bitstate search that is asked for, if one is. */
export const bitstateOf = (options: RawOptions): BitstateOptions | undefined => {
  const size = given(options, 'bitstate', sizeOf)
  const depth = given(options, 'depth', countOf)
  const seed = given(options, 'seed', countOf)
  if (size === undefined) {
    const alone = depth !== undefined ? '--depth' : seed !== undefined ? '--seed' : undefined
    if (alone !== undefined) refuse(`${alone} is for a bitstate search, and --bitstate is not given.`)
    return undefined
  }
  if (options.exact === true)
    refuse('--bitstate keeps no states that --exact could compare whole: only one of them can be given.')
  const odd = BREADTH_FIRST.find((name) => options[name] !== undefined)
  if (odd !== undefined)
    refuse(`--bitstate goes down first and keeps no states, so it cannot be given with --${odd}.`)
  if (size > MOST_BYTES)
    refuse(`--bitstate takes at most ${bytesText(MOST_BYTES)}; it was given '${options.bitstate}'.`)
  if (depth !== undefined && depth >= SPAN)
    refuse(`--depth takes fewer than ${grouped(SPAN)} steps; it was given '${options.depth}'.`)
  return {
    ...BITSTATE,
    bytes: size,
    ...(depth !== undefined && { depth }),
    ...(seed !== undefined && { seed }),
  }
}

/** Refuses a bit array that is larger than what a search may use. */
export const needRoom = (bitstate: BitstateOptions | undefined, bytes: number): void => {
  if (bitstate && bitstate.bytes >= bytes)
    refuse(
      `--bitstate takes less than the ${bytesText(bytes)} of memory that a search may use; it was given ${bytesText(bitstate.bytes)}.`,
    )
}

const refuse = (problem: string): never => {
  throw new UsageError({ problem })
}
