/** What is said about a bitstate search: how full its bits are, what that makes it miss, and what it cannot judge. */
import type { SuiteOutcome } from '../../search/suite.ts'
import { bytesText, counted, grouped, numberText } from '../text/columns.ts'

/** Whether a suite was searched with bits only: then no path is known to be a shortest one. */
export const isBitstate = ({ outcomes }: SuiteOutcome): boolean =>
  outcomes.some(({ outcome }) => outcome.bitstate !== undefined)

/** The sentences, for each search its own. */
export const bitstateSentences = ({ outcomes }: SuiteOutcome): readonly string[] =>
  outcomes.flatMap(({ focus, outcome: { bitstate, distinct, model } }) => {
    if (!bitstate) return []
    const { bits, set, hashes, omitted, depth, bound, seed, searches = 1 } = bitstate
    const isSwarm = searches > 1
    const left = Math.round(omitted)
    const sentences = [
      isSwarm
        ? `The search ${focus.name} was a swarm of ${searches} bitstate searches, with the seeds ${seed} to ${seed + searches - 1}: it proves nothing, and what it did not find is unknown.`
        : `The search ${focus.name} was a bitstate search: it proves nothing, and what it did not find is unknown.`,
      isSwarm
        ? `Together they stored ${counted(distinct, 'state')}, one that several have met counted by each, by ${counted(hashes, 'bit')} in ${bytesText(bits / 8)} each, of which at most ${percent(set / bits)} are set.`
        : `It stored ${counted(distinct, 'state')} by ${counted(hashes, 'bit')} each in ${bytesText(bits / 8)}, of which ${percent(set / bits)} are set${seed === 0 ? '' : `, with seed ${seed}`}.`,
      left === 0
        ? 'By this fill, an estimate, none of the states that it met was taken for known.'
        : `By this fill, an estimate, ${percent(distinct / (distinct + omitted))} of the states that it met were stored: about ${grouped(left)} ${left === 1 ? 'was' : 'were'} taken for known, and what only they lead to was not met.`,
    ]
    if (bound > 0)
      sentences.push(
        `The depth bound of ${counted(depth, 'step')} was met: ${counted(bound, 'state')} at its end ${bound === 1 ? 'was' : 'were'} not expanded.`,
      )
    if (model.properties.some(({ kind }) => kind === 'alwaysPossible'))
      sentences.push('What must always stay possible is not judged, since no transitions are kept.')
    return [sentences.join(' ')]
  })

/** A share with as many digits as say something; never 100%. */
const percent = (share: number): string => {
  const value = share * 100
  if (value <= 99) return `${numberText(value)}%`
  const rest = Number((100 - value).toPrecision(1))
  return rest < 1e-6
    ? value === 100
      ? '100%'
      : 'more than 99.99999%'
    : `${Number((100 - rest).toFixed(7))}%`
}
