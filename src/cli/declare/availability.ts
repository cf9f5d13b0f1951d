/** What `clustercheck availability` computes, as it is declared. */
import type { AvailabilityLine } from '../../../properties/declared/availability.ts'
import type { AvailabilityJson } from '../../report/availability/json.ts'
import { readJson } from '../files/json.ts'
import { replaceLines } from './files.ts'

/** A result is kept to five digits: more are not the same on every machine. */
const digits = (value: number): number => Number(value.toPrecision(5))

/** Writes results of `clustercheck availability --json`; what is kept of other schemes stays. */
export const declareAvailability = (files: readonly string[]): void =>
  replaceLines(
    'availability.json',
    files
      .flatMap((file) => (readJson(file) as { readonly targets: readonly AvailabilityJson[] }).targets)
      .map(
        ({ name, chain, traffic, ike, packets, dooms }): AvailabilityLine => ({
          scheme: name,
          states: chain.states,
          seconds: { traffic: digits(traffic.alone), ike: digits(ike.alone) },
          doomed: digits(dooms * 1e6),
          nines: {
            traffic: digits(traffic.nines),
            withPackets: digits(packets.nines),
            ike: digits(ike.nines),
          },
        }),
      ),
  )
