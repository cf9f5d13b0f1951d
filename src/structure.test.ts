/** What linters cannot check about the tree: headers, the list of interpretations, who may touch the process, and that the linter looks. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder)).flatMap((name) => {
    const path = join(folder, name)
    return statSync(join(ROOT, path)).isDirectory() ? filesBelow(path) : [path]
  })

const sources = ['src', 'model', 'properties'].flatMap(filesBelow).filter((path) => path.endsWith('.ts'))
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

describe('the tree', () => {
  it('was found', () => {
    expect(sources.length).toBeGreaterThan(40)
  })

  it.each(sources)(
    'opens %s with a comment that says what it owns, of which a README shows the first sentence',
    (path) => {
      expect(textOf(path).replace(/^#!.*\n/, '')).toMatch(path.endsWith('.test.ts') ? /^\/[/*]/ : /^\/\*\*/)
    },
  )

  it('keeps process, console and the file system in src/cli, src/bench, src/docs, src/testing and tests', () => {
    const guilty = sources.filter(
      (path) =>
        !/^src\/(cli|bench|docs|testing)\//.test(path) &&
        !path.endsWith('.test.ts') &&
        /\bconsole\.|\bprocess\.(stdout|stderr|exit|argv|env)|from 'node:fs/.test(textOf(path)),
    )
    expect(guilty).toEqual([])
  })

  it('lists every INTERPRETATION in model/README.md, and no other', () => {
    const marks = sources
      .filter((path) => /^(model|properties)\//.test(path))
      .flatMap((path) =>
        [...textOf(path).matchAll(/INTERPRETATION: ([\s\S]*?)(?=\n\s*\*\/|\n\s*\*\s*\n)/g)].map(
          ([, text]) => `- \`${relative('model', path)}\`: ${text!.replace(/\n\s*\* ?/g, ' ').trim()}`,
        ),
      )
    const listed = textOf('model/README.md')
      .split('## Interpretations')[1]!
      .split('\n')
      .filter((line) => line.startsWith('- '))
    expect(marks.length).toBeGreaterThan(3)
    expect([...listed].sort()).toEqual([...marks].sort())
  })

  it('has boundaries that the linter really looks at', () => {
    const folder = mkdtempSync(join(ROOT, 'model/planted-'))
    try {
      writeFileSync(
        join(folder, 'bad.ts'),
        "import { check } from '../../src/search/breadth-first.ts'\nexport { check }\n",
      )
      const { stdout, stderr, status } = spawnSync(
        join(ROOT, 'node_modules/.bin/biome'),
        ['lint', relative(ROOT, folder)],
        { cwd: ROOT, encoding: 'utf8' },
      )
      expect(stdout + stderr).toContain('model/ describes')
      expect(status).not.toBe(0)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
