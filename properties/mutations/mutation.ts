/** A mutation: an action of a search of a scheme that is deliberately broken, so that a property is violated. */
import type { Scheme } from '../../model/constants/constants.ts'
import type { Wire } from '../../model/ike/message-ids.ts'
import { SCHEMES } from '../../model/schemes/index.ts'
import type { FocusName } from '../../model/schemes/named-scheme.ts'
import type { ClusterDraft } from '../../model/state/cluster-state.ts'
import type { Action } from '../../src/modelling/action.ts'
import type { Model } from '../../src/modelling/model.ts'
import { focusesOf } from '../matrix.ts'

interface Described {
  readonly label: string
  /** What is broken, as a noun phrase. */
  readonly story: string
  /** The search, in which the property holds as long as nothing is broken. */
  sound(): Model
}

/** An action is broken. */
export interface ActionMutation extends Described {
  readonly action: string
  readonly change: (action: Action) => Partial<Action>
}

/** A policy is another one. */
export interface PolicyMutation extends Described {
  broken(): Model
}

export type Mutation = ActionMutation | PolicyMutation

const made = new Map<string, Model>()

/**
 * A search of a scheme, or of the scheme with a policy changed, whether or not the matrix judges it so. What is one search
 * is one model, so that it need not be searched again.
 */
export const searchOf = (
  name: string,
  focus: FocusName,
  change: (scheme: Scheme) => Scheme = (scheme) => scheme,
): Model => {
  const named = SCHEMES.find((one) => one.name === name)!
  const only = focusesOf({ ...named, scheme: change(named.scheme), judgedBy: [focus] })[0]!
  const model = made.get(only.key!) ?? only.model
  made.set(only.key!, model)
  return model
}

/** Runs `more` after the effect of the action. */
export const followedBy =
  (more: (d: ClusterDraft, choice: object, emit: Wire) => void): ActionMutation['change'] =>
  (action) => ({
    effect(d, choice, emit) {
      action.effect(d, choice, emit)
      more(d as ClusterDraft, choice, emit as Wire)
    },
  })

/** The member that a choice names. */
export const memberIn = (choice: object): 'A' | 'B' => {
  const { at, to, of } = choice as { readonly [parameter in 'at' | 'to' | 'of']?: 'A' | 'B' }
  return at ?? to ?? of!
}
