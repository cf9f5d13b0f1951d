/**
 * Whether all that is seen of a model can be seen of its specification: breadth first over pairs of a state and the set of places
 * in which the specification can be. A pair is left out when there is one of the same state with some of its places only, which
 * allows no more and was found no later: the sets of a state are an antichain, but for those that smaller ones came after. Goals are
 * judged when both graphs are known completely.
 */
import type { Model } from '../../modelling/model.ts'
import type { Refines } from '../../modelling/property.ts'
import { type Compared, type Cut, missProbabilityOf, type Path } from '../engine/outcome.ts'
import { modelOfSpecification } from '../engine/watching.ts'
import { Goals, GoalsAhead } from './goals-ahead.ts'
import { Numbers } from './numbers.ts'
import { Words } from './observed.ts'
import { PlaceSets, REFUSED } from './place-sets.ts'
import { SeenGraph } from './seen-graph.ts'

/** Where a comparison ends at the latest. */
export interface RefinementLimits {
  /** States of the model, of the specification, and pairs, each. */
  readonly states: number
  readonly seconds: number
  readonly bytes: number
  readonly interrupted?: (() => boolean) | undefined
}

/** What a comparison found. */
export interface Refinement {
  /** A shortest path whose last step shows what the specification does not allow, or after which goals are lost. */
  readonly path?: Path
  /** Whether anything is seen at all. */
  readonly seen: boolean
  /** Whether nothing else can be found. */
  readonly complete: boolean
  readonly compared: Compared
  readonly missProbability: number
}

/** Milliseconds between two turns of the event loop. */
const TURN = 100

/** Compares a model with the specification of a property. Throws `ModelFault`. */
export const refinementOf = async (
  model: Model,
  p: Refines,
  limits: RefinementLimits,
  exact: boolean,
): Promise<Refinement> => {
  const words = new Words()
  const options = { property: p.name, words, exact }
  const specification = new SeenGraph(modelOfSpecification(p.specification), {
    ...options,
    observer: p.seesOfSpecification,
  })
  const graph = new SeenGraph(model, { ...options, observer: p.sees })
  let pairs: Pairs | undefined
  const watch = watchOf(limits, () => [
    Math.max(graph.states, specification.states, pairs?.count ?? 0),
    graph.bytes + specification.bytes + (pairs?.bytes ?? 0),
  ])
  let cut: Cut | undefined
  // Goals need the whole of both.
  for (const one of p.goals ? [specification, graph] : [specification])
    while (!one.complete && !cut) {
      one.advance()
      cut = one.full ? 'bytes' : await watch()
    }
  const goals = p.goals && !cut ? new Goals(p, words) : undefined
  pairs = new Pairs(graph, specification, words, goals)
  while (!pairs.begin() && cut !== 'interrupt' && !graph.full) graph.advance()
  // What is known of the specification is enough to tell what it allows, and perhaps that nothing else is needed.
  let stop: Cut | undefined = cut === 'interrupt' ? cut : undefined
  while (!pairs.done) {
    // After the search for states was cut, what is known of them is still compared.
    if (!pairs.expandSome()) {
      if (stop) break
      graph.advance()
    }
    const met = graph.full ? 'bytes' : await watch()
    stop ??= met
    if (met && (met !== 'states' || pairs.count >= limits.states)) break
  }
  specification.close()
  graph.close()
  goals?.askAgain()
  const decided = !pairs.leant && (!p.goals || goals !== undefined)
  cut = stop ?? (decided ? undefined : cut)
  const { path, seen } = pairs
  return {
    ...(path && { path }),
    seen,
    complete: pairs.done && decided,
    compared: {
      states: graph.states,
      specification: specification.states,
      pairs: pairs.count,
      sets: pairs.sets.count,
      largest: pairs.sets.largest,
      ...(cut && !path && { cut }),
    },
    missProbability: [graph, specification].reduce(
      (sum, one) => sum + (one.exact ? 0 : missProbabilityOf(one.states)),
      0,
    ),
  }
}

