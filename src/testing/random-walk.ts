/** Random traces on the plain interpreter. */
import type { Model } from '../modelling/model.ts'
import { replay, type Trace, type TraceStep } from '../search/engine/path.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'

/** Numbers below 1 from a seed, always the same ones. */
export const numbersFrom = (seed: number): (() => number) => {
  let x = seed >>> 0
  return () => {
    x = (Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    x = Math.imul(x ^ (x >>> 12), 0x297a2d39) >>> 0
    return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32
  }
}

/** A random trace that ends when a step is as `ends` says; undefined when none is within `most` steps. */
export const randomTrace = (
  model: Model,
  seed: number,
  most: number,
  ends: (step: Pick<TraceStep, 'violated' | 'state'>) => boolean,
): Trace | undefined => {
  const run = plainInterpreter(model)
  const random = numbersFrom(seed)
  const path: number[] = []
  let state = run.zero
  for (let i = 0; i <= most; i++) {
    const among = i === 0 ? run.initial : run.instances
    const enabled = among.flatMap((instance, number) => (run.enabled(state, instance) ? [number] : []))
    const number = enabled[Math.floor(random() * enabled.length)]
    if (number === undefined) return undefined
    path.push(number)
    const step = run.step(state, among[number]!)
    if (ends(step)) return replay(model, path)
    state = step.state
  }
  return undefined
}
