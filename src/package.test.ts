/**
 * The package as others get it: packed, judged by tools that know package managers and resolvers, and installed from
 * its tarball into projects in TypeScript and JavaScript.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MAIN } from './cli/testing/under-test.ts'

const ROOT = join(import.meta.dirname, '..')
/** The folder of the build that this run of the tests made: `dist` with the package.json beside it. */
const BUILT = resolve(dirname(MAIN), '../../..')

const temporary = mkdtempSync(join(tmpdir(), 'clustercheck-package-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

let tarball = ''
let files: readonly string[] = []

beforeAll(() => {
  const folder = join(temporary, 'packed')
  mkdirSync(folder)
  for (const name of ['README.md', 'LICENSE']) copyFileSync(join(ROOT, name), join(BUILT, name))
  const printed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: BUILT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const said = JSON.parse(printed) as object
  const [packed] = Object.values(said) as [{ filename: string; files: { path: string }[] }]
  tarball = join(folder, packed.filename)
  files = packed.files.map(({ path }) => path)
})

const textOf = (path: string): string => readFileSync(join(BUILT, path), 'utf8')

describe('the tarball', () => {
  it('holds the program, and nothing that only its makers need', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        ...['LICENSE', 'README.md', 'package.json', 'dist/src/cli/main.js'],
        ...['small', 'default', 'large', 'stability'].map((name) => `dist/properties/declared/${name}.json`),
      ]),
    )
    const needless =
      /\.test\.|under-test|\/(bench|docs|examples|testing|fixtures)\/|declare\.|\.map$|\.tsbuildinfo$/
    expect(files.filter((path) => needless.test(path))).toEqual([])
  })

  it('has no maps, and no file that ends with the name of one', () => {
    expect(
      files.filter((path) => path.endsWith('.js') && textOf(path).match(/\n\/\/# sourceMappingURL=\S*\s*$/)),
    ).toEqual([])
  })

  it('has types for each module', () => {
    const modules = files.filter((path) => path.endsWith('.js'))
    expect(modules.length).toBeGreaterThan(200)
    expect(modules.filter((path) => !files.includes(path.replace(/\.js$/, '.d.ts')))).toEqual([])
  })

  it('has nothing that publint finds', async () => {
    const { messages, pkg } = await publint({ pkgDir: BUILT, strict: true, pack: false })
    // The owner of the repository knows its address; nobody else does.
    const known = messages.filter(({ code }) => code !== 'USE_TYPE')
    expect(known.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  it('resolves everywhere, with one thing that is stated: it is an ES module, also for CommonJS', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)))
    const problems = analysis.types ? analysis.problems : [{ kind: 'no types' }]
    // `moduleResolution: node10` reads no `exports`, so it does not find `clustercheck/model`.
    const stated = ['CJSResolvesToESM', 'NoResolution']
    for (const problem of problems)
      if (problem.kind === 'NoResolution') expect(problem).toMatchObject({ resolutionKind: 'node10' })
    expect(problems.map(({ kind }) => kind).filter((kind) => !stated.includes(kind))).toEqual([])
  })
})

/* Public signatures */

/** The names that an entry exports, and from which file. */
const exportsOf = (entry: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const [, names, from] of textOf(entry).matchAll(/export (?:type )?\{([^}]*)\} from '([^']+)'/g))
    for (const name of names!.split(',')) {
      const bare = name.replace(/^\s*type\s/, '').trim()
      if (bare !== '') found.set(bare, declarationsOf(entry, from!))
    }
  return found
}

/** The line that declares a name. */
const lineOf = (name: string): RegExp =>
  new RegExp(`^(export )?(declare )?(abstract )?(const|function|class|interface|type) ${name}\\b`, 'm')

/** The names in the braces of an import or export. */
const namesIn = (braces: string): readonly string[] =>
  braces.split(',').map((name) => name.replace(/^\s*type\s/, '').trim())

/** The file that declares a name, followed through what it imports; undefined for what the language declares. */
const homeOf = (name: string, file: string): string | undefined => {
  const text = textOf(file)
  if (lineOf(name).test(text)) return file
  for (const [, names, from] of text.matchAll(/(?:import|export) (?:type )?\{([^}]*)\} from '(\.[^']*)'/g))
    if (namesIn(names!).includes(name)) return homeOf(name, declarationsOf(file, from!))
  return undefined
}

const declarationsOf = (file: string, from: string): string =>
  join(dirname(file), from.replace(/\.(js|ts)$/, '.d.ts'))

