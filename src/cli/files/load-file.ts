/**
 * Loads a model, or another module, from a TypeScript or JavaScript file in any folder, without a build step: bundled by esbuild into a
 * temporary module, in which `clustercheck` is this very package whether or not it is installed near the file.
 */
import { createHash } from 'node:crypto'
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { BuildOptions, Message, Plugin } from 'esbuild'
import { isExtension } from '../../../model/extending/extension.ts'
import { ModelFault, quote } from '../../modelling/fault.ts'
import { printable } from '../../modelling/printable.ts'
import { type Asked, watchedLoading } from '../../state/outside-world.ts'
import { messageOf, UsageError } from '../process/errors.ts'
import { faultData } from '../process/faults.ts'
import { builtins } from './builtins.ts'
import { noteRead } from './read-files.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** What a file exports as default, and the module that other threads load it from. */
export interface LoadedFile {
  readonly exports: Readonly<Record<string, unknown>>
  /** Valid until the process ends. */
  readonly url: string
  /** A hash of all text that it is made of, also that of packages. */
  readonly text: string
  /** The same where what it exports depends on nothing else; absent where it may. */
  readonly content?: string
}

const EXTENSIONS = ['.ts', '.mts', '.js', '.mjs'] as const

/** Whether a target is the path of a file rather than a name. */
export const looksLikeFile = (target: string): boolean => /[\\/]|\.\w+$/.test(target)

/** Loads the default export of a file, which must be what `isWanted` knows; `wanted`: the file and the export in words. */
export const loadDefault = async <T>(
  file: string,
  isWanted: (value: unknown) => value is T,
  { what, made }: { readonly what: string; readonly made: string },
): Promise<Omit<LoadedFile, 'exports'> & { readonly value: T }> => {
  const { exports, asked, ...loaded } = await loadModule(file, what)
  if (asked)
    // Each thread loads it for itself.
    throw new ModelFault({
      problem: `${file} asks for ${asked.cause === 'time' ? 'the time' : 'chance'} (${asked.what}) while it is loaded; ${made} must be the same each time.`,
      hint: 'write the value down, or put the nondeterminism into choose',
    })
  const value = exports.default
  if (isWanted(value)) return { value, ...loaded }
  throw unusable(
    file,
    'default' in exports
      ? `exports ${described(value)} as default; expected ${made}`
      : noDefault(Object.entries(exports), isWanted, made),
  )
}

/** Loads a file of TypeScript or JavaScript, `what` it should be. Throws `UsageError` or `ModelFault`. */
export const loadModule = async (
  file: string,
  what: string,
): Promise<LoadedFile & { readonly asked: Asked | undefined }> => {
  noteRead(file)
  checkFile(file, what)
  const { url, text, content } = await bundled(file)
  // Positions in what is thrown are then those of the source; a model that prints must not spoil the results.
  process.setSourceMapsEnabled(true)
  console.log = console.info = console.debug = console.error
  const { result, asked } = await inTurn(() => watchedImport(file, url))
  const exports = result as Record<string, unknown>
  return { exports, asked, url, text, ...(content !== undefined && { content }) }
}

/** The file that is loading now, and those that wait: what one asks for and changes would be taken for another's doing. */
let turns: Promise<unknown> = Promise.resolve()

const inTurn = <T>(load: () => Promise<T>): Promise<T> => {
  const mine = turns.then(load)
  turns = mine.catch(() => {})
  return mine
}

/** Imports a module, and says what it asked for. Throws `UsageError` or `ModelFault`. */
const watchedImport = async (file: string, url: string): ReturnType<typeof watchedLoading<unknown>> => {
  const isLoaded = tellWhenSlow(file)
  const changed = builtins()
  const loading = watchedLoading(url, () => import(url))
    .finally(isLoaded)
    .catch((thrown: unknown) => {
      const data = faultData(thrown)
      if (data) throw new ModelFault(data)
      throw unusable(file, `threw while loading${placeOf(thrown, file)}: ${messageOf(thrown)}`)
    })
  const loaded = await Promise.race([loading, idle(file)])
  const builtin = changed()
  if (builtin)
    throw unusable(file, `changes ${quote(builtin)}, which all other code uses; expected it as it was`)
  return loaded
}

/** Milliseconds after which a file that is still loading is named. */
const SLOW = 4000

/**
 * Says which file is loading when that takes long, from a thread of its own: a loop in the text of a module keeps this
 * one from saying anything. A signal ends the program then as it would any other. To be called when it is loaded.
 */
const tellWhenSlow = (file: string): (() => void) => {
  const text = `${printable(file)} has been loading for ${SLOW / 1000} s; its text may never come to an end.\n`
  const code = `setTimeout(() => require('node:fs').writeSync(2, ${JSON.stringify(text)}), ${SLOW})`
  const worker = new Worker(code, { eval: true })
  worker.unref()
  return () => void worker.terminate()
}

const checkFile = (file: string, what: string): void => {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (!stats)
    throw new UsageError({
      problem: `There is no file '${file}'.`,
      hint: `paths start at the current folder, ${process.cwd()}`,
    })
  if (!stats.isFile()) throw unusable(file, `is not a file; expected ${what}`)
  if (!EXTENSIONS.some((extension) => file.endsWith(extension)))
    throw unusable(file, `is not a file that can be loaded; expected one of ${EXTENSIONS.join(', ')}`)
}

