/** What travels between the main thread and a thread of a hunt: plain data only. */
import type { HuntOptions, HuntPart, HuntSoFar, Sighting, Small } from '../../hunt/hunter.ts'
import type { FaultData } from '../../modelling/fault.ts'
import type { Work } from './search-job.ts'

/** Some runs of a hunt: `first`, `first + every` and so on. */
export interface Slice {
  readonly first: number
  readonly every: number
}

/** What a slice of the hunt in the model of a job is called. */
export const sliceName = (job: string, { first, every }: Slice): string =>
  `${job}, slice ${first + 1} of ${every}`

/** What a thread is given of a hunt in one model. */
export interface HuntWork {
  readonly source: Work['source']
  /** The search of a scheme. */
  readonly focus: string
  readonly options: HuntOptions
  /** Runs to make, or sightings of one property to make small. */
  readonly piece: Slice | readonly Sighting[]
  /** One Int32: not zero when the hunt is to stop. */
  readonly stop: SharedArrayBuffer
  /** Where threads say what they run: see `watch.ts`. */
  readonly watch: SharedArrayBuffer
}

/** What a thread of a hunt says; a progress is never its last word on a piece of work. */
export type HuntReport =
  | { readonly kind: 'progress'; readonly progress: HuntSoFar }
  | { readonly kind: 'part'; readonly part: HuntPart }
  | { readonly kind: 'small'; readonly small: Small }
  | { readonly kind: 'fault'; readonly data: FaultData }
  | { readonly kind: 'failure'; readonly reason: string }
