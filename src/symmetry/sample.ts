/**
 * The states on which symmetry is tried: breadth first from the initial states, then random walks, which reach the
 * deep ones. Walks prefer actions that were taken seldom. Everything is seeded: the same model gives the same sample.
 */
import type { Model } from '../modelling/model.ts'
import { instancesOf } from '../state/plain.ts'
import type { Probe } from './probe.ts'

/** Instances tried in one sample, which says how many states it has. */
const TRIALS = 300_000
const FEWEST = 100
const MOST = 2_000
/** Steps of a walk at most. */
const LONGEST = 80

/** A state of the sample: in the probe when it is handed out. */
export interface Sampled {
  /** The steps to it, the first an initial one. */
  path(): readonly string[]
}

/** A generator of whole numbers below n: mulberry32. */
export const randomFrom = (seed: number): ((n: number) => number) => {
  let a = seed | 0
  return (n) => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

/** Walks through a model's states and loads each into the probe, which may be left in any state. */
export function* sampleOf(model: Model, probe: Probe, seed: number): Generator<Sampled> {
  const initial = instancesOf(model.initial)
  const instances = instancesOf(model.actions)
  const random = randomFrom(seed)
  const size = Math.min(MOST, Math.max(FEWEST, Math.floor(TRIALS / instances.length)))
  const seen = new Set<string>()
  const isNew = (): boolean => {
    const before = seen.size
    return seen.add(probe.slots.join(' ')).size > before
  }
  const zero = new Int32Array(probe.slots.length)

  /** Each enabled instance; the probe is in the state after it while it is handed out. */
  function* successors(from: Int32Array, among: typeof instances) {
    for (const instance of among) {
      probe.slots.set(from)
      if (!runs(probe, instance)) continue
      const after = probe.slots.slice()
      probe.undo()
      yield { instance, after }
    }
  }

  interface Reached {
    readonly slots: Int32Array
    readonly path: readonly string[]
  }
  const roots: Reached[] = []
  for (const { instance, after } of successors(zero, initial)) {
    probe.slots.set(after)
    if (isNew()) roots.push({ slots: after, path: [instance.text] })
  }
  const queue: Reached[] = [...roots]
  for (const { slots, path } of queue) {
    probe.slots.set(slots)
    yield { path: () => path }
    if (queue.length > size / 3) continue
    for (const { instance, after } of successors(slots, instances)) {
      probe.slots.set(after)
      if (isNew()) queue.push({ slots: after, path: [...path, instance.text] })
    }
  }

  const taken = new Map(model.actions.map((action) => [action, 0]))
  let left = size - queue.length
  for (let walks = 0; walks < size && left > 0 && roots.length > 0; walks++) {
    let { slots, path } = roots[random(roots.length)]!
    for (let steps = 0; steps < LONGEST && left > 0; steps++) {
      const next = [...successors(slots, instances)]
      if (next.length === 0) break
      const two = [next[random(next.length)]!, next[random(next.length)]!]
      const [one, other] = two.map(({ instance }) => taken.get(instance.action)!)
      const { instance, after } = two[one! <= other! ? 0 : 1]!
      taken.set(instance.action, taken.get(instance.action)! + 1)
      slots = after
      path = [...path, instance.text]
      probe.slots.set(slots)
      if (!isNew()) continue
      left -= 1
      const reached = path
      yield { path: () => reached }
    }
  }
}

/** Runs an instance; whether it was enabled and did not fail. What it wrote is left to be taken back. */
const runs = (probe: Probe, instance: Parameters<Probe['guard']>[0]): boolean => {
  try {
    if (!probe.guard(instance)) return false
    probe.effect(instance)
    return true
  } catch {
    probe.undo()
    return false
  }
}
