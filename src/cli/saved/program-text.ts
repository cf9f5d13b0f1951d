/**
 * Hashes of the parts of this program by which the result of a search can differ: modules with all that they import,
 * without comments, and without what nothing of them mentions. So what a search does not depend on does not change them.
 */
import { createHash } from 'node:crypto'
import { dirname, extname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The modules of the engine: what a search thread and its helpers run, and what models are written with. */
const ENGINE = ['../../index', '../../search/packed/parallel/lead-engine', '../../threads/helper-thread']

const known = new Map<string, Promise<string>>()

/** The hash of some modules, given by their URLs. */
export const textOfModules = (urls: readonly string[]): Promise<string> => {
  const key = urls.join('\n')
  const hash = known.get(key) ?? hashOf(urls.map((url) => fileURLToPath(url)))
  known.set(key, hash)
  return hash
}

/** The hash of all that searches, whatever the model. */
export const textOfEngine = (): Promise<string> => {
  const ending = extname(fileURLToPath(import.meta.url))
  return textOfModules(ENGINE.map((path) => new URL(`${path}${ending}`, import.meta.url).href))
}

const hashOf = async (paths: readonly string[]): Promise<string> => {
  const { build } = await import('esbuild')
  const folder = dirname(paths[0]!)
  const { outputFiles } = await build({
    stdin: {
      contents: paths.map((path, i) => `export * as part${i} from ${JSON.stringify(path)}`).join('\n'),
      resolveDir: folder,
    },
    absWorkingDir: folder,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'silent',
    write: false,
  })
  return createHash('sha256').update(outputFiles[0]!.contents).digest('hex')
}
