/**
 * What an attacker can make the ends send: the messages that follow in the step in which a copy or a forgery comes.
 * Counted only in models that are made to be validated.
 */
import type { Action } from '../../src/modelling/action.ts'

/** Whether an action, taken so, is the work of an attacker, or could be. */
type IsAttack = (state: object, choice: object) => boolean

const ATTACKS = new WeakMap<Action, IsAttack>()

/** Marks an action. */
export const attackIf = (action: Action, isAttack: IsAttack): Action => {
  ATTACKS.set(action, isAttack)
  return action
}

/** Actions of the base model in which a copy or a forgery comes; a repeated request may be a retransmission as well. */
const BASE: readonly string[] = [
  'CopyReachesPeer',
  'CopyReachesCluster',
  'ForgeryReachesCluster',
  'AttackerForgesHint',
  'ClusterAnswersAgain',
  'PeerAnswersAgain',
]

type Kinds = { readonly [kind: string]: (event: object) => void }

/** The action, which says at the end how many messages it made the ends send if it is the work of an attacker. */
export const counting = (action: Action, kinds: readonly string[]): Action => {
  const isAttack = ATTACKS.get(action) ?? (BASE.includes(action.name) ? () => true : undefined)
  if (!isAttack) return action
  const counted = kinds.filter((kind) => kind.endsWith('Sent') && kind !== 'espSent')
  let now: Kinds = {}
  let messages = 0
  const counter: Record<string, (event: object) => void> = {}
  for (const kind of kinds)
    counter[kind] = counted.includes(kind)
      ? (event) => {
          messages += 1
          now[kind]!(event)
        }
      : (event) => now[kind]!(event)
  return {
    ...action,
    effect: (draft, choice, emit) => {
      if (!isAttack(draft, choice)) {
        action.effect(draft, choice, emit)
        return
      }
      now = emit as Kinds
      messages = 0
      action.effect(draft, choice, counter)
      now.attackerCaused!({ messages })
    },
  }
}
