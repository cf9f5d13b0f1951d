/**
 * Whether what a file says of a search can be true at all: verdicts, paths and counts that contradict each other are of no
 * search. Whoever can write the file can still write what is wrong and contradicts nothing.
 */
import type { Judgement, Verdict } from '../../search/engine/outcome.ts'
import type { OutcomeData } from '../jobs/search-job.ts'

/** What is contradictory about an outcome, as the end of a sentence; undefined when nothing is. */
export const outcomeProblem = (outcome: OutcomeData): string | undefined => {
  const { complete, cut, frontier, distinct, generated, depth, stuck, exact, missProbability } = outcome
  const { coverage, judgements, bitstate } = outcome
  const sum = (of: (one: (typeof coverage)[number]) => number): number =>
    coverage.reduce((total, one) => total + of(one), 0)
  const wrong: readonly (readonly [isWrong: boolean, what: string])[] = [
    [complete && cut !== undefined, `it is complete and was cut by ${cut}`],
    [!complete && cut === undefined, 'it is not complete and was not cut'],
    [complete && frontier !== 0, `it is complete and has left ${frontier} states`],
    [generated < distinct, `it has ${distinct} distinct states and has generated ${generated}`],
    [depth > distinct, `it has ${distinct} distinct states and is ${depth} levels deep`],
    [distinct > 0 && depth === 0, `it has ${distinct} distinct states and no level`],
    [
      frontier > distinct || stuck > distinct,
      `it has ${distinct} distinct states and more that are left or stuck`,
    ],
    [
      sum((one) => one.taken) > generated,
      `its actions were taken ${sum((one) => one.taken)} times and have generated ${generated}`,
    ],
    [sum((one) => one.fresh) > distinct, `its actions have found more states than the ${distinct} there are`],
    [
      coverage.some(({ enabled, taken, fresh }) => enabled > distinct || enabled > taken || fresh > taken),
      'an action was enabled or has found states more often than it was taken',
    ],
    [exact && missProbability !== 0, 'it compared states whole and may have missed some'],
    [complete && bitstate !== undefined, 'it is complete and kept bits only'],
  ]
  return (
    wrong.find(([isWrong]) => isWrong)?.[1] ??
    first(judgements, (judgement) => judgementProblem(judgement, outcome))
  )
}

const ALWAYS: readonly Verdict[] = ['holds', 'violated', 'vacuous', 'unknown']
/** The verdicts that each kind of property can have. */
export const VERDICTS_OF: Readonly<Record<Judgement['kind'], readonly Verdict[]>> = {
  always: ALWAYS,
  monitor: ALWAYS,
  alwaysPossible: ALWAYS,
  eventually: ALWAYS,
  leadsTo: ALWAYS,
  repeatedly: ALWAYS,
  step: ALWAYS,
  refines: ALWAYS,
  deadlock: ALWAYS,
  sometimes: ['reached', 'unreached', 'unknown'],
  measure: ['measured', 'vacuous', 'unknown'],
}

/** The verdicts that a path shows, and those that need a complete search. */
export const SHOWN: readonly Verdict[] = ['violated', 'reached', 'measured']
export const COMPLETE: readonly Verdict[] = ['holds', 'unreached', 'measured', 'vacuous']

const judgementProblem = (
  { property, kind, verdict, path, value, compared }: Judgement,
  { complete, bitstate, depth }: OutcomeData,
): string | undefined => {
  if (!VERDICTS_OF[kind].includes(verdict)) return `${property} is ${verdict}, which no ${kind} can be`
  if (SHOWN.includes(verdict) && !path) return `${property} is ${verdict} and no path shows it`
  if (!SHOWN.includes(verdict) && path && kind !== 'measure')
    return `${property} is ${verdict}, beside a path that shows more`
  if (kind === 'refines') {
    // It is compared by a search of its own, and over pairs of states.
    if ((verdict === 'unknown') !== (compared?.cut !== undefined) && compared)
      return `${property} is ${verdict} after a comparison that was ${compared.cut ? 'cut' : 'complete'}`
    return COMPLETE.includes(verdict) && !compared
      ? `${property} is ${verdict} and was not compared`
      : undefined
  }
  if (COMPLETE.includes(verdict) && !complete) return `${property} is ${verdict} after a search that was cut`
  if (verdict === 'unknown' && complete) return `${property} is unknown after a complete search`
  if ((value !== undefined) !== (kind === 'measure' && path !== undefined))
    return `${property} has a value without a path, or the other way round`
  // A run that is repeated for ever goes once around beyond the shortest way.
  const isLasso = kind === 'eventually' || kind === 'leadsTo' || kind === 'repeatedly'
  if (path && path.length > depth + 1 && !bitstate && !isLasso)
    return `${property} has a path of ${path.length - 1} steps, and there are ${depth} levels`
  return undefined
}

/** The first problem of some things. */
export const first = <T>(
  list: readonly T[],
  problemOf: (one: T) => string | undefined,
): string | undefined => {
  for (const one of list) {
    const problem = problemOf(one)
    if (problem !== undefined) return problem
  }
  return undefined
}
