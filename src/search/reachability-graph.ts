/** The graph of the reachable states of a small model, on the plain interpreter. */
import type { Model } from '../modelling/model.ts'
import { shownIn } from '../state/plain/instances.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import type { PlainState } from '../state/plain/plain-state.ts'

/** A state with the first step that led to it. */
export interface ExploredState {
  readonly state: PlainState
  /** The state before; absent for an initial one. */
  readonly from?: number
}

/** A step between states, by their numbers. */
export interface ExploredStep {
  readonly from: number
  readonly to: number
  /** Of the action, and of the action with its choice. */
  readonly action: string
  readonly text: string
  /** Monitors that it violates. */
  readonly violated: readonly string[]
}

/** What was explored, breadth first. */
export interface Explored {
  readonly states: readonly ExploredState[]
  readonly steps: readonly ExploredStep[]
  /** Whether every state and step is there. */
  readonly complete: boolean
}

/** Explores a model up to `most` states. Throws `ModelFault`. */
export const exploredOf = (model: Model, most: number): Explored => {
  const run = plainInterpreter(model)
  const known = new Map<string, number>()
  const states: ExploredState[] = []
  const steps: ExploredStep[] = []
  const arrive = (from: number | undefined, instance: (typeof run.instances)[number]): boolean => {
    const before = from === undefined ? run.zero : states[from]!.state
    if (!run.enabled(before, instance)) return true
    const { state, violated } = run.step(before, instance)
    const text = run.text(state)
    let to = known.get(text)
    if (to === undefined) {
      if (states.length >= most) return false
      to = states.length
      known.set(text, to)
      states.push({ state, ...(from !== undefined && { from }) })
    }
    if (from !== undefined)
      steps.push({
        from,
        to,
        action: instance.action.name,
        text: shownIn(instance, before).text,
        violated: [...violated],
      })
    return true
  }
  for (const instance of run.initial)
    if (!arrive(undefined, instance)) return { states, steps, complete: false }
  for (let s = 0; s < states.length; s++)
    for (const instance of run.instances) if (!arrive(s, instance)) return { states, steps, complete: false }
  return { states, steps, complete: true }
}
