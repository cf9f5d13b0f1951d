/**
 * What pages tell a reader to type is typed, page by page, in a folder of its own that holds the files which the page
 * shows; and what a page says is printed has to be printed. TypeScript is compiled against the public names.
 *
 * `CLUSTERCHECK_DOCS=all` runs what is marked as slow as well.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { COMMANDS } from '../cli/commands.ts'
import { cli, type Finished } from '../cli/testing/under-test.ts'
import { type Block, blocksIn, commandsIn, fileNameOf, missing, wordsOf } from './blocks.ts'

const ROOT = join(import.meta.dirname, '../..')
const isAll = process.env.CLUSTERCHECK_DOCS === 'all'

const markdownBelow = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name.startsWith('.') ? [] : markdownBelow(path)
    return path.endsWith('.md') ? [path] : []
  })

const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...markdownBelow('docs')].map((path) => ({
  path,
  blocks: blocksIn(readFileSync(join(ROOT, path), 'utf8')),
}))

const temporary = mkdtempSync(join(tmpdir(), 'clustercheck-docs-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

/** What lies in the repository and pages name: the reader stands in a clone. */
const CLONE = ['src', 'model', 'properties', 'counterexamples', 'node_modules', 'package.json']

/** A folder as a reader of this page has it. */
const readersFolder = (name: string): string => {
  const folder = join(temporary, name.replaceAll(/\W/g, '-'))
  mkdirSync(folder, { recursive: true })
  for (const path of CLONE)
    if (!existsSync(join(folder, path))) symlinkSync(join(ROOT, path), join(folder, path))
  return folder
}

/** The files that a page or a command has made, by name. */
const filesIn = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => !CLONE.includes(path.split('/')[0]!) && statSync(join(folder, path)).isFile())
      .sort()
      .map((path) => [path, readFileSync(join(folder, path), 'base64')]),
  )

interface Ran {
  readonly finished: Finished
  /** The folder afterwards. */
  readonly files: ReadonlyMap<string, string>
}
const known = new Map<string, Ran>()

/** Runs a command line of clustercheck; the same one beside the same files only once. */
const run = async (folder: string, words: readonly string[]): Promise<Finished> => {
  const before = filesIn(folder)
  const key = createHash('sha256')
    .update(JSON.stringify([words, [...before]]))
    .digest('hex')
  const ran = known.get(key)
  if (ran) {
    for (const [path, content] of ran.files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content, 'base64')
    }
    return ran.finished
  }
  const finished = await cli(words, {
    cwd: folder,
    columns: 120,
    env: { GITHUB_STEP_SUMMARY: join(folder, 'summary.md'), CI: '' },
  })
  known.set(key, { finished, files: filesIn(folder) })
  return finished
}

const isRun = (block: Block): boolean => block.notRun === undefined && (block.slow === undefined || isAll)

/** The npm scripts of the package, which run as they are where they are not about clustercheck itself. */
const SCRIPTS = Object.keys(
  (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }).scripts,
)

const follow = async (path: string, blocks: readonly Block[]): Promise<void> => {
  const folder = readersFolder(path)
  for (const block of blocks) {
    const name = fileNameOf(block)
    if (name !== undefined) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), block.text)
    }
    if (!isRun(block)) continue
    for (const { command, exits, output } of commandsIn(block)) {
      const where = `${path}:${block.line}: ${command}`
      const [program, ...words] = wordsOf(command)
      if (program === 'npm') {
        const [verb, script] = words
        if (verb === 'run') expect(SCRIPTS, where).toContain(script)
        else expect(['ci', 'test', 'start', 'install'], where).toContain(verb)
        continue
      }
      expect([program, words[0]], where).toEqual(
        program === 'clustercheck' ? ['clustercheck', words[0]] : ['npx', 'clustercheck'],
      )
      const finished = await run(folder, program === 'npx' ? words.slice(1) : words)
      const said = `${where}\n${finished.stderr}${finished.stdout.slice(0, 2000)}`
      if (exits !== undefined) expect(finished.code, said).toBe(exits)
      else expect([0, 1, 4], said).toContain(finished.code)
      // A token of an earlier model.
      expect(finished.stderr, where).not.toContain('The model has changed')
      if (output !== undefined && output !== '')
        expect(missing(output, finished.stdout), said).toBeUndefined()
    }
  }
}

describe('commands of the documentation', () => {
  const withCommands = pages.filter(({ blocks }) => blocks.some((block) => commandsIn(block).length > 0))

  it('are found', () => {
    expect(withCommands.length).toBeGreaterThan(10)
  })

  it.each(withCommands)('$path', ({ path, blocks }) => follow(path, blocks))
})

