/** A search that an extension brings along judges whatever the matrix would judge in such a scope. */
import { describe, expect, it } from 'vitest'
import type { Constants } from '../../model/constants/constants.ts'
import { SCHEMES } from '../../model/schemes/index.ts'
import { highestSent, lastNumber } from '../../model/state/esp-counters.ts'
import { labelOf } from '../../src/modelling/property.ts'
import { scopeOf } from '../focuses/focus.ts'
import { PLANS } from '../focuses/plans.ts'
import { judgeable } from './applicable-properties.ts'

/** Schemes that differ in what decides which properties can be judged; the searches of real widths are the matrix's own. */
const CASES = [...PLANS.values()]
  .filter(({ wide }) => !wide)
  .flatMap((plan) => {
    const seen = new Set<string>()
    return SCHEMES.flatMap(({ scheme }) => {
      const relevant = plan.relevant(scheme)
      const { cluster, esp, peer, spi } = relevant
      const key = [cluster, esp.esn, esp.alarms, esp.atMaximum, peer.addresses, spi].join()
      if (seen.has(key)) return []
      seen.add(key)
      const constants = { scheme: relevant, scope: scopeOf(plan, 'default', scheme) }
      return [
        {
          plan,
          constants,
          known: judgeable({ ...constants, scope: { ...constants.scope, attacker: 'A1' } }),
        },
      ]
    })
  })

/** What a property speaks of can come to be: extended numbers, or the end of the sequence space. */
const canArise = (label: string, constants: Constants): boolean => {
  if (label === 'ESN-1') return constants.scheme.esp.esn
  return label !== 'SEQ-3' || highestSent(constants) >= lastNumber(constants)
}

describe('a search of an extension', () => {
  it('judges what every search of the matrix judges, in its scope', () => {
    const missing = CASES.flatMap(({ plan, constants, known }) => {
      const labels = known.map(labelOf)
      return plan
        .properties(constants)
        .map(labelOf)
        .filter((label) => !labels.includes(label) && canArise(label, constants))
        .map((label) => `${plan.name}: ${label}`)
    })
    expect(CASES.length).toBeGreaterThan(PLANS.size - 5)
    expect([...new Set(missing)].sort()).toEqual([])
  })

  it('has no more properties than one search can judge, each once', () => {
    for (const { known } of CASES) {
      expect(known.length).toBeLessThanOrEqual(31)
      expect(new Set(known.map(labelOf)).size).toBe(known.length)
    }
  })
})
