/**
 * The cache of results: a file for each complete search, in a folder for each engine. A search has the same result as
 * long as the engine, the text of its model and the options that matter are the same; a search that was cut is never
 * kept. A file is the SHA-256 of the rest, and the rest as JSON. That finds damage and no forgery: a cache is as
 * trustworthy as whoever can write to it.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { modulesBelow } from '../files/modules.ts'
import { writeFile } from '../files/output-files.ts'
import type { Job, OutcomeData } from '../jobs/search-job.ts'
import { given, type RawOptions } from '../options/arguments.ts'
import type { OptionUsage } from '../options/command.ts'
import { messageOf, UsageError } from '../process/errors.ts'
import type { Terminal } from '../process/terminal.ts'
import { outcomeProblem } from './outcome-problem.ts'
import { textOfEngine, textOfModules } from './program-text.ts'

/** Results of earlier searches. */
export interface Cache {
  readonly folder: string
  /** Finds out what searches depend on; to be called before they are looked up and kept. */
  prepare(jobs: readonly Job[]): Promise<void>
  /** The result of such a search; undefined when there is none, or none that can be trusted. */
  find(job: Job): OutcomeData | undefined
  /** Keeps a result if it is complete. Says once, as a diagnostic, when that cannot be done. */
  keep(job: Job, outcome: OutcomeData): void
}

/** The options by which a command takes a cache. */
export const CACHE_OPTIONS: readonly OptionUsage[] = [
  {
    flags: '--cache <folder>',
    sentence: 'keep results of complete searches here (otherwise: the cache folder of the user)',
  },
  { flags: '--no-cache', sentence: 'search again what the cache knows, and keep nothing' },
]

/** Engines and results that nobody has used for so long are forgotten. */
const KEPT_DAYS = 30

/** The cache that the options ask for; undefined when they ask for none. Throws `UsageError` for a named folder. */
export const cacheOf = async (
  options: RawOptions,
  terminal: Pick<Terminal, 'err'>,
): Promise<Cache | undefined> => {
  const asked = given(options, 'cache', (_, text) => text)
  const named = asked ?? process.env.CLUSTERCHECK_CACHE
  if (options.cache === false || (asked === undefined && named === 'off')) return undefined
  const root = named || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'clustercheck')
  const folder = join(root, (await textOfEngine()).slice(0, 16))
  try {
    mkdirSync(folder, { recursive: true })
    utimesSync(folder, new Date(), new Date())
    forgetOld(root, folder)
  } catch (cause) {
    const problem = `The cache ${root} cannot be used: ${messageOf(cause)}.`
    if (asked !== undefined) throw new UsageError({ problem })
    terminal.err(`${problem}\n`)
    return undefined
  }
  return cacheIn(folder, (problem) => terminal.err(`${problem}\n`))
}

/** The cache in a folder that there is. */
export const cacheIn = (folder: string, warn: (problem: string) => void): Cache => {
  let isBroken = false
  const identities = new Map<Job, string>()
  const fileOf = (job: Job): string | undefined => {
    const identity = identities.get(job)
    return identity === undefined ? undefined : join(folder, `${digestOf(identity)}.json`)
  }
  return {
    folder,
    async prepare(jobs) {
      for (const job of jobs) {
        const identity = await identityOf(job)
        if (identity !== undefined) identities.set(job, identity)
      }
    },
    find(job) {
      const file = fileOf(job)
      if (file === undefined) return undefined
      const text = textOf(file)
      if (text === undefined) return undefined
      const outcome = outcomeIn(text, identities.get(job)!)
      if (!outcome) warn(`${file} is damaged and was not used; ${job.name} is searched again.`)
      else touch(file)
      return outcome
    },
    keep(job, outcome) {
      const file = fileOf(job)
      if (file === undefined || !outcome.complete || isBroken) return
      const body = JSON.stringify({ identity: identities.get(job), outcome })
      try {
        writeFile(file, `${digestOf(body)}\n${body}\n`)
      } catch (error) {
        isBroken = true
        warn(`Results are not kept: ${messageOf(error)}.`)
      }
    },
  }
}

/** What decides the result of a search by this engine; undefined where it is not known, or nothing is to be kept. */
const identityOf = async ({ content, sources, focus, settings }: Job): Promise<string | undefined> => {
  const { exact, deadlock, symmetry = false, profile, bitstate, saving } = settings
  if (content === undefined || profile || bitstate || saving) return undefined
  const modules = sources && (await textOfModules(sources))
  // Limits do not decide what a complete search says.
  return JSON.stringify({ content, modules, focus, exact, deadlock, symmetry })
}

/** What a complete result is known by to whoever searches with this engine; undefined where it must not be kept. */
export const sharedNameOf = async (job: Job): Promise<string | undefined> => {
  const identity = await identityOf(job)
  return identity && `${(await textOfEngine()).slice(0, 16)}:${digestOf(identity)}`
}

/** Used now: it is not forgotten. */
const touch = (file: string): void => {
  try {
    utimesSync(file, new Date(), new Date())
  } catch {
    // Somebody else's cache that cannot be written to.
  }
}

const textOf = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : ''
  }
}

const outcomeIn = (text: string, identity: string): OutcomeData | undefined => {
  const end = text.indexOf('\n')
  const body = text.slice(end + 1, -1)
  if (end < 0 || digestOf(body) !== text.slice(0, end)) return undefined
  const kept = JSON.parse(body) as { readonly identity: string; readonly outcome: OutcomeData }
  const sound =
    kept.identity === identity && kept.outcome?.complete && outcomeProblem(kept.outcome) === undefined
  return sound ? kept.outcome : undefined
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

let known: string | undefined

/** A hash of the program: every module of the build that is running, and the models that come with it. */
export const buildHash = (): string => {
  if (known !== undefined) return known
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const hash = createHash('sha256')
  for (const folder of ['model', 'properties', 'src'])
    for (const path of modulesBelow(join(root, folder))) {
      hash.update(`${path.slice(root.length)}\n`)
      hash.update(readFileSync(path))
    }
  known = hash.digest('hex').slice(0, 16)
  return known
}

const forgetOld = (root: string, folder: string): void => {
  const oldest = Date.now() - KEPT_DAYS * 24 * 60 * 60 * 1000
  const forget = (below: string, names: readonly string[]): void => {
    for (const name of names)
      if (statSync(join(below, name)).mtimeMs < oldest)
        rmSync(join(below, name), { recursive: true, force: true })
  }
  const engines = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^[0-9a-f]{16}$/.test(entry.name))
    .map(({ name }) => name)
  forget(root, engines)
  forget(
    folder,
    readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.json$/.test(name)),
  )
}
