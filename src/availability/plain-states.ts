/**
 * The states of a chain as runs come to them. The plain interpreter evaluates guards, effects and labels of the timed
 * cluster; of the explored chain only the doomed states are taken over. Wherever a run comes, both have to agree.
 */
import type { Timing } from '../../model/timing/timing.ts'
import { type PlainInterpreter, plainInterpreter } from '../state/plain/interpreter.ts'
import type { PlainState } from '../state/plain/plain-state.ts'
import { rateOf } from './rates.ts'
import { bitOf, type Structure } from './structure.ts'
import { LABELS, type Label, type StepKind } from './timed/steps.ts'
import { type TimedCluster, timedCluster } from './timed/timed-cluster.ts'

/** A step that is possible in a state. */
export interface PlainEdge {
  /** Of the instances of the model. */
  readonly instance: number
  /** Equal for equal steps. */
  readonly kind: string
  readonly step: StepKind
  readonly rate: number
}

/** A state that a run came to. */
export interface PlainNode {
  readonly state: PlainState
  /** Its number in the explored chain. */
  readonly number: number
  readonly labels: number
  /** Steps to other states. */
  readonly edges: readonly PlainEdge[]
  /** Where each edge leads, once a run took it. */
  readonly targets: (PlainNode | undefined)[]
}

/** The explored chain and the plain interpreter disagree: one of them is wrong. */
export class Disagreement extends Error {}

export class PlainStates {
  readonly start: PlainNode
  readonly #structure: Structure
  readonly #timing: Timing
  readonly #cluster: TimedCluster
  readonly #run: PlainInterpreter
  readonly #known = new Map<string, PlainNode>()
  readonly #numbered = new Map<number, PlainNode>()

  constructor(structure: Structure, timing: Timing) {
    this.#structure = structure
    this.#timing = timing
    this.#cluster = timedCluster(structure.name, structure.plan)
    this.#run = plainInterpreter(this.#cluster.model)
    const { zero, initial } = this.#run
    this.start = this.#node(this.#run.step(zero, initial[0]!).state, 0)
  }

  /** How many states runs came to. */
  get size(): number {
    return this.#known.size
  }

  /** The state that an edge leads to. */
  target(node: PlainNode, edge: number): PlainNode {
    const known = node.targets[edge]
    if (known) return known
    const { instance } = node.edges[edge]!
    const { state } = this.#run.step(node.state, this.#run.instances[instance]!)
    const found = this.#node(state, this.#leadsTo(node.number, instance)!)
    node.targets[edge] = found
    return found
  }

  has({ labels }: PlainNode, label: Label): boolean {
    return (labels & bitOf(label)) !== 0
  }

  /** Where the explored chain goes from a state; undefined where the step is not in it. */
  #leadsTo(from: number, step: number): number | undefined {
    const { first, target, instance } = this.#structure
    for (let e = first[from]!; e < first[from + 1]!; e++) if (instance[e] === step) return target[e]!
    return undefined
  }

  #node(state: PlainState, number: number): PlainNode {
    const text = this.#run.text(state)
    const known = this.#known.get(text)
    if (known) return known.number === number ? known : this.#disagrees(number, text)
    if (this.#numbered.has(number)) this.#disagrees(number, text)
    const labels = this.#labelsOf(state)
    if (labels !== this.#structure.labels[number]) this.#disagrees(number, text)
    const edges = this.#edgesOf(state, number, text)
    const made: PlainNode = { state, number, labels, edges, targets: [] }
    this.#known.set(text, made)
    this.#numbered.set(number, made)
    return made
  }

  #labelsOf(state: PlainState): number {
    return this.#cluster.model.properties.reduce(
      (bits, p, i) =>
        'holds' in p && this.#run.ask(state, p.name, p.holds as (s: object) => boolean)
          ? bits | bitOf(LABELS[i]!)
          : bits,
      0,
    )
  }

  /** A step that leads back to its state changes nothing, and the chain has none. */
  #edgesOf(state: PlainState, number: number, text: string): readonly PlainEdge[] {
    const { first } = this.#structure
    const edges: PlainEdge[] = []
    this.#run.instances.forEach((one, instance) => {
      if (!this.#run.enabled(state, one)) return
      if (this.#leadsTo(number, instance) === undefined) {
        if (this.#run.text(this.#run.step(state, one).state) !== text) this.#disagrees(number, text)
        return
      }
      const step = this.#cluster.steps[instance]!
      edges.push({
        instance,
        kind: JSON.stringify(step),
        step,
        rate: rateOf(step, this.#structure.plan, this.#timing),
      })
    })
    if (edges.length !== first[number + 1]! - first[number]!) this.#disagrees(number, text)
    return edges
  }

  #disagrees(number: number, text: string): never {
    throw new Disagreement(
      `The plain interpreter and state ${number} of the explored chain of ${this.#structure.name} differ at ${text}.`,
    )
  }
}
