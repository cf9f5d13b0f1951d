/** What the comparisons found, as columns of the matrix: of each scheme, all that its searches say together. */
import type { ComparedVerdict, Comparisons } from '../../src/search/suite.ts'
import { declaredTransparency } from '../declared/index.ts'
import { SEC_1 } from './sec-1.ts'
import { TRN_C } from './trn-c.ts'
import { TRN_P } from './trn-p.ts'

/** What the searches of a scheme find, by search and label. */
type Found = ReturnType<typeof declaredTransparency>[string]

interface Column {
  readonly label: string
  readonly of: { readonly label: string; readonly sentence: string; readonly source: string }
  /** The searches that judge it, by name. Absent: all. */
  readonly judges?: (search: string) => boolean
}

/** IKE messages are the same at each level of an attacker, so that a search of exchanges counts for all. */
const atLevel =
  (level: string) =>
  (search: string): boolean =>
    search.endsWith(level) || !/^(in|out)bound/.test(search)

const COLUMNS: readonly Column[] = [
  { label: TRN_C.label, of: TRN_C },
  { label: TRN_P.label, of: TRN_P },
  ...['A0', 'A1', 'A2'].map((level) => ({
    label: `${SEC_1.label}/${level}`,
    of: SEC_1,
    judges: atLevel(level),
  })),
]

/** What several searches say together: the parts that are violated, and the steps of the shortest trace. */
const together = (found: Found, { of, judges = () => true }: Column): ComparedVerdict | undefined => {
  const said = Object.entries(found).flatMap(([search, verdicts]) => {
    const [verdict = '', steps] = verdicts[of.label]?.split(' ') ?? []
    return verdict !== '' && judges(search)
      ? [{ part: search.slice(0, search.lastIndexOf(' ')), verdict, steps: Number(steps) }]
      : []
  })
  const parts = (verdict: string) => [
    ...new Set(said.filter((one) => one.verdict === verdict).map(({ part }) => part)),
  ]
  if (said.length === 0) return undefined
  const violated = said.filter(({ verdict }) => verdict === 'violated').sort((a, b) => a.steps - b.steps)
  if (violated[0])
    return {
      verdict: 'violated',
      steps: violated[0].steps,
      parts: [...new Set(violated.map(({ part }) => part))],
    }
  if (said.some(({ verdict }) => verdict === 'unknown'))
    return { verdict: 'unknown', parts: parts('unknown') }
  return {
    verdict: said.some(({ verdict }) => verdict === 'holds') ? 'holds' : 'vacuous',
    parts: parts('holds'),
  }
}

/** The columns of one scheme, by label; those that no search of it judges are left out. */
export const columnsOf = (found: Found): Readonly<Record<string, ComparedVerdict>> =>
  Object.fromEntries(
    COLUMNS.flatMap((column) => {
      const verdict = together(found, column)
      return verdict ? [[column.label, verdict]] : []
    }),
  )

/** All that is kept. */
export const comparisons = (): Comparisons => ({
  columns: COLUMNS.map(({ label, of }) => ({ label, property: of })),
  found: Object.fromEntries(
    Object.entries(declaredTransparency()).map(([name, found]) => [name, columnsOf(found)]),
  ),
})
