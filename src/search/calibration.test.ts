/**
 * Calibration: models whose counts others have published, run by every checker that can do them in seconds.
 * Depth is that of TLC: states on the longest shortest path.
 */
import { expect, test } from 'vitest'
import { dieHard } from '../examples/die-hard.ts'
import { diningPhilosophers } from '../examples/dining-philosophers.ts'
import { failover } from '../examples/failover.ts'
import { missionariesAndCannibals } from '../examples/missionaries-and-cannibals.ts'
import { twoPhaseCommit } from '../examples/two-phase-commit.ts'
import { unlockedIncrement } from '../examples/unlocked-increment.ts'
import type { Model } from '../modelling/model.ts'
import { check, NO_LIMITS, search } from './breadth-first.ts'
import type { Outcome } from './engine/outcome.ts'
import { checkNaively } from './naive.ts'
import { plainEngine } from './plain-engine.ts'

/** What a checker says, in the form of a row. */
interface Counts {
  readonly distinct: number
  readonly generated: number
  readonly depth: number
  readonly stuck: number
  /** Verdict and number of steps, by property. */
  readonly verdicts: Readonly<Record<string, string>>
}

const CHECKERS = ['packed', 'packed exact', 'plain', 'naive'] as const
type Checker = (typeof CHECKERS)[number]
const PACKED: readonly Checker[] = ['packed', 'packed exact']

const run = async (checker: Checker, model: Model): Promise<Counts> => {
  if (checker === 'naive') return naiveCounts(model)
  const outcome =
    checker === 'plain'
      ? await search(plainEngine(model), { limits: NO_LIMITS, deadlock: false })
      : await check(model, { exact: checker === 'packed exact' })
  expect(outcome.exact).toBe(checker !== 'packed')
  expect(outcome.complete).toBe(true)
  return countsOf(outcome)
}

const countsOf = ({ distinct, generated, depth, stuck, judgements }: Outcome): Counts => ({
  distinct,
  generated,
  depth,
  stuck,
  verdicts: Object.fromEntries(
    judgements.map(({ property, verdict, path }) => [
      property,
      path ? `${verdict} in ${path.length - 1}` : verdict,
    ]),
  ),
})

const naiveCounts = (model: Model): Counts => {
  const { verdicts, ...counts } = checkNaively(model)
  const texts = Object.entries(verdicts).map(([property, { verdict, length }]) => [
    property,
    length === undefined ? verdict : `${verdict} in ${length}`,
  ])
  return { ...counts, verdicts: Object.fromEntries(texts) }
}

/** A published row; what was not published is absent and only has to be the same in every checker. */
type Row = readonly [source: string, model: Model, counts: Partial<Counts>, checkers?: readonly Checker[]]

const GRAY_LAMPORT = 'tlaplus/Examples, TwoPhase.tla and its manifest; Stateright, examples/2pc.rs'
const PHILOSOPHERS = 'the Pell-Lucas numbers; the one deadlock is that all hold their left fork'
const JUGS = 'tlaplus/Examples, DieHard.tla: six actions, always enabled, in each of 16 states'
const RIVER = 'Amarel 1968: 11 crossings at least; 16 safe states, and every crossing can be taken back'
const INCREMENT = 'Stateright, examples/increment.rs, explored without stopping at the race'
const FAILOVER = 'the failover benchmark: SPIN, Rumur and TLC; generated is transitions + 1'

const holds = { verdicts: { Consistent: 'holds' } }
const deadlocks = (steps: number) => ({
  stuck: 1,
  verdicts: { SomebodyEats: 'reached in 2', EatingStaysPossible: `violated in ${steps}` },
})
const races = { verdicts: { NoLostIncrement: 'violated in 4' } }
const ahead = { verdicts: { StandbyNeverAhead: 'holds' } }

const ROWS: readonly Row[] = [
  [GRAY_LAMPORT, twoPhaseCommit(3), { distinct: 288, generated: 1_146, depth: 11, ...holds }],
  [GRAY_LAMPORT, twoPhaseCommit(5), { distinct: 8_832, generated: 58_146, depth: 17, ...holds }],
  [GRAY_LAMPORT, twoPhaseCommit(6), { distinct: 50_816, ...holds }, [...PACKED, 'naive']],
  [GRAY_LAMPORT, twoPhaseCommit(7), { distinct: 296_448, ...holds }, PACKED],
  [PHILOSOPHERS, diningPhilosophers(2), { distinct: 6, generated: 9, ...deadlocks(2) }],
  [PHILOSOPHERS, diningPhilosophers(3), { distinct: 14, generated: 28, ...deadlocks(3) }],
  [PHILOSOPHERS, diningPhilosophers(5), { distinct: 82, generated: 266, ...deadlocks(5) }],
  [PHILOSOPHERS, diningPhilosophers(8), { distinct: 1_154, generated: 5_969, ...deadlocks(8) }],
  [
    JUGS,
    dieHard(3, 5, 4),
    { distinct: 16, generated: 97, depth: 8, stuck: 0, verdicts: { FourGallons: 'reached in 6' } },
  ],
  [
    RIVER,
    missionariesAndCannibals(3, 2),
    { distinct: 16, generated: 35, depth: 13, stuck: 0, verdicts: { AllAcross: 'reached in 11' } },
  ],
  [INCREMENT, unlockedIncrement(2), { distinct: 13, ...races }],
  [INCREMENT, unlockedIncrement(3), { distinct: 84, ...races }],
  [INCREMENT, unlockedIncrement(4), { distinct: 755, ...races }],
  [INCREMENT, unlockedIncrement(5), { distinct: 8_638, ...races }],
  [FAILOVER, failover(2, 2, 1), { distinct: 7_716, generated: 49_285, ...ahead }],
  [FAILOVER, failover(3, 3, 1), { distinct: 90_697, generated: 696_004, ...ahead }, PACKED],
  [FAILOVER, failover(4, 4, 2), { distinct: 1_182_024, generated: 9_501_624, depth: 34, ...ahead }, PACKED],
]

for (const [source, model, counts, checkers = CHECKERS] of ROWS) {
  const seen: Counts[] = []
  test.for(checkers)(`${model.name}: the %s checker counts as ${source}`, async (checker) => {
    const found = await run(checker, model)
    expect(found).toMatchObject(counts)
    seen.push(found)
    expect(found).toEqual(seen[0])
  })
}

test('the calibration covers every checker', () => {
  for (const checker of CHECKERS)
    expect(ROWS.filter(([, , , checkers = CHECKERS]) => checkers.includes(checker)).length).toBeGreaterThan(
      12,
    )
})
