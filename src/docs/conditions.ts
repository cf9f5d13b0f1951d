/** What `clustercheck design` says of its spaces, in the page of the conditions: a part for each, between two marks. */
import type { ConditionJson, DesignJson } from '../report/design/json.ts'
import { conditionText } from '../report/design/text.ts'
import { counted, grouped } from '../report/text/columns.ts'
import { plain, table } from './markdown.ts'

/** The spaces that the page has a part for. */
export const spacesIn = (page: string): readonly string[] =>
  [...page.matchAll(/^<!-- space (\S+) -->$/gm)].map(([, name]) => name!)

/** The page with the parts of these spaces as they are found now; those of others stay. */
export const withSpaces = (page: string, spaces: readonly DesignJson[]): string =>
  spaces.reduce((text, space) => {
    const [before, rest] = text.split(`<!-- space ${space.name} -->\n`)
    if (rest === undefined) throw new Error(`the page has no part for the space ${space.name}`)
    const after = rest.slice(rest.indexOf(END))
    return `${before}<!-- space ${space.name} -->\n\n${partOf(space).join('\n')}\n\n${after}`
  }, page)

const END = '<!-- /space -->'

const partOf = (space: DesignJson): readonly string[] => {
  const { conditions, contradictory, designs, free, required, satisfying, searches } = space
  if (space.over || searches.cut > 0) throw new Error(`the space ${space.name} was not searched to its end`)
  const alike = new Map<string, ConditionJson[]>()
  for (const one of conditions) {
    const key = cellsOf(one).join()
    alike.set(key, [...(alike.get(key) ?? []), one])
  }
  return [
    `${counted(designs, 'design')} by ${counted(free.length, 'policy', 'policies')}; ${counted(contradictory, 'combination')} more contradict themselves. Their ${counted(searches.wanted, 'search', 'searches')} are ${grouped(searches.different)} different ones.`,
    '',
    ...table(
      ['property', 'holds in', 'vacuous in', 'it holds if and only if'],
      [...alike.values()].map((group) => [
        group.map(({ label }) => label).join(', '),
        ...cellsOf(group[0]!).map(plain),
      ]),
    ),
    '',
    satisfying === 0
      ? `No design satisfies ${required.join(', ')} together.`
      : `${counted(satisfying, 'design')} ${satisfying === 1 ? 'satisfies' : 'satisfy'} ${required.join(', ')} together.`,
  ]
}

const cellsOf = ({ holds, vacuous, condition }: ConditionJson): readonly string[] => [
  grouped(holds),
  grouped(vacuous),
  condition ? conditionText(condition) : holds > 0 ? 'always' : 'never',
]
