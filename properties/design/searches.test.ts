/** Equal searches: what a model has not read decides nothing, and what is noted of a scheme is what it has read. */
import { describe, expect, it } from 'vitest'
import { notedScheme, policiesOf, readsOf } from '../../model/design/noted.ts'
import { everything, ike, nothing, sas } from '../../model/schemes/policies.ts'
import { check } from '../../src/search/breadth-first.ts'
import { type DesignSearch, designSearches, modelOfSearch } from './searches.ts'

const searchOf = (scheme: typeof nothing, plan: DesignSearch['plan']): DesignSearch =>
  designSearches({ name: 'one', about: 'One.', scheme, judgedBy: [plan] }, 'default')[0]!

describe('a scheme that notes what is read', () => {
  it('is the same scheme', () => {
    expect(JSON.stringify(notedScheme(everything, new Set()))).toBe(JSON.stringify(everything))
  })
  it('notes policies by path, those of a copy all', () => {
    const reads = new Set<string>()
    const scheme = notedScheme(everything, reads)
    expect(reads.size).toBe(0)
    expect(scheme.esp.jump).toBe(everything.esp.jump)
    expect([...reads]).toEqual(['esp.jump'])
    expect({ ...scheme, esp: { ...scheme.esp }, peer: { ...scheme.peer } }).toEqual(everything)
    expect([...reads].sort()).toEqual(Object.keys(policiesOf(everything)).sort())
  })
})

describe('a policy that a complete search has not read', () => {
  it.each(['peer-survives', 'spis', 'price-of-exchanges'] as const)('decides nothing in %s', async (plan) => {
    for (const scheme of [nothing, sas, ike]) {
      const search = searchOf(scheme, plan)
      const model = modelOfSearch(search)
      const { model: _, elapsedSeconds: __, bytes: ___, ...before } = await check(model)
      const reads = readsOf(model)!
      const unread = Object.keys(policiesOf(search.constants.scheme)).filter(
        (policy) => !reads.includes(policy),
      )
      expect(unread.length).toBeGreaterThan(0)
      // All of them with another value at once.
      const changed = structuredClone(search.constants.scheme) as unknown as Record<string, unknown>
      for (const path of unread) {
        const [group, name] = path.includes('.') ? path.split('.') : ['', path]
        const of = (group === '' ? changed : changed[group!]) as Record<string, unknown>
        of[name!] = typeof of[name!] === 'boolean' ? !of[name!] : 'another value'
      }
      const constants = { ...search.constants, scheme: changed as unknown as typeof scheme }
      const {
        model: _m,
        elapsedSeconds: _e,
        bytes: _b,
        ...after
      } = await check(modelOfSearch({ ...search, constants }))
      expect(after).toEqual(before)
    }
  })
})
