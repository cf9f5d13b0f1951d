/** What the searches of whole runs find, as it is declared. */
import { declaredWholeRuns } from '../../../properties/declared/index.ts'
import type { WholeRunsLine } from '../../../properties/declared/whole-runs.ts'
import { wholeRunsOf } from '../../../properties/whole-runs/hot-standby.ts'
import { labelOf } from '../../modelling/property.ts'
import { check } from '../../search/breadth-first.ts'
import { replaceLines } from './files.ts'

/** The faults with which whole runs are declared: one of each. */
export const FAULTS = { crashes: 1, returns: 1, synchLosses: 1 }

/** States after which a search is cut: what it could not tell by then is unknown. */
export const MOST = 3_000_000

/** Searches the whole runs of some schemes, or of all that are declared, and writes what is found. */
export const declareWholeRuns = async (
  schemes: readonly string[] = Object.keys(declaredWholeRuns()),
): Promise<void> => {
  const lines: WholeRunsLine[] = []
  for (const scheme of schemes) {
    const model = wholeRunsOf(scheme, FAULTS)
    const { judgements } = await check(model, { limits: { states: MOST } })
    const verdicts = judgements.map(({ property, verdict }) => [
      labelOf(model.properties.find((p) => p.name === property)!),
      verdict,
    ])
    lines.push({ scheme, verdicts: Object.fromEntries(verdicts) as WholeRunsLine['verdicts'] })
  }
  replaceLines('whole-runs.json', lines)
}
