/** The representative is one state for the whole orbit, and in it: tried on random states of random models. */
import { describe, expect, test } from 'vitest'
import type { Model } from '../modelling/model.ts'
import { bagsOfArcs, digraphs, graphs, matrices, partialFunctions } from '../testing/graphs.ts'
import { symmetricModel } from '../testing/symmetric/models.ts'
import type { Numbering } from './identities/positions.ts'
import { type Random, randomFrom, sampleOf } from './identities/sample.ts'
import { classesIn, symmetryOf } from './symmetry.ts'
import { type Walker, walkerOf } from './walker.ts'

const shuffled = ({ classes, first }: Numbering, random: Random): Int32Array =>
  Int32Array.from(
    classes.flatMap((names, k) => {
      const order = names.map((_, x) => first[k]! + x)
      for (let i = order.length - 1; i > 0; i--) {
        const j = random(i + 1)
        ;[order[i], order[j]] = [order[j]!, order[i]!]
      }
      return order
    }),
  )

/** How often the representatives of a state and of a random image of it were compared. */
const compared = (model: Model, walker: Walker, states: number): number => {
  const random = randomFrom(states)
  let count = 0
  for (const _ of sampleOf(model, walker, 1)) {
    if (count === states) break
    const state = walker.slots.slice()
    const image = walker.image(shuffled(walker.plan.numbering, random)).slice()
    const moves = walker.represent().slice()
    const representative = walker.slots.slice()
    walker.slots.set(state)
    expect(walker.image(moves)).toEqual(representative)
    walker.slots.set(image)
    walker.represent()
    expect(walker.slots).toEqual(representative)
    walker.represent()
    expect(walker.slots).toEqual(representative)
    count += 1
  }
  return count
}

describe('the representative of a state is that of all its images', () => {
  test.for([graphs(6), digraphs(5), partialFunctions(7), matrices(5), bagsOfArcs(5, 6)])(
    'in $name',
    (model) => {
      expect(compared(model, walkerOf(model, classesIn(symmetryOf(model))), 200)).toBeGreaterThan(40)
    },
  )

  test('in random models', () => {
    const kinds = { sorted: 0, related: 0, both: 0 }
    let states = 0
    for (let seed = 1; seed <= 300; seed++) {
      const model = symmetricModel(randomFrom(seed))
      // All of both families, whatever the model makes of them.
      const walker = walkerOf(
        model,
        [
          ['p', 'q', 'r', 's'],
          ['x', 'y'],
        ]
          .map((names) => names.filter((name) => JSON.stringify(model.state).includes(`"${name}"`)))
          .filter(({ length }) => length > 1),
      )
      const { sorted, related } = walker.plan
      if (sorted.length > 0) kinds.sorted += 1
      if (related.length > 0) kinds.related += 1
      if (sorted.length > 0 && related.length > 0) kinds.both += 1
      states += compared(model, walker, 30)
    }
    expect(states).toBeGreaterThan(3_000)
    expect(kinds.sorted).toBeGreaterThan(60)
    expect(kinds.related).toBeGreaterThan(60)
    expect(kinds.both).toBeGreaterThan(5)
  })
})
