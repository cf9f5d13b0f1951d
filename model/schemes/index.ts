/** The clustering schemes of the matrix, a file for each family: write a scheme into one, or a new file, and list it here. */
import { hotStandby } from './hot-standby.ts'
import { loadSharingIke } from './load-sharing-ike.ts'
import type { NamedScheme } from './named-scheme.ts'
import { outbound } from './outbound.ts'
import { synchChannel } from './synch-channel.ts'

export const SCHEMES: readonly NamedScheme[] = [
  ...hotStandby,
  ...synchChannel,
  ...outbound,
  ...loadSharingIke,
]