/** Asked between pieces of work: the limit that was met. Gives the event loop its turn now and then. */
const watchOf = (
  { states, seconds, bytes, interrupted }: RefinementLimits,
  size: () => readonly [states: number, bytes: number],
): (() => Promise<Cut | undefined>) => {
  const started = performance.now()
  let turn = started + TURN
  return async () => {
    const now = performance.now()
    const [someStates, someBytes] = size()
    if (someStates >= states) return 'states'
    if (someBytes >= bytes) return 'bytes'
    if (now - started >= seconds * 1000) return 'seconds'
    if (now >= turn) {
      await new Promise((resume) => setImmediate(resume))
      turn = performance.now() + TURN
      if (interrupted?.()) return 'interrupt'
    }
    return undefined
  }
}

/** Pairs that are expanded between two looks at the limits. */
const SOME = 256

class Pairs {
  readonly sets: PlaceSets
  readonly #graph: SeenGraph
  /** What can still be seen of the model, where goals are asked for. */
  readonly #ahead: GoalsAhead | undefined
  readonly #words: Words
  /** Of each pair: its state, its set, the pair before, and the instance by which it came. */
  readonly #state = new Numbers()
  readonly #set = new Numbers()
  readonly #before = new Numbers()
  readonly #by = new Numbers()
  /** The last pair of a state, and for each pair the one before it of the same state. */
  readonly #last = new Numbers(-1)
  readonly #earlier = new Numbers()
  #expanded = 0
  seen = false
  path: Path | undefined

  constructor(graph: SeenGraph, specification: SeenGraph, words: Words, goals: Goals | undefined) {
    this.#graph = graph
    this.#words = words
    this.#ahead = goals && new GoalsAhead(graph, goals)
    this.sets = new PlaceSets(specification, words, goals)
  }

  get count(): number {
    return this.#state.length
  }
  get bytes(): number {
    return (
      this.sets.bytes +
      (this.#ahead?.bytes ?? 0) +
      [this.#state, this.#set, this.#before, this.#by, this.#last, this.#earlier].reduce(
        (sum, { bytes }) => sum + bytes,
        0,
      )
    )
  }
  get done(): boolean {
    return this.path !== undefined || this.#expanded === this.count
  }
  /** Whether something was allowed only for being unknown. */
  get leant(): boolean {
    return this.sets.leant
  }

  /** False: more states have to be known first. */
  begin(): boolean {
    const graph = this.#graph
    if (graph.initial > 0 && !graph.knows(graph.initial - 1)) return false
    const set = this.sets.initial()
    for (let s = 0; s < graph.initial && !this.path; s++) this.#meet(s, set, -1, graph.initialInstance(s))
    return true
  }

  /** Expands some pairs. False: more states have to be known first. */
  expandSome(): boolean {
    const graph = this.#graph
    for (let n = 0; n < SOME && !this.done; n++) {
      const pair = this.#expanded
      const state = this.#state.get(pair)
      // Which states are as good as the same is known of those whose steps are.
      if (!graph.knows(state) || !graph.knowsTargets(state)) return false
      this.#expanded += 1
      const set = this.#set.get(pair)
      for (let e = graph.firstStep(state); e < graph.endOfSteps(state) && !this.path; e++) {
        this.#meet(graph.target(e), set, pair, graph.instance(e))
      }
    }
    return true
  }

  /** A step leads to a state, and the specification was in one of these places before it. */
  #meet(to: number, before: number, from: number, by: number): void {
    let set = before
    for (const text of this.#words.words[this.#graph.wordTo(to)]!) {
      this.seen = true
      set = this.sets.after(set, text)
      if (set !== REFUSED) continue
      this.path = [...this.#pathTo(from), by]
      return
    }
    const state = this.#graph.same(to)
    for (let known = this.#last.get(state); known >= 0; known = this.#earlier.get(known))
      if (this.sets.isWithin(this.#set.get(known), set)) return
    if (this.#ahead && !this.sets.wantsNoMore(set, this.#ahead.from(state)))
      this.path = [...this.#pathTo(from), by]
    const pair = this.count
    this.#state.push(state)
    this.#set.push(set)
    this.#before.push(from)
    this.#by.push(by)
    this.#earlier.push(this.#last.get(state))
    this.#last.set(state, pair)
  }

  #pathTo(pair: number): number[] {
    const path: number[] = []
    for (let at = pair; at >= 0; at = this.#before.get(at)) path.push(this.#by.get(at))
    return path.reverse()
  }
}
