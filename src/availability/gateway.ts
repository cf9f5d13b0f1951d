/** A gateway with n IKE SAs: what is doomed at one failover is set up again one after the other; and what synch costs. */
import type { Scheme } from '../../model/constants/constants.ts'
import { failureRate, giveUpAfter, type Timing } from '../../model/timing/timing.ts'
import type { Measures } from './measures.ts'

/** What a failover means for all SAs of a gateway. */
export interface Gateway {
  readonly sas: number
  /** SAs that one failover dooms, on average. */
  readonly doomed: number
  /** The chance that a failover dooms at least one. */
  readonly dooms: number
  /** Seconds that the new IKE SAs of one failover take when they come as fast as the gateway takes them: doomed / rate. */
  readonly storm: number
  /** Seconds that one of these waits for its turn, on average. */
  readonly wait: number
  /** The share of time that a random SA is down, waiting included; the gateway is down when nobody acts. */
  readonly traffic: number
  readonly ike: number
  readonly gateway: number
}

/**
 * All SAs fail together and are doomed independently. Peers notice over one interval of their liveness checks, so the
 * new IKE SAs are asked for over that time; what comes faster than the gateway sets up waits. Both are taken as fluids.
 */
export const gatewayOf = (measures: Measures, timing: Timing): Gateway => {
  const { sas, setUpRate, peerInterval, clusterInterval } = timing
  const doomed = sas * measures.dooms
  const storm = doomed / setUpRate
  const spread = Math.min(peerInterval, clusterInterval)
  const wait = Math.max(0, (storm - spread) / 2)
  const more = failureRate(timing) * measures.dooms * wait
  return {
    sas,
    doomed,
    dooms: -Math.expm1(sas * Math.log1p(-Math.min(measures.dooms, 1 - 1e-16))),
    storm,
    wait,
    traffic: measures.unavailability.traffic + more,
    ike: measures.unavailability.ike + more,
    gateway: measures.nobodyActs,
  }
}

/** Bytes of synch messages. */
export interface MessageSizes {
  /** Of UDP, IP and the header of the synch protocol. */
  readonly header: number
  readonly counters: number
  /** A cached answer or an outstanding request that is carried along. */
  readonly carried: number
  readonly packets: number
  readonly acknowledgement: number
}

/** UDP over IPv4 with 8 octets of its own; two SPIs and two counters; an empty protected message; SPI, counter and bitmap. */
export const SIZES: MessageSizes = { header: 36, counters: 24, carried: 80, packets: 24, acknowledgement: 36 }

export interface Load {
  readonly sas: number
  /** Messages a second about IKE and about packets, and acknowledgements. */
  readonly ike: number
  readonly packets: number
  readonly acknowledgements: number
  readonly messages: number
  readonly bytes: number
  /** IKE SAs at which the channel is full. */
  readonly most: number
  /** Round trips between members that are added to each exchange. */
  readonly roundTrips: number
  /** Seconds until all n SAs are set up again when nothing was synchronised. */
  readonly storm: number
}

/** What synchronisation costs with n SAs. `period`: packets between two messages about them, 0: none is sent. */
export const loadOf = (
  measures: Measures,
  timing: Timing,
  scheme: Scheme,
  period: number,
  capacity: number,
  sizes: MessageSizes = SIZES,
): Load => {
  const { sas, packetRate } = timing
  const waits = scheme.synchIke === 'acknowledged'
  const ikeOne = measures.synch
  const packetsOne = period === 0 ? 0 : packetRate / period
  const acknowledgementsOne = waits ? ikeOne : 0
  const carried = (scheme.carriesAnswer ? sizes.carried : 0) + (scheme.carriesRequest ? sizes.carried : 0)
  const bytesOne =
    ikeOne * (sizes.header + sizes.counters + carried) +
    packetsOne * (sizes.header + sizes.packets) +
    acknowledgementsOne * sizes.acknowledgement
  const exchanges = measures.exchanges
  return {
    sas,
    ike: sas * ikeOne,
    packets: sas * packetsOne,
    acknowledgements: sas * acknowledgementsOne,
    messages: sas * (ikeOne + packetsOne + acknowledgementsOne),
    bytes: sas * bytesOne,
    most: bytesOne === 0 ? Infinity : Math.floor(capacity / bytesOne),
    roundTrips: waits && exchanges > 0 ? 1 : 0,
    storm: sas / timing.setUpRate,
  }
}

/** From the crash to a new IKE SA where nothing was synchronised and nobody is told: the worst that can be. */
export const worstOutage = (timing: Timing): number =>
  timing.detection + timing.takeover + timing.peerInterval + giveUpAfter(timing) + timing.setUp
