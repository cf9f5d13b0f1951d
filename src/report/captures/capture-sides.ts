/** Cluster and peer in what is told of a capture. */
import type { CaptureResult } from '../../capture/result.ts'

/** An address with the side that it is of, where that is known. */
export const sided = (address: string, { addresses }: CaptureResult['cluster']): string =>
  addresses.length === 0 ? address : `${addresses.includes(address) ? 'cluster' : 'peer'} ${address}`
