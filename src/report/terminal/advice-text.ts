/** Advice as text. */
import type { ScopeName } from '../../search/suite.ts'
import type { AdviceJson, AdvisedJson, TriedJson } from '../results/advice.ts'
import { counted, folded, grouped, numberText, tabledWithin } from '../text/columns.ts'

/** Shown at most. */
const MOST = 6

/** Writes advice. Ends in a newline. */
export const adviceText = (advised: AdvisedJson, columns: number): string => {
  const { advice, unrepaired, scope } = advised
  const shown = advice.slice(0, MOST)
  const parts = [
    folded(headline(advised), columns),
    ...shown.map((one) => adviceLines(one, scope, columns)),
    advice.length > MOST ? [`  ${advice.length - MOST} more in the JSON.`] : [],
    [
      ...(advice.length > 0 && unrepaired.length > 0
        ? folded(`Nothing that was tried repairs ${unrepaired.join(', ')}.`, columns)
        : []),
      ...folded(triedText(advised), columns),
      ...folded(moreText(advised), columns),
    ].filter((line) => line !== ''),
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const headline = ({ advice, cut }: AdvisedJson): string => {
  if (advice.length > 0) return 'What would repair it'
  return cut
    ? 'No repair was found yet: the search for one ended before all was tried.'
    : 'None of the changes that were tried repairs anything.'
}

/** One change in a line, several in a table, and what becomes of the cluster. */
const adviceLines = (advice: AdviceJson, scope: ScopeName, columns: number): readonly string[] => {
  const { changes, scheme } = advice
  const [margin, of] =
    changes.length === 1 ? [2, ''] : [4, scheme ? ` of the policies of ${scheme}` : ' changes']
  const rows = changes.map(({ policy, from, to }) => [policy, `${from} -> ${to}`])
  return [
    ...(changes.length === 1 ? [] : [`  ${changes.length}${of}`]),
    ...indented(tabledWithin(rows, '<<', columns - margin), margin),
    ...effects(advice, scope).flatMap((effect) => indented(folded(effect, columns - 4, '  '), 4)),
  ]
}

const effects = (
  { changes, scope: judgedAt, minimal, repairs, breaks, vacuous, prices }: AdviceJson,
  scope: ScopeName,
): readonly string[] => [
  `repairs ${repairs.join(', ')}`,
  ...(breaks.length > 0 ? [`breaks ${breaks.join(', ')}`] : []),
  ...(vacuous.length > 0 ? [`no longer puts to the test ${vacuous.join(', ')}`] : []),
  ...(prices.length > 0 ? [`prices: ${prices.map(priceText).join('; ')}`] : []),
  ...(judgedAt === scope ? [] : [`judged at the scope ${judgedAt} only, not at ${scope}`]),
  ...(changes.length === 1
    ? []
    : [
        minimal
          ? 'none of these can be left out'
          : 'perhaps not all of these are needed: that was not searched to the end',
      ]),
]

const priceText = ({ label, unit, before, after }: AdviceJson['prices'][number]): string =>
  `${label} ${rounded(before)} -> ${rounded(after)} ${unit}`

const rounded = (value: number): string => String(Math.round(value * 1000) / 1000)

const indented = (lines: readonly string[], by: number): readonly string[] =>
  lines.map((line) => ' '.repeat(by) + line)

const SETS = ['single changes', 'pairs', 'triples']

/** What was tried, and where. */
const triedText = ({ scope, sizes, schemes, tried, searches, advice }: AdvisedJson): string => {
  const partOf = ({ sets, judged }: Pick<TriedJson, 'sets' | 'judged'>): string =>
    judged === sets ? `all ${grouped(sets)}` : `${grouped(judged)} of ${grouped(sets)}`
  const [first] = sizes
  const parts = sizes.map(
    (size) =>
      `${partOf(size)} ${SETS[size.changes - 1]}${size.scope === first!.scope ? '' : ` at the scope ${size.scope}`}`,
  )
  const wholes = schemes.sets > 0 ? [`the policies of ${partOf(schemes)} shipped schemes of its kind`] : []
  const again =
    first!.scope !== scope && advice.some((one) => one.scope === scope)
      ? `; what repairs most was then judged at the scope ${scope}`
      : ''
  return `Tried at the scope ${first!.scope}: ${[...parts, ...wholes].join(', ')}${again}. ${counted(tried, 'set')} of changes and ${counted(searches, 'complete search', 'complete searches')} in all.`
}

/** What was not tried, and with which option it is. */
const moreText = ({ cut, over, budget, sizes, advice }: AdvisedJson): string => {
  const { seconds, searches, changes } = budget
  if (over === 'interrupt') return 'It was interrupted before the rest was tried.'
  if (over === 'seconds')
    return `The ${numberText(seconds)} s that it may take were over before the rest was tried: --advice-seconds ${numberText(seconds * MORE)} looks longer.`
  if (over === 'searches')
    return `The ${counted(searches, 'search', 'searches')} that it may make were made before the rest was tried: --advice-searches ${searches * MORE} looks further.`
  if (cut) return 'The rest did not fit into the memory: --memory gives it more.'
  if (sizes.length < changes)
    return advice.length > 0 ? 'Larger sets were not tried, since one change is enough.' : ''
  return changes < SETS.length ? `--advice-changes ${changes + 1} tries ${SETS[changes]} as well.` : ''
}

/** So much more is proposed where something ended too early. */
const MORE = 5
