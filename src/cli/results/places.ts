/**
 * Where the parts of a target stand: its scheme, cluster file or model, its properties and actions. They are looked for by
 * their names in the texts that a target is made of, which is right wherever a name is written out.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PlaceJson, Places } from '../../report/results/places.ts'
import { entryOf, lineAt, withoutComments } from '../files/literals.ts'
import { modulesBelow } from '../files/modules.ts'
import type { ExtensionSource } from '../jobs/search-job.ts'
import { settingsIn } from '../targets/settings.ts'
import type { Target } from '../targets/targets.ts'
import { targetsIn } from '../targets/updated-config.ts'

interface Text {
  readonly path: string
  readonly text: string
}

/** The places of each target; of those of a config also what it says of them. */
export const placesOf = (targets: readonly Target[], config: string | undefined): readonly Places[] => {
  const expectations = config === undefined ? undefined : readOf(config)
  const listed = expectations && targetsIn(expectations.text, expectations.path)
  return targets.map((target): Places => {
    const own = ownTexts(target)
    const builtIn = (name: string): PlaceJson | undefined =>
      target.source.kind === 'module' ? undefined : builtIns().get(name)
    const literal = target.listed === undefined ? undefined : listed?.[target.listed]
    const expected = (label?: string): PlaceJson | undefined => {
      if (!expectations) return undefined
      const expect = entryOf(literal, 'expect')
      const entry = label === undefined ? undefined : expect?.entries?.find(({ key }) => key === label)
      return placeAt(expectations, entry?.start ?? literal?.start ?? 0)
    }
    const { name } = target
    return {
      target: targetPlace(own) ?? builtIns().get(name.replace(/\+.*/, '')) ?? expected() ?? PACKAGE(),
      expected,
      property: (label, property) => found(own, property) ?? found(own, label) ?? builtIn(property),
      action: (action) => found(own, action) ?? builtIn(action),
    }
  })
}

/* What a user wrote */

/** Cluster files say policies, which the model that comes along reads. */
const isModel = ({ path }: Text): boolean => /\.[cm]?[jt]s$/.test(path)

const ownTexts = ({ source, path, name }: Target): readonly Text[] => {
  if (source.kind === 'module') return textsOfBundle(source.url, settingsIn(path ?? name).file)
  if (source.kind === 'cluster') return [readOf(path ?? name)]
  if (source.kind !== 'validation') return []
  return source.validation.extensions.flatMap(({ url, name: file }: ExtensionSource) =>
    url === undefined ? [] : textsOfBundle(url, file),
  )
}

/** The sources of a bundle, as its map has them, the file that was named first. */
const textsOfBundle = (url: string, named: string): readonly Text[] => {
  const bundle = fileURLToPath(url)
  const encoded = /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(
    readFileSync(bundle, 'utf8'),
  )?.[1]
  if (encoded === undefined) return []
  const map = JSON.parse(Buffer.from(encoded, 'base64').toString()) as {
    readonly sources: readonly string[]
    readonly sourcesContent: readonly (string | null)[]
  }
  const first = realpathSync(named)
  const texts = map.sources.map((source, i) => ({
    path: resolve(dirname(bundle), source),
    text: map.sourcesContent[i] ?? '',
  }))
  return texts.sort((a, b) => Number(b.path === first) - Number(a.path === first))
}

const readOf = (path: string): Text => ({ path: resolve(path), text: readFileSync(path, 'utf8') })

/** The first line that is no comment. */
const targetPlace = ([own]: readonly Text[]): PlaceJson | undefined => {
  if (!own) return undefined
  const code = isModel(own)
    ? withoutComments(own.text)
    : own.text.replaceAll(/^[ \t]*#.*$/gm, (comment) => ' '.repeat(comment.length))
  const start = isModel(own) ? code.search(/\b(?:model|scheme|extension)\s*\(/) : code.search(/\S/)
  return placeAt(own, Math.max(0, start))
}

/** Where a name is first given to something, else first mentioned. */
const found = (texts: readonly Text[], name: string): PlaceJson | undefined => {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  for (const pattern of [`\\(\\s*(['"\`])${escaped}\\1`, `(['"\`])${escaped}\\1`, `^\\s*()${escaped}:`])
    for (const one of texts) {
      const code = isModel(one) ? withoutComments(one.text) : one.text
      const at = new RegExp(pattern, 'm').exec(code)
      if (at) return placeAt(one, at.index + at[0].search(/\S/) + (at[0].startsWith('(') ? 1 : 0))
    }
  return undefined
}

const placeAt = ({ path, text }: Text, at: number): PlaceJson => ({
  file: shownPath(path),
  line: lineAt(text, at),
})

/** Reports lead into the repository: its root where a job says so, else the folder of the run. */
const shownPath = (path: string): string => {
  const root = process.env.GITHUB_WORKSPACE
  const base = root !== undefined && root !== '' && isWithin(process.cwd(), root) ? root : process.cwd()
  return (isWithin(path, base) ? relative(base, path) : path).split(sep).join('/')
}

const isWithin = (path: string, folder: string): boolean => !relative(folder, path).startsWith('..')

/* What comes along */

/** The folder of package.json. */
const PACKAGE_ROOT = fileURLToPath(
  new URL(import.meta.url.endsWith('.js') ? '../../../..' : '../../..', import.meta.url),
)

const PACKAGE = (): PlaceJson => ({ file: shownPath(join(PACKAGE_ROOT, 'package.json')), line: 1 })

let known: ReadonlyMap<string, PlaceJson> | undefined

/** Schemes, properties, actions and extensions by name: in the sources of a clone, else in the build. */
const builtIns = (): ReadonlyMap<string, PlaceJson> => {
  known ??= indexed()
  return known
}

const indexed = (): ReadonlyMap<string, PlaceJson> => {
  const isClone = existsSync(join(PACKAGE_ROOT, 'model/schemes'))
  const root = isClone ? PACKAGE_ROOT : join(PACKAGE_ROOT, 'dist')
  const places = new Map<string, PlaceJson>()
  for (const folder of ['model', 'properties'])
    for (const path of modulesBelow(join(root, folder))) {
      if (/\.test\.|mutations/.test(relative(root, path))) continue
      const one = { path, text: readFileSync(path, 'utf8') }
      for (const match of one.text.matchAll(/(?:\(\s*|\bname: )(['"`])([A-Za-z][\w/-]*)\1/g))
        if (!places.has(match[2]!))
          places.set(match[2]!, placeAt(one, match.index + match[0].search(/['"`]/)))
    }
  return places
}
