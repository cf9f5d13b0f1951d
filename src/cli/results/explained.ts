/** What `explain` says of a scheme and of a property, from what is declared: nothing is searched. */
import { labelOf, type Property } from '../../modelling/property.ts'
import { FALLS } from '../../report/results/differences.ts'
import { goodVerdict } from '../../report/results/judged-suite.ts'
import { comparedText, comparisonsTitle } from '../../report/results/kept-tables.ts'
import { scalingLines } from '../../report/terminal/scaling-text.ts'
import { folded, tabledWithin } from '../../report/text/columns.ts'
import { valueText } from '../../report/trace/caption.ts'
import { flipText } from '../../search/stability.ts'
import {
  type ComparedVerdict,
  type Comparisons,
  DEFAULT_SCOPE,
  type Matrix,
  propertiesOf,
  type ScopeName,
  type Suite,
} from '../../search/suite.ts'
import { FOLDER, fileStem } from './counterexamples.ts'

/** Where and how wide it is said. */
export interface ExplainOptions {
  readonly scope: ScopeName
  readonly columns: number
}

/** The policies of a scheme or a described cluster, one a line with what it means. */
export const policyLines = (rows: readonly (readonly string[])[], columns: number): readonly string[] =>
  rows.length === 0
    ? ['', 'Policies', '  none: the other members are told nothing']
    : ['', 'Policies, where they are not those of a cluster that is told nothing', ...indented(rows, columns)]

/** A described cluster: its searches, how its numbers are searched, and its policies. */
export const clusterLines = (
  { name, about, focuses, scaling = [] }: Suite,
  policies: readonly (readonly string[])[],
  columns: number,
): readonly string[] => [
  name,
  ...folded(about, columns),
  '',
  'Searches',
  ...indented(
    focuses.map((focus) => [focus.name, focus.about]),
    columns,
  ),
  ...policyLines(policies, columns),
  '',
  'Numbers',
  ...scalingLines(scaling, columns - 2).map((line) => `  ${line}`),
]

/** A scheme: its searches, what is declared by group of properties, and its prices. */
export const schemeLines = (
  suite: Suite,
  { groups }: Pick<Matrix, 'groups'>,
  { scope, columns }: ExplainOptions,
): readonly string[] => {
  const properties = propertiesOf([suite])
  const prices = properties.filter(({ kind }) => kind === 'measure')
  const judged = properties.filter(({ kind }) => kind !== 'measure')
  const named = groups.flatMap(({ labels }) => labels)
  const sections = [
    ...groups.map(({ title, labels }) => ({
      title,
      properties: labels.flatMap((label) => judged.find((p) => labelOf(p) === label) ?? []),
    })),
    { title: 'Other', properties: judged.filter((p) => !named.includes(labelOf(p))) },
    { title: 'Prices', properties: prices },
  ]
  const rows = (property: Property): readonly (readonly string[])[] => {
    const label = labelOf(property)
    const diagram = diagramOf(suite, label, scope)
    return [
      [declaredText(suite, property), label, property.sentence ?? property.name],
      ...(suite.flips?.[label] ?? []).map((flip) => ['', '', flipText(flip)]),
      ...(diagram === undefined ? [] : [['', '', diagram]]),
    ]
  }
  return [
    suite.name,
    ...folded(suite.about, columns),
    '',
    'Searches',
    ...indented(
      suite.focuses.map(({ name, about }) => [name, about]),
      columns,
    ),
    ...sections
      .filter((section) => section.properties.length > 0)
      .flatMap((section) => ['', section.title, ...indented(section.properties.flatMap(rows), columns)]),
  ]
}

/** What comparisons of a scheme with a single gateway found. */
export const comparedLines = (
  name: string,
  comparisons: Comparisons | undefined,
  columns: number,
): readonly string[] => {
  if (!comparisons) return []
  const own = Object.hasOwn(comparisons.found, name) ? comparisons.found[name] : undefined
  return [
    '',
    comparisonsTitle(comparisons),
    ...indented(
      own
        ? comparisons.columns.flatMap(({ label, property }) =>
            own[label]
              ? [[comparedText(own[label]), label, `${property.sentence}${partsText(own[label])}`]]
              : [],
          )
        : [['not compared']],
      columns,
    ),
  ]
}

