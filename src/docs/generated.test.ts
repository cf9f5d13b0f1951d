/** Tests of the pages that are made from the program: what is committed is what would be made today. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { plain } from './markdown.ts'
import { generatedPages } from './pages.ts'

const ROOT = join(import.meta.dirname, '../..')
const pages = await generatedPages(ROOT)

describe('generated pages', () => {
  it.each(pages)('$path is what npm run docs:generate writes', ({ path, text }) => {
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text)
  })

  it('are about the program', () => {
    const byPath = new Map(pages.map(({ path, text }) => [path, text]))
    expect(byPath.get('docs/reference/command-line.md')).toContain('| `--scope <scope>` |')
    expect(byPath.get('docs/reference/schemes.md')).toContain(
      '[SEQ-1](../../counterexamples/esp-jump-seq-1.svg)',
    )
    expect(byPath.get('docs/reference/properties.md')).toContain('## MID-1\n')
    expect(byPath.get('docs/reference/json-schemas.md')).toMatch(/`targets\[\]\.[a-z]+`/)
  })

  it('takes nothing for markup', () => {
    expect(plain('a <b> {{ c }} | *d*')).toBe('a &lt;b> &#123;&#123; c }} \\| \\*d\\*')
  })
})
