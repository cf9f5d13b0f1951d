/**
 * Models from files, as jobs carry them: each file with all that it imports as one text, by its SHA-256. In it `clustercheck`
 * stands for whatever clustercheck the worker has.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Plugin } from 'esbuild'
import { bytesText } from '../../report/text/columns.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'
import type { Work } from '../jobs/search-job.ts'
import { messageOf, UsageError } from '../process/errors.ts'
import { MOST_CODE } from './keys.ts'

type Source = Work['source']

const SCHEME = 'code:'

/** This package, by what stands for it in a text. */
const OWN: Readonly<Record<string, string>> = {
  'clustercheck-of-the-worker': new URL('../../index.js', import.meta.url).href,
  'clustercheck-of-the-worker/model': new URL('../../../model/index.js', import.meta.url).href,
}

/** The texts of files that were read, by the URL of the module. */
const texts = new Map<string, Promise<string>>()

const shaOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Everything a module is made of but this package, in one text. Throws `UsageError`. */
const portable = (url: string): Promise<string> => {
  const known = texts.get(url) ?? bundled(fileURLToPath(url))
  texts.set(url, known)
  return known
}

const bundled = async (path: string): Promise<string> => {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [path],
    absWorkingDir: dirname(path),
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
    plugins: [ofWorker],
  }).catch((thrown: unknown) => {
    throw new UsageError({
      problem: `The model cannot be sent to workers, since what it imports cannot be put into one file: ${messageOf(thrown)}.`,
    })
  })
  const { text } = outputFiles[0]!
  if (Buffer.byteLength(text) > MOST_CODE)
    throw new UsageError({
      problem: `The model has ${bytesText(Buffer.byteLength(text))} of code with all that it imports; a queue takes at most ${bytesText(MOST_CODE)}.`,
    })
  return text
}

const ofWorker: Plugin = {
  name: 'of-the-worker',
  setup(build) {
    build.onResolve({ filter: /^file:/ }, ({ path }) => {
      const own = Object.entries(OWN).find(([, url]) => url === path)
      return own ? { path: own[0], external: true } : { path: fileURLToPath(path) }
    })
  },
}

/** A source as a job carries it, and the texts that it needs, by SHA-256. */
export const packed = async (
  source: Source,
): Promise<{ readonly source: Source; readonly code: ReadonlyMap<string, string> }> => {
  const code = new Map<string, string>()
  const named = await withUrls(source, async (url) => {
    const text = await portable(url)
    const sha = shaOf(text)
    code.set(sha, text)
    return `${SCHEME}${sha}`
  })
  return { source: named, code }
}

/** The source with other URLs of modules. */
const withUrls = async (source: Source, change: (url: string) => Promise<string>): Promise<Source> => {
  if (source.kind === 'module') return { ...source, url: await change(source.url) }
  if (source.kind !== 'validation') return source
  const extensions = await Promise.all(
    source.validation.extensions.map(async (extension) =>
      extension.url === undefined ? extension : { ...extension, url: await change(extension.url) },
    ),
  )
  return { ...source, validation: { ...source.validation, extensions } }
}

/** The SHA-256 of all texts that a source needs. */
export const codeOf = (source: Source): readonly string[] => {
  const urls =
    source.kind === 'module'
      ? [source.url]
      : source.kind === 'validation'
        ? source.validation.extensions.flatMap(({ url }) => url ?? [])
        : []
  return urls.map((url) => url.slice(SCHEME.length))
}

/** How a job must name code: nothing else is ever loaded. */
export const CODE_URL = { type: 'string', pattern: '^code:[0-9a-f]{64}$' }

/** Puts texts of jobs where threads can load them. */
export class Unpacked {
  #folder: string | undefined
  readonly #urls = new Map<string, string>()
  readonly #read: (sha: string) => Promise<string | null>

  /** `read`: the text of a SHA-256, from the server. */
  constructor(read: (sha: string) => Promise<string | null>) {
    this.#read = read
  }

  /** The source with the URLs of files of this machine. Throws when a text is not there, or another one. */
  source(source: Source): Promise<Source> {
    return withUrls(source, async (url) => {
      const known = this.#urls.get(url)
      if (known !== undefined) return known
      const sha = url.slice(SCHEME.length)
      const text = await this.#read(sha)
      if (text === null || shaOf(text) !== sha)
        throw new Error(
          `the code ${sha.slice(0, 12)} of the job ${text === null ? 'is gone' : 'was altered'}`,
        )
      this.#folder ??= temporaryFolder()
      const path = join(this.#folder, `${sha}.mjs`)
      const own = Object.entries(OWN).reduce(
        (all, [name, to]) => all.replaceAll(`from "${name}"`, `from ${JSON.stringify(to)}`),
        text,
      )
      writeFileSync(path, own)
      const at = pathToFileURL(path).href
      this.#urls.set(url, at)
      return at
    })
  }
}
