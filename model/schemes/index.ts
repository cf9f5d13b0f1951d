/** The clustering schemes of the matrix, a file for each family: write a scheme into one, or a new file, and list it here. */
import { addresses } from './addresses.ts'
import { hints } from './hints.ts'
import { hotStandby } from './hot-standby.ts'
import { inbound } from './inbound.ts'
import { ivs } from './ivs.ts'
import { loadSharingEsp } from './load-sharing-esp.ts'
import { loadSharingIke } from './load-sharing-ike.ts'
import type { NamedScheme } from './named-scheme.ts'
import { outbound } from './outbound.ts'
import { spis } from './spis.ts'
import { synchChannel } from './synch-channel.ts'
import { wide } from './wide.ts'

export const SCHEMES: readonly NamedScheme[] = [
  ...hotStandby,
  ...synchChannel,
  ...outbound,
  ...inbound,
  ...ivs,
  ...loadSharingIke,
  ...loadSharingEsp,
  ...addresses,
  ...spis,
  ...hints,
  ...wide,
]
