/**
 * The sets of places in which a specification can be after what was seen, made as they are asked for and numbered. A place is
 * a state, or a state with a part of a word that is still to be seen before it. Of a set, which is closed under steps of
 * which nothing is seen, those places are kept at which something can be seen next; of the others it is remembered how few goals
 * lie ahead of them.
 */
import { type Goals, GoalsAhead } from './goals-ahead.ts'
import { Numbers } from './numbers.ts'
import type { Words } from './observed.ts'
import type { SeenGraph } from './seen-graph.ts'

/** Stands for states whose steps are not known, since the search for them was cut: anything may be seen there. */
const OPEN = 0x7fffffff

/** The number of no set: nothing of this kind is allowed. */
export const REFUSED = -1

interface Unfinished {
  readonly state: number
  readonly word: number
  /** Texts of the word that were seen. */
  readonly taken: number
}

/** What is known of a set. */
interface PlaceSet {
  /** Ascending. */
  readonly places: Int32Array
  /** A bit for each place, several places to a bit. */
  readonly bits: number
  /** The goals that lie ahead of its places, of which none are all among others; ascending. Empty: goals are not asked for. */
  readonly fewest: readonly number[]
  /** Where each text leads to: places, and the set once it was asked for. */
  next: Map<number, number[]> | undefined
  readonly after: Map<number, number>
}

export class PlaceSets {
  readonly #graph: SeenGraph
  readonly #words: Words
  readonly #goals: { readonly among: Goals; readonly ahead: GoalsAhead } | undefined
  readonly #sets: PlaceSet[] = []
  readonly #byHash = new Map<number, number[]>()
  readonly #unfinished: Unfinished[] = []
  readonly #unfinishedBy = new Map<string, number>()
  readonly #met = new Numbers(-1)
  #round = 0
  #bytes = 0
  /** Whether something was allowed only because the specification is not known completely. */
  leant = false

  /** Of a graph that is explored already; `goals`, where they are asked for. */
  constructor(graph: SeenGraph, words: Words, goals?: Goals) {
    this.#graph = graph
    this.#words = words
    this.#goals = goals && { among: goals, ahead: new GoalsAhead(graph, goals) }
  }

  get count(): number {
    return this.#sets.length
  }
  get largest(): number {
    return this.#sets.reduce((most, { places }) => Math.max(most, places.length), 0)
  }
  get bytes(): number {
    return this.#bytes
  }