describe('code of the documentation', () => {
  const code = pages.flatMap(({ path, blocks }) =>
    blocks
      .filter(({ language, notRun }) => language === 'ts' && notRun === undefined)
      .map((block) => ({ path, ...block })),
  )

  it('compiles, with what its page says that it stands in', () => {
    expect(code.length).toBeGreaterThan(2)
    const folder = mkdtempSync(join(ROOT, 'node_modules/.docs-'))
    try {
      code.forEach((block, i) => {
        const { path, line, text, within } = block
        const own = join(folder, String(i))
        mkdirSync(own)
        const whole = within === undefined ? text : within.replace(/\.\.\./, () => text)
        writeFileSync(join(own, fileNameOf(block) ?? 'block.ts'), `// ${path}:${line}\n${whole}\nexport {}\n`)
        // Files that an earlier block of the page shows can be imported.
        for (const earlier of code.slice(0, i)) {
          const name = fileNameOf(earlier)
          if (earlier.path === path && name !== undefined && !existsSync(join(own, name)))
            writeFileSync(join(own, name), earlier.text)
        }
      })
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({
          extends: '../../tsconfig.json',
          compilerOptions: {
            noUnusedLocals: false,
            noUnusedParameters: false,
            paths: {
              clustercheck: [join(ROOT, 'src/index.ts')],
              'clustercheck/model': [join(ROOT, 'model/index.ts')],
            },
          },
          include: ['**/*.ts'],
        }),
      )
      const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
      const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' })
      expect(stdout).toBe('')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('workflows of the documentation', () => {
  const workflows = pages.flatMap(({ path, blocks }) =>
    blocks.filter(({ language }) => language === 'yaml').map((block) => ({ path, ...block })),
  )

  /** The texts in a value, however deep. */
  const textsIn = (value: unknown): readonly string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(textsIn)
        : []

  it('are YAML, and call commands with options that there are', async () => {
    const lines = workflows.flatMap(({ path, line, text }) =>
      textsIn(parse(text))
        .filter((command) => command.includes('npx clustercheck '))
        .map((command) => ({ where: `${path}:${line}: ${command}`, words: wordsOf(command).slice(2) })),
    )
    expect(lines.length).toBeGreaterThan(4)
    for (const { where, words } of lines) {
      const command = COMMANDS.find(({ name }) => name === words[0])
      expect(command, where).toBeDefined()
      const { options } = await command!.load()
      const known = options.map(({ flags }) => flags.split(' ')[0])
      for (const word of words) if (word.startsWith('--')) expect(known, where).toContain(word)
    }
  })
})

describe('marks of the documentation', () => {
  const marked = pages.flatMap(({ path, blocks }) => blocks.map((block) => ({ path, ...block })))

  it('say why a block is not run', () => {
    for (const { path, line, notRun, slow } of marked)
      for (const said of [notRun, slow])
        if (said !== undefined) expect(said.length, `${path}:${line}`).toBeGreaterThan(5)
  })

  it('are the exception', () => {
    // The examples of the reference name files that a reader has.
    const could = marked.filter(
      (block) => commandsIn(block).length > 0 && !block.path.endsWith('reference/command-line.md'),
    )
    expect(could.filter(isRun).length).toBeGreaterThan(could.length / 2)
  })
})

describe('a page', () => {
  const PAGE = [
    'Text.',
    '<!-- not run: because -->',
    '```sh',
    'clustercheck check a.ts   # exits with 1',
    '```',
    '',
    '```text',
    '$ npx clustercheck list',
    'first  line',
    '...',
    'last in 2 s',
    '```',
  ].join('\n')
  const [first, second] = blocksIn(PAGE)

  it('is read block by block', () => {
    expect(first).toMatchObject({ line: 3, language: 'sh', notRun: 'because' })
    expect(second).not.toHaveProperty('notRun')
    expect(commandsIn(first!)).toEqual([{ command: 'clustercheck check a.ts', exits: 1 }])
    const [{ command, output }] = commandsIn(second!) as [{ command: string; output: string }]
    expect(command).toBe('npx clustercheck list')
    expect(missing(output, 'first   line\nother\nanother\nlast in 17 s\n')).toBeUndefined()
    expect(missing(output, 'first\nline last in 17 s')).toBeUndefined()
    expect(missing(output, 'another line\nlast in 17 s')).toBe('first line')
    expect(missing(output, 'first  line\nlast in 17 s\nmore')).toBe('last in T s')
    expect(missing('a', 'a b')).toBe('a')
  })
})
