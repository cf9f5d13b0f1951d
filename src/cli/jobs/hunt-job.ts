/** What travels between the main thread and a thread of a hunt: plain data only. */
import type { HuntOptions, HuntPart, HuntSoFar, Sighting, Small } from '../../hunt/hunter.ts'
import type { FaultData } from '../../modelling/fault.ts'
import type { Work } from './search-job.ts'

/** What a thread is given first. */
export interface HuntWork {
  readonly kind: 'hunt'
  readonly source: Work['source']
  /** The search of a scheme. */
  readonly focus: string
  readonly options: HuntOptions
  /** It makes the runs `first`, `first + every` and so on. */
  readonly first: number
  readonly every: number
  /** One Int32: not zero when the hunt is to stop. */
  readonly stop: SharedArrayBuffer
  /** Where threads say what they run: see `watch.ts`. */
  readonly watch: SharedArrayBuffer
}

/** What it is given then: the sightings of some properties, to make small. */
export interface TraceWork {
  readonly kind: 'trace'
  readonly sightings: readonly (readonly Sighting[])[]
}

/** What a thread of a hunt says; a progress is never its last word on a piece of work. */
export type HuntReport =
  | { readonly kind: 'progress'; readonly progress: HuntSoFar }
  | { readonly kind: 'part'; readonly part: HuntPart }
  | { readonly kind: 'small'; readonly small: readonly Small[] }
  | { readonly kind: 'fault'; readonly data: FaultData }
  | { readonly kind: 'failure'; readonly reason: string }
