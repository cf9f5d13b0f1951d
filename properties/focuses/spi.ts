/** The search about SPIs: RFC 6027 section 3.9. */
import { nothing } from '../../model/schemes/policies.ts'
import { spisDistinct } from '../requirements/spi-allocation.ts'
import { type FocusPlan, quiet } from './focus.ts'

export const spiFocuses: readonly FocusPlan[] = [
  {
    name: 'spis',
    about: 'SAs that members set up with two peers',
    scope: { ...quiet, spi: { values: 3, allocations: 2, peers: 2 }, handovers: 1 },
    small: { spi: { values: 3, allocations: 2, peers: 1 }, synchLosses: 0 },
    large: { members: 3, spi: { values: 4, allocations: 2, peers: 1 } },
    relevant: ({ cluster, ikeBy, synchSas, synchIke, channel, resynchOnReturn, drains, spi }) => ({
      ...nothing,
      cluster,
      ikeBy: ikeBy === 'all' ? 'all' : 'one',
      synchSas,
      synchIke: synchIke === 'acknowledged' ? 'acknowledged' : 'never',
      channel,
      resynchOnReturn,
      drains,
      spi,
    }),
    properties: (constants) => [spisDistinct(constants)],
  },
]
