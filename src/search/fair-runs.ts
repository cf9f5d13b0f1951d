/**
 * Properties of whole runs: a violation is a fair run that from some time on avoids the states in which the property
 * holds. The states of such a run that come again and again lie in one strongly connected part of the avoiding states. A
 * part has a fair run when each constraint is met in it; where one that is strongly fair is not, the states in which its
 * actions are possible are left out, and the parts of the rest are looked at.
 */
import { type Fairness, isTemporal, ofGraph, strongly, type Temporal, weakly } from '../modelling/property.ts'
import type { Engine, Steps } from './engine/engine.ts'
import { type Constraint, constraintsOf } from './engine/fair-constraints.ts'
import type { Path } from './engine/outcome.ts'
import { pathTo } from './engine/path.ts'

/** What is known of the runs of one property: a path to a cycle and once around it, and whether any run was judged. */
export interface Lasso {
  readonly path?: Path
  readonly judged: boolean
  /** What would have to be fair besides for the property to hold, in words; absent where nothing would do, or it was not looked for. */
  readonly missing?: string
}

/** Between two turns of the event loop, in states. */
const TURN = 1 << 20

/** What is missing is looked for while there are no more than so many states, for each of the actions. */
const MOST_TRIED = 1 << 21

/**
 * What each property of runs says, in their order; undefined when `goOn`, which is asked now and then, said no. In a
 * search that was cut only states that were expanded are looked at, so what is found is true of the whole.
 */
export const lassosOf = async (
  engine: Engine,
  goOn: () => Promise<boolean>,
): Promise<readonly Lasso[] | undefined> => {
  const { properties } = engine.model
  const steps = properties.some(isTemporal) ? engine.graph?.steps?.() : undefined
  if (!steps) return []
  const found: Lasso[] = []
  for (const [i, p] of ofGraph(properties).entries()) {
    if (!isTemporal(p)) continue
    const lasso = await new FairRuns(engine, steps, p, 1 << i).find(goOn)
    if (!lasso) return undefined
    found.push(lasso)
  }
  return found
}

/** A strongly connected part of the avoiding states, and how early a run can come to it. */
interface Part {
  readonly states: Int32Array
  /** The state that is reached first, by its place in the order. */
  readonly entry: number
}

class FairRuns {
  readonly #engine: Engine
  readonly #steps: Steps
  readonly #p: Temporal
  readonly #bit: number
  #constraints: readonly Constraint[] = []
  /** Words of a set of constraints. */
  #words = 0
  /** The constraints that each instance belongs to. */
  #of = new Int32Array(0)
  /** States in the order in which avoiding runs reach them, shortest first. */
  readonly #order: Int32Array
  #reached = 0
  /** The place of a state in the order, or -1. */
  readonly #placeOf: Int32Array
  /** The step by which it was reached, or -1 where a run begins to avoid. */
  readonly #by: Float64Array
  /** The part that a state was last found in. */
  readonly #partOf: Int32Array
  #parts = 0
  /** By place in the order: when a state was met, the earliest that is reached from it, and the step to look at next. */
  readonly #met: Int32Array
  readonly #low: Int32Array
  readonly #next: Float64Array

  constructor(engine: Engine, steps: Steps, p: Temporal, bit: number) {
    this.#engine = engine
    this.#steps = steps
    this.#p = p
    this.#bit = bit
    const states = steps.first.length - 1
    this.#order = new Int32Array(states)
    this.#placeOf = new Int32Array(states).fill(-1)
    this.#by = new Float64Array(states)
    this.#partOf = new Int32Array(states).fill(-1)
    this.#met = new Int32Array(states)
    this.#low = new Int32Array(states)
    this.#next = new Float64Array(states)
  }

  async find(goOn: () => Promise<boolean>): Promise<Lasso | undefined> {
    const judged = this.#reach()
    const own = this.#p.fair ?? []
    const best = await this.#fairPart(own, goOn)
    if (best === undefined) return undefined
    if (best === null) return { judged }
    const path = this.#lassoOf(best)
    const missing = await this.#missing(own, goOn)
    return { judged, path, ...(missing !== undefined && { missing }) }
  }

