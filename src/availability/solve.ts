/**
 * Linear equations of a Markov chain by Gauss-Seidel: every term is positive, so that nothing is lost to cancellation
 * however rare a state is. States are renumbered so that most steps lead on, which saves sweeps.
 */

/** A chain in continuous time: steps of each state with their rates. */
export interface Chain {
  readonly states: number
  /** The first step of each state, and the end of the last. */
  readonly first: Uint32Array
  readonly target: Int32Array
  /** Per second; 0: never. */
  readonly rate: Float64Array
}

/** What a solution came to. */
export interface Solved {
  readonly values: Float64Array
  readonly sweeps: number
  /** The largest change of a value in the last sweep, relative to that value. */
  readonly change: number
}

/** An equation system that does not come to rest. */
export class NotSolved extends Error {}

export interface SolveOptions {
  /** Values change by less than this, relatively, when they are done. */
  readonly tolerance?: number
  readonly sweeps?: number
  /** Values to begin with. */
  readonly from?: Float64Array
}

const TOLERANCE = 1e-12
const SWEEPS = 5_000

/** The rate at which each state is left. */
export const exitsOf = ({ states, first, rate }: Chain): Float64Array => {
  const exit = new Float64Array(states)
  for (let s = 0; s < states; s++) for (let e = first[s]!; e < first[s + 1]!; e++) exit[s]! += rate[e]!
  return exit
}

/** The steps that lead into each state. */
interface Incoming {
  readonly first: Uint32Array
  readonly source: Int32Array
  readonly rate: Float64Array
}

const incomingOf = ({ states, first, target, rate }: Chain): Incoming => {
  const into = new Uint32Array(states + 1)
  for (let e = 0; e < target.length; e++) if (rate[e]! > 0) into[target[e]! + 1]! += 1
  for (let s = 0; s < states; s++) into[s + 1]! += into[s]!
  const next = into.slice()
  const source = new Int32Array(into[states]!)
  const rates = new Float64Array(into[states]!)
  for (let s = 0; s < states; s++)
    for (let e = first[s]!; e < first[s + 1]!; e++) {
      if (rate[e] === 0) continue
      const at = next[target[e]!]!++
      source[at] = s
      rates[at] = rate[e]!
    }
  return { first: into, source, rate: rates }
}

/** The states in the order in which a depth-first walk from `root` leaves them, last first: most steps lead on. */
export const orderFrom = ({ states, first, target, rate }: Chain, root: number): Int32Array => {
  const order = new Int32Array(states)
  const seen = new Uint8Array(states)
  const next = Uint32Array.from(first.subarray(0, states))
  const stack: number[] = []
  let left = states
  const walk = (from: number): void => {
    if (seen[from]) return
    seen[from] = 1
    stack.push(from)
    while (stack.length > 0) {
      const s = stack[stack.length - 1]!
      let deeper = false
      while (next[s]! < first[s + 1]!) {
        const e = next[s]!++
        const t = target[e]!
        if (rate[e]! > 0 && !seen[t]) {
          seen[t] = 1
          stack.push(t)
          deeper = true
          break
        }
      }
      if (!deeper) {
        stack.pop()
        order[--left] = s
      }
    }
  }
  walk(root)
  for (let s = 0; s < states; s++) walk(s)
  return order
}

/** Sweeps between two solutions of the coarse chain. */
const COARSE_EVERY = 2
/** How much of a new value is taken: a chain that goes round in a cycle would swing for ever with all of it. */
const RELAXED = 0.85
/** Sweeps after which that is done half as often. */
const PATIENCE = 300
/** Shares of time below which a state does not delay the end. */
const NEGLIGIBLE = 1e-20

/**
 * The share of time in each state in the long run. One set of states has to be reached from all; the others get 0.
 * Sweeps of Gauss-Seidel are slow where a chain stays long in one part, as in hours without a standby: so now and then
 * the shares of the parts as wholes are solved exactly (iterative aggregation and disaggregation, Koury, McAllister and
 * Stewart, 1984). Throws `NotSolved`.
 */
