/** Makes the comparisons with a single gateway that the matrix keeps. */

import type { TransparencyLine } from '../../../properties/declared/transparency.ts'
import type { Compared } from '../../../properties/transparency/hot-standby.ts'
import { labelOf } from '../../modelling/property.ts'
import type { Finding } from '../../report/results/findings.ts'
import { comparedText } from '../../report/results/kept-tables.ts'
import { check } from '../../search/breadth-first.ts'
import type { Comparisons } from '../../search/suite.ts'
import type { Terminal } from '../process/terminal.ts'

type Verdicts = TransparencyLine['verdicts']

/** States and pairs after which a search is cut. */
const MOST = 2_000_000

/** The verdicts of one search, each with the steps of its trace. */
export const verdictsOf = async (name: string, search: Compared): Promise<Verdicts> => {
  const { comparedOf } = await import('../../../properties/transparency/hot-standby.ts')
  const model = comparedOf(name, search)
  const { judgements } = await check(model, { limits: { states: MOST } })
  return Object.fromEntries(
    judgements.map(({ property, verdict, path }) => [
      labelOf(model.properties.find((p) => p.name === property)!),
      path ? `${verdict} ${path.length - 1}` : verdict,
    ]),
  )
}

/** The verdicts of all searches of a scheme. */
export const allVerdictsOf = async (name: string): Promise<Readonly<Record<string, Verdicts>>> => {
  const { nameOf, searchesOf } = await import('../../../properties/transparency/hot-standby.ts')
  const found: Record<string, Verdicts> = {}
  for (const search of searchesOf(name)) found[nameOf(search)] = await verdictsOf(name, search)
  return found
}

/** Compares targets with a single gateway, and says what is not as it was kept. */
export const comparedAnew = async (targets: readonly string[], kept: Comparisons, terminal: Terminal) => {
  const { columnsOf } = await import('../../../properties/transparency/kept.ts')
  const found: Record<string, Comparisons['found'][string]> = {}
  const stale: Finding[] = []
  for (const target of targets.filter((name) => Object.hasOwn(kept.found, name))) {
    terminal.err(`Comparing ${target} with a single gateway.\n`)
    const own = columnsOf(await allVerdictsOf(target))
    found[target] = own
    for (const { label } of kept.columns) {
      const [now, before] = [comparedText(own[label]), comparedText(kept.found[target]![label])]
      if (now !== before)
        stale.push({
          level: 'error',
          kind: 'difference',
          target,
          label,
          sentence: `${target} ${label}: ${now}, kept ${before}`,
        })
    }
  }
  return { comparisons: { ...kept, found, anew: true } satisfies Comparisons, stale }
}