  /** The part that a fair run comes to first and can stay in, null where there is none; undefined when `goOn` said no. */
  async #fairPart(
    fair: NonNullable<Temporal['fair']>,
    goOn: () => Promise<boolean>,
  ): Promise<Part | null | undefined> {
    this.#suppose(fair)
    if (!(await goOn())) return undefined
    let best: Part | null = null
    let looked = 0
    // Parts that are still to be taken apart, by their states.
    const waiting: Int32Array[] = [this.#order.subarray(0, this.#reached)]
    for (let states = waiting.pop(); states; states = waiting.pop()) {
      for (const part of this.#partsOf(states)) {
        if (best && part.entry > best.entry) continue
        const odd = this.#unmet(part)
        if (odd === undefined) best = part
        else if (odd.length > 0) waiting.push(odd)
      }
      looked += states.length
      if (looked > TURN) {
        looked = 0
        if (!(await goOn())) return undefined
      }
    }
    return best
  }

  /** From now on runs are fair in this sense. */
  #suppose(fair: NonNullable<Temporal['fair']>): void {
    this.#constraints = constraintsOf(this.#engine.model, { fair })
    this.#words = Math.ceil(this.#constraints.length / 32)
    const instances = this.#constraints[0]?.counts.length ?? 0
    this.#of = new Int32Array(instances * this.#words)
    this.#constraints.forEach(({ counts }, c) => {
      counts.forEach((counted, i) => {
        if (counted) this.#of[i * this.#words + (c >>> 5)]! |= 1 << (c & 31)
      })
    })
  }

  /**
   * The least that has to be fair besides: one action weakly, for each of its choices, strongly, or all of them; none
   * when that does not help, or there are too many states to try.
   */
  async #missing(
    own: NonNullable<Temporal['fair']>,
    goOn: () => Promise<boolean>,
  ): Promise<string | undefined> {
    const { actions } = this.#engine.model
    if (own === 'strong') return undefined
    if (this.#reached * actions.length > MOST_TRIED) return undefined
    const listed = typeof own === 'string' ? actions.map(({ name }) => weakly(name)) : own
    const suffices = async (more: readonly Fairness[]): Promise<boolean> =>
      (await this.#fairPart([...listed, ...more], goOn)) === null
    for (const fairly of [weakly, strongly]) {
      const word = fairly === weakly ? 'weakly' : 'strongly'
      for (const isEach of [false, true]) {
        const found: string[] = []
        for (const { name, choose } of actions) {
          const each = Object.keys(choose)
          if (isEach && each.length === 0) continue
          const text = isEach
            ? `${name} is ${word} fair for each ${each.join(', ')}`
            : `${name} is ${word} fair`
          if (await suffices([fairly(name, isEach ? { each } : {})])) found.push(text)
        }
        if (found.length > 0) return found.slice(0, 3).join(', or if ')
      }
      const all = actions.map(({ name, choose }) => fairly(name, { each: Object.keys(choose) }))
      if (await suffices(all)) return `every action is ${word} fair for each of its choices`
    }
    return undefined
  }

  #avoids(state: number): boolean {
    return (this.#engine.graph!.holds(state) & this.#bit) === 0
  }

  /** Whether a run that is to avoid can begin to do so here; level 0 has the initial states. */
  #begins(state: number, level: number): boolean {
    if (this.#p.kind === 'eventually') return level === 0
    return (this.#engine.graph!.judges(state) & this.#bit) !== 0
  }

  /** Puts the states that avoiding runs reach into order; returns whether any run is judged at all. */
  #reach(): boolean {
    const { levelSizes } = this.#engine
    const { first, target } = this.#steps
    const expanded = first.length - 1
    let judged = false
    let begin = 0
    let done = 0
    const take = (state: number, by: number): void => {
      if (state >= expanded || this.#placeOf[state] !== -1 || !this.#avoids(state)) return
      this.#placeOf[state] = this.#reached
      this.#by[state] = by
      this.#order[this.#reached++] = state
    }
    for (let level = 0; level < levelSizes.length || done < this.#reached; level++) {
      const before = this.#reached
      // What is reached by a step from the level before comes as early as what begins here.
      for (; done < before; done++) {
        const s = this.#order[done]!
        for (let e = first[s]!; e < first[s + 1]!; e++) take(target(e), e)
      }
      const end = Math.min(expanded, begin + (levelSizes[level] ?? 0))
      for (let s = begin; s < end; s++)
        if (this.#begins(s, level)) {
          judged = true
          take(s, -1)
        }
      begin = end
    }
    return judged
  }

  /** The strongly connected parts of some of the reached states, by Tarjan's algorithm without recursion. */
  *#partsOf(states: Int32Array): Generator<Part> {
    const { first, target } = this.#steps
    const scope = this.#parts++
    const place = this.#placeOf
    const [met, low, next] = [this.#met, this.#low, this.#next]
    for (const s of states) {
      this.#partOf[s] = scope
      met[place[s]!] = 0
    }
    const stack: number[] = []
    const calls: number[] = []
    let count = 0
    for (const root of states) {
      if (met[place[root]!] !== 0) continue
      calls.push(root)
      while (calls.length > 0) {
        const s = calls[calls.length - 1]!
        const at = place[s]!
        if (met[at] === 0) {
          met[at] = ++count
          low[at] = count
          next[at] = first[s]!
          stack.push(s)
        }
        const end = first[s + 1]!
        let deeper = false
        while (next[at]! < end) {
          const t = target(next[at]!)
          const there = t < this.#partOf.length && this.#partOf[t] === scope ? place[t]! : -1
          if (there >= 0 && met[there] === 0) {
            calls.push(t)
            deeper = true
            break
          }
          // What belongs to a part that is known has left the scope.
          if (there >= 0 && low[there]! < low[at]!) low[at] = low[there]!
          next[at]! += 1
        }
        if (deeper) continue
        calls.pop()
        const caller = calls[calls.length - 1]
        if (caller !== undefined) {
          const up = place[caller]!
          if (low[at]! < low[up]!) low[up] = low[at]!
        }
        if (low[at] !== met[at]) continue
        const from = stack.lastIndexOf(s)
        const members = Int32Array.from(stack.splice(from))
        const part = this.#parts++
        let entry = this.#reached
        for (const member of members) {
          this.#partOf[member] = part
          entry = Math.min(entry, place[member]!)
        }
        yield { states: members, entry }
      }
    }
  }

  /**
   * Whether a run can stay in a part and be fair: undefined. Otherwise the states of the part among which one still may:
   * without those in which something that is strongly fair is possible and never done.
   */
  #unmet({ states }: Part): Int32Array | undefined {
    const { first, target, instance } = this.#steps
    const words = this.#words
    const part = this.#partOf[states[0]!]
    const always = new Int32Array(words).fill(-1)
    const ever = new Int32Array(words)
    const done = new Int32Array(words)
    const here = new Int32Array(words)
    let stays = false
    for (const s of states) {
      here.fill(0)
      if (first[s] === first[s + 1]) stays = true
      for (let e = first[s]!; e < first[s + 1]!; e++) {
        const inside = target(e) < this.#partOf.length && this.#partOf[target(e)] === part
        if (inside) stays = true
        const i = instance(e) * words
        for (let w = 0; w < words; w++) {
          here[w]! |= this.#of[i + w]!
          if (inside) done[w]! |= this.#of[i + w]!
        }
      }
      for (let w = 0; w < words; w++) {
        always[w]! &= here[w]!
        ever[w]! |= here[w]!
      }
    }
    if (!stays) return new Int32Array(0)
    const has = (set: Int32Array, c: number): boolean => ((set[c >>> 5]! >>> (c & 31)) & 1) !== 0
    const missing = this.#constraints.flatMap(({ strength }, c) =>
      has(strength === 'weak' ? always : ever, c) && !has(done, c) ? [{ strength, c }] : [],
    )
    if (missing.length === 0) return undefined
    if (missing.some(({ strength }) => strength === 'weak')) {
      // Smaller parts are less fair to what is always possible in the whole one.
      return new Int32Array(0)
    }
    return states.filter((s) => {
      for (let e = first[s]!; e < first[s + 1]!; e++)
        if (missing.some(({ c }) => this.#constraints[c]!.counts[instance(e)])) return false
      return true
    })
  }

  /** A shortest path to a part, and once around in it past all that its constraints ask for. */
  #lassoOf({ states, entry }: Part): Path {
    const { first, target, instance } = this.#steps
    const part = this.#parts++
    for (const s of states) this.#partOf[s] = part
    const goal = this.#order[entry]!
    const stem: number[] = []
    let at = goal
    for (let by = this.#by[at]!; by >= 0; by = this.#by[at]!) {
      stem.push(instance(by))
      at = this.#sourceOf(by)
    }
    const path = [...pathTo(this.#engine, at), ...stem.reverse()]
    if (states.length === 1) return path

    /** The states and steps of the cycle. */
    const passed: number[] = [goal]
    const taken: number[] = []
    /** Goes on by a shortest way inside of the part to a state that is looked for, or past a step that is. */
    const walk = (isStep: (instance: number) => boolean, isState: (s: number) => boolean): void => {
      const from = passed[passed.length - 1]!
      const by = new Map<number, number>([[from, -1]])
      const follow = (last: number): void => {
        const way: number[] = []
        for (let e = last; e >= 0; e = by.get(this.#sourceOf(e))!) way.push(e)
        for (const e of way.reverse()) {
          taken.push(instance(e))
          passed.push(target(e))
        }
      }
      const queue = [from]
      for (const s of queue) {
        if (isState(s)) {
          follow(by.get(s)!)
          return
        }
        for (let e = first[s]!; e < first[s + 1]!; e++) {
          const t = target(e)
          if (t >= this.#partOf.length || this.#partOf[t] !== part) continue
          if (isStep(instance(e))) {
            follow(e)
            return
          }
          if (by.has(t)) continue
          by.set(t, e)
          queue.push(t)
        }
      }
    }
    const never = (): boolean => false
    for (const { strength, counts } of this.#constraints) {
      const isStep = (i: number): boolean => counts[i]!
      const isPossible = (s: number): boolean => {
        for (let e = first[s]!; e < first[s + 1]!; e++) if (isStep(instance(e))) return true
        return false
      }
      if (taken.some(isStep)) continue
      if (strength === 'strong') {
        if (states.some(isPossible)) walk(isStep, never)
      } else if (passed.every(isPossible)) walk(isStep, (s) => !isPossible(s))
    }
    // A cycle has a step at least.
    if (taken.length === 0) walk(() => true, never)
    walk(never, (s) => s === goal)
    return [...path, ...taken]
  }

  /** The state that a step leaves. */
  #sourceOf(step: number): number {
    const { first } = this.#steps
    let low = 0
    let high = first.length - 1
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if (first[middle]! <= step) low = middle
      else high = middle
    }
    return low
  }
}
