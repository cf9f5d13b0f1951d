/** The pages of docs/ that are made from the program: the command line, schemes, properties, JSON schemas. */

import { SCHEMAS } from '../cli/commands/schema.ts'
import { COMMANDS, type ListedCommand } from '../cli/commands.ts'
import type { Command } from '../cli/options/command.ts'
import { EXITS, operandOf } from '../cli/program.ts'
import { fileStem } from '../cli/results/counterexamples.ts'
import { matrixIn } from '../cli/targets/schemes.ts'
import { labelOf, type Property } from '../modelling/property.ts'
import { goodVerdict } from '../report/results/judged-suite.ts'
import { comparedText } from '../report/results/kept-tables.ts'
import { valueText } from '../report/trace/caption.ts'
import { type Comparisons, DEFAULT_SCOPE, type Declared, propertiesOf, type Suite } from '../search/suite.ts'
import { apiPages } from './api.ts'
import { architecturePages } from './architecture.ts'
import { block, code, type Page, pageOf, plain, table } from './markdown.ts'

/** All of them; `root` is that of the sources. */
export const generatedPages = async (root: string): Promise<readonly Page[]> => {
  const { suites, groups, comparisons } = await matrixIn(DEFAULT_SCOPE)
  const properties = propertiesOf(suites)
  const order = groups.flatMap(({ labels }) => labels)
  const rank = (property: Property): number => order.indexOf(labelOf(property)) + 1 || Infinity
  const sorted = [...properties].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)))
  return [
    commandLine(await Promise.all(COMMANDS.map(whole))),
    schemes(suites, sorted, comparisons!),
    propertyPage(suites, sorted, comparisons!),
    jsonSchemas(),
    ...apiPages(root),
    ...(await architecturePages(root)),
  ]
}

/* The command line */

/** With its options. */
type WholeCommand = ListedCommand & Command

const whole = async (listed: ListedCommand): Promise<WholeCommand> => ({
  ...listed,
  ...(await listed.load()),
})

const commandLine = (commands: readonly WholeCommand[]): Page =>
  pageOf('docs/reference/command-line.md', 'Command line', [
    'Call the program as `npx clustercheck` in a folder where it is installed, or in a clone of its repository.',
    '`clustercheck help COMMAND` prints what stands here.',
    '',
    ...table(
      ['command', 'what it does'],
      commands.map(({ name, sentence }) => [`[${code(name)}](#${name})`, plain(sentence)]),
    ),
    '',
    '## Exit codes',
    '',
    ...exitCodes(),
    ...commands.flatMap(commandLines),
  ])

/** The lines of the help text, each code with what follows it, as a table. */
const exitCodes = (): readonly string[] => {
  const rows: [string, string][] = []
  for (const line of EXITS.split('\n').slice(1)) {
    const [, exit, says] = /^ {2}(\d+) +(.*)$/.exec(line) ?? []
    if (exit !== undefined) rows.push([exit, says!])
    else rows.at(-1)![1] += ` ${line.trim()}`
  }
  return table(
    ['code', 'what it says'],
    rows.map(([exit, says]) => [exit, plain(says)]),
  )
}

const commandLines = ({ name, sentence, argument, options, examples }: WholeCommand): readonly string[] => [
  '',
  `## ${name}`,
  '',
  plain(sentence),
  '',
  ...block(
    'text',
    `clustercheck ${name} ${argument ? operandOf(argument) : ''} [options]`.replace('  ', ' '),
  ),
  '',
  ...(argument ? [`${code(argument.name)}: ${plain(argument.sentence)}`, ''] : []),
  ...(options.length === 0
    ? []
    : [
        ...table(
          ['option', 'what it does'],
          options.map((option) => [code(option.flags), plain(option.sentence)]),
        ),
        '',
      ]),
  'Examples:',
  '',
  '<!-- not run: files and tokens are made up -->',
  ...block('sh', examples.map((example) => `npx clustercheck ${example}`).join('\n')),
]

/* Schemes and properties */

const declaredOf = ({ expects }: Suite, property: Property): Declared | undefined => {
  const label = labelOf(property)
  return expects && Object.hasOwn(expects, label) ? expects[label] : undefined
}

/** What is declared of a property, of those suites that judge it. */
const isJudged = (suite: Suite, property: Property): boolean =>
  suite.expects
    ? Object.hasOwn(suite.expects, labelOf(property))
    : propertiesOf([suite]).some((p) => labelOf(p) === labelOf(property))

