/**
 * The cache of results: a file for each complete search, in a folder for each build of clustercheck. A search has the
 * same result as long as the program, the text of the model and the options that matter are the same; a search that
 * was cut is never kept. A file is the SHA-256 of the rest, and the rest as JSON.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { given, type RawOptions } from './arguments.ts'
import type { OptionUsage } from './command.ts'
import { messageOf, UsageError } from './errors.ts'
import { writeFile } from './output-files.ts'
import type { Job } from './searches.ts'
import type { Terminal } from './terminal.ts'
import type { OutcomeData } from './work.ts'

/** Results of earlier searches. */
export interface Cache {
  readonly folder: string
  /** The result of such a search; undefined when there is none, or none that can be trusted. */
  find(job: Job): OutcomeData | undefined
  /** Keeps a result if it is complete. Says once, as a diagnostic, when that cannot be done. */
  keep(job: Job, outcome: OutcomeData): void
}

/** The options by which a command takes a cache. */
export const CACHE_OPTIONS: readonly OptionUsage[] = [
  {
    flags: '--cache <folder>',
    sentence: 'keep results of complete searches here (otherwise: the folder for caches of the user)',
  },
  { flags: '--no-cache', sentence: 'search again what the cache knows, and keep nothing' },
]

/** Builds that nobody has used for so long are forgotten. */
const KEPT_DAYS = 30

/** The cache that the options ask for; undefined when they ask for none. Throws `UsageError` for a named folder. */
export const cacheOf = (options: RawOptions, terminal: Pick<Terminal, 'err'>): Cache | undefined => {
  const asked = given(options, 'cache', (_, text) => text)
  const named = asked ?? process.env.CLUSTERCHECK_CACHE
  if (options.cache === false || (asked === undefined && named === 'off')) return undefined
  const root = named || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'clustercheck')
  const folder = join(root, buildHash())
  try {
    mkdirSync(folder, { recursive: true })
    utimesSync(folder, new Date(), new Date())
    forgetOld(root)
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
  return {
    folder,
    find(job) {
      const file = fileOf(folder, job)
      if (file === undefined) return undefined
      const text = textOf(file)
      if (text === undefined) return undefined
      const outcome = outcomeIn(text, identityOf(job)!)
      if (!outcome) warn(`${file} is damaged and was not used; ${job.name} is searched again.`)
      return outcome
    },
    keep(job, outcome) {
      const file = fileOf(folder, job)
      if (file === undefined || !outcome.complete || isBroken) return
      const body = JSON.stringify({ identity: identityOf(job), outcome })
      try {
        writeFile(file, `${digestOf(body)}\n${body}\n`)
      } catch (error) {
        isBroken = true
        warn(`Results are not kept: ${messageOf(error)}.`)
      }
    },
  }
}

/** What decides the result of a search by this build; undefined where it is not known, or nothing is to be kept. */
const identityOf = ({ content, focus, settings }: Job): string | undefined => {
  const { exact, deadlock, symmetry = false, profile, bitstate, saving } = settings
  if (content === undefined || profile || bitstate || saving) return undefined
  // Limits do not decide what a complete search says.
  return JSON.stringify({ content, focus, exact, deadlock, symmetry })
}

const fileOf = (folder: string, job: Job): string | undefined => {
  const identity = identityOf(job)
  return identity === undefined ? undefined : join(folder, `${digestOf(identity)}.json`)
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
  return kept.identity === identity && kept.outcome.complete ? kept.outcome : undefined
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

let known: string | undefined

/** A hash of the program: every module of the build that is running, and the models that come with it. */
export const buildHash = (): string => {
  if (known !== undefined) return known
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const hash = createHash('sha256')
  for (const folder of ['model', 'properties', 'src'])
    for (const path of modulesBelow(join(root, folder))) {
      hash.update(`${path.slice(root.length)}\n`)
      hash.update(readFileSync(path))
    }
  known = hash.digest('hex').slice(0, 16)
  return known
}

const modulesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return modulesBelow(path)
      return /(?<!\.d)\.[jt]s$/.test(entry.name) ? [path] : []
    })

const forgetOld = (root: string): void => {
  const oldest = Date.now() - KEPT_DAYS * 24 * 60 * 60 * 1000
  for (const { name } of readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && /^[0-9a-f]{16}$/.test(entry.name),
  ))
    if (statSync(join(root, name)).mtimeMs < oldest)
      rmSync(join(root, name), { recursive: true, force: true })
}