/** The declaration of a name in its file, without comments. */
const declarationOf = (name: string, file: string): string => {
  const text = textOf(file)
  const rest = text.slice(text.search(lineOf(name)))
  const end = rest.slice(1).search(/^(export|declare|interface|type|\/\*\*)/m)
  return (end < 0 ? rest : rest.slice(0, end + 1)).replaceAll(/\/\*[\s\S]*?\*\//g, '')
}

/**
 * Types of the package that an entry's declarations name, from one to the next, and it does not export. Types that no
 * file exports are short names of what stands in the same file.
 */
const unexported = (entry: string): readonly string[] => {
  const exported = exportsOf(entry)
  return [...exported].flatMap(([name, from]) => {
    const file = homeOf(name, from)
    if (file === undefined) return [`${name} is not declared`]
    const used = new Set(declarationOf(name, file).match(/\b[A-Z]\w*[a-z]\w*\b/g) ?? [])
    return [...used].flatMap((type) => {
      const home = exported.has(type) ? undefined : homeOf(type, file)
      const isOffered = home !== undefined && lineOf(type).exec(textOf(home))![1] !== undefined
      return isOffered ? [`${name} names ${type} of ${home}`] : []
    })
  })
}

describe('public signatures', () => {
  it.each(['dist/src/index.d.ts', 'dist/model/index.d.ts'])(
    '%s names only types that it exports',
    (entry) => {
      expect(exportsOf(entry).size).toBeGreaterThan(20)
      expect(unexported(entry)).toEqual([])
    },
  )
})

/* Installed */

interface Manager {
  readonly name: string
  install(folder: string): readonly string[]
}
const MANAGERS: readonly Manager[] = [
  { name: 'npm', install: () => ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball] },
  { name: 'pnpm', install: () => ['add', '--prefer-offline', '--allow-build=esbuild', tarball] },
  { name: 'yarn', install: () => ['add', '--prefer-offline', `file:${tarball}`] },
]

const isThere = (name: string): boolean => spawnSync(name, ['--version']).status === 0

const MODEL = `
import { actionsOn, always, check, defineConfig, defineReporter, model, range, record, type Model, type Reporter } from 'clustercheck'
import { extension, type Extension } from 'clustercheck/model'

const state = record({ next: range(0, 5) })
const action = actionsOn<typeof state>()
export const counter: Model = model('A counter', {
  state,
  actions: [action('Next', { guard: (s) => s.next < 5, effect: (d) => { d.next += 1 } })],
  properties: [always<typeof state>('Small', { holds: (s) => s.next < 5 })],
})
export const config = defineConfig({ targets: [{ target: './counter.ts', limits: { states: 10 } }] })
export const make: typeof extension = extension
export const reporter: Reporter = defineReporter(({ outcome }, { exitCode }) => \`\${outcome} \${exitCode}\`)
export type Mine = Extension
const outcome = await check(counter, { limits: { states: 100 } })
console.log(outcome.judgements[0]?.verdict, outcome.distinct)
`
/** The same without types. */
const PROGRAM = MODEL.replace(/^import .*/gm, (line) => line.replaceAll(/, type \w+/g, ''))
  .replaceAll(/<typeof state>|: Model|: Reporter|: typeof extension/g, '')
  .replace(/^export type.*$/m, '')

describe.each(MANAGERS)('installed by $name', ({ name, install }) => {
  const folder = join(temporary, name)

  it('runs, and compiles in a strict project', (context) => {
    if (!isThere(name)) return context.skip(`${name} is not installed here`)
    mkdirSync(folder)
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'mine', private: true, type: 'module' }),
    )
    const installed = spawnSync(name, install(folder), { cwd: folder, encoding: 'utf8' })
    const said = `${installed.stdout}${installed.stderr}`
    if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|getaddrinfo/.test(said))
      return context.skip('the registry cannot be reached')
    expect(installed.status, said).toBe(0)

    writeFileSync(join(folder, 'program.js'), PROGRAM)
    expect(execFileSync(process.execPath, ['program.js'], { cwd: folder, encoding: 'utf8' })).toBe(
      'violated 6\n',
    )
    const bin = join(folder, 'node_modules/.bin/clustercheck')
    expect(existsSync(bin)).toBe(true)
    expect(execFileSync(bin, ['list'], { cwd: folder, encoding: 'utf8' })).toContain('acked-everything')

    writeFileSync(join(folder, 'model.ts'), MODEL)
    for (const [module, moduleResolution] of [
      ['esnext', 'bundler'],
      ['node16', 'node16'],
      ['nodenext', 'nodenext'],
    ]) {
      const compilerOptions = {
        ...{ module, moduleResolution, target: 'es2023', lib: ['es2023', 'dom'], types: [], noEmit: true },
        ...{
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: false,
        },
      }
      const project = join(folder, `tsconfig.${moduleResolution}.json`)
      writeFileSync(project, JSON.stringify({ compilerOptions, files: ['model.ts'] }))
      const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
      const { stdout } = spawnSync(process.execPath, [tsc, '-p', project], { cwd: folder, encoding: 'utf8' })
      expect(stdout, moduleResolution).toBe('')
    }
  })
})