const declaration = (suite: Suite, property: Property): Declared =>
  declaredOf(suite, property) ?? goodVerdict(property.kind)

const picture = (scheme: string, label: string, text: string): string =>
  `[${text}](../../counterexamples/${fileStem(scheme, label)}.svg)`

const anchor = (label: string): string => label.toLowerCase().replace(/[^a-z0-9-]/g, '')

const schemes = (suites: readonly Suite[], properties: readonly Property[], comparisons: Comparisons): Page =>
  pageOf('docs/reference/schemes.md', 'Schemes', [
    `The ${suites.length} schemes of [the matrix](../results/matrix.md), with what is declared of them at the default scope.`,
    'A violated property links to its picture. `npx clustercheck explain NAME` says the same in the terminal.',
    ...suites.flatMap((suite) => schemeLines(suite, properties, comparisons)),
  ])

const schemeLines = (
  suite: Suite,
  properties: readonly Property[],
  { columns, found }: Comparisons,
): readonly string[] => {
  const compared = found[suite.name]
  const judged = properties.filter((property) => isJudged(suite, property))
  const prices = judged.filter(({ kind }) => kind === 'measure')
  const verdicts = judged.filter(({ kind }) => kind !== 'measure')
  const withVerdict = (verdict: Declared): readonly string[] =>
    verdicts
      .filter((property) => declaration(suite, property) === verdict)
      .map((property) => {
        const label = labelOf(property)
        return verdict === 'violated' ? picture(suite.name, label, label) : label
      })
  const rows = ['violated', 'holds', 'reached', 'unreached', 'vacuous'].flatMap((verdict) => {
    const labels = withVerdict(verdict as Declared)
    return labels.length === 0 ? [] : [[verdict, labels.join(', ')]]
  })
  return [
    '',
    `## ${suite.name}`,
    '',
    plain(suite.about),
    '',
    ...table(
      ['', ''],
      [
        ...rows,
        ...(prices.length === 0
          ? []
          : [
              [
                'prices',
                prices
                  .map((price) => `${labelOf(price)} ${declaredText(declaration(suite, price), price)}`)
                  .join(', '),
              ],
            ]),
        [
          '[compared](../results/transparency.md)',
          compared
            ? columns
                .flatMap(({ label }) =>
                  compared[label] ? [`${label} ${comparedText(compared[label])}`] : [],
                )
                .join(', ')
            : 'no',
        ],
        ['searches', suite.focuses.map(({ name }) => code(name)).join(', ')],
      ],
    ),
  ]
}

const declaredText = (declared: Declared, property: Property): string =>
  typeof declared === 'string'
    ? declared
    : valueText(declared, property.kind === 'measure' ? property.unit : undefined)

const KINDS: Readonly<Record<Property['kind'], string>> = {
  always: 'judged in every reachable state',
  sometimes: 'some reachable state shows it',
  alwaysPossible: 'from every reachable state a state that satisfies it can be reached',
  eventually: 'every fair run comes to a state that satisfies it',
  leadsTo: 'what is named is followed by a state that satisfies it, in every fair run',
  repeatedly: 'every fair run comes to states that satisfy it again and again',
  step: 'judged at every step that an action makes',
  refines: 'whatever is seen of a run can be seen of the specification too',
  monitor: 'judged over the events of every run',
  measure: 'a price: the largest reading over the events of every run',
}

const propertyPage = (
  suites: readonly Suite[],
  properties: readonly Property[],
  comparisons: Comparisons,
): Page =>
  pageOf('docs/reference/properties.md', 'Properties', [
    `The ${properties.length} properties and prices that [the schemes](schemes.md) are judged by, with what is declared at the`,
    'default scope. `npx clustercheck explain MID-1` says the same in the terminal.',
    '',
    ...table(
      ['property', 'what it says'],
      properties.map((property) => [
        `[${labelOf(property)}](#${anchor(labelOf(property))})`,
        plain(property.sentence ?? property.name),
      ]),
    ),
    '',
    `And ${comparisons.columns.length} columns that [compare a cluster with a single gateway](../results/transparency.md):`,
    '',
    ...table(
      ['column', 'what it says'],
      comparisons.columns.map(({ label, property }) => [
        `[${label}](#${anchor(label)})`,
        plain(property.sentence),
      ]),
    ),
    ...properties.flatMap((property) => propertyLines(property, suites)),
    ...comparisons.columns.flatMap((column) => comparedLines(column, suites, comparisons)),
  ])