  initial(): number {
    const from: number[] = []
    for (let s = 0; s < this.#graph.initial; s++) from.push(this.#placeOf(s, this.#graph.wordTo(s), 0))
    return this.#closed(from)
  }

  /** The set after a text; `REFUSED` when it cannot be seen. */
  after(set: number, text: number): number {
    const one = this.#sets[set]!
    const known = one.after.get(text)
    if (known !== undefined) return known
    const open = one.places[one.places.length - 1] === OPEN
    one.next ??= this.#nextOf(one)
    const to = one.next.get(text)
    if (!to && open) this.leant = true
    const found = to || open ? this.#closed([...(to ?? []), ...(open ? [OPEN] : [])]) : REFUSED
    one.after.set(text, found)
    return found
  }

  /** Whether some place has no goal ahead but these. */
  wantsNoMore(set: number, possible: number): boolean {
    const { fewest } = this.#sets[set]!
    return fewest.length === 0 || fewest.some((goals) => (goals & ~possible) === 0)
  }

  /** Whether all places of `a` are in `b`: then whatever `a` allows, `b` allows too. */
  isWithin(a: number, b: number): boolean {
    if (a === b) return true
    const [small, large] = [this.#sets[a]!, this.#sets[b]!]
    if (!small.fewest.every((goals) => this.wantsNoMore(b, goals))) return false
    if ((small.bits & ~large.bits) !== 0 || small.places.length > large.places.length) return false
    let k = 0
    for (const place of small.places) {
      while (k < large.places.length && large.places[k]! < place) k++
      if (large.places[k] !== place) return false
    }
    return true
  }

  /** A state, or the rest of a word before it; numbers beyond those of the states are of the latter. */
  #placeOf(state: number, word: number, taken: number): number {
    if (taken === this.#words.words[word]!.length) return this.#graph.same(state)
    const key = `${this.#graph.same(state)} ${word} ${taken}`
    const known = this.#unfinishedBy.get(key) ?? this.#unfinished.length
    if (known === this.#unfinished.length) {
      this.#unfinishedBy.set(key, known)
      this.#unfinished.push({ state, word, taken })
    }
    return this.#graph.states + known
  }

  /** Where each text leads to from the places of a set. */
  #nextOf({ places }: PlaceSet): Map<number, number[]> {
    const next = new Map<number, number[]>()
    const leads = (state: number, word: number, taken: number): void => {
      const text = this.#words.words[word]![taken]!
      const to = next.get(text) ?? []
      next.set(text, to)
      to.push(this.#placeOf(state, word, taken + 1))
    }
    const graph = this.#graph
    for (const place of places) {
      if (place === OPEN) continue
      if (place >= graph.states) {
        const { state, word, taken } = this.#unfinished[place - graph.states]!
        leads(state, word, taken)
        continue
      }
      for (let e = graph.firstStep(place); e < graph.endOfSteps(place); e++) {
        const word = graph.wordTo(graph.target(e))
        if (word !== 0) leads(graph.target(e), word, 0)
      }
    }
    return next
  }

  /** The set of what can be reached from places by steps of which nothing is seen. */
  #closed(from: readonly number[]): number {
    const graph = this.#graph
    const round = this.#round++
    const waiting: number[] = []
    const kept: number[] = []
    let fewest: readonly number[] = []
    const aims = (goals: number): void => {
      if (fewest.some((other) => (other & ~goals) === 0)) return
      fewest = [...fewest.filter((other) => (goals & ~other) !== 0), goals]
    }
    let open = false
    const meet = (place: number): void => {
      if (place === OPEN) {
        open = true
        return
      }
      if (this.#met.get(place) === round) return
      this.#met.set(place, round)
      waiting.push(place)
    }
    from.forEach(meet)
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (place >= graph.states) {
        kept.push(place)
        if (this.#goals) aims(this.#goalsBefore(place))
        continue
      }
      if (this.#goals) aims(this.#goals.ahead.from(place))
      if (!graph.knows(place)) {
        open = true
        continue
      }
      let shows = false
      for (let e = graph.firstStep(place); e < graph.endOfSteps(place); e++) {
        const target = graph.target(e)
        if (graph.wordTo(target) === 0) meet(graph.same(target))
        else shows = true
      }
      if (shows) kept.push(place)
    }
    if (open) kept.push(OPEN)
    return this.#numberOf(
      Int32Array.from(kept).sort(),
      [...fewest].sort((a, b) => a - b),
    )
  }

  /** The goals in what is left of a word, and after it. */
  #goalsBefore(place: number): number {
    const { state, word, taken } = this.#unfinished[place - this.#graph.states]!
    return this.#goals!.among.among(word, taken) | this.#goals!.ahead.from(state)
  }

  #numberOf(places: Int32Array, fewest: readonly number[]): number {
    let hash = fewest.reduce((sum, goals) => Math.imul(sum, 31) ^ goals, 0)
    let bits = 0
    for (const place of places) {
      hash = Math.imul(hash ^ place, 0x9e3779b1)
      hash ^= hash >>> 15
      bits |= 1 << (Math.imul(place, 0x85ebca6b) >>> 27)
    }
    const same = this.#byHash.get(hash) ?? []
    const known = same.find((i) => {
      const { places: other, fewest: wanted } = this.#sets[i]!
      return (
        other.length === places.length &&
        wanted.length === fewest.length &&
        places.every((place, k) => other[k] === place) &&
        fewest.every((goals, k) => wanted[k] === goals)
      )
    })
    if (known !== undefined) return known
    this.#byHash.set(hash, [...same, this.#sets.length])
    this.#bytes += places.byteLength + 200
    this.#sets.push({ places, bits, fewest, next: undefined, after: new Map() })
    return this.#sets.length - 1
  }
}
