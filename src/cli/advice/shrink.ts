/** Leaves changes out of a set as long as all that it repairs stays repaired. */
import type { ScopeName } from '../../search/suite.ts'
import type { Verdicts } from '../design/judging.ts'
import type { Answer, Judge } from './judge.ts'
import type { ChangeSet } from './sets.ts'

/** A set of changes with what is known of the cluster that it makes. */
export interface JudgedSet {
  readonly set: ChangeSet
  readonly verdicts: Verdicts
}

/** A set from which changes were left out. */
export interface Shrunk extends JudgedSet {
  /** Whether it was searched that none of its changes can be left out; otherwise the budget ended before. */
  readonly minimal: boolean
}

export const isJudged = (answer: Answer): answer is Verdicts =>
  answer !== undefined && answer !== 'contradictory'

/**
 * Each part is judged as the whole was. `guess`: a part that may do, such as what was left at a smaller scope. A part
 * does if all of `repaired` holds, and it violates nothing that the whole does not.
 */
export const shrunk = async (
  judge: Judge,
  whole: JudgedSet,
  repaired: readonly string[],
  scope: ScopeName,
  guess: ChangeSet = whole.set,
): Promise<Shrunk> => {
  const does = (answer: Answer): answer is Verdicts =>
    isJudged(answer) &&
    repaired.every((label) => answer.get(label)?.verdict === 'holds') &&
    [...answer].every(
      ([label, { verdict }]) => verdict !== 'violated' || whole.verdicts.get(label)?.verdict === 'violated',
    )
  const firstOf = async (sets: readonly ChangeSet[]): Promise<JudgedSet | undefined> => {
    const answers = await judge.verdictsAt(sets, scope)
    const at = answers.findIndex(does)
    return at < 0 ? undefined : { set: sets[at]!, verdicts: answers[at] as Verdicts }
  }

  let left = guess.length < whole.set.length ? ((await grown(guess)) ?? whole) : whole
  for (;;) {
    const { set } = left
    const parts = set.map((change) => set.filter((one) => one !== change))
    const answers = await judge.verdictsUnless(repaired, parts, scope)
    // What a cluster is built of is left as it is first.
    const needless = set.filter((_, i) => does(answers[i])).sort((a, b) => Number(a.alone) - Number(b.alone))
    if (needless.length === 0) return { ...left, minimal: answers.every((answer) => answer !== undefined) }
    const fewer = needless.map((_, i) => {
      const out = needless.slice(0, needless.length - i)
      return set.filter((change) => !out.includes(change))
    })
    // Most often all of them can be left out together.
    left = (await firstOf(fewer.slice(0, 1))) ?? (await firstOf(fewer.slice(1))) ?? left
    if (left.set === set) return { ...left, minimal: false }
  }

  /** The guess with those changes of the whole that bring back what it loses. */
  async function grown(part: ChangeSet): Promise<JudgedSet | undefined> {
    const [answer] = await judge.verdictsAt([part], scope)
    if (does(answer)) return { set: part, verdicts: answer }
    if (!isJudged(answer)) return undefined
    const lost = repaired.filter((label) => answer.get(label)?.verdict !== 'holds')
    const more = whole.set.filter((change) => !part.includes(change))
    const answers = await judge.verdictsAt(
      more.map((change) => whole.set.filter((one) => one === change || part.includes(one))),
      scope,
    )
    const needed = more.filter((_, i) => {
      const then = answers[i]
      return isJudged(then) && lost.some((label) => then.get(label)?.verdict === 'holds')
    })
    return firstOf([whole.set.filter((change) => part.includes(change) || needed.includes(change))])
  }
}
