/** A mutation: an action of a search of a scheme that is deliberately broken, so that a property is violated. */
import type { Wire } from '../../model/ike.ts'
import { SCHEMES } from '../../model/schemes/index.ts'
import type { FocusName } from '../../model/schemes/named-scheme.ts'
import type { ClusterDraft } from '../../model/state.ts'
import type { Action } from '../../src/modelling/action.ts'
import type { Model } from '../../src/modelling/model.ts'
import { focusesOf } from '../matrix.ts'

export interface Mutation {
  readonly label: string
  /** What is broken, as a noun phrase. */
  readonly story: string
  /** The search, in which the property holds as long as nothing is broken. */
  sound(): Model
  readonly action: string
  readonly change: (action: Action) => Partial<Action>
}

/** A search of a scheme, whether or not the matrix judges the scheme by it. */
export const searchOf = (name: string, focus: FocusName): Model => {
  const scheme = SCHEMES.find((one) => one.name === name)!
  return focusesOf({ ...scheme, judgedBy: [focus] })[0]!.model
}

/** Runs `more` after the effect of the action. */
export const followedBy =
  (more: (d: ClusterDraft, choice: object, emit: Wire) => void): Mutation['change'] =>
  (action) => ({
    effect(d, choice, emit) {
      action.effect(d, choice, emit)
      more(d as ClusterDraft, choice, emit as Wire)
    },
  })

/** The member that a choice names. */
export const memberIn = (choice: object): 'A' | 'B' => {
  const { at, to } = choice as { readonly at?: 'A' | 'B'; readonly to?: 'A' | 'B' }
  return at ?? to!
}
