/** What clustercheck design found, as text. */
import { counted, folded, grouped, secondsText, withUnit } from '../text/columns.ts'
import type { ConditionJson, DesignJson, FallJson, FrontJson, LiteralJson, PriceJson } from './json.ts'

/** Writes a space. Ends in a newline. */
export const designText = (space: DesignJson, columns: number, seconds: number): string => {
  const { name, about, conditions, front, fallen, required, satisfying, designs, never, over } = space
  const width = Math.max(0, ...conditions.map(({ label }) => label.length))
  const enough =
    satisfying > 0
      ? `${counted(satisfying, 'design')} of ${grouped(designs)} satisfy all that is required; these are the cheapest`
      : `No design satisfies all that is required (${required.join(', ')}); these satisfy what no other satisfies and more, and are the cheapest of those that do`
  const lines = [
    `${name}: ${about}`,
    ...folded(countsText(space, seconds), columns),
    ...(conditions.length > 0 ? ['', 'When it holds'] : []),
    ...conditions.flatMap((one) => {
      const [first = '', ...more] = folded(holdsText(one), columns - width - 4)
      return [
        `  ${one.label.padEnd(width)}  ${first}`,
        ...more.map((line) => `${' '.repeat(width + 4)}${line}`),
      ]
    }),
    ...(never.length > 0
      ? ['', ...folded(`Not required, since no design satisfies it: ${never.join(', ')}.`, columns)]
      : []),
    '',
    ...folded(
      front.length > 0 ? `${enough}:` : over ? 'No design was judged in time.' : 'No design is left.',
      columns,
    ),
    ...front.flatMap((one, i) => ['', ...frontLines(one, i + 1, columns)]),
    ...(fallen.length > 0
      ? [
          '',
          ...folded(
            `${counted(fallen.length, 'design')} fell when judged again, and made room for others:`,
            columns,
          ),
          ...fallen.flatMap(({ policies, fell }) =>
            folded(`${policiesText(policies)}: ${fallText(fell[0]!)}`, columns - 4).map(
              (line) => `  ${line}`,
            ),
          ),
        ]
      : []),
  ]
  return `${lines.join('\n')}\n`
}

const countsText = (
  { designs, free, contradictory, undecided, searches, over }: DesignJson,
  seconds: number,
): string =>
  [
    `${counted(designs, 'design')} by ${counted(free.length, 'policy', 'policies')}${contradictory > 0 ? ` (${counted(contradictory, 'combination')} more contradict themselves)` : ''}.`,
    `Their ${counted(searches.wanted, 'search', 'searches')} are ${grouped(searches.different)} different ones${searches.cached > 0 ? `, ${grouped(searches.cached)} of them found in the cache` : ''}; ${searches.cut === 0 ? 'none was cut' : `${grouped(searches.cut)} cut`}; ${counted(searches.states, 'state')}.`,
    `What is recommended was judged by ${counted(searches.raised, 'search', 'searches')} more${searches.raisedCut > 0 ? ` (${grouped(searches.raisedCut)} cut)` : ''}. ${secondsText(seconds)} s.`,
    ...(over
      ? [`The time was over before all was searched: ${counted(undecided, 'design')} were not judged.`]
      : []),
  ].join(' ')

/** When a property holds. */
export const holdsText = ({ holds, violated, vacuous, unknown, condition }: ConditionJson): string => {
  const rest = [
    ...(vacuous > 0 ? [`${grouped(vacuous)} vacuous`] : []),
    ...(unknown > 0 ? [`${grouped(unknown)} unknown`] : []),
  ]
  const count = `${grouped(holds)} of ${grouped(holds + violated + vacuous + unknown)}${rest.length > 0 ? ` (${rest.join(', ')})` : ''}`
  if (!condition) return holds > 0 ? `${count}: always` : `${count}: never`
  return `${count}: if and only if ${conditionText(condition)}`
}

/** Such as: synchIke acknowledged and (order fifo or merge maximum). */
export const conditionText = ({ form, terms }: NonNullable<ConditionJson['condition']>): string => {
  const [outer, inner] = form === 'any' ? [' or ', ' and '] : [' and ', ' or ']
  return terms
    .map((term) => {
      const text = term.map(literalText).join(inner)
      const plain = term.length === 1 && (term[0]!.values.length === 1 || form === 'any')
      return terms.length === 1 || plain ? text : `(${text})`
    })
    .join(outer)
}

const shortOf = (policy: string): string => policy.slice(policy.indexOf('.') + 1)

const literalText = ({ policy, values }: LiteralJson): string => {
  const name = shortOf(policy)
  if (values.length === 1 && values[0] === 'true') return name
  if (values.length === 1 && values[0] === 'false') return `not ${name}`
  return `${name} ${values.join('/')}`
}

/** Such as: synchSas, synchIke acknowledged, not carriesAnswer. */
export const policiesText = (policies: Readonly<Record<string, string>>): string =>
  Object.entries(policies)
    .map(([policy, value]) => literalText({ policy, values: [value] }))
    .join(', ')

/** Such as: synch/exch 1.5 messages. */
export const priceText = ({ label, unit, value }: PriceJson): string =>
  `${label} ${value === null ? 'not measured' : withUnit(value, unit)}`.trim()

const frontLines = (one: FrontJson, number: number, columns: number): readonly string[] => {
  const { policies, prices, missed, alike, again, assumes, plain } = one
  const parts = [
    prices.map(priceText).join(', '),
    ...(missed.length > 0 ? [`does not satisfy ${missed.join(', ')}`] : []),
    ...(alike > 0 ? [`${counted(alike, 'other design')} satisfy and cost the same`] : []),
    `judged again by ${counted(again.searches, 'search', 'searches')} more${again.undecided > 0 ? ` (${grouped(again.undecided)} cut)` : ''}: nothing falls`,
    ...(assumes.length > 0
      ? [`if more goes wrong than is assumed: ${assumedTexts(assumes).join('; ')}`]
      : []),
    plain.differing.length > 0
      ? `PLAIN STATES DIFFER: ${plain.differing.join(', ')}`
      : `${plain.searches === 1 ? '1 search repeated on plain states says' : `${grouped(plain.searches)} searches repeated on plain states say`} the same`,
  ]
  const [first = '', ...more] = folded(policiesText(policies), columns - 5)
  return [
    `${String(number).padStart(3)}  ${first}`,
    ...[
      ...more,
      ...parts.filter(Boolean).flatMap((part) => folded(part, columns - 7).map((line) => `  ${line}`)),
    ].map((line) => `     ${line}`),
  ]
}

/** By the bound that was raised; the fewest steps of each property. */
const assumedTexts = (falls: readonly FallJson[]): readonly string[] => {
  const by = new Map<string, Map<string, number>>()
  for (const { words, to, from, label, steps } of falls) {
    const key = `${words} ${to} instead of ${from}`
    const labels = by.get(key) ?? new Map<string, number>()
    labels.set(label, Math.min(steps, labels.get(label) ?? steps))
    by.set(key, labels)
  }
  return [...by].map(
    ([bound, labels]) =>
      `with ${bound} ${[...labels].map(([label, steps]) => `${label} (${counted(steps, 'step')})`).join(', ')}`,
  )
}

const fallText = ({ label, steps, search, words, to, from }: FallJson): string =>
  `${label} violated after ${counted(steps, 'step')} in ${search}${words === undefined ? '' : ` with ${words} ${to} instead of ${from}`}`
