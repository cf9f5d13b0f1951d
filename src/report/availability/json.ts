/** What clustercheck availability found, as JSON, and the schema of that. */
import type { Availability } from '../../availability/availability.ts'
import { about, amount, count, DRAFT, listOf, number, object, oneOf, text } from '../text/schema-parts.ts'

/** One target. */
export interface AvailabilityJson extends Availability {
  readonly about: string
  /** Safety properties that the scheme violates, as declared; absent where nothing is declared of it. */
  readonly violates?: readonly string[]
}

/** What `clustercheck availability --json` prints. Numbers that are infinite are null. */
export const availabilityJson = (
  targets: readonly AvailabilityJson[],
  clustercheck: string,
  seconds: number,
) => ({
  schemaVersion: 1,
  kind: 'availability',
  clustercheck,
  targets,
  run: { seconds },
})

const chance = { type: 'number', minimum: 0, maximum: 1 + 1e-9 }
const between = { type: 'array', items: number, minItems: 2, maxItems: 2 }
const sampled = object({
  mean: amount,
  margin: about('with a chance of 99 % the true mean is this near', amount),
  median: amount,
  high: about('99 % of the runs are not above this', amount),
  highBetween: between,
})
const simulated = object({
  runs: count,
  seed: { type: 'integer' },
  states: about('that the runs came to, each compared with the explored one', count),
  traffic: sampled,
  ike: sampled,
  dooms: object({ share: chance, between }),
})
const side = object({
  unavailability: about('share of time', chance),
  nines: number,
  minutes: about('of a year', amount),
  outage: about('seconds for each crash of the acting member, second failures included', amount),
  alone: about('seconds of one failover when nothing else fails meanwhile', amount),
  fixed: about('the same of runs with fixed durations', sampled),
})

/** The JSON schema of it. */
export const AVAILABILITY_SCHEMA = {
  ...DRAFT,
  title: 'What clustercheck availability --json prints',
  ...object({
    schemaVersion: oneOf(1),
    kind: oneOf('availability'),
    clustercheck: text,
    targets: listOf(
      object(
        {
          name: text,
          about: text,
          timing: about('as in the part timing of a cluster file', { type: 'object' }),
          chain: object({
            states: count,
            steps: count,
            sweeps: count,
            residual: about('by how much flows in and out differ, of all flow', amount),
          }),
          traffic: about('the acting member and the peer hold the IKE SA and its child SA', side),
          ike: about('somebody acts, both ends hold the IKE SA, and it is not doomed', side),
          floor: about('nobody acts, and of that nobody is up', object({ nobodyActs: chance, dark: chance })),
          dooms: about('the chance that a failover dooms an IKE SA', chance),
          checks: object({ exponential: simulated, fixed: simulated }),
          packets: about(
            'packets from the cluster that the peer drops for their numbers: a closed form beside the chain',
            object(
              { seconds: amount, why: text, minutes: amount, nines: number },
              {
                gap: about(
                  'packets that a jump makes the peer believe lost',
                  object({ least: amount, most: amount }),
                ),
              },
            ),
          ),
          gateway: object({
            sas: count,
            doomed: about('SAs that a failover dooms', amount),
            dooms: about('the chance that it dooms one at least', chance),
            storm: about('seconds that setting these up takes', amount),
            wait: about('seconds that one of them waits for its turn', amount),
            traffic: chance,
            ike: chance,
            gateway: about('share of time in which nobody acts', chance),
          }),
          load: object({
            sas: count,
            ike: about('synch messages a second about IKE', amount),
            packets: about('synch messages a second about packets', amount),
            acknowledgements: amount,
            messages: amount,
            bytes: about('a second', amount),
            most: about('SAs at which the channel is full; null: without limit', {
              type: ['integer', 'null'],
            }),
            roundTrips: about('added to an exchange', count),
            storm: about('seconds until all SAs are set up again', amount),
          }),
        },
        {
          violates: about('properties, as declared', listOf(text)),
          sensitivities: listOf(
            object({
              name: text,
              traffic: about('per cent for one per cent more', number),
              ike: number,
              dooms: number,
            }),
          ),
          nextNine: listOf(object({ name: text, factor: amount, nines: number })),
        },
      ),
    ),
    run: object({ seconds: number }),
  }),
}
