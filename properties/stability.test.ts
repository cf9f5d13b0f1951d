/** What is kept of raised bounds: it is found again, and it is about what is declared to hold. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { labelOf } from '../src/modelling/property.ts'
import { check } from '../src/search/breadth-first.ts'
import { flipsOf } from './declared/index.ts'
import type { StabilityFile } from './declared/stability.ts'
import { heldBy, raisedOf } from './stability.ts'

/** Cheap ones of what is kept, of several searches and bounds. */
const CHEAP = [
  ['esp-told-wider-jump', 'SEQ-1', 'outbound-losses', 'synchLosses'],
  ['sticky-sa', 'IV-1', 'outbound', 'synchLosses'],
  ['esp-wider-jump-late', 'SEQ-2o', 'outbound', 'handovers'],
] as const

describe('a verdict that is kept as falling', () => {
  it.each(CHEAP)('%s, %s falls in %s with %s raised', async (scheme, label, search, bound) => {
    const flip = flipsOf(scheme, 'default')[label]!.find(
      (one) => one.search === search && one.bound === bound,
    )!
    const raised = raisedOf(scheme, 'default', flip.to - flip.from, [label]).find(
      (one) => one.search === search && one.bound === bound,
    )!
    const { judgements } = await check(raised.focus.model)
    expect(judgements).toHaveLength(1)
    expect(judgements[0]).toMatchObject({ verdict: 'violated' })
    expect(judgements[0]!.path!.length - 1).toBe(flip.steps)
  })

  const { lines } = JSON.parse(
    readFileSync(join(import.meta.dirname, 'declared/stability.json'), 'utf8'),
  ) as StabilityFile

  it.each([...new Set(lines.map(({ scheme }) => scheme))])('of %s is declared to hold', (scheme) => {
    const held = heldBy(scheme, 'default')
    for (const line of lines)
      if (line.scheme === scheme && 'property' in line) expect(held).toContain(line.property)
  })
})

describe('the searches with raised bounds', () => {
  it('differ from that of the matrix in one bound, and judge nothing but what is asked', () => {
    const raised = raisedOf('esp-told-wider-jump', 'default', 1, ['SEQ-1'])
    expect(raised.map(({ bound }) => bound)).toEqual(
      expect.arrayContaining(['esp.outbound', 'crashes', 'handovers', 'synchLosses', 'attacker', 'members']),
    )
    for (const { focus, from, to } of raised) {
      expect(to).toBe(from + 1)
      expect(focus.model.properties.map(labelOf)).toEqual(['SEQ-1'])
    }
  })
})
