/** How often actions are tried against each other: what the model declares, what the caller overrides, what a run varies. */
import type { Random } from 'fast-check'
import { ModelFault } from '../modelling/fault.ts'
import { MOST_WEIGHT, type Model } from '../modelling/model.ts'

/** Weights by name of action. */
export type Weights = Readonly<Record<string, number>>

/** The weight of each action of a model, in their order. Throws `ModelFault` for a name or a weight that cannot be. */
export const weightsOf = (model: Model, overriding: Weights = {}): readonly number[] => {
  const names = model.actions.map(({ name }) => name)
  for (const [name, weight] of Object.entries(overriding)) {
    if (!names.includes(name))
      throw new ModelFault({
        problem: `A weight is given for '${name}', which is no action. Known: ${names.join(', ')}.`,
        model: model.name,
      })
    if (!Number.isSafeInteger(weight) || weight < 0 || weight > MOST_WEIGHT)
      throw new ModelFault({
        problem: `The weight given for '${name}' is ${weight}; expected a whole number from 0 to ${MOST_WEIGHT}.`,
        model: model.name,
      })
  }
  const weights = model.actions.map(({ name, weight = 1 }) => overriding[name] ?? weight)
  if (weights.every((weight) => weight === 0))
    throw new ModelFault({
      problem: 'Every action has the weight 0, so no run has a step.',
      model: model.name,
    })
  return weights
}

/** A run multiplies each weight by one of these, so that no two runs prefer the same actions. */
const FACTORS = [1, 2, 4, 8, 16] as const
/** Of so many runs one does with all faults. */
const WITH_ALL_FAULTS = 3

/**
 * Fills in the weights of one run (swarm testing): some of the actions that are faults are left out, and the others are
 * preferred more or less.
 */
export const swarm = (
  random: Random,
  model: Model,
  weights: readonly number[],
  varied: Int32Array,
  { withAll = WITH_ALL_FAULTS } = {},
): void => {
  const all = withAll > 0 && random.nextInt(0, withAll - 1) === 0
  model.actions.forEach(({ fault }, i) => {
    const left = fault === true && !all && random.nextInt(0, 1) === 0
    varied[i] = left ? 0 : weights[i]! * FACTORS[random.nextInt(0, FACTORS.length - 1)]!
  })
  // A run without any step would be wasted.
  if (varied.every((weight) => weight === 0)) varied.set(weights)
}
