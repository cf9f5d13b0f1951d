/** What clustercheck availability found, as text. */
import { ninesOf } from '../../availability/measures.ts'
import type { Sampled } from '../../availability/simulate.ts'
import { bytesText, counted, digits, folded, grouped } from '../text/columns.ts'
import type { AvailabilityJson } from './json.ts'

const nines = (value: number): string => value.toFixed(2)

/** Writes one target. Ends in a newline. */
export const availabilityText = (one: AvailabilityJson, columns: number): string => {
  const { timing, traffic, ike, dooms, floor, gateway, load, packets, checks, chain } = one
  const table: readonly (readonly [string, string, string])[] = [
    ['', 'traffic', 'IKE'],
    ['nines', nines(traffic.nines), nines(ike.nines)],
    ['minutes a year', digits(traffic.minutes), digits(ike.minutes)],
    ['unavailability', digits(traffic.unavailability), digits(ike.unavailability)],
    ['seconds a failure, second failures included', digits(traffic.outage), digits(ike.outage)],
    ['seconds of one failover alone', digits(traffic.alone), digits(ike.alone)],
    ['  with fixed durations: median', digits(traffic.fixed.median), digits(ike.fixed.median)],
    ['  99 % of failovers are within', digits(traffic.fixed.high), digits(ike.fixed.high)],
  ]
  const widths = [0, 1, 2].map((i) => Math.max(...table.map((row) => row[i]!.length)))
  const within = (value: number, { mean, margin }: Sampled): string =>
    Math.abs(value - mean) <= margin ? 'within' : 'OUTSIDE'
  const [low, high] = checks.exponential.dooms.between
  const { sensitivities, nextNine } = one
  const fold = (text: string) => folded(text, columns)
  const lines = [
    `${one.name}: ${one.about}`,
    '',
    ...table.map(([head, a, b]) =>
      `${head.padEnd(widths[0]!)}  ${a.padStart(widths[1]!)}  ${b.padStart(widths[2]!)}`.trimEnd(),
    ),
    '',
    ...fold(
      `A failover dooms an IKE SA with a chance of ${digits(dooms)}: ${digits(dooms * 1e6)} of a million.`,
    ),
    ...fold(
      `Nobody acts for ${digits(floor.nobodyActs)} of the time, ${nines(ninesOf(floor.nobodyActs))} nines: what no synchronisation repairs. In ${digits((100 * floor.dark) / floor.nobodyActs)} % of that no member is up.`,
    ),
    ...fold(
      packets.seconds === 0
        ? `Packets from the cluster are taken after a failover: ${packets.why}.`
        : `Packets from the cluster are dropped for ${digits(packets.seconds)} s after a failover: ${packets.why}. With that traffic has ${nines(packets.nines)} nines, ${digits(packets.minutes)} minutes a year.`,
    ),
    ...(packets.gap && packets.gap.most > 0
      ? fold(
          `To the peer a failover looks like ${grouped(packets.gap.least)} to ${grouped(packets.gap.most)} packets lost, as many as an SA sends in ${digits(packets.gap.most / timing.packetRate)} s at the most.`,
        )
      : []),
    ...(one.violates
      ? fold(
          one.violates.length === 0
            ? 'No property of the matrix is violated.'
            : `Violated all the same: ${one.violates.join(', ')}.`,
        )
      : []),
    '',
    ...fold(
      `A gateway with ${counted(gateway.sas, 'IKE SA')}: a failover dooms ${digits(gateway.doomed)} of them, and at least one with a chance of ${digits(gateway.dooms)}. To set them up takes ${digits(gateway.storm)} s at ${digits(timing.setUpRate)} a second; each waits ${digits(gateway.wait)} s, which leaves ${nines(ninesOf(gateway.traffic))} nines for traffic and ${nines(ninesOf(gateway.ike))} for IKE.`,
    ),
    ...fold(
      load.messages === 0
        ? `It sends no synch messages. After a failover all SAs are set up again, which takes ${digits(load.storm)} s.`
        : `The synch channel carries ${digits(load.messages)} messages a second: ${digits(load.ike)} about IKE, ${digits(load.packets)} about packets, ${digits(load.acknowledgements)} acknowledgements; ${bytesText(load.bytes)} a second. It is full with ${Number.isFinite(load.most) ? grouped(load.most) : 'no number of'} IKE SAs. ${load.roundTrips === 0 ? 'No exchange waits for it.' : 'Each event of an exchange waits for a round trip between members.'}`,
    ),
    '',
    ...fold(
      `Computed on ${counted(chain.states, 'state')} and ${counted(chain.steps, 'step')} in ${counted(chain.sweeps, 'sweep')}; flows in and out differ by ${chain.residual.toExponential(0)}. Of ${counted(checks.exponential.runs, 'run')} with a clock on the plain interpreter (seed ${checks.exponential.seed}), which came to ${counted(checks.exponential.states, 'state')}, the computed seconds are ${within(traffic.alone, checks.exponential.traffic)} the 99 % interval for traffic and ${within(ike.alone, checks.exponential.ike)} it for IKE, and the chance of a doom is ${dooms >= low && dooms <= high ? 'within' : 'OUTSIDE'} ${digits(low)} to ${digits(high)}. With fixed durations a doom has ${digits(checks.fixed.dooms.share)}.`,
    ),
  ]
  if (sensitivities) {
    const rows = sensitivities.filter(
      ({ traffic, ike, dooms }) => Math.max(Math.abs(traffic), Math.abs(ike), Math.abs(dooms)) >= 0.005,
    )
    const width = Math.max(...rows.map(({ name }) => name.length), 6)
    lines.push(
      '',
      ...fold('By how many per cent it grows when a number of the timing grows by one:'),
      `  ${'number'.padEnd(width)}  ${'traffic'.padStart(7)}  ${'IKE'.padStart(7)}  ${'dooms'.padStart(7)}`,
      ...rows.map(
        (row) =>
          `  ${row.name.padEnd(width)}  ${row.traffic.toFixed(2).padStart(7)}  ${row.ike.toFixed(2).padStart(7)}  ${row.dooms.toFixed(2).padStart(7)}`,
      ),
      '',
      ...fold(
        nextNine!.length === 0
          ? 'No single number, made a hundred times better, wins the next nine for IKE.'
          : `The next nine for IKE is won by one of: ${nextNine!.map(({ name, factor, nines: won }) => `${name} times ${digits(factor)} (${nines(won)} nines)`).join(', ')}.`,
      ),
    )
  }
  return `${lines.join('\n')}\n`
}