/** What is kept of one column of comparisons. */
const comparedLines = (
  { label, property: { sentence, source } }: Comparisons['columns'][number],
  suites: readonly Suite[],
  { found }: Comparisons,
): readonly string[] => {
  const byVerdict = new Map<string, string[]>()
  for (const { name } of suites) {
    const verdict = found[name] ? (found[name][label]?.verdict ?? 'not judged') : 'not compared'
    byVerdict.set(verdict, [...(byVerdict.get(verdict) ?? []), `[${name}](schemes.md#${name})`])
  }
  return [
    '',
    `## ${label}`,
    '',
    plain(sentence),
    '',
    ...table(
      ['', ''],
      [
        ['source', plain(source)],
        ['kind', `${code('refines')}: ${KINDS.refines}`],
        ...[...byVerdict].map(([verdict, names]) => [verdict, names.join(', ')]),
      ],
    ),
  ]
}

const propertyLines = (property: Property, suites: readonly Suite[]): readonly string[] => {
  const label = labelOf(property)
  const judging = suites.filter((suite) => isJudged(suite, property))
  const byVerdict = new Map<string, Suite[]>()
  for (const suite of judging) {
    const verdict = declaredText(declaration(suite, property), property)
    byVerdict.set(verdict, [...(byVerdict.get(verdict) ?? []), suite])
  }
  return [
    '',
    `## ${label}`,
    '',
    ...(property.sentence === undefined ? [] : [plain(property.sentence), '']),
    ...table(
      ['', ''],
      [
        ['name', code(property.name)],
        ['source', plain(property.source ?? 'none given')],
        ['kind', `${code(property.kind)}: ${KINDS[property.kind]}`],
        ...(property.smallest === undefined ? [] : [['smallest', plain(property.smallest)]]),
        ...[...byVerdict].map(([verdict, judged]) => [
          verdict,
          judged
            .map(({ name }) =>
              verdict === 'violated' ? picture(name, label, name) : `[${name}](schemes.md#${name})`,
            )
            .join(', '),
        ]),
      ],
    ),
  ]
}

/* JSON schemas */

const jsonSchemas = (): Page =>
  pageOf('docs/reference/json-schemas.md', 'JSON schemas', [
    'What clustercheck writes and reads as JSON. `npx clustercheck schema NAME` prints a schema, in JSON Schema draft 7.',
    '',
    '## Versions',
    '',
    '- `schemaVersion` is a whole number. It grows when a field is taken away, gets another name, another type or another',
    '  meaning.',
    '- Within one version fields may be added, and values to those that are listed. A reader should pass over what it does',
    '  not know.',
    '- A saved result or shard of another version is refused by `merge`, in one sentence.',
    '- A file of expectations has no version: what it does not know it refuses.',
    ...Object.entries(SCHEMAS).flatMap(([name, schema]) => [
      '',
      `## ${name}`,
      '',
      ...table(
        ['field', 'type', 'what it is'],
        fieldsOf(schema as Schema, '').map(({ path, type, about, optional }) => [
          code(path),
          plain(type) + (optional ? ', optional' : ''),
          plain(about),
        ]),
      ),
    ]),
  ])

interface Schema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
}

interface Field {
  readonly path: string
  readonly type: string
  readonly about: string
  readonly optional: boolean
}

/** The fields of a schema, those of fields after them; `[]` stands for each of a list, `{}` for each name. */
const fieldsOf = (schema: Schema, path: string): readonly Field[] => {
  const inside = Object.entries(schema.properties ?? {}).flatMap(([name, field]): readonly Field[] => {
    const here = path === '' ? name : `${path}.${name}`
    const { description = '' } = field
    const optional = !(schema.required ?? []).includes(name)
    return [{ path: here, type: typeText(field), about: description, optional }, ...fieldsOf(field, here)]
  })
  const { items, additionalProperties: each, anyOf } = schema
  return [
    ...inside,
    ...(items ? fieldsOf(items, `${path}[]`) : []),
    ...(typeof each === 'object' ? fieldsOf(each, `${path}{}`) : []),
    ...(anyOf ?? []).flatMap((one) => fieldsOf(one, path)),
  ]
}

const typeText = (schema: Schema): string => {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map(String).join(' or ')
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeText))].join(' or ')
  if (schema.items) return `list of ${typeText(schema.items)}`
  if (typeof schema.additionalProperties === 'object')
    return `object of ${typeText(schema.additionalProperties)}`
  return [schema.type ?? 'any'].flat().join(' or ')
}
