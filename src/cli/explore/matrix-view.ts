/** The matrix as the front page shows it: what is declared. What a search finds comes in its place when a row is searched. */
import { declaredCell, groupsOf, propertyAbout } from '../../explore/matrix-of.ts'
import type { MatrixView, RowView } from '../../explore/protocol.ts'
import { labelOf, type Property } from '../../modelling/property.ts'
import { keptTables } from '../../report/results/kept-tables.ts'
import { DEFAULT_SCOPE, propertiesOf, type ScopeName, type Suite } from '../../search/suite.ts'
import { matrixIn } from '../targets/schemes.ts'
import type { Places } from './places.ts'

const known = new Map<ScopeName, Promise<MatrixView>>()

/** The matrix of a scope with rows for the cluster files and models of the command line. Throws `UsageError`. */
export const matrixView = async (
  scope: ScopeName | undefined,
  places: Places,
  files: readonly string[],
): Promise<MatrixView> => {
  const name = scope ?? DEFAULT_SCOPE
  const base = known.get(name) ?? schemesOf(name)
  known.set(name, base)
  const view = await base
  const own = await Promise.all(
    files.map(async (file): Promise<{ row: RowView; properties: readonly Property[] }> => {
      const { suite } = await places.target(file, undefined)
      return { row: { target: file, about: suite.about, cells: [] }, properties: propertiesOf([suite]) }
    }),
  )
  const labels = new Set(view.properties.map(({ label }) => label))
  const more = own
    .flatMap(({ properties }) => properties)
    .filter((p, i, all) => !labels.has(labelOf(p)) && all.findIndex((q) => labelOf(q) === labelOf(p)) === i)
  return {
    ...view,
    groups:
      more.length === 0 ? view.groups : [{ title: 'Of your own', labels: more.map(labelOf) }, ...view.groups],
    properties: [...view.properties, ...more.map(aboutOf)],
    rows: [...own.map(({ row }) => row), ...view.rows],
  }
}

const schemesOf = async (scope: ScopeName): Promise<MatrixView> => {
  const { suites, groups, comparisons } = await matrixIn(scope)
  const properties = propertiesOf(suites)
  return {
    scope,
    groups: groupsOf(groups, properties.map(labelOf)),
    properties: properties.map(aboutOf),
    // Of availabilities there is a command.
    kept: keptTables(
      suites.map(({ name }) => name),
      comparisons ? { comparisons } : {},
    ),
    rows: suites.map((suite) => rowOf(suite, properties)),
  }
}

const aboutOf = (p: Property) => propertyAbout(labelOf(p), p)

const rowOf = ({ name, about, expects = {} }: Suite, properties: readonly Property[]): RowView => ({
  target: name,
  about,
  cells: Object.entries(expects).map(([label, declared]) =>
    declaredCell(label, declared, properties.find((p) => labelOf(p) === label)?.kind ?? 'always'),
  ),
})
