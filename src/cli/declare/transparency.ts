/** What the comparisons of clusters with a single gateway find, as it is declared. */
import type { TransparencyLine } from '../../../properties/declared/transparency.ts'
import { COMPARED } from '../../../properties/transparency/hot-standby.ts'
import { allVerdictsOf } from '../results/compared.ts'
import { replaceLines } from './files.ts'

/** Makes all comparisons of some schemes, or of all, and writes what they find. */
export const declareTransparency = async (schemes: readonly string[] = COMPARED): Promise<void> => {
  const lines: TransparencyLine[] = []
  for (const scheme of schemes)
    for (const [search, verdicts] of Object.entries(await allVerdictsOf(scheme)))
      lines.push({ scheme, search, verdicts })
  replaceLines('transparency.json', lines)
}
