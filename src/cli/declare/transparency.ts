/** What the comparisons of clusters with a single gateway find, as it is declared. */
import type { TransparencyLine } from '../../../properties/declared/transparency.ts'
import {
  type Compared,
  comparedOf,
  ESP,
  nameOf,
  STANDBY,
  searchesOf,
} from '../../../properties/transparency/hot-standby.ts'
import { labelOf } from '../../modelling/property.ts'
import { check } from '../../search/breadth-first.ts'
import { replaceLines } from './files.ts'

/** The verdicts of one search by label, each with the steps of its trace. */
export const verdictsOf = async (name: string, search: Compared): Promise<TransparencyLine['verdicts']> => {
  const model = comparedOf(name, search)
  const { judgements } = await check(model)
  return Object.fromEntries(
    judgements.map(({ property, verdict, path }) => [
      labelOf(model.properties.find((p) => p.name === property)!),
      path ? `${verdict} ${path.length - 1}` : verdict,
    ]),
  )
}

/** Makes all comparisons of some schemes, or of all, and writes what they find. */
export const declareTransparency = async (
  schemes: readonly string[] = [...STANDBY, ...ESP],
): Promise<void> => {
  const lines: TransparencyLine[] = []
  for (const scheme of schemes)
    for (const search of searchesOf(scheme))
      lines.push({ scheme, search: nameOf(search), verdicts: await verdictsOf(scheme, search) })
  replaceLines('transparency.json', lines)
}
