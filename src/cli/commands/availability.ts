/** `clustercheck availability TARGET`: how long a scheme is down, what a failover does to it, and what it costs. */

import type { NamedScheme } from '../../../model/schemes/named-scheme.ts'
import {
  DEFAULT_TIMING,
  TIMING_WORDS,
  type Timing,
  TimingError,
  timingOf,
} from '../../../model/timing/timing.ts'
import { availabilityOf, WANTED } from '../../availability/availability.ts'
import { prismFiles, stormFiles } from '../../availability/explicit.ts'
import { doomsOf, upOf } from '../../availability/measures.ts'
import { chainOf } from '../../availability/rates.ts'
import { NotSolved } from '../../availability/solve.ts'
import { ChainTooLarge, has, structureOf } from '../../availability/structure.ts'
import { type SweptName, spread, sweepOf } from '../../availability/sweep.ts'
import { planOf, unsuitable } from '../../availability/timed/plan.ts'
import { printable } from '../../modelling/printable.ts'
import { type AvailabilityJson, availabilityJson } from '../../report/availability/json.ts'
import type { PlotPoint } from '../../report/availability/plot.ts'
import { availabilityText } from '../../report/availability/text.ts'
import { digits } from '../../report/text/columns.ts'
import { writeFile } from '../files/output-files.ts'
import { countOf, given, oneOfWords, sizeOf } from '../options/arguments.ts'
import type { Command } from '../options/command.ts'
import { WHOLE_JSON } from '../options/shared.ts'
import { unknownName } from '../options/suggestions.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT } from '../process/exit-codes.ts'
import { VERSION } from '../process/version.ts'
import { timedTarget, violationsDeclared } from '../targets/timed.ts'

const FORMATS = ['prism', 'storm'] as const

export const availability: Command = {
  options: [
    { flags: '--set <numbers>', sentence: 'numbers of the timing, such as detection=3.6,loss=0.02' },
    { flags: '--sensitivities', sentence: 'also which numbers matter, and what would win the next nine' },
    { flags: '--members <count>', sentence: '2 (otherwise) or 3, for schemes' },
    { flags: '--runs <count>', sentence: `runs with a clock (otherwise: ${WANTED.runs})` },
    { flags: '--seed <number>', sentence: `of these runs (otherwise: ${WANTED.seed})` },
    {
      flags: '--stages <count>',
      sentence: `stages that stand for the fixed duration of detection (otherwise: ${WANTED.stages.detection})`,
    },
    { flags: '--channel <size>', sentence: 'bytes a second of the synch channel (otherwise: 125MB)' },
    {
      flags: '--export <format>',
      sentence: `instead write the chain of one target for another tool: ${FORMATS.join(', ')}`,
    },
    { flags: '--output <name>', sentence: 'of the exported files, without ending (otherwise: the target)' },
    {
      flags: '--over <number>',
      sentence:
        'instead solve at seven values of a number, such as failuresPerYear=0.1..100, and write --svg',
    },
    { flags: '--svg <file>', sentence: 'the plot of --over' },
    WHOLE_JSON,
  ],
  async run({ operands, options, terminal }) {
    const started = performance.now()
    const overrides = given(options, 'set', numbersIn) ?? {}
    const members = given(options, 'members', memberCount)
    const format = given(options, 'export', (option, text) => oneOfWords(option, text, FORMATS))
    const output = given(options, 'output', (_, text) => text)
    if (output !== undefined && format === undefined)
      throw new UsageError({ problem: '--output names exported files, and --export says in which format.' })
    if (format !== undefined && new Set(operands).size > 1)
      throw new UsageError({
        problem: `--export ${format} writes one chain; ${operands.length} targets are named.`,
      })
    const wanted = {
      ...WANTED,
      runs: given(options, 'runs', countOf) ?? WANTED.runs,
      seed: given(options, 'seed', countOf) ?? WANTED.seed,
      capacity: given(options, 'channel', sizeOf) ?? WANTED.capacity,
      sensitivities: options.sensitivities === true,
      stages: {
        ...WANTED.stages,
        detection: given(options, 'stages', stageCount) ?? WANTED.stages.detection,
      },
    }
    const over = given(options, 'over', rangeIn)
    const svg = given(options, 'svg', (_, text) => text)
    if ((over === undefined) !== (svg === undefined))
      throw new UsageError({
        problem: '--over and --svg belong together: what is solved, and where the plot goes.',
      })
    if (svg !== undefined && !/\.svg$/i.test(svg))
      throw new UsageError({
        problem: `--svg names ${printable(svg)}; a name that ends in .svg is possible.`,
      })
    const points: PlotPoint[] = []
    const violatedBy = await violationsDeclared()
    const found: AvailabilityJson[] = []
    for (const operand of new Set(operands)) {
      const target = await timedTarget(operand)
      const reason = unsuitable(target.scheme.scheme)
      if (reason !== undefined)
        throw new UsageError({ problem: `No availability is computed for ${printable(operand)}: ${reason}.` })
      const timing = timingIn(operand, { ...target.timing, ...overrides })
      const how = { ...wanted, members: members ?? target.members }
      try {
        if (format !== undefined) {
          terminal.err(exported(target.scheme, timing, how, format, output ?? target.scheme.name))
          return EXIT.asExpected
        }
        if (over) {
          const sweep = sweepOf(
            operand,
            target.scheme.scheme,
            timing,
            over.name,
            spread(over.from, over.to, VALUES),
            how,
          )
          for (const { value, unavailability, withPackets, dooms } of sweep) {
            points.push({ target: printable(operand), value, unavailability: unavailability.ike })
            terminal.out(
              `${printable(operand)} ${over.name} ${digits(value)}: traffic ${digits(unavailability.traffic)}, with packets ${digits(withPackets)}, IKE ${digits(unavailability.ike)}, dooms ${digits(dooms)}\n`,
            )
          }
          continue
        }
        const { name, about, scheme } = target.scheme
        const violates = violatedBy(name)
        const one: AvailabilityJson = {
          ...availabilityOf(printable(name), scheme, timing, how),
          about,
          ...(violates && { violates }),
        }
        found.push(one)
        if (options.json !== true)
          terminal.out(`${found.length > 1 ? '\n' : ''}${availabilityText(one, terminal.columns)}`)
      } catch (error) {
        if (!(error instanceof ChainTooLarge || error instanceof NotSolved)) throw error
        terminal.err(`${printable(operand)}: unknown, ${error.message}.\n`)
        return EXIT.cut
      }
    }
    if (over) {
      const { availabilityPlot } = await import('../../report/availability/plot.ts')
      const { means, unit } = TIMING_WORDS[over.name]
      writeFile(
        svg!,
        availabilityPlot(
          { title: `Unavailability of IKE against ${over.name}`, label: `${over.name}: ${means}, ${unit}` },
          points,
        ),
      )
      return EXIT.asExpected
    }
    if (options.json === true)
      terminal.out(
        `${JSON.stringify(availabilityJson(found, VERSION, (performance.now() - started) / 1000), null, 2)}\n`,
      )
    return EXIT.asExpected
  },
}

