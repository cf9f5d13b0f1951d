/** Whether clusters can be told from a single gateway: all searches of it, and the tables of their page. */
import { declarationsOf } from '../../properties/declared/index.ts'
import { FOUND, type Found } from '../../properties/transparency/found.ts'
import {
  type Compared,
  comparedOf,
  ESP,
  STANDBY,
  searchesOf,
} from '../../properties/transparency/hot-standby.ts'
import { FOUND as WHOLE_RUNS } from '../../properties/whole-runs/found.ts'
import { labelOf } from '../modelling/property.ts'
import { check } from '../search/breadth-first.ts'
import { table } from './markdown.ts'

/** The verdicts of one search, each with the steps of its trace. */
export const verdictsOf = async (name: string, search: Compared): Promise<Found[string]> => {
  const model = comparedOf(name, search)
  const { judgements } = await check(model)
  return Object.fromEntries(
    judgements.map(({ property, verdict, path }) => [
      labelOf(model.properties.find((p) => p.name === property)!),
      path ? `${verdict} ${path.length - 1}` : verdict,
    ]),
  )
}

/** The verdicts of all searches of a scheme. */
export const allVerdictsOf = async (name: string): Promise<Found> => {
  const found: Record<string, Found[string]> = {}
  for (const search of searchesOf(name)) found[nameOf(search)] = await verdictsOf(name, search)
  return found
}

export const nameOf = ({ part, attacker }: Compared): string => `${part} ${attacker}`

/** The file of what was found, as text. */
export const foundText = (all: Readonly<Record<string, Found>>): string =>
  [
    '/** What the comparisons find. Written by `npm run docs:generate -- --transparency`: read what it changes before you commit it. */',
    '',
    '/** Of a scheme, by search and label: a verdict, with the steps of a shortest trace. */',
    'export type Found = Readonly<Record<string, Readonly<Record<string, string>>>>',
    '',
    'export const FOUND: Readonly<Record<string, Found>> = {',
    ...Object.entries(all).flatMap(([name, found]) => [
      `  '${name}': {`,
      ...Object.entries(found).map(
        ([search, verdicts]) =>
          `    '${search}': { ${Object.entries(verdicts)
            .map(([label, verdict]) => `'${label}': '${verdict}'`)
            .join(', ')} },`,
      ),
      '  },',
    ]),
    '}',
    '',
  ].join('\n')

/** What several searches say together: the shortest trace that violates, and what it is about. */
const together = (found: Found, label: string, searches: (search: string) => boolean): string => {
  const verdicts = Object.entries(found).flatMap(([search, of]) =>
    of[label] !== undefined && searches(search) ? [{ search, verdict: of[label] }] : [],
  )
  const violated = verdicts
    .filter(({ verdict }) => verdict.startsWith('violated'))
    .map(({ search, verdict }) => ({ part: search.split(' ')[0]!, steps: Number(verdict.split(' ')[1]) }))
    .sort((a, b) => a.steps - b.steps)
  if (violated[0]) {
    const parts = [...new Set(violated.map(({ part }) => part))]
    return `violated (${parts.join(', ')}; ${violated[0].steps} ${violated[0].steps === 1 ? 'step' : 'steps'})`
  }
  if (verdicts.length === 0) return 'not judged'
  return verdicts.every(({ verdict }) => verdict === 'holds')
    ? 'holds'
    : [...new Set(verdicts.map(({ verdict }) => verdict))].join(', ')
}

const linked = (name: string): string => `[${name}](../reference/schemes.md#${name})`

const LEVELS = ['A0', 'A1', 'A2'] as const

/** SEC-1 at a level: IKE messages are the same at each. */
const security = (found: Found): readonly string[] =>
  LEVELS.map((level) =>
    together(found, 'SEC-1', (search) => search.endsWith(level) || !/^(in|out)bound/.test(search)),
  )

/** The tables of the page. */
export const transparencyTables = (): readonly string[] => {
  const everything = () => true
  const declared = declarationsOf('default')
  const runs = ['REC-2', 'LIV-2c', 'LIV-2p', 'SYN-2']
  const old = ['TRN-1c', 'TRN-1p']
  return [
    ...table(
      ['scheme', 'TRN-C', 'TRN-P', ...LEVELS.map((level) => `SEC-1, ${level}`), ...runs],
      STANDBY.map((name) => [
        linked(name),
        together(FOUND[name]!, 'TRN-C', everything),
        together(FOUND[name]!, 'TRN-P', everything),
        ...security(FOUND[name]!),
        ...runs.map((label) => WHOLE_RUNS[name]?.[label] ?? 'not judged'),
      ]),
    ),
    '',
    'Packets alone, of schemes that differ in them:',
    '',
    ...table(
      ['scheme', 'TRN-C', ...LEVELS.map((level) => `SEC-1, ${level}`)],
      ESP.map((name) => [
        linked(name),
        together(FOUND[name]!, 'TRN-C', everything),
        ...security(FOUND[name]!),
      ]),
    ),
    '',
    'The anomalies of the matrix beside the comparison:',
    '',
    ...table(
      ['scheme', 'TRN-1c', 'TRN-C', 'TRN-1p', 'TRN-P'],
      STANDBY.map((name) => {
        const verdicts = declared[name]!.verdicts as Readonly<Record<string, unknown>>
        const [c, p] = old.map((label) => String(verdicts[label] ?? 'holds'))
        return [
          linked(name),
          c!,
          together(FOUND[name]!, 'TRN-C', everything),
          p!,
          together(FOUND[name]!, 'TRN-P', everything),
        ]
      }),
    ),
  ]
}
