/** RFC 6027 section 3.9, allocation of SPIs, judged where SAs are set up and end. */
import { type Constants, MEMBER } from '../../model/constants/constants.ts'
import { KIND } from '../../model/state/spis.ts'
import type { WireEvents } from '../../model/wire/pictures.ts'
import { monitorOn, type Property } from '../../src/modelling/property.ts'
import { each, oneOf, range, record } from '../../src/modelling/schema.ts'
import { spiTwice } from '../explanations/others.ts'

const monitor = monitorOn<WireEvents>()

/**
 * SPI-1 for the bounds of `constants`.
 *
 * INTERPRETATION: distinct at the address of the cluster, whichever peer uses them; RFC 6027 asks for distinct SPIs of each peer, but RFC 4301 lets a receiver look an SA up by its SPI alone.
 */
export const spisDistinct = (constants: Constants): Property => {
  const alone = !constants.scheme.cluster
  const VALUE = Array.from({ length: Math.max(1, constants.scope.spi.values) }, (_, value) => `v${value}`)
  return monitor('SpisDistinct', {
    label: 'SPI-1',
    sentence: 'No SPI is assigned while an SA of any peer that has this SPI at the cluster is still in use.',
    source: 'RFC 6027 section 3.9; RFC 4301 section 4.1',
    explain: spiTwice,
    memory: record({
      /** SAs in use under each SPI, up to 2, and the member that set up the last. */
      used: each(KIND, each(VALUE, record({ by: oneOf(...MEMBER), sas: range(0, 2) }))),
    }),
    on: {
      spiAssigned({ used }, { kind, value, member }, judge) {
        const slot = used[kind][VALUE[value]!]!
        // The situation: SAs in use that another member has set up; without a cluster, any in use.
        for (const v of VALUE)
          if (used[kind][v]!.sas > 0 && (alone || used[kind][v]!.by !== member)) judge.arose()
        if (slot.sas > 0) judge.violated()
        if (slot.sas < 2) slot.sas += 1
        slot.by = member
      },
      spiFreed({ used }, { kind, value }) {
        const slot = used[kind][VALUE[value]!]!
        if (slot.sas > 0) slot.sas -= 1
        if (slot.sas === 0) slot.by = MEMBER[0]
      },
    },
  })
}
