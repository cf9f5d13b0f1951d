/** What the time of a thread is attributed to: the outermost phase, or else the innermost part of expanding. */
import { expect, it } from 'vitest'
import { type CpuProfile, purposesIn } from './attribution.ts'

/** A profile of one sample for each stack, outermost first; a function is its name, or its name and the end of its URL. */
const profileOf = (...stacks: readonly (readonly string[])[]): CpuProfile => {
  const nodes: { id: number; callFrame: { functionName: string; url: string }; children: number[] }[] = []
  const samples = stacks.map((stack) => {
    for (const [depth, name] of stack.entries()) {
      const [functionName, url = ''] = name.split(' in ') as [string, string?]
      nodes.push({ id: nodes.length, callFrame: { functionName, url }, children: [] })
      if (depth > 0) nodes.at(-2)!.children.push(nodes.length - 1)
    }
    return nodes.length - 1
  })
  return { nodes, samples, timeDeltas: samples.map((_, i) => 10 ** i) }
}

it('attributes each sample to one purpose', () => {
  const strict = 'get in file:///dist/src/state/strict-views.js'
  const profile = profileOf(
    ['expand', 'act', 'openIn', 'a closure of the model'],
    ['expand', 'act', 'openIn', 'guards in file:///dist/second-runs.js', 'guardOf'],
    ['crossCheck', 'examine', 'audit', strict],
    ['chosen in file:///dist/src/search/fewest-changes.js', strict],
    ['expand', 'act', 'take', '(garbage collector)'],
    ['(idle)'],
    ['expand', 'resolve', 'judge', 'a test'],
  )
  expect(Object.fromEntries(purposesIn(profile))).toEqual({
    guards: 1,
    'second runs': 10,
    'cross-check by the plain interpreter': 100,
    'paths with the fewest changes': 1000,
    garbage: 10_000,
    'tests of properties': 1_000_000,
  })
})
