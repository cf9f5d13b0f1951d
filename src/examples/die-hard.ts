/**
 * The jugs of "Die Hard 3", as in Lamport's TLA+ example DieHard.tla: with jugs of 3 and 5 gallons, measure 4.
 *
 * No action has a guard, as in the original: filling a full jug is a step that changes nothing.
 */
import { actionsOn, model, range, record, sometimes } from '../index.ts'

/** The model with jugs of `small` and `big` gallons and `goal` gallons to be measured in the big one. */
export const dieHard = (small: number, big: number, goal: number) => {
  const schema = record({ small: range(0, small), big: range(0, big) })
  const action = actionsOn<typeof schema>()

  return model(`Die Hard, jugs of ${small} and ${big} gallons`, {
    state: schema,
    actions: [
      action('FillSmall', {
        effect: (d) => {
          d.small = small
        },
      }),
      action('FillBig', {
        effect: (d) => {
          d.big = big
        },
      }),
      action('EmptySmall', {
        effect: (d) => {
          d.small = 0
        },
      }),
      action('EmptyBig', {
        effect: (d) => {
          d.big = 0
        },
      }),
      action('SmallToBig', {
        effect: (d) => {
          const poured = Math.min(d.small, big - d.big)
          d.small -= poured
          d.big += poured
        },
      }),
      action('BigToSmall', {
        effect: (d) => {
          const poured = Math.min(d.big, small - d.small)
          d.big -= poured
          d.small += poured
        },
      }),
    ],
    properties: [
      sometimes<typeof schema>('FourGallons', {
        sentence: `The big jug can be made to hold ${goal} gallons.`,
        holds: (s) => s.big === goal,
      }),
    ],
  })
}

export default dieHard(3, 5, 4)
