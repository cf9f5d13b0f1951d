/**
 * Whether a model treats two identities alike in one state: guards, effects, what monitors and measures say, and the
 * tests of properties must not change when the identities are exchanged in the state, the memories and the choices.
 */
import type { Model } from '../../modelling/model.ts'
import { testsOf } from '../../modelling/tests.ts'
import type { Layout } from '../../state/layout.ts'
import { type Instance, instancesOf } from '../../state/plain/instances.ts'
import type { Numbering } from './positions.ts'
import type { Probe } from './probe.ts'
import { exchanging, instancesUnder } from './renaming.ts'
import { wordsOf } from './words.ts'

/** What an instance did: the slots after it and what was said; or that it failed. */
interface Result {
  readonly slots: Int32Array
  readonly said: readonly number[]
}
export type Tried = Result | 'disabled' | 'failed'

/** Compares states with their images. */
export class Comparison {
  readonly #model: Model
  readonly #numbering: Numbering
  readonly #layout: Layout
  readonly #words: readonly ReadonlySet<string>[]
  readonly #tests: ReturnType<typeof testsOf>
  readonly #instances: readonly Instance[]
  readonly #under: (to: (name: string) => string) => Int32Array
  readonly #numbers = new Map<string, Int32Array>()

  constructor(model: Model, numbering: Numbering, layout: Layout) {
    this.#model = model
    this.#numbering = numbering
    this.#layout = layout
    this.#words = wordsOf(layout)
    this.#tests = testsOf(model)
    this.#instances = instancesOf(model.actions)
    this.#under = instancesUnder(model.actions)
  }

  /**
   * What tells `a` from `b` in the state of the probe, as a sentence without its end; undefined when nothing does.
   * Leaves the probe in the state with the two exchanged.
   */
  difference(probe: Probe, a: string, b: string): string | undefined {
    const moves = this.#movesOf(a, b)
    const under = this.#numbersUnder(a, b)
    const other = probe.image(moves).slice()
    const answers = this.#answers(probe)
    const here = this.#tryAll(probe).map((tried) => imageOf(tried, probe, moves))
    probe.slots.set(other)
    const answersThere = this.#answers(probe)
    const there = this.#tryAll(probe)
    probe.slots.set(other)

    const exchanged = `with ${a} and ${b} exchanged`
    for (const [i, { subject }] of this.#tests.entries())
      if (answers[i] !== answersThere[i])
        return `${subject} tells ${a} from ${b}: it is ${answers[i]} and, ${exchanged}, ${answersThere[i]}`
    const matched = new Map<unknown, boolean>()
    for (const [i, instance] of this.#instances.entries()) {
      const [one, two] = [here[i]!, there[under[i]!]!]
      const unequal = inequality(one, two)
      if (unequal === undefined) continue
      const { action } = instance
      if (!matched.has(action)) matched.set(action, this.#match(action, here, there))
      if (matched.get(action)) continue
      const [first, second] = [instance.text, this.#instances[under[i]!]!.text]
      switch (unequal.kind) {
        case 'outcome':
          return `${action.name} tells ${a} from ${b}: ${first} is ${outcomeOf(one)} and, ${exchanged}, ${second} is ${outcomeOf(two)}`
        case 'slot':
          return `The effect of ${action.name} tells ${a} from ${b}: ${first} and, ${exchanged}, ${second} give ${this.#variable(unequal.at, a, b)} different values`
        case 'said': {
          const { name } = this.#model.properties[unequal.at]!
          return `The property ${name} tells ${a} from ${b}: it judges ${first} otherwise than, ${exchanged}, ${second}`
        }
      }
    }
    return undefined
  }

  /** The variable of a slot, and why it may be that it does not follow an exchange. */
  #variable(slot: number, a: string, b: string): string {
    const { path } = this.#layout.slots[slot]!
    const word = [a, b].find((name) => this.#words[slot]!.has(name))
    return word === undefined ? path : `${path}, where ${word} is a word of a oneOf and no id,`
  }

  /** Whether the state of the probe is another one when two identities are exchanged. */
  changes(probe: Probe, a: string, b: string): boolean {
    const image = probe.image(this.#movesOf(a, b))
    return probe.slots.some((value, i) => value !== image[i])
  }

  /** The permutation that exchanges two identities. */
  #movesOf(a: string, b: string): Int32Array {
    const moves = Int32Array.from(this.#numbering.names.keys())
    const [i, j] = [this.#numbering.numberOf(a), this.#numbering.numberOf(b)]
    moves[i] = j
    moves[j] = i
    return moves
  }

  #numbersUnder(a: string, b: string): Int32Array {
    const key = JSON.stringify([a, b])
    const known = this.#numbers.get(key) ?? this.#under(exchanging(a, b))
    this.#numbers.set(key, known)
    return known
  }

  #answers(probe: Probe): readonly unknown[] {
    return this.#tests.map(({ test }) => {
      try {
        return test(probe.root)
      } catch {
        return 'no answer'
      } finally {
        probe.undo()
      }
    })
  }

  #tryAll(probe: Probe): readonly Tried[] {
    return this.#instances.map((instance) => tryOut(probe, instance))
  }

  /**
   * Whether the instances of an action do the same together, each for another one: the order in which a bag is kept
   * depends on the names, so the message at an index may stand at another one when identities are exchanged.
   */
  #match(action: unknown, here: readonly Tried[], there: readonly Tried[]): boolean {
    const own = (among: readonly Tried[]): ReadonlySet<string> =>
      new Set(
        among.flatMap((tried, i) => {
          if (this.#instances[i]!.action !== action || tried === 'disabled') return []
          return [tried === 'failed' ? tried : `${tried.slots.join(' ')} ${tried.said.join(' ')}`]
        }),
      )
    const [one, two] = [own(here), own(there)]
    return one.size === two.size && [...one].every((result) => two.has(result))
  }
}

/** Runs an instance if it is enabled, and takes it back. */
export const tryOut = (probe: Probe, instance: Instance): Tried => {
  try {
    if (!probe.guard(instance)) return 'disabled'
    const said = probe.effect(instance)
    return { slots: probe.slots.slice(), said }
  } catch {
    // A fault of the model, which the search itself will meet; unless it is met on one side only.
    return 'failed'
  } finally {
    probe.undo()
  }
}

const imageOf = (tried: Tried, probe: Probe, moves: Int32Array): Tried => {
  if (typeof tried === 'string') return tried
  probe.slots.set(tried.slots)
  return { slots: probe.image(moves).slice(), said: tried.said }
}

const outcomeOf = (tried: Tried): string => (typeof tried === 'string' ? tried : 'enabled')

/** The first thing in which two results differ: the outcome, a slot, or what a property said. */
const inequality = (
  one: Tried,
  two: Tried,
): { readonly kind: 'outcome' | 'slot' | 'said'; readonly at: number } | undefined => {
  if (typeof one === 'string' || typeof two === 'string')
    return one === two ? undefined : { kind: 'outcome', at: 0 }
  const slot = one.slots.findIndex((value, i) => value !== two.slots[i])
  if (slot >= 0) return { kind: 'slot', at: slot }
  const said = one.said.findIndex((value, i) => value !== two.said[i])
  return said < 0 ? undefined : { kind: 'said', at: said }
}
