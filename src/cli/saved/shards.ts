/** Shards: the searches of a matrix, split over several runs, and put together again from what these have saved. */
import type { OutcomeData } from '../jobs/search-job.ts'
import { given, type RawOptions } from '../options/arguments.ts'
import type { OptionUsage } from '../options/command.ts'
import { UsageError } from '../process/errors.ts'
import type { Plan, Target } from '../targets/targets.ts'

/** One of several parts. */
export interface Part {
  /** From 1. */
  readonly index: number
  readonly of: number
}

/** What a shard has saved: what its searches say, by the name of the search. */
export interface ShardJson {
  readonly schemaVersion: 2
  readonly kind: 'shard'
  readonly clustercheck: string
  /** A hash of the program and its models. */
  readonly build: string
  readonly scope: string
  readonly shard: Part
  readonly searches: readonly { readonly name: string; readonly outcome: OutcomeData }[]
  /** Seconds of the whole run, and searches that were found in the cache. */
  readonly run: { readonly seconds: number; readonly cached: number }
}

/** The option by which a matrix is split. */
export const SHARD: OptionUsage = {
  flags: '--shard <i/n>',
  sentence:
    'run the i-th of n parts of the searches only, and save what they say with --json; merge joins the parts',
}

const MOST_PARTS = 1000

/** The part that a command is given, such as 2/4. */
export const partOf = (options: RawOptions): Part | undefined =>
  given(options, 'shard', (option, text) => {
    const [, index, of] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number)
    if (index === undefined || of === undefined || index < 1 || index > of || of > MOST_PARTS)
      throw new UsageError({
        problem: `${option} takes a part and the number of parts, such as 2/4, at most ${MOST_PARTS}; it was given '${text}'.`,
      })
    return { index, of }
  })

/** What it costs to begin a search, in states. */
const BEGINNING = 20_000
/** The states of a search of which nothing is declared. */
const USUAL = 20_000

/**
 * The numbers of the searches in a part. Every part is given the costliest search that is left while it has the least
 * to do, by the declared numbers of states; so parts are alike, and the same in every run.
 */
export const searchesIn = (part: Part, targets: readonly Target[], plan: Plan): readonly number[] => {
  const costs = costsOf(targets, plan)
  const loads = Array.from({ length: part.of }, () => 0)
  const own: number[] = []
  for (const job of [...costs.keys()].sort((a, b) => costs[b]! - costs[a]! || a - b)) {
    const least = loads.indexOf(Math.min(...loads))
    loads[least]! += costs[job]!
    if (least === part.index - 1) own.push(job)
  }
  return own.sort((a, b) => a - b)
}

const costsOf = (targets: readonly Target[], { jobs, indexOf }: Plan): readonly number[] => {
  const costs = jobs.map(() => BEGINNING + USUAL)
  for (const { suite } of targets)
    for (const focus of suite.focuses) {
      const states = suite.states?.[focus.name]
      if (states !== undefined) costs[indexOf(focus)] = BEGINNING + states
    }
  return costs
}

/** A shard with the file it was read from. */
export interface ShardFile {
  readonly file: string
  readonly shard: ShardJson
}

/** Makes sure that these are all shards of one run of this build. Throws `UsageError`. */
export const requireWhole = (
  files: readonly ShardFile[],
  { build, version }: Record<'build' | 'version', string>,
): void => {
  const first = files[0]!
  for (const { file, shard } of files) {
    if (shard.build !== build)
      throw refused(
        shard.clustercheck === version
          ? `${file} was made by another build of clustercheck ${version}: ${shard.build}, and this is ${build}`
          : `${file} was made by clustercheck ${shard.clustercheck}, and this is ${version}`,
      )
    if (shard.scope !== first.shard.scope)
      throw refused(`${file} is of the scope ${shard.scope}, and ${first.file} of ${first.shard.scope}`)
    if (shard.shard.of !== first.shard.shard.of)
      throw refused(
        `${file} is one of ${shard.shard.of} shards, and ${first.file} one of ${first.shard.shard.of}`,
      )
    const same = files.find((other) => other.file !== file && other.shard.shard.index === shard.shard.index)
    if (same || files.filter((other) => other.file === file).length > 1)
      throw refused(`${partText(shard.shard)} is given twice, as ${file} and ${same?.file ?? file}`)
  }
  const { of } = first.shard.shard
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter(
    (index) => !files.some(({ shard }) => shard.shard.index === index),
  )
  if (missing.length > 0)
    throw refused(`shards are missing: ${missing.map((index) => partText({ index, of })).join(', ')}`)
}

/** What the searches of a plan say, from all shards of it. Throws `UsageError` when one says nothing of its searches. */
export const outcomesIn = (
  files: readonly ShardFile[],
  targets: readonly Target[],
  plan: Plan,
): readonly OutcomeData[] => {
  const outcomes: OutcomeData[] = []
  for (const { file, shard } of files) {
    const own = searchesIn(shard.shard, targets, plan)
    const wanted = own.map((index) => plan.jobs[index]!.name)
    const names = shard.searches.map(({ name }) => name)
    if (wanted.join('\n') !== names.join('\n'))
      throw refused(`${file} has not the searches of ${partText(shard.shard)}; it has been altered`)
    own.forEach((index, i) => {
      outcomes[index] = shard.searches[i]!.outcome
    })
  }
  return outcomes
}

const partText = ({ index, of }: Part): string => `shard ${index}/${of}`

const refused = (problem: string): UsageError =>
  new UsageError({ problem: `The files cannot be merged: ${problem}.` })
