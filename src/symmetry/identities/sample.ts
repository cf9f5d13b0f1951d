/**
 * The states on which symmetry is tried: breadth first from the initial states, then random walks, which reach the
 * deep ones. Walks prefer actions that were taken seldom. Everything is seeded: the same model gives the same sample.
 */
import type { Model } from '../../modelling/model.ts'
import { type Instance, instancesOf } from '../../state/plain/instances.ts'
import type { Probe } from './probe.ts'

/** Guards asked in one sample, of which a third may be asked breadth first; and states at most. */
const TRIALS = 200_000
const MOST = 1_500
/** Steps of a walk at most, and steps without a new state after which walks end. */
const LONGEST = 80
const STALE = 500

/** A state of the sample: in the probe when it is handed out. */
export interface Sampled {
  /** The steps to it, the first an initial one. */
  path(): readonly string[]
}

/** Draws a whole number from 0, below `n`. */
export type Random = (n: number) => number

/** A generator of random numbers: mulberry32. */
export const randomFrom = (seed: number): Random => {
  let a = seed | 0
  return (n) => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

/** Two identities of one class. */
export const pairIn = (
  classes: readonly (readonly string[])[],
  random: Random,
): readonly [string, string] => {
  const identities = classes[random(classes.length)]!
  const i = random(identities.length)
  const j = (i + 1 + random(identities.length - 1)) % identities.length
  return [identities[i]!, identities[j]!]
}

/** Walks through a model's states and loads each into the probe, which may be left in any state. */
export function* sampleOf(model: Model, probe: Probe, seed: number): Generator<Sampled> {
  const instances = instancesOf(model.actions)
  const random = randomFrom(seed)
  const seen = new Set<string>()
  let trials = 0

  /** The state after an instance; undefined when it is not enabled or fails, which the search will find out. */
  const after = ({ slots, path }: Reached, instance: Instance): Reached | undefined => {
    probe.slots.set(slots)
    try {
      if (!probe.guard(instance)) return undefined
      probe.effect(instance)
      return { slots: probe.slots.slice(), path: { last: instance, before: path } }
    } catch {
      return undefined
    } finally {
      probe.undo()
    }
  }
  const isNew = ({ slots }: Reached): boolean => {
    const before = seen.size
    return seen.add(slots.join(' ')).size > before
  }
  const load = ({ slots, path }: Reached): Sampled => {
    probe.slots.set(slots)
    return { path: () => namesOf(path) }
  }

  const zero: Reached = { slots: new Int32Array(probe.slots.length), path: undefined }
  const roots = instancesOf(model.initial)
    .flatMap((instance) => after(zero, instance) ?? [])
    .filter(isNew)
  const queue = [...roots]
  for (const state of queue) {
    yield load(state)
    if (trials > TRIALS / 3 || queue.length > MOST / 3) continue
    for (const instance of instances) {
      trials += 1
      const next = after(state, instance)
      if (next && isNew(next)) queue.push(next)
    }
  }

  const taken = new Map(model.actions.map((action) => [action, 0]))
  const enabledIn = ({ slots }: Reached): readonly Instance[] => {
    probe.slots.set(slots)
    trials += instances.length
    return instances.filter((instance) => {
      try {
        return probe.guard(instance)
      } catch {
        return false
      }
    })
  }
  let stale = 0
  while (roots.length > 0 && trials < TRIALS && seen.size < MOST && stale < STALE) {
    let state = roots[random(roots.length)]!
    for (let steps = 0; steps < LONGEST && trials < TRIALS; steps++) {
      const enabled = enabledIn(state)
      stale += 1
      if (enabled.length === 0) break
      const [one, other] = [enabled[random(enabled.length)]!, enabled[random(enabled.length)]!]
      const instance = taken.get(one.action)! <= taken.get(other.action)! ? one : other
      taken.set(instance.action, taken.get(instance.action)! + 1)
      const next = after(state, instance)
      if (!next) break
      state = next
      if (!isNew(state)) continue
      stale = 0
      yield load(state)
    }
  }
}

/** A state with the steps to it, the last first. */
interface Reached {
  readonly slots: Int32Array
  readonly path: Steps | undefined
}
interface Steps {
  readonly last: Instance
  readonly before: Steps | undefined
}

const namesOf = (path: Steps | undefined): readonly string[] =>
  path ? [...namesOf(path.before), path.last.text] : []
