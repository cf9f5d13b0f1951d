/** What is kept of availabilities: computed again for the smallest chains. */
import { describe, expect, it } from 'vitest'
import { SCHEMES } from '../../model/schemes/index.ts'
import { timingOf } from '../../model/timing/timing.ts'
import { declaredAvailability } from '../../properties/declared/index.ts'
import { WANTED } from './availability.ts'
import { measuresOf, ninesOf } from './measures.ts'
import { structureOf } from './structure.ts'
import { planOf, unsuitable } from './timed/plan.ts'

const AVAILABILITY = declaredAvailability()
const schemeOf = (name: string) => SCHEMES.find((one) => one.name === name)!.scheme

describe('what is kept of availabilities', () => {
  it('is of schemes that have a chain, and of most hot standbys', () => {
    const names = Object.keys(AVAILABILITY)
    expect(names.length).toBeGreaterThanOrEqual(8)
    for (const name of names) expect(unsuitable(schemeOf(name)), name).toBeUndefined()
  })

  /** One that tells nothing, one that waits for what it tells, and what this carries. */
  it.each(['no-synch', 'acked-requests', 'acked-everything'])('of %s is computed again', (name) => {
    const timing = timingOf()
    const { states, alone, dooms, unavailability } = measuresOf(
      structureOf(
        name,
        planOf(schemeOf(name), { stages: WANTED.stages, waits: timing.retransmission.length }),
      ),
      timing,
      { alone: true },
    )
    const kept = AVAILABILITY[name]!
    expect(states).toBe(kept.states)
    for (const [found, known] of [
      [alone!.traffic, kept.seconds.traffic],
      [alone!.ike, kept.seconds.ike],
      [dooms * 1e6, kept.doomed],
      [ninesOf(unavailability.traffic), kept.nines.traffic],
      [ninesOf(unavailability.ike), kept.nines.ike],
    ] as const)
      expect(found / known).toBeCloseTo(1, 4)
  })
})
