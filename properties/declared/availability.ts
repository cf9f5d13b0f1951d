/** What is kept of availabilities: the lines of `availability.json`, which `npm run declare availability` writes. */
import type { KeptAvailability } from '../../src/search/suite.ts'

/** One line of the file: what `clustercheck availability` computes of a scheme under the default timing. */
export type AvailabilityLine = { readonly scheme: string } & KeptAvailability

export interface AvailabilityFile {
  readonly $schema: string
  readonly lines: readonly AvailabilityLine[]
}
