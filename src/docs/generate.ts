/**
 * `npm run docs:generate`: writes the pages that are made from the program. With `--matrix` it searches the
 * matrix as well, and puts it into its page; this takes as long as `npm start`. `--conditions` does so with the spaces of
 * `design` that are in their page, or with those that it names: `--conditions=outbound,ivs`.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { designJson } from '../report/design/json.ts'
import { LEGEND } from '../report/terminal/matrix-text.ts'
import { spacesIn, withSpaces } from './conditions.ts'
import { generatedPages } from './pages.ts'
import { transparencyTables } from './transparency.ts'

const ROOT = new URL('../../../', import.meta.url)
const at = (path: string): string => fileURLToPath(new URL(path, ROOT))

/** Writes a page if its text is another. */
const write = (path: string, text: string): void => {
  if (readFileSync(at(path), { encoding: 'utf8', flag: 'a+' }) === text) return
  writeFileSync(at(path), text)
  process.stdout.write(`${path} is written.\n`)
}

for (const { path, text } of await generatedPages(fileURLToPath(ROOT))) write(path, text)

/** Puts lines between the marks of a page. */
const insert = (path: string, mark: string, lines: readonly string[]): void => {
  const [before, rest] = readFileSync(at(path), 'utf8').split(`<!-- ${mark} -->\n`)
  const [, after] = rest!.split(`<!-- /${mark} -->`)
  write(path, `${before}<!-- ${mark} -->\n\n${lines.join('\n')}\n\n<!-- /${mark} -->${after}`)
}

insert('docs/results/transparency.md', 'transparency', transparencyTables())

const printedBy = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [at('dist/src/cli/main.js'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, COLUMNS: '120' },
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
  })

if (process.argv.includes('--matrix')) {
  const path = 'docs/results/matrix.md'
  const printed = printedBy('matrix')
  const [tables] = printed.split(`\n\n${LEGEND}\n`)
  insert(path, 'matrix', ['```text', tables!, '```'])
}

const conditions = process.argv.map((arg) => /^--conditions(?:=(.+))?$/.exec(arg)).find(Boolean)
if (conditions) {
  const path = 'docs/results/conditions.md'
  const page = readFileSync(at(path), 'utf8')
  const named = conditions[1] ?? spacesIn(page).join()
  const { spaces } = JSON.parse(printedBy('design', '--json', '--space', named)) as ReturnType<
    typeof designJson
  >
  write(path, withSpaces(page, spaces))
}
