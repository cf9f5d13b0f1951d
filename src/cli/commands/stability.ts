/** `clustercheck stability SCHEME`: which verdicts fall when a bound of their searches is raised. */

import { stabilityJson, stabilityText } from '../../report/terminal/stability-text.ts'
import { countOf, given } from '../options/arguments.ts'
import type { Command } from '../options/command.ts'
import { WHOLE_JSON, WORKERS } from '../options/shared.ts'
import { unknownName } from '../options/suggestions.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT } from '../process/exit-codes.ts'
import { VERSION } from '../process/version.ts'
import { stabilityOf } from '../results/stability.ts'
import { CACHE_OPTIONS, cacheOf } from '../saved/cache.ts'
import { SCOPE, scopeOf } from '../targets/schemes.ts'
import { defaultWorkers } from '../workers/search-run.ts'

/** Distinct states after which a search is cut, where nothing else is asked for. */
const STATES = 300_000

export const stability: Command = {
  options: [
    { flags: '--property <property>', sentence: 'judge only this property, and show the steps' },
    { flags: '--by <n>', sentence: 'raise each bound by so much at the most (otherwise: 2)' },
    { flags: '--states <count>', sentence: `cut each search after this many states (otherwise: ${STATES})` },
    SCOPE,
    WORKERS,
    ...CACHE_OPTIONS,
    WHOLE_JSON,
  ],
  async run({ operands, options, terminal }) {
    const { SCHEMES } = await import('../../../model/schemes/index.ts')
    const { heldBy } = await import('../../../properties/stability.ts')
    const scope = scopeOf(options)
    if (scope === 'wide')
      throw new UsageError({ problem: 'Nothing holds at the scope wide, which is for hunts.' })
    const names = SCHEMES.map(({ name }) => name)
    for (const name of operands) if (!names.includes(name)) throw unknownName('scheme', name, names)
    const property = given(options, 'property', (_, text) => text)
    const held = [...new Set(operands)].map((scheme) => ({ scheme, labels: heldBy(scheme, scope) }))
    const asked = held.map(({ scheme, labels }) => ({
      scheme,
      labels: labels.filter(
        (label) => property === undefined || label.toLowerCase() === property.toLowerCase(),
      ),
    }))
    if (asked.every(({ labels }) => labels.length === 0))
      throw new UsageError({
        problem:
          property === undefined
            ? `Nothing is declared to hold in ${operands.join(', ')} at the scope ${scope}.`
            : `${property} is not declared to hold in ${operands.join(', ')} at the scope ${scope}; these are: ${[...new Set(held.flatMap(({ labels }) => labels))].join(', ') || 'none'}.`,
      })
    const by = given(options, 'by', countOf) ?? 2
    const states = given(options, 'states', countOf) ?? STATES
    const workers = given(options, 'workers', countOf) ?? defaultWorkers()
    const found = await stabilityOf(asked, {
      scope,
      by,
      states,
      workers,
      terminal,
      cache: await cacheOf(options, terminal),
    })
    const report = { ...found, scope, by, states }
    terminal.out(
      options.json === true
        ? `${JSON.stringify(stabilityJson(report, VERSION), null, 2)}\n`
        : stabilityText(report, { columns: terminal.columns, traces: property !== undefined }),
    )
    return found.interrupted ? EXIT.cut : EXIT.asExpected
  },
}