export const stationary = (chain: Chain, options: SolveOptions = {}): Solved => {
  const { tolerance = TOLERANCE, sweeps: most = SWEEPS, from } = options
  const exit = exitsOf(chain)
  const into = incomingOf(chain)
  const order = orderFrom(chain, 0)
  const parts = basinsOf(chain)
  const values = new Float64Array(chain.states)
  if (from) values.set(from)
  else values.fill(1 / chain.states)
  let change = 1
  let sweeps = 0
  while (change > tolerance) {
    if (sweeps === most)
      throw new NotSolved(`after ${most} sweeps the chain still changes by ${change.toExponential(1)}`)
    // Where the parts are badly chosen, balancing them can go round in circles: it is done less and less often.
    const every = COARSE_EVERY * 2 ** Math.floor(sweeps / PATIENCE)
    if (parts.count > 1 && sweeps % every === 0) balance(chain, parts, values)
    sweeps += 1
    change = 0
    for (let i = 0; i < order.length; i++) {
      const s = order[i]!
      let sum = 0
      for (let e = into.first[s]!; e < into.first[s + 1]!; e++)
        sum += values[into.source[e]!]! * into.rate[e]!
      const value = exit[s] === 0 ? 0 : (1 - RELAXED) * values[s]! + (RELAXED * sum) / exit[s]!
      if (value === values[s]) continue
      if (value > NEGLIGIBLE) change = Math.max(change, Math.abs(value - values[s]!) / value)
      values[s] = value
    }
    let total = 0
    for (let s = 0; s < chain.states; s++) total += values[s]!
    for (let s = 0; s < chain.states; s++) values[s]! /= total
  }
  return { values, sweeps, change }
}

/** Parts of a chain. */
interface Parts {
  readonly count: number
  readonly of: Int32Array
}

/** More parts than this are not solved as a whole. */
const MOST_PARTS = 600

/** States from which the most probable steps lead to the same cycle: in such a part a chain stays long, if anywhere. */
const basinsOf = (chain: Chain): Parts => {
  const { states, first, target, rate } = chain
  const next = new Int32Array(states)
  for (let s = 0; s < states; s++) {
    let best = -1
    for (let e = first[s]!; e < first[s + 1]!; e++)
      if (rate[e]! > 0 && (best < 0 || rate[e]! > rate[best]!)) best = e
    next[s] = best < 0 ? s : target[best]!
  }
  const of = new Int32Array(states).fill(-1)
  let count = 0
  const mark = new Int32Array(states).fill(-1)
  for (let s = 0; s < states; s++) {
    let at = s
    while (of[at] === -1 && mark[at] !== s) {
      mark[at] = s
      at = next[at]!
    }
    const part = of[at] === -1 ? count++ : of[at]!
    for (let t = s; of[t] === -1; t = next[t]!) of[t] = part
  }
  return count <= MOST_PARTS ? { count, of } : { count: 1, of: new Int32Array(states) }
}

/** Gives each part the share that it has in the chain of the parts. */
const balance = (
  { states, first, target, rate }: Chain,
  { count, of }: Parts,
  values: Float64Array,
): void => {
  const coarse = new Float64Array(count * count)
  const weight = new Float64Array(count)
  for (let s = 0; s < states; s++) {
    weight[of[s]!]! += values[s]!
    for (let e = first[s]!; e < first[s + 1]!; e++)
      coarse[of[s]! * count + of[target[e]!]!]! += values[s]! * rate[e]!
  }
  for (let p = 0; p < count; p++)
    for (let q = 0; q < count; q++) if (weight[p]! > 0) coarse[p * count + q]! /= weight[p]!
  const heaviest = weight.reduce((best, value, p) => (value > weight[best]! ? p : best), 0)
  const shares = direct(coarse, count, heaviest)
  for (let s = 0; s < states; s++) if (weight[of[s]!]! > 0) values[s]! *= shares[of[s]!]! / weight[of[s]!]!
}

