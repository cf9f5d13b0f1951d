/** Quick searches of the matrix, smallest first, find as many states as declared, and no verdict but the declared one. */
import { describe, expect, it } from 'vitest'
import { matrixOf } from '../properties/matrix.ts'
import { labelOf } from '../src/modelling/property.ts'
import { check } from '../src/search/breadth-first.ts'

const searchesOf = (scope: 'small' | 'default') =>
  matrixOf(scope).suites.flatMap((suite) =>
    suite.focuses.map((focus) => ({ scope, suite, focus, states: suite.states![focus.name]! })),
  )

/** Larger searches take most of the time, and notice little more. */
const small = searchesOf('small').filter(({ states }) => states <= 800)
/** Of each kind of search the smallest: half of them are at this scope only. */
const smallest = new Map<string, ReturnType<typeof searchesOf>[number]>()
for (const search of searchesOf('default').filter(({ states }) => states <= 6000)) {
  const { name } = search.focus
  if (search.states < (smallest.get(name)?.states ?? Number.POSITIVE_INFINITY)) smallest.set(name, search)
}
const all = [...small, ...smallest.values()]
const quick = [...new Map(all.map((search) => [search.focus.key, search])).values()].sort(
  (a, b) => a.states - b.states,
)

describe('what is declared of', () => {
  it.each(
    quick.map((search) => [`${search.suite.name} ${search.focus.name} ${search.scope}`, search] as const),
  )('%s is found', async (_, { suite, focus, states }) => {
    const { distinct, judgements } = await check(focus.model)
    expect(distinct).toBe(states)
    const labels = new Map(focus.model.properties.map((property) => [property.name, labelOf(property)]))
    for (const { property, verdict } of judgements)
      if (suite.expects![labels.get(property) ?? ''] === 'holds')
        expect(['holds', 'vacuous'], property).toContain(verdict)
  })
})
