/** The states and steps of a timed cluster, explored completely by the packed engine; rates come later. */
import { packedEngine } from '../search/packed/packed-engine.ts'
import type { ChainPlan } from './timed/plan.ts'
import { LABELS, type Label, type StepKind } from './timed/steps.ts'
import { timedCluster } from './timed/timed-cluster.ts'

/** What every rate assignment of a plan shares. */
export interface Structure {
  readonly name: string
  readonly plan: ChainPlan
  readonly states: number
  /** The first step of each state, and the end of the last. */
  readonly first: Uint32Array
  readonly target: Int32Array
  /** Of each step: its instance in the model of the plan. */
  readonly instance: Uint16Array
  /** Of each step: the place of its kind in `kinds`. */
  readonly kind: Uint16Array
  readonly kinds: readonly StepKind[]
  /** Of each step: 1 it completes an exchange of the cluster, 2 of the peer. */
  readonly completes: Uint8Array
  /** Bits in the order of `LABELS`. */
  readonly labels: Uint8Array
}

/** A chain that would not fit. */
export class ChainTooLarge extends Error {}

/** States up to which a chain is built: at 20 steps a state, 1 GB. */
export const MOST_STATES = 5_000_000

/** Explores a plan. Throws `ChainTooLarge` beyond `most` states. */
export const structureOf = (name: string, plan: ChainPlan, most = MOST_STATES): Structure => {
  const { model, steps, completes } = timedCluster(name, plan)
  const engine = packedEngine(model, { exact: 'free' })
  engine.start()
  while (engine.expanded < engine.distinct) {
    engine.advance()
    if (engine.distinct > most)
      throw new ChainTooLarge(`the chain of ${name} has more than ${most.toLocaleString('en-US')} states`)
  }
  engine.close()
  engine.crossCheck()
  const graph = engine.graph!
  const { first, target, instance } = graph.steps!()
  const count = first[first.length - 1]!
  const keys = new Map<string, number>()
  const kinds: StepKind[] = []
  const kindOf = steps.map((step) => {
    const key = JSON.stringify(step)
    let at = keys.get(key)
    if (at === undefined) {
      at = kinds.length
      keys.set(key, at)
      kinds.push(step)
    }
    return at
  })
  const structure = {
    name,
    plan,
    states: first.length - 1,
    first: Uint32Array.from(first),
    target: new Int32Array(count),
    instance: new Uint16Array(count),
    kind: new Uint16Array(count),
    kinds,
    completes: new Uint8Array(count),
    labels: new Uint8Array(first.length - 1),
  }
  for (let e = 0; e < count; e++) {
    structure.target[e] = target(e)
    structure.instance[e] = instance(e)
    structure.kind[e] = kindOf[instance(e)]!
    const side = completes[instance(e)]
    structure.completes[e] = side === undefined ? 0 : side === 'cluster' ? 1 : 2
  }
  for (let s = 0; s < structure.states; s++) structure.labels[s] = graph.holds(s)
  return structure
}

/** The bit of a label. */
export const bitOf = (label: Label): number => 1 << LABELS.indexOf(label)

/** Whether a state has a label. */
export const has = ({ labels }: Structure, state: number, label: Label): boolean =>
  (labels[state]! & bitOf(label)) !== 0
