/** Orbits are counted exactly: as others have counted them, or as the slow oracle counts them. */
import { describe, expect, test } from 'vitest'
import { paxos } from '../examples/paxos.ts'
import { twoPhaseCommit } from '../examples/two-phase-commit.ts'
import { unlockedIncrement } from '../examples/unlocked-increment.ts'
import type { Model } from '../modelling/model.ts'
import { check } from '../search/breadth-first.ts'
import {
  bagsOfArcs,
  digraphs,
  graphs,
  matrices,
  pairsInASet,
  pairsOfBits,
  partialFunctions,
  relations,
} from '../testing/graphs.ts'
import { orbitsOf } from '../testing/symmetric/orbits.ts'
import { factorial } from './identities/plan.ts'
import { classesIn, symmetryOf } from './symmetry.ts'

/** Every permutation of every family is used. */
interface Row {
  readonly model: Model
  readonly distinct: number
  readonly order: number
}

const row = (model: Model, distinct: number, order: number): Row => ({ model, distinct, order })

const COMMITS: readonly Row[] = [
  [3, 80],
  [5, 314],
  [7, 920],
  [10, 3_300],
  [14, 12_323],
].map(([n, distinct]) => row(twoPhaseCommit(n!), distinct!, factorial(n!)))

/** Stateright, examples/increment.rs, with symmetry. */
const INCREMENTS: readonly Row[] = [8, 22, 63, 184].map((distinct, i) =>
  row(unlockedIncrement(i + 2), distinct, factorial(i + 2)),
)

/** Multisets of n out of 4. */
const PAIRS: readonly Row[] = [10, 20, 35, 56].flatMap((distinct, i) =>
  [pairsOfBits, pairsInASet].map((pairs) => row(pairs(i + 2), distinct, factorial(i + 2))),
)

/** OEIS A000088, A000273, A126285, A002724 and A000595. */
const GRAPHS: readonly Row[] = [
  ...[4, 11, 34, 156, 1_044].map((count, i) => row(graphs(i + 3), count, factorial(i + 3))),
  ...[3, 16, 218].map((count, i) => row(digraphs(i + 2), count, factorial(i + 2))),
  ...[6, 16, 45, 121, 338].map((count, i) => row(partialFunctions(i + 2), count, factorial(i + 2))),
  ...[7, 36, 317].map((count, i) => row(matrices(i + 2), count, factorial(i + 2) ** 2)),
  ...[10, 104].map((count, i) => row(relations(i + 2), count, factorial(i + 2))),
]

describe('the number of orbits', () => {
  test.for([...COMMITS, ...INCREMENTS, ...PAIRS, ...GRAPHS])(
    'of $model.name is $distinct',
    async ({ model, distinct, order }) => {
      const symmetry = symmetryOf(model)
      expect(symmetry.order).toBe(order)
      for (const exact of [false, true]) {
        const outcome = await check(model, { exact, symmetry })
        expect(outcome).toMatchObject({ distinct, complete: true, symmetry })
      }
    },
  )

  test.for([
    twoPhaseCommit(4),
    unlockedIncrement(4),
    graphs(4),
    digraphs(3),
    matrices(3),
    relations(3),
    paxos(1),
    bagsOfArcs(3, 3),
    bagsOfArcs(4, 2),
  ])('of $name is what the oracle counts, with all that goes with it', async (model) => {
    const symmetry = symmetryOf(model)
    expect(symmetry.order).toBeGreaterThan(1)
    const { distinct, generated, depth, stuck } = await check(model, { symmetry: true })
    expect({ distinct, generated, depth, stuck }).toEqual(orbitsOf(model, classesIn(symmetry)))
  })
})
