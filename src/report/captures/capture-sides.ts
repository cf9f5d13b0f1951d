/** Cluster and peer in what is told of a capture. */
import type { CaptureResult } from '../../capture/result.ts'

/** Which side an address is of; the empty text where that is not known. */
export const sideOf = (address: string, { addresses }: CaptureResult['cluster']): string =>
  addresses.length === 0 ? '' : addresses.includes(address) ? 'cluster' : 'peer'

/** An address with the side that it is of, where that is known. */
export const sided = (address: string, cluster: CaptureResult['cluster']): string =>
  `${sideOf(address, cluster)} ${address}`.trimStart()
