/**
 * Missionaries and cannibals (Amarel 1968): a boat takes all across a river; on neither bank may cannibals
 * outnumber missionaries who are there. Only safe states are states: a crossing that ends badly is left out.
 */
import { actionsOn, model, oneOf, range, record, sometimes } from '../index.ts'

/** The model with `count` missionaries, as many cannibals, and a boat for `seats`. */
export const missionariesAndCannibals = (count: number, seats: number) => {
  const schema = record({
    boat: oneOf('left', 'right'),
    /** Those on the right bank; the others are on the left one. */
    missionaries: range(0, count),
    cannibals: range(0, count),
  })
  const action = actionsOn<typeof schema>()
  const numbers = Array.from({ length: seats + 1 }, (_, i) => i)
  const safe = (missionaries: number, cannibals: number) => missionaries === 0 || missionaries >= cannibals

  /** Crossing from one bank to the other with `m` missionaries and `c` cannibals. */
  const cross = (name: string, from: 'left' | 'right', to: 'left' | 'right', sign: 1 | -1) =>
    action(name, {
      choose: { m: numbers, c: numbers },
      guard: (s, { m, c }) => {
        if (s.boat !== from || m + c === 0 || m + c > seats) return false
        const missionaries = s.missionaries + sign * m
        const cannibals = s.cannibals + sign * c
        const exist = missionaries >= 0 && missionaries <= count && cannibals >= 0 && cannibals <= count
        return exist && safe(missionaries, cannibals) && safe(count - missionaries, count - cannibals)
      },
      effect: (d, { m, c }) => {
        d.boat = to
        d.missionaries += sign * m
        d.cannibals += sign * c
      },
    })

  return model(`Missionaries and cannibals, ${count} of each, ${seats} seats`, {
    state: schema,
    actions: [cross('CrossToRight', 'left', 'right', 1), cross('CrossToLeft', 'right', 'left', -1)],
    properties: [
      sometimes<typeof schema>('AllAcross', {
        sentence: 'All can cross the river.',
        holds: (s) => s.missionaries === count && s.cannibals === count,
      }),
    ],
  })
}

export default missionariesAndCannibals(3, 2)
