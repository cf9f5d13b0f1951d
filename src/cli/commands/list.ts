/** `clustercheck list`: the schemes of the matrix, their searches and their properties. */
import { labelOf, type Property } from '../../modelling/property.ts'
import { tabledWithin } from '../../report/columns.ts'
import type { Suite } from '../../search/suite.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { schemeTargets } from '../targets.ts'

export const list: Command = {
  name: 'list',
  sentence: 'List the schemes with their searches, and the properties.',
  options: [],
  examples: ['list'],
  async run({ terminal }) {
    const suites = (await schemeTargets()).map(({ suite }) => suite)
    terminal.out(listText(suites, terminal.columns))
    return EXIT.asExpected
  },
}

/** The properties of the searches of some suites, each label once, in order of appearance. */
export const propertiesOf = (suites: readonly Suite[]): readonly Property[] => {
  const first = new Map<string, Property>()
  for (const { model } of suites.flatMap(({ focuses }) => focuses))
    for (const property of model.properties)
      if (!first.has(labelOf(property))) first.set(labelOf(property), property)
  return [...first.values()]
}

/** Searches that all schemes share are listed once. */
const listText = (suites: readonly Suite[], columns: number): string => {
  const searches = suites.map((suite) => searchLines(suite, columns).join('\n'))
  const shared = suites.length > 1 && searches.every((text) => text === searches[0])
  const schemes = shared
    ? [
        'Schemes',
        ...indented(
          suites.map(({ name, about }) => [name, about]),
          columns,
        ),
        '',
        'Searches of each scheme',
        searches[0]!,
      ]
    : suites.flatMap((suite, i) => [
        ...(i === 0 ? [] : ['']),
        ...tabledWithin([[suite.name, suite.about]], '<<', columns),
        searches[i]!,
      ])
  const properties = indented(
    propertiesOf(suites).map((p) => [labelOf(p), p.kind, p.name]),
    columns,
  )
  return `${[...schemes, '', 'Properties', ...properties].join('\n')}\n`
}

const searchLines = ({ focuses }: Suite, columns: number): readonly string[] =>
  indented(
    focuses.map(({ name, about, model }) => [
      name,
      `${about}; judges ${model.properties.map(labelOf).join(', ') || 'nothing'}`,
    ]),
    columns,
  )

const indented = (rows: readonly (readonly string[])[], columns: number): readonly string[] =>
  tabledWithin(rows, '<<<', columns - 2).map((line) => `  ${line}`)
