/** A search's profile as text: what each action costs, and which variables multiply the states. */
import type { Profile } from '../../search/engine/profile.ts'
import { counted, folded, grouped, tabledNumbers } from '../text/columns.ts'
import { gathered } from '../text/gathered.ts'

/** Variables beyond so many, and those that tell less than this of a state, are only named. */
const MOST_VARIABLES = 24
const FEWEST_BITS = 0.1

/** Paragraphs of lines that fit into `columns`. */
export const profileTexts = (
  search: string,
  profile: Profile,
  columns: number,
): readonly (readonly string[])[] => {
  const title = `Profile of the search ${search}: ${counted(profile.states, 'state')} expanded by one thread.`
  return [folded(title, columns), actions(profile, columns), ...variables(profile, columns)]
}

/** Dearest first, or busiest first where nothing was timed. */
const actions = ({ actions, storing }: Profile, columns: number): readonly string[] => {
  const rows = [...actions]
    .sort((a, b) => (b.time ?? b.taken) - (a.time ?? a.taken))
    .map(({ action, tries, taken, fresh, time }) => [
      action,
      grouped(taken),
      grouped(fresh),
      taken === 0 ? 'never' : ratio(tries / taken),
      time === undefined ? '' : percent(time),
    ])
  const head = ['action', 'taken', 'new states', 'tries each', storing === undefined ? '' : 'time']
  const other = 'The rest of the time goes into looking states up, and judging and storing new ones'
  const time = storing === undefined ? 'Too few states to time actions.' : `${other}: ${percent(storing)}.`
  return [...tabledNumbers([head, ...rows], '<>>>>', columns), ...folded(time, columns)]
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`

/** One decimal where it says something. */
const ratio = (value: number): string => (value < 100 ? value.toFixed(1) : grouped(Math.round(value)))

const variables = ({ states, variables }: Profile, columns: number): readonly (readonly string[])[] => {
  const sorted = variables.filter(({ values }) => values > 1).sort((a, b) => b.bits - a.bits)
  const shown = sorted.filter(({ bits }, i) => bits >= FEWEST_BITS && i < MOST_VARIABLES)
  const rows = shown.map(({ path, values, bits }) => [path, grouped(values), bits.toFixed(2)])
  const paths = variables.map(({ path }) => path)
  const named = (list: Profile['variables']): string =>
    gathered(
      paths,
      list.map(({ path }) => path),
    )
  const least = sorted.length > shown.length ? Math.max(FEWEST_BITS, sorted[shown.length]!.bits) : 0
  const constant = variables.filter(({ values }) => values <= 1)
  const sum = sorted.reduce((total, { bits }) => total + bits, 0)
  const sentences = [
    ...(least > 0 ? [`At most ${least.toFixed(2)} bits each: ${named(sorted.slice(shown.length))}.`] : []),
    ...(constant.length > 0 ? [`Never change: ${named(constant)}.`] : []),
    `It takes ${Math.log2(Math.max(1, states)).toFixed(2)} bits to tell the states apart; the variables, each taken alone, have ${sum.toFixed(2)}.`,
  ]
  return [
    rows.length === 0 ? [] : tabledNumbers([['variable', 'values', 'bits'], ...rows], '<>>', columns),
    sentences.flatMap((sentence) => folded(sentence, columns, '  ')),
  ]
}
