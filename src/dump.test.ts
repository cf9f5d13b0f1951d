/** temporary */
import { readFileSync, writeFileSync } from 'node:fs'
import { it } from 'vitest'
import { tracedBy } from './cli/traced.ts'
import { insightOf } from './report/insight.ts'

it('dumps', async () => {
  const rows = readFileSync('counterexamples/README.md', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, file, token] = /\[txt\]\(([^)]+)\).*`(cc1:[^`]+)`/.exec(line) ?? []
      return file ? [{ file, token: token! }] : []
    })
  const out: string[] = []
  const t = performance.now()
  for (const { file, token } of rows) {
    const { trace, caption } = await tracedBy(token)
    const { sentence, parts } = insightOf(trace, caption)
    out.push(`${file.replace('.txt', '')} [${parts.map((p) => p[0]).join('')}] ${sentence.text}`)
  }
  writeFileSync('/tmp/sentences.txt', `${out.join('\n')}\n${performance.now() - t}`)
})
