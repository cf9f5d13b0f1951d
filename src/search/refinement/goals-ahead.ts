/**
 * The goals that can still be seen from each state of a graph that is known completely: from the end backwards, until nothing
 * changes. A set of goals is a number with a bit for each.
 */
import { ModelFault, quote } from '../../modelling/fault.ts'
import type { Refines } from '../../modelling/property.ts'
import { goalOf } from '../engine/goals.ts'
import { Numbers } from './numbers.ts'
import type { Words } from './observed.ts'
import type { SeenGraph } from './seen-graph.ts'

/** Bits of a number that JavaScript computes with. */
const MOST_GOALS = 32

/** The goals of a property among the texts of words; those of a model and of its specification are the same. */
export class Goals {
  readonly #p: Refines
  readonly #words: Words
  readonly #bits = new Map<string, number>()
  readonly #byText = new Map<number, number>()

  /** What was said of texts, in the order in which they were asked for. */
  readonly #said: (readonly [text: number, goal: string | undefined])[] = []

  constructor(p: Refines, words: Words) {
    this.#p = p
    this.#words = words
  }

  /** Those of a word from some text on. Throws `ModelFault`. */
  among(word: number, from = 0): number {
    const texts = this.#words.words[word]!
    let goals = 0
    for (let i = from; i < texts.length; i++) goals |= this.#bitOf(texts[i]!)
    return goals
  }

  /** Asks for all of them again, the last ones first: what was said once was taken for good. Throws `ModelFault`. */
  askAgain(): void {
    for (const [number, goal] of this.#said.reverse()) {
      const text = this.#words.texts[number]!
      const again = goalOf(this.#p, text)
      if (again === goal) continue
      throw new ModelFault({
        problem: `The goals of ${this.#p.name} are not a function of the text: asked twice for ${quote(text)} they gave ${quote(goal)} and ${quote(again)}.`,
        hint: 'keep nothing between two calls, and ask for neither the time nor chance',
      })
    }
  }

  #bitOf(text: number): number {
    const known = this.#byText.get(text)
    if (known !== undefined) return known
    const goal = goalOf(this.#p, this.#words.texts[text]!)
    this.#said.push([text, goal])
    const number = goal === undefined ? -1 : (this.#bits.get(goal) ?? this.#bits.size)
    if (number >= MOST_GOALS)
      throw new ModelFault({
        problem: `${this.#p.name} has more than ${MOST_GOALS} different goals.`,
        hint: 'give goals that need not be told apart one name',
      })
    if (goal !== undefined) this.#bits.set(goal, number)
    const bit = number < 0 ? 0 : 1 << number
    this.#byText.set(text, bit)
    return bit
  }
}

export class GoalsAhead {
  readonly #graph: SeenGraph
  readonly #ahead = new Numbers()

  /** Throws `ModelFault`. */
  constructor(graph: SeenGraph, goals: Goals) {
    this.#graph = graph
    const ahead = this.#ahead
    // States were numbered as they were found, so that most steps lead to a higher number.
    for (let changed = true; changed; ) {
      changed = false
      for (let s = graph.states - 1; s >= 0; s--) {
        const before = ahead.get(s)
        let now = before
        for (let e = graph.firstStep(s); e < graph.endOfSteps(s); e++) {
          const to = graph.target(e)
          now |= ahead.get(to) | goals.among(graph.wordTo(to))
        }
        if (now === before) continue
        ahead.set(s, now)
        changed = true
      }
    }
  }

  get bytes(): number {
    return this.#ahead.bytes
  }

  from(state: number): number {
    return this.#ahead.get(this.#graph.same(state))
  }
}