/**
 * The shares of time of a small chain, given as a matrix of rates: states are taken out one by one without a subtraction
 * (Grassmann, Taksar and Heyman, 1985). One state has to be reached from all others: the first, or the one that is named.
 */
export const direct = (rates: Float64Array, states: number, root = 0): Float64Array => {
  const a = rates.slice()
  const swapped = (values: Float64Array): Float64Array => {
    ;[values[0], values[root]] = [values[root]!, values[0]!]
    return values
  }
  if (root > 0) {
    for (let i = 0; i < states; i++) {
      const row = i * states
      ;[a[row], a[row + root]] = [a[row + root]!, a[row]!]
    }
    for (let j = 0; j < states; j++) {
      const at = root * states + j
      ;[a[j], a[at]] = [a[at]!, a[j]!]
    }
  }
  const out = new Float64Array(states)
  for (let n = states - 1; n > 0; n--) {
    let sum = 0
    for (let j = 0; j < n; j++) sum += a[n * states + j]!
    out[n] = sum
    if (sum === 0) continue
    for (let i = 0; i < n; i++) {
      const share = a[i * states + n]! / sum
      if (share === 0) continue
      for (let j = 0; j < n; j++) if (j !== i) a[i * states + j]! += share * a[n * states + j]!
    }
  }
  const values = new Float64Array(states)
  values[0] = 1
  let total = 1
  for (let n = 1; n < states; n++) {
    let sum = 0
    for (let i = 0; i < n; i++) sum += values[i]! * a[i * states + n]!
    values[n] = out[n] === 0 ? 0 : sum / out[n]!
    total += values[n]!
  }
  for (let n = 0; n < states; n++) values[n]! /= total
  return root > 0 ? swapped(values) : values
}

/**
 * What is expected until a state that is fixed is reached: `gain` for each second in a state, and `end` in the fixed
 * states. With no gain and ends of 0 and 1 that is a chance. Throws `NotSolved`.
 */
export const expected = (
  chain: Chain,
  fixed: Uint8Array,
  { gain, end }: { readonly gain?: Float64Array; readonly end?: Float64Array },
  options: SolveOptions = {},
): Solved => {
  const { tolerance = TOLERANCE, sweeps: most = SWEEPS, from } = options
  const exit = exitsOf(chain)
  const order = orderFrom(chain, 0)
  const values = new Float64Array(chain.states)
  if (from) values.set(from)
  for (let s = 0; s < chain.states; s++) if (fixed[s]) values[s] = end?.[s] ?? 0
  let change = 1
  let sweeps = 0
  while (change > tolerance) {
    if (sweeps === most)
      throw new NotSolved(`after ${most} sweeps the expectation still changes by ${change.toExponential(1)}`)
    sweeps += 1
    change = 0
    for (let i = order.length - 1; i >= 0; i--) {
      const s = order[i]!
      if (fixed[s] || exit[s] === 0) continue
      let sum = gain?.[s] ?? 0
      for (let e = chain.first[s]!; e < chain.first[s + 1]!; e++)
        if (chain.rate[e]! > 0) sum += chain.rate[e]! * values[chain.target[e]!]!
      const value = sum / exit[s]!
      if (value === 0) continue
      const moved = Math.abs(value - values[s]!) / value
      if (moved > change) change = moved
      values[s] = value
    }
  }
  return { values, sweeps, change }
}

/**
 * By how much the flow into a state misses the flow out of it, summed over all states and divided by the flow of all: 0
 * in an exact solution.
 */
export const residual = (chain: Chain, values: Float64Array): number => {
  const flow = new Float64Array(chain.states)
  let all = 0
  for (let s = 0; s < chain.states; s++)
    for (let e = chain.first[s]!; e < chain.first[s + 1]!; e++) {
      const f = values[s]! * chain.rate[e]!
      flow[s]! -= f
      flow[chain.target[e]!]! += f
      all += f
    }
  let missed = 0
  for (const f of flow) missed += Math.abs(f)
  return all === 0 ? 0 : missed / all
}
