/** `check --causes N`: for each violated property a search of its own, which finds all ways into the violation. */

import { captionOf, type JudgedSuite } from '../../report/results/judged-suite.ts'
import { causesOf, causesText } from '../../report/trace/causes.ts'
import type { Limits } from '../../search/breadth-first.ts'
import { hasWays, waysOf } from '../../search/causes.ts'
import type { Path } from '../../search/engine/outcome.ts'
import type { Terminal } from '../process/terminal.ts'
import type { Target } from '../targets/targets.ts'
import { tokensOf } from '../targets/targets.ts'

/** Prints up to `most` causes of each violated property. */
export const printCauses = async (
  { properties }: JudgedSuite,
  target: Target,
  { most, limits, terminal }: { readonly most: number; readonly limits: Limits; readonly terminal: Terminal },
): Promise<void> => {
  const tokenOf = tokensOf(target)
  let stopped = false
  const stop = (): void => {
    stopped = true
  }
  process.once('SIGINT', stop)
  for (const { verdict } of properties) {
    const { property, shown, label } = verdict
    if (verdict.verdict !== 'violated' || !property || !shown || !hasWays(property)) continue
    const { focus } = shown
    const own = focus.model.properties.find(({ name }) => name === property.name)!
    const captionFor = (path: Path) =>
      captionOf(target.name, focus, own, { verdict: 'violated', token: tokenOf(focus, label, path) })
    const found = await waysOf(focus.model, own, { limits, interrupted: () => stopped })
    const causes = causesOf(focus.model, found, captionFor)
    terminal.out(`\n${causesText(causes, captionFor, { most, columns: terminal.columns })}`)
  }
  process.off('SIGINT', stop)
}