const partsText = ({ verdict, parts }: ComparedVerdict): string =>
  verdict === 'violated' ? ` Violated by ${parts.join(', ')}.` : ''

/** A property that is judged by comparing with a single gateway, and what is kept of each scheme. */
export const comparedPropertyLines = (
  label: string,
  comparisons: Comparisons,
  suites: readonly Suite[],
  columns: number,
): readonly string[] => {
  const own = comparisons.columns.filter(({ property }) => property.label === label)
  const { sentence, source } = own[0]!.property
  return [
    label,
    ...folded(sentence, columns),
    '',
    ...tabledWithin(
      [
        ['Source', source],
        ['Kind', KINDS.refines],
      ],
      '<<',
      columns,
    ),
    ...own.flatMap((column) => [
      '',
      own.length > 1
        ? `${column.label}: ${uncapital(comparisonsTitle(comparisons))}`
        : comparisonsTitle(comparisons),
      ...indented(
        suites.map(({ name, about }) => [
          Object.hasOwn(comparisons.found, name)
            ? comparedText(comparisons.found[name]![column.label])
            : 'not compared',
          name,
          about,
        ]),
        columns,
      ),
    ]),
  ]
}

const KINDS: Readonly<Record<Property['kind'], string>> = {
  always: 'always: judged in every reachable state',
  sometimes: 'sometimes: some reachable state shows it',
  alwaysPossible: 'alwaysPossible: from every reachable state a state that satisfies it can be reached',
  eventually: 'eventually: every fair run comes to a state that satisfies it',
  leadsTo: 'leadsTo: what is named is followed by a state that satisfies it, in every fair run',
  repeatedly: 'repeatedly: every fair run comes to states that satisfy it again and again',
  step: 'step: judged at every step that an action makes',
  refines: 'refines: whatever is seen of a run can be seen of the specification too',
  monitor: 'monitor: judged over the wire events of every run',
  measure: 'measure: the largest reading over the wire events of every run',
}

/** A property: its words, its diagrams, and what is declared of each scheme. */
export const propertyLines = (
  property: Property,
  suites: readonly Suite[],
  { scope, columns }: ExplainOptions,
): readonly string[] => {
  const label = labelOf(property)
  const judging = suites.filter((suite) => isJudged(suite, label))
  const diagrams = judging.flatMap((suite) => diagramOf(suite, label, scope) ?? [])
  return [
    label === property.name ? label : `${label}  ${property.name}`,
    ...folded(property.sentence ?? '', columns).filter((line) => line !== ''),
    '',
    ...tabledWithin(
      [
        ['Source', property.source ?? 'none given'],
        ['Kind', KINDS[property.kind]],
        ...(property.kind === 'measure' ? [['Unit', property.unit]] : []),
        ...(property.smallest === undefined ? [] : [['Smallest', property.smallest]]),
        ...diagrams.map((diagram, i) => [i === 0 ? 'Diagram' : '', diagram]),
      ],
      '<<',
      columns,
    ),
    '',
    'Declared',
    ...indented(
      judging.map((suite) => [declaredText(suite, property), suite.name, suite.about]),
      columns,
    ),
  ]
}

const uncapital = (text: string): string => `${text[0]!.toLowerCase()}${text.slice(1)}`

const isJudged = (suite: Suite, label: string): boolean =>
  suite.expects
    ? Object.hasOwn(suite.expects, label)
    : propertiesOf([suite]).some((p) => labelOf(p) === label)

const declaredText = ({ expects, flips }: Suite, property: Property): string => {
  const declared = expects?.[labelOf(property)] ?? goodVerdict(property.kind)
  if (typeof declared === 'string')
    return declared === 'holds' && flips?.[labelOf(property)] ? `${declared}${FALLS}` : declared
  return valueText(declared, property.kind === 'measure' ? property.unit : undefined)
}

/** The picture of a violation that is declared; only those of the default scope are kept. */
const diagramOf = ({ name, expects }: Suite, label: string, scope: ScopeName): string | undefined =>
  expects?.[label] === 'violated' && scope === DEFAULT_SCOPE
    ? `${FOLDER}/${fileStem(name, label)}.svg`
    : undefined

const indented = (rows: readonly (readonly string[])[], columns: number): readonly string[] =>
  tabledWithin(rows, '<<<', columns - 2).map((line) => `  ${line}`)
