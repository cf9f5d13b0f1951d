/** The committed counterexamples and the page of the matrix: each token replays, and the main job still makes the same bytes. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LEGEND } from '../../report/terminal/matrix-text.ts'
import { traceText } from '../../report/trace-formats/trace-text.ts'
import { tracedBy } from '../targets/traced.ts'
import { cli, folderWith } from '../testing/under-test.ts'

const ROOT = join(import.meta.dirname, '../../..')
const FOLDER = join(ROOT, 'counterexamples')

const readmeRows = readFileSync(join(FOLDER, 'README.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, file, token] = /\[txt\]\(([^)]+)\).*`(cc1:[^`]+)`/.exec(line) ?? []
    return file !== undefined && token !== undefined ? [{ file, token }] : []
  })

describe('counterexamples/', () => {
  it('lists every file', () => {
    expect(readmeRows.length).toBeGreaterThan(40)
    const listed = readmeRows.flatMap(({ file }) =>
      ['txt', 'svg', 'dot'].map((form) => file.replace(/txt$/, form)),
    )
    expect([...listed, 'README.md'].sort()).toEqual(readdirSync(FOLDER).sort())
  })

  it.each(readmeRows)('replays $file on the plain interpreter', async ({ file, token }) => {
    const traced = await tracedBy(token)
    expect(traced).toMatchObject({ shows: true, changed: false })
    expect(traceText(traced.trace, traced.caption)).toBe(readFileSync(join(FOLDER, file), 'utf8'))
  })
})

describe('the main job', () => {
  // The whole main job, on a machine that may be busy.
  it('makes the same counterexamples again, and the matrix that the documentation shows', {
    timeout: 900_000,
  }, async () => {
    const again = folderWith({})
    try {
      const { code, stdout } = await cli(['matrix', '--write', again.path], { columns: 120 })
      expect(code).toBe(0)
      const [tables] = stdout.split(`\n\n${LEGEND}\n`)
      const page = readFileSync(join(ROOT, 'docs/results/matrix.md'), 'utf8')
      expect(page.split('<!-- matrix -->')[1]!.split('<!-- /matrix -->')[0]!.trim()).toBe(
        `\`\`\`text\n${tables}\n\`\`\``,
      )
      expect(readdirSync(again.path).sort()).toEqual(readdirSync(FOLDER).sort())
      for (const name of readdirSync(FOLDER))
        expect(readFileSync(join(again.path, name), 'utf8'), name).toBe(
          readFileSync(join(FOLDER, name), 'utf8'),
        )
    } finally {
      again.remove()
    }
  })
})