/** Bundles a file into a temporary module; its source map leads back to the file. */
const bundled = async (file: string): Promise<Omit<LoadedFile, 'exports'>> => {
  const { build } = await import('esbuild')
  const path = realpathSync(file)
  const outfile = join(temporaryFolder(), 'model.mjs')
  const options = {
    entryPoints: [path],
    // Paths in the text are then the same wherever the program is called.
    absWorkingDir: dirname(path),
    bundle: true,
    format: 'esm' as const,
    platform: 'node' as const,
    target: 'node20',
    logLevel: 'silent' as const,
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(path).href) },
  } satisfies BuildOptions
  const { metafile } = await build({
    ...options,
    outfile,
    sourcemap: 'inline',
    metafile: true,
    plugins: [packages],
  }).catch((thrown: { readonly errors?: readonly Message[] }) => {
    const [error] = thrown.errors ?? []
    if (!error) throw unusable(file, `cannot be read: ${messageOf(thrown)}`)
    const { location } = error
    const place = location ? `, line ${location.line}, column ${location.column + 1}` : ''
    const where = location && resolve(dirname(path), location.file) !== path ? ` (in ${location.file})` : ''
    throw unusable(file, `cannot be compiled${place}${where}: ${messageOf(error.text)}`)
  })
  for (const input of Object.keys(metafile.inputs)) noteRead(resolve(dirname(path), input))
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports)
  const bundle = textIn(readFileSync(outfile, 'utf8'))
  const others = imports.map(({ path }) => path).filter((path) => path !== OWN.clustercheck)
  const foreign = others.filter((path) => path.startsWith('file:') && !Object.values(OWN).includes(path))
  const parts = [bundle]
  if (foreign.length > 0)
    // Packages as well, or at least the modules that are imported of them where they cannot be bundled.
    parts.push(
      await build({ ...options, write: false, plugins: [ownPackage] }).then(
        ({ outputFiles }) => outputFiles[0]!.text,
        () => foreign.map((url) => readFileSync(fileURLToPath(url), 'utf8')).join('\n'),
      ),
    )
  const text = createHash('sha256').update(parts.join('\n')).digest('hex')
  const isWhole = others.length === 0 && !WORLD.test(bundle)
  return { url: pathToFileURL(outfile).href, text, ...(isWhole && { content: text }) }
}

const textIn = (bundle: string): string => bundle.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '')

/** What a module may mention that is not of its own text: the world around it, time and chance. */
const WORLD =
  /\b(process|globalThis|global|Date|performance|random|crypto|fetch|import\s*\(|require|eval|Function|navigator|Intl)\b/

/** This package, as a bundle imports it. */
const OWN = {
  clustercheck: new URL('../../index.js', import.meta.url).href,
  'clustercheck/model': new URL('../../../model/index.js', import.meta.url).href,
}

/** This package stands in for `clustercheck`. */
const ownPackage: Plugin = {
  name: 'own-package',
  setup(build) {
    build.onResolve({ filter: /^clustercheck(\/model)?$/ }, ({ path }) => ({
      path: OWN[path as keyof typeof OWN],
      external: true,
    }))
  },
}

/** The same, and other packages are loaded by Node from where the file finds them. */
const packages: Plugin = {
  name: 'packages',
  setup(build) {
    ownPackage.setup(build)
    build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, importer, pluginData }) => {
      if (kind === 'entry-point' || pluginData === packages) return undefined
      const found = await build.resolve(path, { kind, resolveDir, importer, pluginData: packages })
      if (found.errors.length > 0 || found.external || /\.[mc]?tsx?$/.test(found.path)) return found
      return { path: pathToFileURL(found.path).href, external: true }
    })
  },
}

/** Rejects when nothing is left to happen and the file has still not loaded: it awaits what never comes. */
const idle = (file: string): Promise<never> =>
  new Promise((_, reject) => {
    process.once('beforeExit', () =>
      setImmediate(() =>
        reject(unusable(file, 'never finishes loading; it awaits something that does not come')),
      ),
    )
  })

/** Where in the file something was thrown: `, line 5`; the empty text when its stack does not say. */
const placeOf = (thrown: unknown, file: string): string => {
  const path = realpathSync(file)
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : ''
  for (const [, place, line] of stack.matchAll(/((?:file:\/\/)?\/[^():]+):(\d+):\d+/g))
    if ((place!.startsWith('file:') ? fileURLToPath(place!) : place) === path) return `, line ${line}`
  return ''
}

const noDefault = (
  named: readonly (readonly [string, unknown])[],
  isWanted: (value: unknown) => boolean,
  made: string,
): string => {
  const models = named.filter(([, value]) => isWanted(value)).map(([name]) => name)
  if (models.length > 0) return `has no default export; expected \`export default ${models[0]}\``
  const names = named.map(([name]) => name)
  return `has no default export, ${names.length === 0 ? 'nor any other' : `only ${names.join(', ')}`}; expected ${made}`
}

const described = (value: unknown): string => {
  if (isExtension(value)) return 'an extension, which is judged by clustercheck validate,'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'function') return value.name ? `the function ${value.name}` : 'a function'
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value)
    return `an object with ${keys.length === 0 ? 'no fields' : `the fields ${keys.slice(0, 5).join(', ')}`}`
  }
  return value === undefined ? 'undefined' : `the ${typeof value} ${quote(value)}`
}

const unusable = (file: string, what: string): UsageError => new UsageError({ problem: `${file} ${what}.` })
