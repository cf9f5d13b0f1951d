/**
 * Hunts for every violated cell of the default matrix: how long that takes, and whether the trace is as short as the one
 * that the complete search found. The hunts know nothing of either.
 *
 *   node dist/src/bench/hunt-cells.js [SCHEME,...] [--seed N]
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Job } from '../cli/jobs/search-job.ts'
import { FOLDER } from '../cli/results/counterexamples.ts'
import { jobsOf, schemeTargets, type Target, UNLIMITED } from '../cli/targets/targets.ts'
import { tokenData } from '../cli/targets/tokens.ts'
import { runHunts } from '../cli/workers/hunt-pool.ts'
import { defaultWorkers } from '../cli/workers/search-run.ts'
import { HUNT } from '../hunt/hunt.ts'
import type { HuntOutcome } from '../hunt/outcome.ts'
import { labelOf } from '../modelling/property.ts'
import { secondsText, tabled } from '../report/text/columns.ts'
import { DEFAULT_SCOPE } from '../search/suite.ts'

/** Seconds of each hunt, in rounds: a cell that one round does not find is looked for in the next. */
const ROUNDS = [2, 15, 60] as const

/** A violated cell, with the steps of its shortest counterexample. */
interface Cell {
  readonly scheme: string
  readonly label: string
  readonly shortest: number
}

/** What the hunts found of a cell. */
interface Hit {
  readonly search: string
  readonly run: number
  readonly minimal: number
  readonly steps: number
  /** Of the hunt that found it, until it was over; an upper bound of the time to the sighting. */
  readonly seconds: number
}

const { values, positionals } = parseArgs({ options: { seed: { type: 'string' } }, allowPositionals: true })
const seed = Number(values.seed ?? HUNT.seed)
const workers = defaultWorkers()
const only = positionals[0]?.split(',')

/** The cells that the committed counterexamples show. */
const violatedCells = (): readonly Cell[] => {
  const folder = fileURLToPath(new URL(`../../../${FOLDER}`, import.meta.url))
  const readme = readFileSync(join(folder, 'README.md'), 'utf8')
  return [...readme.matchAll(/`(cc1:[^`]+)`/g)].map(([, token]) => {
    const { target, label, path } = tokenData(token!)
    return { scheme: target, label, shortest: path.length - 1 }
  })
}

const known = new Map<string, HuntOutcome>()

/** What one search shows within so many seconds; searches that several schemes share are hunted in once. */
const huntIn = async (job: Job, key: string, seconds: number): Promise<HuntOutcome> => {
  const name = `${key} ${seconds}`
  const outcome =
    known.get(name) ??
    (
      await runHunts([job], {
        options: { ...HUNT, seed, seconds },
        workers,
        onProgress: () => {},
        onWarning: () => {},
      }).outcomes
    )[0]!
  known.set(name, outcome)
  return outcome
}

/** Hunts in the searches of a scheme until every cell has been seen, or the rounds are over. */
const hitsOf = async (target: Target, labels: readonly string[]): Promise<ReadonlyMap<string, Hit>> => {
  const hits = new Map<string, Hit>()
  const { jobs, indexOf } = jobsOf([target], UNLIMITED)
  for (const seconds of ROUNDS) {
    for (const focus of target.suite.focuses) {
      const missing = labels.filter((label) => !hits.has(label))
      const judged = focus.model.properties.map(labelOf)
      // In the first round every search, as it may show a shorter trace; later what is still missing.
      if (
        seconds === ROUNDS[0]
          ? !judged.some((l) => labels.includes(l))
          : !missing.some((l) => judged.includes(l))
      )
        continue
      const outcome = await huntIn(jobs[indexOf(focus)]!, focus.key ?? focus.name, seconds)
      for (const { property, small } of outcome.found) {
        if (!small) continue
        const label = labelOf(property)
        const steps = small.path.length - 1
        if ((hits.get(label)?.steps ?? Number.POSITIVE_INFINITY) <= steps) continue
        const { run, minimal } = small
        hits.set(label, { search: focus.name, run, minimal, steps, seconds: outcome.seconds })
      }
    }
    if (labels.every((label) => hits.has(label))) break
  }
  return hits
}

const cells = violatedCells().filter(({ scheme }) => !only || only.includes(scheme))
const rows: string[][] = []
let found = 0
let shortest = 0
let minimal = 0
for (const target of await schemeTargets(DEFAULT_SCOPE)) {
  const own = cells.filter(({ scheme }) => scheme === target.name)
  if (own.length === 0) continue
  const hits = await hitsOf(
    target,
    own.map(({ label }) => label),
  )
  for (const { label, shortest: least } of own) {
    const hit = hits.get(label)
    if (hit) found += 1
    if (hit?.steps === least) shortest += 1
    if (hit?.minimal === least) minimal += 1
    rows.push(
      hit
        ? [
            target.name,
            label,
            hit.search,
            String(hit.run),
            secondsText(hit.seconds),
            String(hit.minimal),
            String(hit.steps),
            String(least),
          ]
        : [target.name, label, 'not found', '', '', '', '', String(least)],
    )
  }
  process.stderr.write(`${target.name}: ${hits.size} of ${own.length}\n`)
}
const head = ['scheme', 'property', 'search', 'run', 'seconds', 'minimal', 'steps', 'shortest']
const share = (count: number): string =>
  `${count} of ${cells.length} (${((100 * count) / Math.max(1, cells.length)).toFixed(1)}%)`
console.log(tabled([head, ...rows], '<<<>>>>>').join('\n'))
console.log(
  `\nSeed ${seed}, ${workers} threads, hunts of ${ROUNDS.join(', ')} seconds.\nfound ${share(found)}, as short as possible ${share(shortest)}, so before shorter ones were looked for ${share(minimal)}`,
)
