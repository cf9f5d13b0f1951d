/** A search's profile as text: what each action costs, and which variables multiply the states. */
import type { Profile } from '../search/profile.ts'
import { counted, folded, grouped, numberText, tabled } from './columns.ts'

/** Variables that tell less than this of a state are only named. */
const FEWEST_BITS = 0.1

/** Paragraphs of lines that fit into `columns`. */
export const profileTexts = (
  search: string,
  profile: Profile,
  columns: number,
): readonly (readonly string[])[] => {
  const title = `Profile of the search ${search}: ${counted(profile.states, 'state')} expanded by one thread.`
  return [folded(title, columns), actions(profile, columns), variables(profile), rest(profile, columns)]
}

/** Dearest first, or busiest first where nothing was timed. */
const actions = ({ actions, storing }: Profile, columns: number): readonly string[] => {
  const rows = [...actions]
    .sort((a, b) => (b.time ?? b.taken) - (a.time ?? a.taken))
    .map(({ action, tries, taken, fresh, time }) => [
      action,
      grouped(taken),
      grouped(fresh),
      taken === 0 ? 'never' : numberText(tries / taken),
      time === undefined ? '' : percent(time),
    ])
  const head = ['action', 'taken', 'new states', 'tries each', storing === undefined ? '' : 'time']
  const other = 'The rest of the time goes into looking states up, and judging and storing new ones'
  const time = storing === undefined ? 'Too few states to time actions.' : `${other}: ${percent(storing)}.`
  return [...tabled([head, ...rows], '<>>>>'), ...folded(time, columns)]
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`

const isSmall = ({ bits }: { readonly bits: number }): boolean => bits < FEWEST_BITS

const variables = ({ variables }: Profile): readonly string[] => {
  const rows = variables
    .filter((variable) => !isSmall(variable))
    .sort((a, b) => b.bits - a.bits)
    .map(({ path, values, bits }) => [path, grouped(values), bits.toFixed(2)])
  return rows.length === 0 ? [] : tabled([['variable', 'values', 'bits'], ...rows], '<>>')
}

const rest = ({ states, variables }: Profile, columns: number): readonly string[] => {
  const constant = variables.filter(({ values }) => values <= 1)
  const small = variables.filter((variable) => variable.values > 1 && isSmall(variable))
  const sum = variables.reduce((total, { bits }) => total + bits, 0)
  const names = (list: typeof variables): string => list.map(({ path }) => path).join(', ')
  return [
    ...(small.length > 0 ? [`Less than ${FEWEST_BITS} bits each: ${names(small)}.`] : []),
    ...(constant.length > 0 ? [`Never changes: ${names(constant)}.`] : []),
    ...(states > 0
      ? [
          `It takes ${Math.log2(states).toFixed(2)} bits to tell the states apart; the variables have ${sum.toFixed(2)}, each taken alone.`,
        ]
      : []),
  ].flatMap((sentence) => folded(sentence, columns, '  '))
}
