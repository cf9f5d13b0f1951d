/** Runs at the end of a search: a closure that counts its calls has had few, since most answers are remembered. */
import type { testsOf } from '../../../modelling/tests.ts'
import { answerOf } from '../../../state/running-faults.ts'
import type { InstanceNumbers } from './instance-numbers.ts'
import type { KeptStates } from './kept-states.ts'
import type { RunComparison } from './run-comparison.ts'
import type { RunHooks } from './run-hooks.ts'
import { BETWEEN } from './runs-between.ts'

/** How often everything is run on each kept state, and a test on each state in which something was learnt of it. */
const ROUNDS = 6
const RUNS_OF_TEST = 16

/**
 * Runs tests and guards on the states that were kept, again and again, and compares what they say with what is remembered.
 * Returns how many runs that were.
 */
export const lastRuns = (
  hooks: RunHooks,
  comparison: RunComparison,
  kept: KeptStates,
  numbers: InstanceNumbers,
  tests: ReturnType<typeof testsOf>,
): number => {
  const {
    arrive,
    recalledGuard,
    recalledEffect,
    recalledTest,
    guardOf,
    effectOf,
    test,
    setAt,
    undo,
    quiet,
    setWriting,
  } = hooks
  for (let round = 0; round < ROUNDS; round++)
    for (const words of kept.all) {
      arrive(words)
      for (let k = 0; k < tests.length; k++) {
        if (tests[k]!.subject === 'The final test') continue
        recalledTest(k, answerOf(tests[k]!.subject, test(k)), words)
      }
      for (let a = 0; a < numbers.first.length; a++) {
        const first = numbers.first[a]!
        const size = numbers.sizes[a]!
        for (let n = 0; n < Math.min(size, BETWEEN); n++) {
          const i = first + ((round * BETWEEN + n) % size)
          setAt(i)
          const open = answerOf(`The guard of ${numbers.actionOf[i]!.name}`, guardOf(i))
          recalledGuard(i, open)
          if (!open) continue
          hooks.record(true)
          setWriting(true)
          effectOf(i)
          setWriting(false)
          comparison.compareTold(i, numbers.actionOf[i]!, hooks.said)
          hooks.record(false)
          recalledEffect(i)
          undo()
          quiet()
        }
      }
    }
  let made = ROUNDS * kept.all.length * (tests.length + numbers.first.length)
  // One that counts only in some states has had fewer calls still. Beyond the state, these words have what they are found by.
  const length = kept.all[0]?.length ?? 0
  for (const [k, states] of kept.learntIn.entries())
    for (const words of states) {
      arrive(words.subarray(0, length))
      for (let run = 0; run < RUNS_OF_TEST; run++)
        recalledTest(k, answerOf(tests[k]!.subject, test(k)), words)
      made += RUNS_OF_TEST
    }
  return made
}
