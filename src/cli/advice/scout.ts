/** Looks for the smallest sets of single changes that repair something: all of one change, then of two, and so on. */
import type { TriedJson } from '../../report/results/advice.ts'
import type { ScopeName } from '../../search/suite.ts'
import type { Judge } from './judge.ts'
import { type ChangeSet, isWithin, keyOf, setsFrom } from './sets.ts'
import { isJudged, type Shrunk } from './shrink.ts'
import { repairedBy } from './worth.ts'

/** Looks at one scope, as far as it is asked to. */
export interface Scout {
  /** Sets that repair more than each of their parts, in the order in which they were found. */
  readonly found: readonly Shrunk[]
  /** How many sets of each size there are, and were judged. */
  readonly tried: readonly TriedJson[]
  /** Judges all sets of one change more than before. */
  grow(): Promise<void>
}

/** Looks for what repairs some labels. */
export const scoutOf = (
  judge: Judge,
  singles: ChangeSet,
  labels: readonly string[],
  scope: ScopeName,
): Scout => {
  const found: Shrunk[] = []
  const tried: TriedJson[] = []
  let all: readonly ChangeSet[] = [[]]
  /** Sets that are promising: they repair something, or contradict themselves, and another change may be what is missing. */
  let open: readonly ChangeSet[] = []
  return {
    found,
    tried,
    async grow() {
      const promising = setsFrom(open, singles)
      const known = new Set(promising.map(keyOf))
      all = setsFrom(all, singles)
      const sets = [...promising, ...all.filter((set) => !known.has(keyOf(set)))]
      const answers = await judge.verdictsAt(sets, scope)
      const minimal = tried.every((smaller) => smaller.judged === smaller.sets)
      const better = sets.flatMap((set, i): readonly Shrunk[] => {
        const verdicts = answers[i]
        if (!isJudged(verdicts)) return []
        const parts = found.filter((part) => isWithin(part.set, set))
        const isMore = repairedBy(verdicts, labels).some((label) =>
          parts.every((part) => part.verdicts.get(label)?.verdict !== 'holds'),
        )
        return isMore ? [{ set, verdicts, minimal }] : []
      })
      found.push(...better)
      const unfitting = sets.filter((_, i) => answers[i] === 'contradictory')
      open = [...better.map(({ set }) => set), ...unfitting]
      tried.push({
        changes: tried.length + 1,
        scope,
        sets: sets.length - unfitting.length,
        judged: answers.filter(isJudged).length,
      })
    },
  }
}
