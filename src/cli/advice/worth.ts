/** What sets of changes are worth, compared with each other. */
import type { AdviceJson } from '../../report/results/advice.ts'
import type { Verdicts } from '../design/judging.ts'
import type { ChangeSet } from './sets.ts'
import type { JudgedSet } from './shrink.ts'

/** Advice with its changes as they are applied. */
export interface Advice extends AdviceJson {
  readonly set: ChangeSet
}

/** Those of some labels that hold. */
export const repairedBy = (verdicts: Verdicts, labels: readonly string[]): readonly string[] =>
  labels.filter((label) => verdicts.get(label)?.verdict === 'holds')

/** What repairs what those before do not comes first. */
export const inOrder = (advice: readonly Advice[]): readonly Advice[] => {
  const first: Advice[] = []
  for (const one of [...advice].sort(byWorth))
    if (one.repairs.some((label) => first.every(({ repairs }) => !repairs.includes(label)))) first.push(one)
  return [...first, ...[...advice].sort(byWorth).filter((one) => !first.includes(one))]
}

/** Whether all that is violated holds, and nothing else is violated. */
export const isGood = (after: Verdicts, before: Verdicts, violated: readonly string[]): boolean =>
  repairedBy(after, violated).length === violated.length &&
  effectOf(after, before, violated).breaks.length === 0

/** For each label the smallest set that repairs it, each set once. */
export const fewest = <T extends JudgedSet>(
  found: readonly T[],
  violated: readonly string[],
): readonly T[] => {
  const few = new Set<T>()
  const worthOf = ({ verdicts }: T): number => repairedBy(verdicts, violated).length
  const sorted = [...found].sort((a, b) => a.set.length - b.set.length || worthOf(b) - worthOf(a))
  for (const label of violated) {
    const best = sorted.find(({ verdicts }) => verdicts.get(label)?.verdict === 'holds')
    if (best) few.add(best)
  }
  return [...few]
}

/** What becomes of a cluster. */
export type Effect = Pick<AdviceJson, 'repairs' | 'breaks' | 'vacuous' | 'prices'>

export const effectOf = (
  after: Verdicts,
  before: Verdicts,
  violated: readonly string[],
  only?: readonly string[],
): Effect => ({
  repairs: repairedBy(after, violated),
  breaks: [...after].flatMap(([label, { verdict }]) =>
    verdict === 'violated' && before.get(label)?.verdict !== 'violated' && (only?.includes(label) ?? true)
      ? [label]
      : [],
  ),
  vacuous: violated.filter((label) => after.get(label)?.verdict === 'vacuous'),
  prices: [...before].flatMap(([label, { value, unit = '' }]) => {
    const now = after.get(label)?.value
    return value === undefined || now === undefined || now === value
      ? []
      : [{ label, unit, before: value, after: now }]
  }),
})

/** What repairs most more than it breaks comes first. */
export const byEffect = (a: Effect, b: Effect): number =>
  b.repairs.length - b.breaks.length - (a.repairs.length - a.breaks.length) ||
  a.breaks.length - b.breaks.length

/** And then what changes least, and costs least. */
export const byWorth = (a: AdviceJson, b: AdviceJson): number =>
  byEffect(a, b) || a.changes.length - b.changes.length || priceOf(a) - priceOf(b)

/** How much more it costs, all prices taken together in proportion. */
const priceOf = ({ prices }: Effect): number =>
  prices.reduce((sum, { before, after }) => sum + (after - before) / Math.max(1, before), 0)
