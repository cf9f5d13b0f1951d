/** What is not as declared, one sentence each: verdicts, numbers of measures, counts of states. */
import { grouped } from '../text/columns.ts'
import { goodVerdict, type JudgedProperty, type JudgedSuite } from './judged-suite.ts'

/** Marks what is not as declared. */
export const DIFFERS = '!'

/** Marks what holds, and is known not to with a bound of its scope raised. */
export const FALLS = '*'

/** The sentences on one suite; where nothing is declared the good verdict counts as declared. */
export const differencesOf = (suite: JudgedSuite): readonly string[] => [
  ...suite.properties.filter((p) => !p.asDeclared).map((p) => `${suite.target} ${differenceText(p)}`),
  ...declaredOnlyTexts(suite),
]

/** The sentences on what one suite declares. */
export const declaredDifferencesOf = (suite: JudgedSuite): readonly string[] => [
  ...suite.properties
    .filter((p) => !p.asDeclared && p.declared !== undefined)
    .map((p) => `${suite.target} ${differenceText(p)}`),
  ...declaredOnlyTexts(suite),
]

/** A verdict or number that is not the declared one, or the good one where none is declared. */
export const differenceText = ({ verdict, declared }: JudgedProperty): string => {
  const wanted = declared === undefined ? `expected ${goodVerdict(verdict.kind)}` : `declared ${declared}`
  const { label, value } = verdict
  if (value === undefined) return `${label}: ${verdict.verdict}, ${wanted}`
  return `${label}: ${verdict.verdict === 'unknown' ? 'unknown, at least' : 'measured'} ${value}, ${wanted}`
}

/** What is declared beside verdicts and numbers, and is not so. */
export const declaredOnlyTexts = ({ target, unjudged, counts, idle }: JudgedSuite): readonly string[] => [
  ...unjudged.map((label) => `${target} ${label}: declared, but no search judges it`),
  ...counts
    .filter(({ asDeclared }) => !asDeclared)
    .map(({ focus, declared, found }) =>
      found === undefined
        ? `${target}, ${focus}: ${grouped(declared)} distinct states declared, but there is no such search`
        : `${target}, ${focus}: ${grouped(found)} distinct states, declared ${grouped(declared)}`,
    ),
  ...idle
    .filter(({ found }) => !found)
    .map(({ action }) => `${target}: the action ${action} is taken, declared never to be taken`),
]
