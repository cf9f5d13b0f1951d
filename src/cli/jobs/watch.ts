/**
 * Watches what closures of a model are running, in memory that threads share, so that one that never returns can be named:
 * its thread cannot say anything any more. Two words a thread: the closure, or 0 between closures, and a count of calls.
 */
import type { Action } from '../../modelling/action.ts'
import type { Model } from '../../modelling/model.ts'
import { isListener, type Property } from '../../modelling/property.ts'

/** Words of a thread; the first word of all says how many threads there are. */
const WORDS = 2

/** Memory for so many threads. */
export const watchMemory = (threads: number): SharedArrayBuffer =>
  new SharedArrayBuffer((1 + WORDS * threads) * Int32Array.BYTES_PER_ELEMENT)

type Closure = (...given: unknown[]) => unknown
/** What is called: with so many arguments, which a closure may count; `inside`: by an effect, which goes on. */
interface Called {
  readonly arity: 1 | 2 | 3
  readonly inside?: boolean
}
/** Puts something in place of a closure; `name` is what follows "The". */
type Put = (name: string, closure: Closure, called: Called) => Closure

/** The model with other closures; those are asked for in an order that depends on the model alone. */
const withClosures = (model: Model, put: Put): Model => {
  const put1 = <F>(name: string, closure: F, arity: Called['arity']): F =>
    put(name, closure as Closure, { arity }) as F
  const action = (of: Action): Action => ({
    ...of,
    ...(of.guard && { guard: put1(`guard of ${of.name}`, of.guard, 2) }),
    effect: put1(`effect of ${of.name}`, of.effect, 3),
  })
  const heard = <H extends Readonly<Record<string, unknown>>>(name: string, on: H, arity: 2 | 3): H =>
    Object.fromEntries(
      Object.entries(on).map(([event, handler]) => [
        event,
        put(`part of ${name} that hears ${event}`, handler as Closure, { arity, inside: true }),
      ]),
    ) as H
  const property = (p: Property): Property => {
    if (isListener(p)) return { ...p, on: heard(p.name, p.on, 3) } as Property
    if (p.kind === 'refines')
      return {
        ...p,
        specification: {
          ...p.specification,
          initial: p.specification.initial.map(action),
          actions: p.specification.actions.map(action),
        },
        sees: { ...p.sees, on: heard(p.name, p.sees.on, 2) },
        seesOfSpecification: { ...p.seesOfSpecification, on: heard(p.name, p.seesOfSpecification.on, 2) },
        ...(p.goals && { goals: put1(`goals of ${p.name}`, p.goals, 1) }),
      }
    const arity = p.kind === 'step' ? 3 : 1
    const more = Object.entries(p).filter(
      ([part, value]) => (part === 'situation' || part === 'whenever') && typeof value === 'function',
    )
    return {
      ...p,
      holds: put(`test of ${p.name}`, p.holds as Closure, { arity }),
      ...Object.fromEntries(
        more.map(([part, value]) => [part, put(`${part} of ${p.name}`, value, { arity })]),
      ),
    } as Property
  }
  const { final } = model
  return {
    ...model,
    initial: model.initial.map(action),
    actions: model.actions.map(action),
    properties: model.properties.map(property),
    ...(final && { final: put1('test of what is final', final, 1) }),
  }
}

/**
 * The model, whose closures say when they run in this thread. Each has text of its own, so that a compiler learns of each
 * call what it would learn without.
 */
export const watched = (model: Model, memory: SharedArrayBuffer): Model => {
  const cells = new Int32Array(memory)
  const place = 1 + WORDS * Atomics.add(cells, 0, 1)
  if (place + WORDS > cells.length) return model
  let number = 0
  return withClosures(model, (_, closure, { arity, inside }) => {
    number += 1
    // As many as without: the length of a function does not count parameters with a default, and a rest takes all there are.
    const given = ['a', 'b', 'c'].slice(0, arity).join(', ')
    const text = `return (${given}) => {
  cells[${place + 1}]++
  ${inside ? `const outer = cells[${place}]` : ''}
  cells[${place}] = ${number}
  const result = closure(${given})
  cells[${place}] = ${inside ? 'outer' : '0'}
  return result
}`
    return new Function('cells', 'closure', text)(cells, closure) as Closure
  })
}

/** What follows "The" in the names of closures, in the order of their numbers less one. */
export const closureNames = (model: Model): readonly string[] => {
  const names: string[] = []
  withClosures(model, (name, closure) => {
    names.push(name)
    return closure
  })
  return names
}

/** A closure that has not returned, and for how long. */
export interface Stuck {
  readonly name: string
  readonly seconds: number
}

/** Looks from time to time at what the threads of one search are running. */
export class Watch {
  readonly memory: SharedArrayBuffer
  readonly #cells: Int32Array
  readonly #seen: { call: number; since: number }[]

  /** `memory`: absent, it is made. */
  constructor(threads: number, memory = watchMemory(threads)) {
    this.memory = memory
    this.#cells = new Int32Array(this.memory)
    this.#seen = Array.from({ length: threads }, () => ({ call: -1, since: performance.now() }))
  }

  /** To be called a few times a second. */
  look(): void {
    this.#seen.forEach((seen, thread) => {
      const call = this.#cells[1 + WORDS * thread + 1]!
      if (call === seen.call && this.#cells[1 + WORDS * thread] !== 0) return
      this.#seen[thread] = { call, since: performance.now() }
    })
  }

  /** Whether some closure has been running for so many milliseconds. */
  isStuck(milliseconds: number): boolean {
    this.look()
    return this.#seen.some(
      ({ since }, thread) =>
        this.#cells[1 + WORDS * thread] !== 0 && performance.now() - since >= milliseconds,
    )
  }

  /** The closures that have been running for so many milliseconds, each once, with the time of the longest call. */
  stuck(model: Model, milliseconds: number): readonly Stuck[] {
    return this.stuckAmong(closureNames(model), milliseconds)
  }

  /** The same, by the names of all closures. */
  stuckAmong(names: readonly string[], milliseconds: number): readonly Stuck[] {
    this.look()
    const found = new Map<string, number>()
    this.#seen.forEach(({ since }, thread) => {
      const closure = this.#cells[1 + WORDS * thread]!
      const time = performance.now() - since
      if (closure === 0 || time < milliseconds) return
      const name = names[closure - 1]!
      found.set(name, Math.max(time / 1000, found.get(name) ?? 0))
    })
    return [...found].map(([name, seconds]) => ({ name, seconds }))
  }
}

/** A sentence on a closure that has not returned. */
export const stuckText = (model: Pick<Model, 'name'>, { name, seconds }: Stuck): string =>
  `The ${name} in ${model.name} has been running for ${seconds.toFixed(0)} s; it may never return.`
