/** `clustercheck explain NAME`: what a scheme or a property is, where it comes from, and what is declared of it. */
import { labelOf, type Property } from '../../modelling/property.ts'
import { folded, tabledWithin } from '../../report/columns.ts'
import { goodVerdict } from '../../report/judged.ts'
import { propertiesOf, type Suite } from '../../search/suite.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { unknownName } from '../nearest.ts'
import { matrixIn } from '../schemes.ts'

export const explain: Command = {
  name: 'explain',
  sentence: 'Explain a scheme or a property: its sentence, its source, the declared verdicts.',
  argument: { name: 'NAME', sentence: "a scheme's name, or a property's label or name" },
  options: [],
  examples: ['explain MID-1', 'explain single-gateway'],
  async run({ argument, terminal }) {
    const suites = (await matrixIn()).suites
    const properties = propertiesOf(suites)
    const asked = argument.toLowerCase()
    const suite = suites.find(({ name }) => name.toLowerCase() === asked)
    const property = properties.find((p) => [labelOf(p), p.name].some((n) => n.toLowerCase() === asked))
    const { columns } = terminal
    const lines = suite ? schemeLines(suite, columns) : property && propertyLines(property, suites, columns)
    if (!lines)
      throw unknownName('scheme or property', argument, [
        ...suites.map(({ name }) => name),
        ...properties.map(labelOf),
      ])
    terminal.out(`${lines.join('\n')}\n`)
    return EXIT.asExpected
  },
}

const KINDS: Readonly<Record<Property['kind'], string>> = {
  always: 'always: judged in every reachable state',
  sometimes: 'sometimes: some reachable state shows it',
  alwaysPossible: 'alwaysPossible: from every reachable state a state that satisfies it can be reached',
  monitor: 'monitor: judged over the wire events of every run',
  measure: 'measure: the largest reading over the wire events of every run',
}

const schemeLines = (suite: Suite, columns: number): readonly string[] => [
  suite.name,
  ...folded(suite.about, columns),
  '',
  'Searches',
  ...indented(
    suite.focuses.map(({ name, about }) => [name, about]),
    columns,
  ),
  '',
  'Declared verdicts',
  ...indented(
    propertiesOf([suite]).map((p) => [declaredOf(suite, p), labelOf(p), p.sentence ?? p.name]),
    columns,
  ),
]

const propertyLines = (property: Property, suites: readonly Suite[], columns: number): readonly string[] => {
  const label = labelOf(property)
  return [
    label === property.name ? label : `${label}  ${property.name}`,
    ...folded(property.sentence ?? '', columns).filter((line) => line !== ''),
    '',
    ...tabledWithin(
      [
        ['Source', property.source ?? 'none given'],
        ['Kind', KINDS[property.kind]],
      ],
      '<<',
      columns,
    ),
    '',
    'Declared verdicts',
    ...indented(
      suites
        .filter((suite) => isJudged(suite, label))
        .map((suite) => [declaredOf(suite, property), suite.name, suite.about]),
      columns,
    ),
  ]
}

const isJudged = (suite: Suite, label: string): boolean =>
  suite.expects
    ? Object.hasOwn(suite.expects, label)
    : propertiesOf([suite]).some((p) => labelOf(p) === label)

const declaredOf = ({ expects }: Suite, property: Property): string =>
  String(expects?.[labelOf(property)] ?? goodVerdict(property.kind))

const indented = (rows: readonly (readonly string[])[], columns: number): readonly string[] =>
  tabledWithin(rows, '<<<', columns - 2).map((line) => `  ${line}`)
