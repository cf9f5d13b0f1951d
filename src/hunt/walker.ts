/**
 * Runs a model step by step on a state that is changed in place: no state but the present one is kept, so going back
 * means starting again. Faults and findings are confirmed elsewhere, by the plain interpreter.
 */
import type { Action } from '../modelling/action.ts'
import type { Model } from '../modelling/model.ts'
import {
  isListener,
  type Judge,
  type Meter,
  type OfSteps,
  type Predicate,
  type StepTest,
} from '../modelling/property.ts'
import { type InPlace, inPlaceOf } from '../state/in-place.ts'
import { type Instance, instancesOf, takenOf } from '../state/plain/instances.ts'

/** One action with its instances, which are numbered one after the other. */
interface Numbered {
  readonly first: number
  readonly count: number
}

/** Thrown where a step cannot be taken as the model wants it; the plain interpreter says why. */
export class Stumble extends Error {}

/** A model at one state. Properties are named by their index in the model. */
export class Walker {
  readonly model: Model
  readonly initial: readonly Instance[]
  readonly instances: readonly Instance[]
  /** The instances of each action. */
  readonly actions: readonly Numbered[]
  /** The action of each instance. */
  readonly actionOf: Uint16Array
  /** 1: the last step violated the property, or reached it (`sometimes`). */
  readonly shown: Uint8Array
  /** 1: the situation of the property arose in the last step. */
  readonly arose: Uint8Array
  /** The largest reading of each measure since the start. */
  readonly readings: Float64Array
  /** Index of an `always` or `sometimes` property, with its test. */
  readonly #tests: readonly { readonly index: number; readonly shownBy: boolean; readonly holds: Predicate }[]
  readonly #situations: readonly { readonly index: number; readonly holds: Predicate }[]
  readonly #state: InPlace
  readonly #memories: readonly InPlace[]
  readonly #emit: object
  /** The properties of steps, and the state before the last step, which goes one step behind. */
  readonly #ofSteps: readonly { readonly index: number; readonly p: OfSteps }[]
  readonly #before: InPlace | undefined
  readonly #taken: ReadonlySet<Action>
  readonly #mute: object

  constructor(model: Model) {
    this.model = model
    this.initial = instancesOf(model.initial)
    this.instances = instancesOf(model.actions)
    let first = 0
    this.actions = model.actions.map((action) => {
      const count = instancesOf([action]).length
      first += count
      return { first: first - count, count }
    })
    this.actionOf = new Uint16Array(this.instances.length)
    this.actions.forEach(({ first, count }, action) => void this.actionOf.fill(action, first, first + count))
    const { properties } = model
    this.shown = new Uint8Array(properties.length)
    this.arose = new Uint8Array(properties.length)
    this.readings = new Float64Array(properties.length).fill(Number.NEGATIVE_INFINITY)
    this.#tests = properties.flatMap((p, index) =>
      p.kind === 'always' || p.kind === 'sometimes'
        ? [{ index, shownBy: p.kind === 'sometimes', holds: p.holds }]
        : [],
    )
    this.#situations = properties.flatMap((p, index) =>
      p.kind === 'always' && p.situation ? [{ index, holds: p.situation }] : [],
    )
    this.#state = inPlaceOf(model.state)
    this.#ofSteps = properties.flatMap((p, index) => (p.kind === 'step' ? [{ index, p }] : []))
    this.#before = this.#ofSteps.length > 0 ? inPlaceOf(model.state) : undefined
    this.#taken = new Set(model.actions)
    this.#mute = Object.fromEntries((model.events?.kinds ?? []).map((kind) => [kind, () => {}]))
    const memories: InPlace[] = []
    const emit: Record<string, (event: object) => void> = {}
    const heard = new Map<string, ((event: object) => void)[]>()
    properties.forEach((p, index) => {
      if (!isListener(p)) return
      const memory = inPlaceOf(p.memory)
      memories.push(memory)
      const judge: Judge & Meter = {
        violated: () => {
          this.shown[index] = 1
        },
        arose: () => {
          this.arose[index] = 1
        },
        reads: (value) => {
          if (!Number.isFinite(value)) throw new Stumble()
          if (value > this.readings[index]!) this.readings[index] = value
        },
      }
      for (const [kind, on] of Object.entries(p.on)) {
        const list = heard.get(kind) ?? []
        list.push((event) => on(memory.root, event, judge))
        heard.set(kind, list)
      }
    })
    this.#memories = memories
    for (const kind of model.events?.kinds ?? []) emit[kind] = tellAll(heard.get(kind) ?? [])
    this.#emit = emit
  }

  /** The present state, which every step changes. */
  get state(): object {
    return this.#state.root
  }

  /** Before any initial instance. */
  reset(): void {
    this.#state.reset()
    this.#before?.reset()
    for (const memory of this.#memories) memory.reset()
    this.shown.fill(0)
    this.arose.fill(0)
    this.readings.fill(Number.NEGATIVE_INFINITY)
  }

  /** Whether an instance of an action may be taken. */
  isEnabled({ action, choice }: Instance): boolean {
    if (!action.guard) return true
    const answer: unknown = action.guard(this.#state.root, choice)
    if (typeof answer !== 'boolean') throw new Stumble()
    return answer
  }

  /** Takes an enabled instance, and looks at what it shows. */
  take({ action, choice }: Instance): void {
    this.shown.fill(0)
    this.arose.fill(0)
    const result: unknown = action.effect(this.#state.root, choice, this.#emit)
    if (result instanceof Promise) throw new Stumble()
    if (this.#before) this.#judgeStep(this.#before, action, choice)
    for (const { index, shownBy, holds } of this.#tests)
      if (this.ask(holds) === shownBy) this.shown[index] = 1
    for (const { index, holds } of this.#situations) if (this.ask(holds)) this.arose[index] = 1
  }

  #judgeStep({ root }: InPlace, action: Action, choice: object): void {
    const says = (test: StepTest): boolean => {
      const answer: unknown = test(root, this.#state.root, takenOf({ action, choice }, root))
      if (typeof answer !== 'boolean') throw new Stumble()
      return answer
    }
    if (this.#taken.has(action))
      for (const { index, p } of this.#ofSteps) {
        if (!says(p.holds)) this.shown[index] = 1
        if (!p.situation || says(p.situation)) this.arose[index] = 1
      }
    action.effect(root, choice, this.#mute)
  }

  /** What a test says of the present state. */
  ask(test: Predicate): boolean {
    const answer: unknown = test(this.#state.root)
    if (typeof answer !== 'boolean') throw new Stumble()
    return answer
  }

  /** Whether the present state lies in its schema, and is made of the objects it was made of. */
  isSound(): boolean {
    return this.#state.isSound() && this.#memories.every((memory) => memory.isSound())
  }

  /** 53 bits over the state and the memories. */
  hash(): number {
    let hash = this.#state.hash()
    for (const memory of this.#memories) hash = (hash * 31 + memory.hash()) % 2 ** 53
    return hash
  }
}

/** Most events have one listener or none. */
const tellAll = (list: readonly ((event: object) => void)[]): ((event: object) => void) => {
  const [first, second] = list
  if (!first) return () => {}
  if (!second) return first
  return (event) => {
    for (const listener of list) listener(event)
  }
}
