/** What axe finds on a page that is serious. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly impact: string
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/** Serious and critical findings, each with the first element that has it. */
export const seriousIn = async (page: Page): Promise<readonly string[]> => {
  // Brought in by the debugger: the policy of a page may let no other script in.
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: AXE })
  const { violations } = await page.evaluate<{ violations: readonly Violation[] }>(
    'axe.run({ resultTypes: ["violations"] })',
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)}`)
}
