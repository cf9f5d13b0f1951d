/**
 * What an availability is computed from: how often something happens, how long something takes, and how often a message
 * is lost. Rates are per second, durations in seconds, chances from 0 to 1. Every default says where it comes from.
 */

/** The numbers of a cluster in its surroundings. */
export interface Timing {
  /** Crashes of one member in a year. */
  readonly failuresPerYear: number
  /** Until the others notice that a member is down. */
  readonly detection: number
  /** From then until another member acts. */
  readonly takeover: number
  /** Until a member that crashed is back as standby. */
  readonly return: number
  /** Until a member acts again after all of them were down. */
  readonly restart: number
  /** A message between the cluster and its peer, one way, and the chance that it is lost. */
  readonly latency: number
  readonly loss: number
  /** A message between two members, one way, and the chance that it is lost. */
  readonly synchLatency: number
  readonly synchLoss: number
  /** Until a synch message that was not acknowledged is sent again. */
  readonly synchResend: number
  /** Between two exchanges that the cluster starts on one IKE SA. */
  readonly clusterInterval: number
  /** Between two exchanges that the peer starts on one IKE SA: its liveness checks. */
  readonly peerInterval: number
  /** From sending a request to each next retransmission; after the last of these the IKE SA is given up. */
  readonly retransmission: readonly number[]
  /** A new IKE SA with its child SA. */
  readonly setUp: number
  /** Whether a member that gave an IKE SA up may set up a new one; otherwise only the peer can. */
  readonly clusterStarts: boolean
  /** New IKE SAs that a gateway sets up in a second. */
  readonly setUpRate: number
  /** IKE SAs of the gateway. */
  readonly sas: number
  /** Packets of one SA in a second, each direction. */
  readonly packetRate: number
  /** Until a child SA is rekeyed. */
  readonly childLifetime: number
}

const YEAR_HOURS = 8766
/** Seconds of a year. */
export const YEAR = YEAR_HOURS * 3600

/** When a request is sent again: after `timeout * base^i` each time, for the i-th of `tries` retransmissions. */
export const backoff = (timeout: number, base: number, tries: number): readonly number[] =>
  Array.from({ length: tries + 1 }, (_, i) => timeout * base ** i)

/** What is taken where nothing else is said; `TIMING_WORDS` says why. */
export const DEFAULT_TIMING: Timing = {
  failuresPerYear: YEAR_HOURS / 1000,
  detection: 1.6,
  takeover: 0.1,
  return: 600,
  restart: 1800,
  latency: 0.025,
  loss: 0.01,
  synchLatency: 0.001,
  synchLoss: 0.001,
  synchResend: 0.01,
  clusterInterval: 30,
  peerInterval: 30,
  retransmission: backoff(4, 1.8, 5),
  setUp: 0.2,
  clusterStarts: true,
  setUpRate: 50,
  sas: 10_000,
  packetRate: 100,
  childLifetime: 3600,
}

/** What a number means, its unit, and where its default comes from. */
export interface TimingWords {
  readonly means: string
  readonly unit: 'a year' | 's' | 'chance' | 'a second' | 'SAs' | 'yes or no'
  readonly source: string
}

const ILLUSTRATION = 'an illustration: no measurement is behind it'

