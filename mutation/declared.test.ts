/** The quickest searches of the small matrix, smallest first, find as many states as declared, and no verdict but the declared one. */
import { describe, expect, it } from 'vitest'
import { matrixOf } from '../properties/matrix.ts'
import { check } from '../src/search/breadth-first.ts'

/** Larger searches take most of the time, and notice little more. */
const MOST_STATES = 1300

const searches = matrixOf('small').suites.flatMap((suite) =>
  suite.focuses.map((focus) => ({ suite, focus, states: suite.states![focus.name]! })),
)
const first = new Map(searches.map((search) => [search.focus.key, search]))
const quick = [...first.values()]
  .filter(({ states }) => states <= MOST_STATES)
  .sort((a, b) => a.states - b.states)

describe('what is declared of', () => {
  it.each(quick.map((search) => [`${search.suite.name} ${search.focus.name}`, search] as const))(
    '%s is found',
    async (_, { suite, focus, states }) => {
      const { distinct, judgements } = await check(focus.model)
      expect(distinct).toBe(states)
      for (const { property, verdict } of judgements)
        if (suite.expects![property] === 'holds') expect(['holds', 'vacuous'], property).toContain(verdict)
    },
  )
})
