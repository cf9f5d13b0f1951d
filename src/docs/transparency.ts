/** Whether clusters can be told from a single gateway: the tables of the page. */
import { declarationsOf, declaredTransparency, declaredWholeRuns } from '../../properties/declared/index.ts'
import { ESP, STANDBY } from '../../properties/transparency/hot-standby.ts'
import { table } from './markdown.ts'

/** What the searches of a scheme find, by search and label. */
type Found = ReturnType<typeof declaredTransparency>[string]

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
  const found = declaredTransparency()
  const wholeRuns = declaredWholeRuns()
  const declared = declarationsOf('default')
  const runs = ['REC-2', 'LIV-2c', 'LIV-2p', 'SYN-2']
  const old = ['TRN-1c', 'TRN-1p']
  return [
    ...table(
      ['scheme', 'TRN-C', 'TRN-P', ...LEVELS.map((level) => `SEC-1, ${level}`), ...runs],
      STANDBY.map((name) => [
        linked(name),
        together(found[name]!, 'TRN-C', everything),
        together(found[name]!, 'TRN-P', everything),
        ...security(found[name]!),
        ...runs.map((label) => wholeRuns[name]?.[label] ?? 'not judged'),
      ]),
    ),
    '',
    'Packets alone, of schemes that differ in them:',
    '',
    ...table(
      ['scheme', 'TRN-C', ...LEVELS.map((level) => `SEC-1, ${level}`)],
      ESP.map((name) => [
        linked(name),
        together(found[name]!, 'TRN-C', everything),
        ...security(found[name]!),
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
          together(found[name]!, 'TRN-C', everything),
          p!,
          together(found[name]!, 'TRN-P', everything),
        ]
      }),
    ),
  ]
}
