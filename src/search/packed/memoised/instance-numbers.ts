/** The instances of the actions of a model by their numbers, which are those of the program text. */
import { type Action, choicesOf } from '../../../modelling/action.ts'
import type { Model } from '../../../modelling/model.ts'

export interface InstanceNumbers {
  /** By instance: its choice, its action, and the number of that. */
  readonly choices: readonly object[]
  readonly actionOf: readonly Action[]
  readonly numberOf: readonly number[]
  /** By action: its first instance, and how many it has. */
  readonly first: readonly number[]
  readonly sizes: readonly number[]
}

export const instanceNumbersOf = ({ actions }: Model): InstanceNumbers => {
  const choices = actions.map(choicesOf)
  const sizes = choices.map(({ length }) => length)
  return {
    choices: choices.flat(),
    actionOf: actions.flatMap((action, a) => choices[a]!.map(() => action)),
    numberOf: choices.flatMap((of, a) => of.map(() => a)),
    first: sizes.map((_, a) => sizes.slice(0, a).reduce((sum, size) => sum + size, 0)),
    sizes,
  }
}