/** Of each number. */
export const TIMING_WORDS: { readonly [name in keyof Timing]: TimingWords } = {
  failuresPerYear: {
    means: 'crashes of one member',
    unit: 'a year',
    source: 'one in 1000 hours; an illustration: no measurement is behind it',
  },
  detection: {
    means: 'until the others notice that a member is down',
    unit: 's',
    source:
      'heartbeats each second and a timeout of 2.1 s, as the high-availability plugin of an open implementation has them: 1.1 to 2.1 s',
  },
  takeover: { means: 'from then until another member acts', unit: 's', source: ILLUSTRATION },
  return: { means: 'until a member that crashed is back as standby', unit: 's', source: ILLUSTRATION },
  restart: {
    means: 'until a member acts again after all of them were down',
    unit: 's',
    source: ILLUSTRATION,
  },
  latency: { means: 'a message between cluster and peer, one way', unit: 's', source: ILLUSTRATION },
  loss: { means: 'that such a message is lost', unit: 'chance', source: ILLUSTRATION },
  synchLatency: { means: 'a message between two members, one way', unit: 's', source: ILLUSTRATION },
  synchLoss: { means: 'that such a message is lost', unit: 'chance', source: ILLUSTRATION },
  synchResend: {
    means: 'until a synch message that was not acknowledged is sent again',
    unit: 's',
    source: ILLUSTRATION,
  },
  clusterInterval: {
    means: 'between two exchanges that the cluster starts on one IKE SA',
    unit: 's',
    source: 'liveness checks are typically 5 to 30 s apart',
  },
  peerInterval: {
    means: 'between two exchanges that the peer starts on one IKE SA',
    unit: 's',
    source: 'liveness checks are typically 5 to 30 s apart',
  },
  retransmission: {
    means: 'waits after the request and each retransmission; after the last the IKE SA is given up',
    unit: 's',
    source:
      '4 s, times 1.8 each, 5 retransmissions: given up after 165 s, as an open implementation does; RFC 7296 section 2.4 wants a dozen tries over minutes',
  },
  setUp: {
    means: 'a new IKE SA with its child SA',
    unit: 's',
    source: 'two round trips and the public-key operations (RFC 7296 section 1.2)',
  },
  clusterStarts: {
    means: 'whether a member that gave an IKE SA up sets up a new one',
    unit: 'yes or no',
    source: 'between sites; towards remote clients only the peer can',
  },
  setUpRate: {
    means: 'new IKE SAs of the gateway',
    unit: 'a second',
    source: '30 to 50 for 10,000 users (RFC 6311 section 3.1)',
  },
  sas: {
    means: 'IKE SAs of the gateway',
    unit: 'SAs',
    source: 'thousands to hundreds of thousands (RFC 6027 section 3.2)',
  },
  packetRate: { means: 'packets of one SA, each direction', unit: 'a second', source: ILLUSTRATION },
  childLifetime: {
    means: 'until a child SA is rekeyed',
    unit: 's',
    source: 'minutes or hours (RFC 6027 section 3.2)',
  },
}

/** A rate, a duration or a chance that cannot be. */
export class TimingError extends Error {}

/** Retransmissions that a schedule may have: more make the chain large and change nothing that is printed. */
export const MOST_RETRANSMISSIONS = 12

/** Zero where something never happens or is not waited for. */
const MAY_BE_ZERO: readonly (keyof Timing)[] = ['loss', 'synchLoss', 'packetRate']

/** The default with other numbers. Throws `TimingError` for what cannot be. */
export const timingOf = (given: Partial<Timing> = {}): Timing => {
  const timing = { ...DEFAULT_TIMING, ...given }
  for (const [name, { unit }] of Object.entries(TIMING_WORDS) as [keyof Timing, TimingWords][]) {
    const value = timing[name]
    const fail = (why: string): never => {
      throw new TimingError(`timing.${name} is ${JSON.stringify(value)}, ${why}`)
    }
    if (name === 'clusterStarts') {
      if (typeof value !== 'boolean') fail('and true or false is possible')
      continue
    }
    if (Array.isArray(value)) {
      if (value.length < 1 || value.length > MOST_RETRANSMISSIONS + 1)
        fail(`and 1 to ${MOST_RETRANSMISSIONS + 1} waits are possible`)
      if (!value.every(isPositive)) fail('and each wait has to be a number of seconds above 0')
      continue
    }
    if (unit === 'chance') {
      if (!isNumber(value) || (value as number) < 0 || (value as number) >= 1)
        fail('and a chance from 0 to below 1 is possible')
    } else if (!isPositive(value) && !(value === 0 && MAY_BE_ZERO.includes(name)))
      fail('and a finite number above 0 is possible')
    if (name === 'sas' && !Number.isInteger(value)) fail('and a whole number is possible')
  }
  return timing
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isPositive = (value: unknown): boolean => isNumber(value) && value > 0

/** Crashes of one member in a second. */
export const failureRate = ({ failuresPerYear }: Timing): number => failuresPerYear / YEAR

/** From a request to giving its IKE SA up. */
export const giveUpAfter = ({ retransmission }: Timing): number =>
  retransmission.reduce((sum, wait) => sum + wait, 0)
