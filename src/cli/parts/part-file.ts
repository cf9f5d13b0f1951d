/** What a part of a plan has saved: what its searches and its runs say, by what each is known by. */
import type { HuntOptions, HuntPart } from '../../hunt/hunter.ts'
import { printable, printableData } from '../../modelling/printable.ts'
import { amount, count, DRAFT, listOf, object, text } from '../../report/text/schema-parts.ts'
import { checkerOf, readJson } from '../files/json.ts'
import type { Slice } from '../jobs/hunt-job.ts'
import type { Job, OutcomeData } from '../jobs/search-job.ts'
import { UsageError } from '../process/errors.ts'
import { packed } from '../queue/code.ts'
import { huntData, keyOf, settingsData } from '../queue/job-data.ts'
import { type Program, programText, thisProgram } from '../queue/keys.ts'
import { PART as RUNS } from '../queue/result-data.ts'
import { OUTCOME } from '../saved/shard-schema.ts'
import type { Part } from '../saved/shards.ts'

interface Known {
  readonly key: string
  readonly name: string
}

export interface PartJson {
  readonly schemaVersion: 1
  readonly kind: 'part'
  readonly program: Program
  readonly part: Part
  readonly searches: readonly (Known & { readonly outcome: OutcomeData })[]
  /** Absent: none. */
  readonly slices?: readonly (Known & { readonly runs: HuntPart })[]
  readonly run: { readonly seconds: number }
}

const PART_SCHEMA = {
  ...DRAFT,
  title: 'A part of the jobs of a command',
  ...object(
    {
      schemaVersion: { const: 1 },
      kind: { const: 'part' },
      program: object({ clustercheck: text, build: text, node: count }),
      part: object({ index: { type: 'integer', minimum: 1 }, of: { type: 'integer', minimum: 1 } }),
      searches: listOf(object({ key: text, name: text, outcome: OUTCOME })),
      run: object({ seconds: amount }),
    },
    { slices: listOf(object({ key: text, name: text, runs: RUNS })) },
  ),
}

/** What searches are known by. */
export const keysOf = (jobs: readonly Job[]): Promise<readonly string[]> =>
  Promise.all(
    jobs.map(async ({ source, focus, settings }) => {
      const { source: named } = await packed(source)
      return keyOf(thisProgram(), { kind: 'search', source: named, focus, settings: settingsData(settings) })
    }),
  )

/** What slices of the hunt in one model are known by. */
export const sliceKeys = async (
  { source, focus }: Job,
  options: HuntOptions,
  slices: readonly Slice[],
): Promise<readonly string[]> => {
  const { source: named } = await packed(source)
  return slices.map((slice) =>
    keyOf(thisProgram(), { kind: 'runs', source: named, focus, options: huntData(options), ...slice }),
  )
}

const problemOf = checkerOf(PART_SCHEMA)

export const refused = (problem: string): UsageError =>
  new UsageError({ problem: `The parts cannot be joined: ${problem}.` })

/** Reads the files of all parts. Throws `UsageError`. */
export const readParts = (names: readonly string[]): readonly PartJson[] => {
  const parts = names.map((name) => {
    const value = printableData(readJson(name))
    const problem = problemOf(value)
    if (problem !== undefined) throw new UsageError({ problem: `${printable(name)} is no part: ${problem}.` })
    const made = value as PartJson
    const own = thisProgram()
    if (made.program.build !== own.build)
      throw refused(
        `${printable(name)} was made by ${programText(made.program)}, and this is ${programText(own)}`,
      )
    return made
  })
  const of = parts[0]!.part.of
  for (let index = 1; index <= of; index++) {
    const found = parts.filter(({ part }) => part.index === index && part.of === of)
    if (found.length === 0) throw refused(`part ${index}/${of} is missing`)
    if (found.length > 1) throw refused(`part ${index}/${of} is given twice`)
  }
  if (parts.length > of) throw refused(`there are ${of} parts, and ${parts.length} files`)
  return parts
}
