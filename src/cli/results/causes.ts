/** `check --causes N`: for each violated property a search of its own, which finds all ways into the violation. */

import { labelOf } from '../../modelling/property.ts'
import { captionOf, type JudgedSuite } from '../../report/results/judged-suite.ts'
import { causesOf, causesText, swarmText } from '../../report/trace/causes.ts'
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

/** Prints the distinct causes among the traces that the searches of a swarm have found of a property, where these differ. */
export const printSwarm = ({ outcome }: JudgedSuite, target: Target, terminal: Terminal): void => {
  const tokenOf = tokensOf(target)
  for (const { focus, outcome: own } of outcome.outcomes)
    for (const { property: name, verdict, path, others = [] } of own.judgements) {
      const property = focus.model.properties.find((one) => one.name === name)
      if (verdict !== 'violated' || !path || !property || others.length === 0) continue
      const captionFor = (shown: Path) =>
        captionOf(target.name, focus, property, {
          verdict,
          token: tokenOf(focus, labelOf(property), shown),
        })
      const ways = [path, ...others].map((one) => ({ path: one, states: 1 }))
      const found = causesOf(
        focus.model,
        { ways, states: ways.length, unsorted: 0, complete: true },
        captionFor,
      )
      terminal.out(
        `\n${swarmText(found, captionFor, { searches: own.bitstate?.searches ?? 1, columns: terminal.columns })}`,
      )
    }
}
