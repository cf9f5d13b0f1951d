/**
 * The model of a scheme as a chain needs it: the actions of the search with other edges, and what makes it recur. Nothing
 * ends: budgets are given back (`renumber.ts`).
 */
import { cluster } from '../../../model/cluster.ts'
import { type Constants, membersOf } from '../../../model/constants/constants.ts'
import { nothing } from '../../../model/schemes/policies.ts'
import type { ClusterSchema } from '../../../model/state/cluster-state.ts'
import { quiet } from '../../../properties/focuses/focus.ts'
import { type Action, choicesOf } from '../../modelling/action.ts'
import { type Model, model } from '../../modelling/model.ts'
import { repeatedly } from '../../modelling/property.ts'
import { adaptedActions, NUMBERS } from './adapted-actions.ts'
import { addedActions } from './added-actions.ts'
import type { ChainPlan } from './plan.ts'
import { baseOf } from './renumber.ts'
import { settling } from './settling.ts'
import { LABELS, type StepKind } from './steps.ts'
import { inner, type TimedAction } from './timed-action.ts'
import {
  labelsOf,
  type Made,
  type Sided,
  type TimedDraft,
  type TimedSchema,
  timedSchema,
} from './timed-state.ts'

/** The bounds: nothing of them is ever used up, but capacities bound what can be under way at one time. */
const scopeOf = ({ members, waits, synch }: ChainPlan): Constants['scope'] => ({
  ...quiet,
  members,
  probes: { cluster: true, peer: true },
  // Message IDs and numbers of requests have room by what a scope with so many crashes would need.
  crashes: 4,
  returns: 1,
  synchLosses: 1,
  retransmissions: waits - 1,
  network: 5,
  synch,
})

/** The model, and what decides the rate of each of its instances, in their order. */
export interface TimedCluster {
  readonly model: Model
  readonly steps: readonly StepKind[]
  /** Instances by which an exchange of a side is completed. */
  readonly completes: readonly (Sided | undefined)[]
}

/** Builds it. */
export const timedCluster = (name: string, plan: ChainPlan): TimedCluster => {
  const { differences } = plan
  const most = baseOf(differences) + differences.ahead + 2
  if (most > NUMBERS) throw new RangeError(`${most} numbers are needed and ${NUMBERS} are there`)
  // Child SAs that are rekeyed for a member that returns are there before the next crash: no exchange here creates one.
  const scheme = { ...plan.scheme, childrenOnReturn: nothing.childrenOnReturn, esp: nothing.esp }
  const constants: Constants = { scheme, scope: scopeOf(plan) }
  const base = cluster(name, constants, [])
  const made: Made = { plan, constants, members: membersOf(constants), base }
  const settle = settling(made)
  const settled = ({
    name,
    choose,
    guard,
    effect,
  }: Pick<TimedAction, 'name' | 'choose' | 'guard' | 'effect'>): Action => ({
    name,
    choose,
    guard: guard as unknown as Action['guard'] & {},
    effect(d, choice, emit) {
      effect(d as TimedDraft, choice, emit)
      settle(d as TimedDraft)
    },
  })
  const timed = [...adaptedActions(made), ...addedActions(made)].map((one) => ({ one, action: settled(one) }))
  const instances = timed.flatMap(({ one, action }) => choicesOf(action).map((choice) => ({ one, choice })))
  const labels = labelsOf(made)
  return {
    model: model(name, {
      state: timedSchema(base.state as ClusterSchema, plan),
      ...(base.events && { events: base.events }),
      initial: base.initial.map((action) => settled({ ...action, ...inner(action) })),
      actions: timed.map(({ action }) => action),
      properties: LABELS.map((label) =>
        repeatedly<TimedSchema>(`Label${label[0]!.toUpperCase()}${label.slice(1)}`, { holds: labels[label] }),
      ),
    }),
    steps: instances.map(({ one, choice }) => one.kind(choice)),
    completes: instances.map(({ one }) => one.completes),
  }
}
