/**
 * The graph of what is seen of a model, explored as far as it is asked for: its states, the words of its steps, and which
 * states are as good as the same.
 */
import type { Model } from '../../modelling/model.ts'
import type { Observer } from '../../modelling/observer.ts'
import { EngineFault, type Graph, OutOfMemory, type Steps } from '../engine/engine.ts'
import { type ReadingEngine, readingEngine } from '../packed/packed-engine.ts'
import { Numbers } from './numbers.ts'
import { observed, type Words } from './observed.ts'

export class SeenGraph {
  readonly #engine: ReadingEngine
  /** The word of the step that leads to a state: of each state there is one for each such word. */
  readonly #words = new Numbers()
  /** The first state from which the same instances lead to the same states. */
  readonly #same = new Numbers()
  /** The last of these by hash, and for each the one before. */
  readonly #byHash = new Map<number, number>()
  readonly #before = new Numbers()
  #steps: Steps
  /** States whose steps are known. */
  #known = 0
  readonly initial: number
  /** Whether memory ran out. */
  full = false

  /** Throws `ModelFault`. */
  constructor(
    model: Model,
    {
      property,
      observer,
      words,
      exact,
    }: { property: string; observer: Observer; words: Words; exact: boolean },
  ) {
    const { model: made, variable } = observed(model, property, observer, words)
    this.#engine = readingEngine(made, { exact: exact || 'free', steps: true, loops: true }, variable)
    this.#engine.start()
    this.initial = this.#engine.distinct
    this.#read(0)
    this.#steps = this.#graph.steps!()
  }

  get #graph(): Graph {
    if (!this.#engine.graph?.steps) throw new EngineFault('The steps of what is seen were not kept.')
    return this.#engine.graph
  }

  get states(): number {
    return this.#engine.distinct
  }
  /** Whether all states are known with their steps. */
  get complete(): boolean {
    return this.#known === this.#engine.distinct
  }
  get exact(): boolean {
    return this.#engine.exact
  }
  get bytes(): number {
    return this.#engine.bytes + this.#words.bytes + this.#same.bytes + this.#before.bytes
  }

  /** Explores the next states. Throws `ModelFault`. */
  advance(): void {
    const engine = this.#engine
    const from = engine.distinct
    try {
      engine.advance()
      this.#read(from)
    } catch (cause) {
      if (!(cause instanceof OutOfMemory)) throw cause
      this.full = true
      return
    }
    this.#steps = this.#graph.steps!()
    for (; this.#known < engine.expanded; this.#known++) this.#compare(this.#known)
  }

  /** The plain interpreter is asked about a sample. Throws `ModelFault`. */
  close(): void {
    this.#engine.close()
    this.#engine.crossCheck()
  }

  #read(from: number): void {
    for (let s = from; s < this.#engine.distinct; s++) this.#words.push(this.#engine.valueAt(s))
  }

  #compare(state: number): void {
    const { first, target, instance } = this.#steps
    const [begin, end] = [first[state]!, first[state + 1]!]
    let hash = end - begin
    for (let e = begin; e < end; e++)
      hash = Math.imul(hash ^ target(e), 0x9e3779b1) ^ Math.imul((hash >>> 13) ^ instance(e), 0x85ebca6b)
    for (let known = this.#byHash.get(hash) ?? -1; known >= 0; known = this.#before.get(known)) {
      const at = first[known]!
      if (first[known + 1]! - at !== end - begin) continue
      let e = begin
      while (e < end && target(e) === target(at + e - begin) && instance(e) === instance(at + e - begin)) e++
      if (e < end) continue
      this.#same.push(known)
      this.#before.push(-1)
      return
    }
    this.#same.push(state)
    this.#before.push(this.#byHash.get(hash) ?? -1)
    this.#byHash.set(hash, state)
  }

  /** Whether the steps of a state are known. */
  knows(state: number): boolean {
    return state < this.#known
  }

  /** Whether all that a state leads to is known. */
  knowsTargets(state: number): boolean {
    const { first, target } = this.#steps
    for (let e = first[state]!; e < first[state + 1]!; e++) if (target(e) >= this.#known) return false
    return true
  }

  /** The state that stands for all from which the same instances lead to the same states. */
  same(state: number): number {
    return state < this.#known ? this.#same.get(state) : state
  }

  wordTo(state: number): number {
    return this.#words.get(state)
  }

  /** The instance by which an initial state was found. */
  initialInstance(state: number): number {
    return this.#engine.cameBy(state).instance
  }

  /** The steps of a state that is known, by number. */
  firstStep(state: number): number {
    return this.#steps.first[state]!
  }
  endOfSteps(state: number): number {
    return this.#steps.first[state + 1]!
  }
  target(step: number): number {
    return this.#steps.target(step)
  }
  instance(step: number): number {
    return this.#steps.instance(step)
  }
}
