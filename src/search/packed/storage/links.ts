/** What properties that are judged over the graph need of each state: marks, and where its steps lead. */
import type { Model } from '../../../modelling/model.ts'
import { ofGraph } from '../../../modelling/property.ts'
import { type Bits, EngineFault, type Graph, type Steps, type VisitStep } from '../../engine/engine.ts'
import type { Saved } from '../../engine/saved.ts'
import { CHUNK, chunkOf, placeOf } from './chunks.ts'

/** Whether a search keeps edges and marks. */
export const keepsEdges = ({ properties }: Model): boolean => ofGraph(properties).length > 0

export class Links implements Graph {
  /** For each property a bit of the low byte, whether it holds, and one of the high byte, whether it judges. */
  readonly #marks: Uint16Array[] = []
  /** Steps that lead to another state. */
  readonly #degrees: Uint16Array[] = []
  readonly #targets: Int32Array[] = []
  /** The instance of each step, where they are kept. */
  readonly #instances: Uint16Array[] | undefined
  #states = 0
  #expanded = 0
  #edges = 0
  #degree = 0
  /** A bit for each property. */
  readonly #all: Bits

  /** `steps`: keep the instance of each step as well. */
  constructor({ properties }: Model, steps = false) {
    this.#instances = steps ? [] : undefined
    this.#all = 2 ** ofGraph(properties).length - 1
  }

  get bytes(): number {
    const edge = this.#instances ? 6 : 4
    return CHUNK * (2 * this.#marks.length + 2 * this.#degrees.length + edge * this.#targets.length)
  }

  /** The marks of a new state. */
  mark(marks: number): void {
    const place = this.#states % CHUNK
    if (place === 0) this.#marks.push(new Uint16Array(CHUNK))
    this.#marks[this.#marks.length - 1]![place] = marks
    this.#states += 1
  }

  /** A step of the state that is being expanded. */
  add(target: number, instance = 0): void {
    const place = this.#edges % CHUNK
    if (place === 0) {
      this.#targets.push(new Int32Array(CHUNK))
      this.#instances?.push(new Uint16Array(CHUNK))
    }
    this.#targets[this.#targets.length - 1]![place] = target
    if (this.#instances) this.#instances[this.#instances.length - 1]![place] = instance
    this.#edges += 1
    this.#degree += 1
  }

  /** The state that was being expanded has no more steps. */
  done(): void {
    const place = this.#expanded % CHUNK
    if (place === 0) this.#degrees.push(new Uint16Array(CHUNK))
    this.#degrees[this.#degrees.length - 1]![place] = this.#degree
    this.#expanded += 1
    this.#degree = 0
  }

  save(): Saved {
    const parts = [this.#marks, this.#degrees, this.#targets, this.#instances ?? []]
    return {
      facts: {
        states: this.#states,
        expanded: this.#expanded,
        edges: this.#edges,
        lengths: parts.map(({ length }) => length),
      },
      arrays: parts.flat(),
    }
  }

  load({ facts, arrays }: Saved): void {
    const { states, expanded, edges, lengths } = facts as Record<string, number> & { lengths: number[] }
    this.#states = states!
    this.#expanded = expanded!
    this.#edges = edges!
    let taken = 0
    for (const [i, part] of [this.#marks, this.#degrees, this.#targets, this.#instances ?? []].entries()) {
      part.push(...(arrays.slice(taken, taken + lengths[i]!) as (Uint16Array & Int32Array)[]))
      taken += lengths[i]!
    }
  }

  holds(state: number): Bits {
    return this.#marksOf(state) & 0xff
  }

  judges(state: number): Bits {
    return this.#marksOf(state) >>> 8
  }

  #marksOf(state: number): number {
    return this.#marks[chunkOf(state)]![placeOf(state)]!
  }

  stepsBackwards(visit: VisitStep): void {
    let end = this.#edges - this.#degree
    for (let s = this.#expanded - 1; s >= 0; s--) {
      const first = end - this.#degreeOf(s)
      this.#visit(s, first, end, visit)
      end = first
    }
  }

  stepsOf(state: number, visit: VisitStep): void {
    let first = 0
    for (let s = 0; s < state; s++) first += this.#degreeOf(s)
    this.#visit(state, first, first + this.#degreeOf(state), visit)
  }

  /** Where the steps of states begin, as far as somebody has asked. */
  #first = new Uint32Array(1)
  #counted = 0

  steps(): Steps {
    const targets = this.#targets
    const instances = this.#instances
    if (!instances) throw new EngineFault('The instances of steps were not kept.')
    if (this.#first.length <= this.#expanded) {
      const grown = new Uint32Array(Math.max(this.#expanded + 1, 2 * this.#first.length))
      grown.set(this.#first)
      this.#first = grown
    }
    const all = this.#first
    for (; this.#counted < this.#expanded; this.#counted++)
      all[this.#counted + 1] = all[this.#counted]! + this.#degreeOf(this.#counted)
    return {
      first: all.subarray(0, this.#expanded + 1),
      target: (step) => targets[chunkOf(step)]![placeOf(step)]!,
      instance: (step) => instances[chunkOf(step)]![placeOf(step)]!,
    }
  }

  #degreeOf(state: number): number {
    return this.#degrees[chunkOf(state)]![placeOf(state)]!
  }

  #visit(state: number, first: number, end: number, visit: VisitStep): void {
    for (let edge = first; edge < end; edge++) {
      const chunk = chunkOf(edge)
      const place = placeOf(edge)
      visit(state, this.#targets[chunk]![place]!, this.#instances![chunk]![place]!)
    }
  }

  spread(hopes: Uint8Array): boolean {
    let changed = false
    // Where memory ran out a state has steps, and no degree yet.
    let edge = this.#edges - this.#degree
    for (let s = this.#expanded - 1; s >= 0; s--) {
      const first = edge - this.#degrees[chunkOf(s)]![placeOf(s)]!
      if (this.#give(hopes, s, first, edge)) changed = true
      edge = first
    }
    for (let s = 0; s < this.#expanded; s++) {
      const end = edge + this.#degrees[chunkOf(s)]![placeOf(s)]!
      if (this.#give(hopes, s, edge, end)) changed = true
      edge = end
    }
    return changed
  }

  /** Gives a state the hope of its successors. */
  #give(hopes: Uint8Array, state: number, first: number, end: number): boolean {
    const before = hopes[state]!
    let hope = before
    for (let edge = first; edge < end && hope !== this.#all; edge++)
      hope |= hopes[this.#targets[chunkOf(edge)]![placeOf(edge)]!]!
    // States that were not expanded hope for more properties than there are.
    hope &= this.#all
    hopes[state] = hope
    return hope !== before
  }
}
