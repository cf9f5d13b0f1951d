/**
 * Random walks in both representations at once: after every step the packed state, read through its views, is
 * the plain state, and what the packed state keeps incrementally is what it would compute afresh.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { modelOf, recipe } from '../testing/models.ts'
import { walkerOf } from '../testing/walker.ts'
import { plainInterpreter } from './plain/interpreter.ts'

const SEED = Number(process.env.CLUSTERCHECK_SEED ?? 6311)
const RUNS = Number(process.env.CLUSTERCHECK_RUNS ?? 300)
const STEPS = 25

test('the packed state follows the plain state along random walks', { timeout: 900_000 }, () => {
  let steps = 0
  let changed = 0
  const picks = fc.array(fc.nat({ max: 9_999 }), { minLength: STEPS, maxLength: STEPS })
  fc.assert(
    fc.property(recipe, picks, (r, numbers) => {
      const model = modelOf(r)
      const run = plainInterpreter(model)
      const packed = walkerOf(model)
      const hashes = new Map<string, string>()
      let plain = run.zero

      const same = (): void => {
        const text = run.text(plain)
        expect(run.text(packed.state())).toBe(text)
        const [slots, hash] = [packed.slots(), packed.hash()]
        packed.reload()
        expect(packed.slots()).toEqual(slots)
        expect(packed.hash()).toBe(hash)
        expect(hashes.get(text) ?? hash).toBe(hash)
        hashes.set(text, hash)
      }

      same()
      numbers.forEach((number, i) => {
        const all = i === 0 ? run.initial : run.instances
        const open = all.filter((instance) => run.enabled(plain, instance))
        expect(all.filter((instance) => packed.enabled(instance))).toEqual(open)
        if (open.length === 0) return
        packed.stepAndUndo(open[(number * 7) % open.length]!)
        // The search restores the hash itself; here the state is read back.
        packed.reload()
        same()
        const instance = open[number % open.length]!
        const before = run.text(plain)
        plain = run.step(plain, instance).state
        packed.step(instance)
        same()
        steps += 1
        if (run.text(plain) !== before) changed += 1
      })
      // A hash of 64 bits tells a few states apart.
      expect(new Set(hashes.values()).size).toBe(hashes.size)
    }),
    { seed: SEED, numRuns: RUNS, unbiased: true },
  )
  expect(steps).toBeGreaterThan(RUNS * STEPS * 0.5)
  expect(changed).toBeGreaterThan(RUNS * STEPS * 0.3)
})
