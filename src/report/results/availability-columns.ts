/** What is kept of availabilities, as columns of the matrix. */
import type { KeptAvailability } from '../../search/suite.ts'
import { digits } from '../text/columns.ts'

/** What stands above them: the numbers are no verdicts of the searches. */
export const AVAILABILITY_TITLE =
  'Availability under the default timing (RFC 6027 2), kept from clustercheck availability'

interface Column {
  readonly label: string
  readonly sentence: string
  cell(kept: KeptAvailability): string
}

const nines = (value: number): string => value.toFixed(2)

export const AVAILABILITY_COLUMNS: readonly Column[] = [
  {
    label: 'outage',
    sentence: 'Seconds that a failover costs traffic when nothing else fails meanwhile.',
    cell: ({ seconds }) => digits(seconds.traffic),
  },
  {
    label: 'outage-ike',
    sentence: 'Seconds that it costs IKE: until both ends hold an IKE SA that is not doomed.',
    cell: ({ seconds }) => digits(seconds.ike),
  },
  {
    label: 'doomed',
    sentence: 'IKE SAs of a million that a failover dooms.',
    cell: ({ doomed }) => digits(doomed),
  },
  {
    label: 'nines',
    sentence: 'Nines of traffic, second failures included.',
    cell: (kept) => nines(kept.nines.traffic),
  },
  {
    label: 'nines-pkt',
    sentence: 'The same, with the packets from the cluster that the peer drops for their numbers.',
    cell: (kept) => nines(kept.nines.withPackets),
  },
  {
    label: 'nines-ike',
    sentence: 'Nines of IKE.',
    cell: (kept) => nines(kept.nines.ike),
  },
]

/** A row for each target of which something is kept. */
export const availabilityRows = (
  targets: readonly string[],
  kept: Readonly<Record<string, KeptAvailability>> = {},
): readonly { readonly target: string; readonly cells: readonly string[] }[] =>
  targets.flatMap((target) => {
    const own = Object.hasOwn(kept, target) ? kept[target] : undefined
    return own ? [{ target, cells: AVAILABILITY_COLUMNS.map(({ cell }) => cell(own)) }] : []
  })
