/** What a search remembers of the states it has met, and the sums of what blocks say. */
import { choicesOf } from '../../modelling/action.ts'
import type { Model } from '../../modelling/model.ts'
import { isTemporal } from '../../modelling/property.ts'
import type { Findings } from '../engine/engine.ts'
import type { Coverage } from '../engine/outcome.ts'
import type { Saved } from '../engine/saved.ts'
import { type Keying, visitedShape } from './codegen/keys.ts'
import type { Stored } from './codegen/search.ts'
import { PAIRS } from './codegen/tree.ts'
import { Ancestry } from './storage/ancestry.ts'
import { BEYOND, type Block, HEAD, type HeadLayout, headOf } from './storage/block.ts'
import { Frontier } from './storage/frontier.ts'
import { keepsEdges, Links } from './storage/links.ts'
import { Table } from './storage/table.ts'

/** The memory of a search. */
export interface Memory extends Stored {
  readonly visited: Table
  /** Numbers of pairs, where states are folded. */
  readonly pairs: Table | undefined
  /** The packed zero state. */
  readonly zero: Int32Array
}

/** An empty memory for states of `words` words. */
export const memoryOf = (
  model: Model,
  words: number,
  keying: Keying,
  { shared, steps }: { readonly shared: boolean; readonly steps: boolean },
): Memory => {
  const edges = keepsEdges(model)
  const count = (actions: Model['actions']) => actions.reduce((sum, a) => sum + choicesOf(a).length, 0)
  return {
    visited: new Table({ ...visitedShape(model, keying), shared }),
    pairs: keying === 'tree' ? new Table({ ...PAIRS, shared }) : undefined,
    frontier: new Frontier(words, shared),
    ancestry: new Ancestry(Math.max(count(model.initial), count(model.actions))),
    links: edges ? new Links(model, steps || model.properties.some(isTemporal)) : undefined,
    fresh: new Int32Array(model.actions.length + BEYOND.words),
    zero: new Int32Array(words),
  }
}

/** The sums over blocks, which have to be added in their order. */
export class Tally {
  readonly findings: Findings[]
  generated = 0
  stuck = 0
  /** By helpers. */
  checkedTwice = 0
  deadlock: number | undefined
  readonly #model: Model
  readonly #head: HeadLayout
  readonly #fresh: Int32Array | Float64Array
  readonly #enabled: Float64Array
  readonly #taken: Float64Array

  constructor(model: Model, fresh: Int32Array | Float64Array) {
    this.#model = model
    this.#head = headOf(model)
    this.#fresh = fresh
    this.findings = model.properties.map(() => ({}))
    this.#enabled = new Float64Array(model.actions.length)
    this.#taken = new Float64Array(model.actions.length)
  }

  get coverage(): readonly Coverage[] {
    return this.#model.actions.map(({ name }, i) => ({
      action: name,
      enabled: this.#enabled[i]!,
      taken: this.#taken[i]!,
      fresh: this.#fresh[i]!,
    }))
  }

  /** States beyond the constraint of the model, and the last state within it. */
  get beyond(): number {
    return this.#fresh[this.#model.actions.length + BEYOND.count]!
  }
  get lastWithin(): number {
    return this.#fresh[this.#model.actions.length + BEYOND.last]! - 1
  }

  add({ head, values }: Block): void {
    this.generated += head[HEAD.generated]!
    this.stuck += head[HEAD.stuck]!
    this.checkedTwice += head[HEAD.checked]!
    if (head[HEAD.deadlock]! >= 0) this.deadlock ??= head[HEAD.deadlock]!
    for (let i = 0; i < this.#enabled.length; i++) {
      this.#enabled[i]! += head[this.#head.enabled + i]!
      this.#taken[i]! += head[this.#head.taken + i]!
    }
    if (head[HEAD.shown] !== 0 || head[HEAD.arisen] !== 0) this.#find(head, values)
  }

  save(): Saved {
    const { findings, generated, stuck } = this
    const facts = {
      findings,
      generated,
      stuck,
      deadlock: this.deadlock ?? null,
      enabled: [...this.#enabled],
      taken: [...this.#taken],
      fresh: [...this.#fresh],
    }
    return { facts, arrays: [] }
  }

  load({ facts }: Saved): void {
    const { findings, generated, stuck, deadlock, enabled, taken, fresh } = facts as ReturnType<
      Tally['save']
    >['facts'] & { findings: Findings[]; generated: number; stuck: number } & Record<string, number[]>
    for (const [i, found] of findings.entries()) Object.assign(this.findings[i]!, found)
    this.generated = generated
    this.stuck = stuck
    this.deadlock = (deadlock as unknown as number | null) ?? undefined
    this.#enabled.set(enabled!)
    this.#taken.set(taken!)
    this.#fresh.set(fresh!)
  }

  #find(head: Int32Array, values: Float64Array): void {
    this.#model.properties.forEach((p, i) => {
      const at = this.#head.property(i)
      const found = this.findings[i]!
      const step = (w: number) => ({ from: head[w]!, instance: head[w + 1]! })
      if (((head[HEAD.arisen]! >>> i) & 1) === 1) found.situation ??= step(at + 2)
      if (((head[HEAD.shown]! >>> i) & 1) === 0) return
      if (p.kind !== 'measure') found.shown ??= step(at)
      else if (values[i]! > (found.value ?? Number.NEGATIVE_INFINITY)) {
        found.shown = step(at)
        found.value = values[i]!
      }
    })
  }
}

/** Bytes of a memory's arrays. */
export const bytesOf = ({ visited, pairs, frontier, ancestry, links }: Memory): number =>
  visited.bytes + (pairs?.bytes ?? 0) + frontier.bytes + ancestry.bytes + (links?.bytes ?? 0)
