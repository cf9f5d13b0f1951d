/** The version of this package. */
import { readFileSync } from 'node:fs'

/** As package.json beside the build says. */
export const VERSION: string = (
  JSON.parse(readFileSync(packageJson(), 'utf8')) as { readonly version: string }
).version

/** Above the folder of the build, or at the root of the sources. */
function packageJson(): URL {
  const isBuilt = import.meta.url.endsWith('.js')
  return new URL(isBuilt ? '../../../../package.json' : '../../../package.json', import.meta.url)
}
