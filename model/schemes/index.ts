/** The clustering schemes of the matrix, a file for each family: write a scheme into one, or a new file, and list it here. */
import { addresses } from './addresses.ts'
import { hints } from './hints.ts'
import { hotStandby } from './hot-standby.ts'
import type { NamedScheme } from './named-scheme.ts'
import { outbound } from './outbound.ts'
import { spis } from './spis.ts'

export const SCHEMES: readonly NamedScheme[] = [...hotStandby, ...outbound, ...spis, ...addresses, ...hints]