/** Writes the files of a chain; the answer is a line that says so. */
const exported = (
  { name, scheme }: NamedScheme,
  timing: Timing,
  { members, stages }: { readonly members: 2 | 3; readonly stages: (typeof WANTED)['stages'] },
  format: (typeof FORMATS)[number],
  output: string,
): string => {
  const structure = structureOf(
    name,
    planOf(scheme, {
      members,
      stages,
      waits: timing.retransmission.length,
      clusterStarts: timing.clusterStarts,
    }),
  )
  const up = upOf(structure, doomsOf(structure))
  const labels = {
    trafficDown: (s: number) => !up.traffic(s),
    ikeDown: (s: number) => !up.ike(s),
    nobodyActs: (s: number) => !has(structure, s, 'acting'),
  }
  const chain = chainOf(structure, timing)
  const files = format === 'prism' ? prismFiles(chain, labels) : stormFiles(chain, labels)
  for (const [ending, text] of Object.entries(files)) writeFile(`${output}.${ending}`, text)
  return `${printable(output)}: ${structure.states} states in ${Object.keys(files)
    .map((ending) => `.${ending}`)
    .join(', ')}.\n`
}

const timingIn = (operand: string, numbers: Partial<Timing>): Timing => {
  try {
    return timingOf(numbers)
  } catch (error) {
    if (error instanceof TimingError)
      throw new UsageError({ problem: `${printable(operand)}: ${error.message}.` })
    throw error
  }
}

/** Values of `--over`. */
const VALUES = 7

/** `name=from..to`. */
const rangeIn = (
  option: string,
  text: string,
): { readonly name: SweptName; readonly from: number; readonly to: number } => {
  const [, name = '', low, high] = /^([^=]*)=([^=]+)\.\.([^=]+)$/.exec(text) ?? []
  const names = Object.entries(DEFAULT_TIMING).flatMap(([one, value]) =>
    typeof value === 'number' ? [one] : [],
  )
  const [from, to] = [Number(low), Number(high)]
  if (low === undefined || !(from > 0) || !(to > from) || !Number.isFinite(to))
    throw new UsageError({
      problem: `${option} is '${printable(text)}'; it takes name=from..to with two numbers above 0, as in failuresPerYear=0.1..100.`,
    })
  if (!names.includes(name)) throw unknownName('number of the timing', name, names)
  for (const value of [from, to]) timingIn(option, { [name]: value })
  return { name: name as SweptName, from, to }
}

const memberCount = (option: string, text: string): 2 | 3 =>
  oneOfWords(option, text, ['2', '3']) === '2' ? 2 : 3

const stageCount = (option: string, text: string): number => {
  const count = countOf(option, text)
  if (count >= 1 && count <= 20) return count
  throw new UsageError({ problem: `${option} is ${count}; 1 to 20 stages are possible.` })
}

/** `name=number` by commas. */
const numbersIn = (option: string, text: string): Partial<Timing> =>
  Object.fromEntries(
    text.split(',').map((part) => {
      const [name = '', value, ...more] = part.split('=').map((word) => word.trim())
      if (!Object.hasOwn(DEFAULT_TIMING, name))
        throw unknownName('number of the timing', name, Object.keys(DEFAULT_TIMING))
      if (value === undefined || value === '' || more.length > 0)
        throw new UsageError({
          problem: `${option} has '${printable(part)}'; it takes name=number, as in detection=3.6.`,
        })
      const standard = DEFAULT_TIMING[name as keyof Timing]
      if (typeof standard === 'boolean')
        return [name, oneOfWords(`${option} ${name}`, value, ['true', 'false']) === 'true']
      if (Array.isArray(standard)) return [name, value.split(/\s+/).map(Number)]
      return [name, Number(value)]
    }),
  )
