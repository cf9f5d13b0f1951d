/** Cells of the matrix as the page shows them: of what is declared, and of what a search found. */
import type { Property } from '../modelling/property.ts'
import { goodVerdict, type JudgedProperty } from '../report/results/judged-suite.ts'
import { numberText } from '../report/text/columns.ts'
import type { Declared, Group } from '../search/suite.ts'
import type { CellView, MatrixView } from './protocol.ts'

type Kind = Parameters<typeof goodVerdict>[0]

/** A cell that says what is declared. */
export const declaredCell = (label: string, declared: Declared, kind: Kind): CellView =>
  typeof declared === 'number'
    ? { label, verdict: numberText(declared), kind: 'number' }
    : { label, verdict: declared, kind: cellKind(declared, kind) }

/** A cell that says what was found, with the token of its trace. */
export const judgedCell = ({ verdict, shown }: JudgedProperty): CellView => {
  const { label, verdict: word, value, kind } = verdict
  const isNumber = word === 'measured' && value !== undefined
  return {
    label,
    verdict: isNumber ? numberText(value) : word,
    kind: isNumber ? 'number' : cellKind(word, kind),
    ...(shown && { token: shown.caption.token, steps: shown.trace.steps.length - 1 }),
  }
}

/** Whether a verdict is good news. */
const cellKind = (verdict: string, kind: Kind): CellView['kind'] =>
  verdict === 'violated' ? 'bad' : verdict === goodVerdict(kind) ? 'good' : 'none'

/** What a head of the matrix means. */
export const propertyAbout = (
  label: string,
  { name, sentence, source }: Pick<Property, 'name' | 'sentence' | 'source'>,
): MatrixView['properties'][number] => ({ label, sentence: sentence ?? name, source: source ?? '' })

/** Groups of columns, with one for labels that none names. */
export const groupsOf = (groups: readonly Group[], labels: readonly string[]): MatrixView['groups'] => {
  const named = new Set(groups.flatMap((group) => group.labels))
  const rest = labels.filter((label) => !named.has(label))
  return [...groups, ...(rest.length > 0 ? [{ title: 'Other', labels: rest }] : [])]
}
