/** Extensions as the command line names them: `NAME` or a file, with parameters as in `NAME:bump=1,reading=merge`. */
import { type Extension, isExtension } from '../../../model/extending/extension.ts'
import type { Used } from '../../../model/extending/used-extension.ts'
import { EXTENSIONS } from '../../../model/extensions/index.ts'
import { SCHEMES } from '../../../model/schemes/index.ts'
import { checkClaims, checkExtension, checkTogether } from '../../../properties/validation/checked.ts'
import { ATTACKER, type Attacker, type Trial, trialsOf } from '../../../properties/validation/trials.ts'
import { loadDefault, loadModule, looksLikeFile } from '../files/load-file.ts'
import type { ExtensionSource, ValidationSource } from '../jobs/search-job.ts'
import { unknownName } from '../options/suggestions.ts'
import { UsageError } from '../process/errors.ts'
import { checkBody } from './extension-schema.ts'

/** The text by which an extension is named again. */
export const textOf = ({ name, chosen }: ExtensionSource): string => {
  const given = Object.entries(chosen).map(([key, value]) => `${key}=${value}`)
  return given.length === 0 ? name : `${name}:${given.join(',')}`
}

/** Reads a name with parameters, and loads the file that it names. Throws `UsageError` or `ModelFault`. */
export const sourceOf = async (text: string): Promise<ExtensionSource> => {
  const at = /:[A-Za-z]\w*(=|,|$)/.exec(text)?.index ?? text.length
  const name = text.slice(0, at)
  const chosen: Record<string, string> = {}
  for (const part of text
    .slice(at + 1)
    .split(',')
    .filter((one) => one !== '')) {
    const [key, value] = part.split('=')
    if (!key || !value)
      throw new UsageError({ problem: `'${part}' of ${text} sets no parameter; expected name=value.` })
    if (key in chosen)
      throw new UsageError({
        problem: `${text} sets the parameter ${key} twice, to ${chosen[key]} and to ${value}.`,
      })
    chosen[key] = value
  }
  if (!looksLikeFile(name)) return { name, chosen }
  const { url, text: hash } = await loadDefault(name, isExtension, {
    what: 'a file with an extension',
    made: 'what extension(...) returns',
  })
  return { name, url, text: hash, chosen }
}

/** The extension that a file exports; undefined where it exports something else. Throws as `sourceOf` does. */
export const extensionIn = async (file: string): Promise<Extension | undefined> => {
  const { exports } = await loadModule(file, 'a file with an extension')
  return isExtension(exports.default) ? checked(exports.default) : undefined
}

const checked = (extension: Extension): Extension => {
  checkBody(extension)
  return extension
}

/** What a module exports, which is an extension each time that it is loaded. */
const exportOf = async (url: string): Promise<Extension> => {
  const { default: found } = (await import(url)) as { default: unknown }
  if (isExtension(found)) return found
  throw new Error(`${url} exports an extension in one thread and none in another`)
}

/** Modules of a file that are loaded beside the first, so that closures which are compared share no variables of theirs. */
const COPIES = 8

const copiesOf = ({ url }: ExtensionSource): Promise<readonly Extension[]> | undefined =>
  url === undefined
    ? undefined
    : Promise.all(Array.from({ length: COPIES }, (_, n) => exportOf(`${url}?copy=${n}`)))

/** The extension that a source means. Throws `ModelFault` for one that is not well formed. */
const extensionOf = async ({ name, url }: ExtensionSource): Promise<Extension> => {
  if (url !== undefined) return checked(await exportOf(url))
  const found = EXTENSIONS.find((extension) => extension.name === name)
  if (found) return found
  throw unknownName(
    'extension',
    name,
    EXTENSIONS.map((extension) => extension.name),
    'a path to a .ts, .mts, .js or .mjs file with an extension is taken as well',
  )
}

/** An extension with the values of its parameters. Throws `UsageError` for one that it does not have. */
export const usedOf = async (source: ExtensionSource): Promise<Used> => {
  const extension = await extensionOf(source)
  const { parameters } = extension
  for (const [key, value] of Object.entries(source.chosen)) {
    const values = parameters[key]
    if (!values) throw unknownName(`parameter of ${source.name}`, key, Object.keys(parameters))
    if (!values.some((one) => String(one) === value))
      throw new UsageError({
        problem: `Parameter ${key} of ${source.name} is one of ${values.join(', ')}; it was given '${value}'.`,
      })
  }
  const copies = await copiesOf(source)
  return {
    extension,
    ...(copies && { copies }),
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, values]) => [
        key,
        values.find((one) => String(one) === source.chosen[key]) ?? values[0]!,
      ]),
    ),
  }
}

/** The searches of a validation, checked. Throws `ModelFault` for an extension that is not well formed. */
export const trialsFor = async (
  source: ValidationSource,
): Promise<{ readonly used: readonly Used[]; readonly trials: readonly Trial[] }> => {
  const used = await Promise.all(source.extensions.map(usedOf))
  for (const { extension } of used) checkExtension(extension)
  checkTogether(used.map(({ extension }) => extension))
  const trials = trialsOf({
    used,
    schemes: [...SCHEMES, ...(source.clusters ?? [])].filter(({ name }) => source.schemes.includes(name)),
    scope: source.scope,
    attackers: source.attackers,
  })
  return { used, trials }
}

/** The same, with every claim looked up among what the searches judge; makes their models. Only what is asked for. */
export const checkedTrialsFor = async (source: ValidationSource) => {
  const { used, trials } = await trialsFor(source)
  for (const { extension } of used) checkClaims(extension, trials)
  return { used, trials: trials.filter(({ search }) => source.searches?.includes(search) ?? true) }
}

export { ATTACKER, type Attacker }
