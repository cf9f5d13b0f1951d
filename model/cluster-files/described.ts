/** What a cluster file comes to: the scheme that is searched, the scheme that is hunted at its real numbers, and its bounds. */
import type { PeerProfile, Scheme } from '../constants/constants.ts'
import type { NamedScheme, OwnBounds } from '../schemes/named-scheme.ts'
import { nothing, withEsp } from '../schemes/policies.ts'
import { type ClusterFile, PEERS, TOLD } from './cluster-file.ts'
import { contradictionIn } from './contradictions.ts'
import {
  LAG,
  lagOf,
  lagRule,
  packetsFor,
  type ScaledRow,
  SEARCHED_PERIOD,
  scaledPeriod,
  scaledWidth,
  scaledWindow,
  type ToldBy,
  widthRule,
} from './scaling.ts'
import { searchesFor } from './searches.ts'

/** A cluster that somebody described. */
export interface DescribedCluster {
  /** For each peer that it must work with, as it is searched. */
  readonly searched: readonly NamedScheme[]
  /** The same with real numbers, for hunts. */
  readonly real: readonly NamedScheme[]
  /** Each quantity as it is and as it is searched. */
  readonly scaling: readonly ScaledRow[]
  readonly requires?: readonly string[]
  readonly waives: Readonly<Record<string, string>>
}

/** Thrown for a file whose parts contradict each other; the message is one sentence without a full stop. */
export class ClusterFileError extends Error {}

/** Reads a file that fits the schema. `basis`: the scheme that it starts from. Throws `ClusterFileError`. */
export const describedCluster = (
  name: string,
  file: ClusterFile,
  basis: NamedScheme | undefined,
): DescribedCluster => {
  const { about = `The cluster of ${name}.`, policies = {}, esp = {}, channel = {} } = file
  const { told, rate, jitter, window, jump, raise, ...espPolicies } = esp
  const base = basis?.scheme ?? nothing
  const { period, toldBy } =
    told === undefined ? base.esp : { toldBy: base.esp.toldBy, ...tellingOf(told, rate, jitter) }
  const delays = channel.delays ?? base.esp.unread
  const common: Scheme = {
    ...base,
    ...policies,
    ...(channel.order !== undefined && { channel: channel.order }),
    cluster: file.kind === undefined ? base.cluster : file.kind !== 'single-gateway',
    esp: { ...base.esp, toldBy, ...espPolicies, unread: delays },
  }
  const by = common.esp.toldBy
  // The basis has widths of searches, which count by the period of searches.
  const grown = (width: number | 'maximum') =>
    width === 'maximum' || base.esp.period === 0 ? width : (width * period) / base.esp.period
  const real = withEsp(common, {
    period,
    jump: jump ?? grown(base.esp.jump),
    raise: raise ?? grown(base.esp.raise),
  })
  const problem = contradictionIn(real, file)
  if (problem !== undefined) throw new ClusterFileError(problem)
  const searched = withEsp(common, {
    period: scaledPeriod(period),
    jump: jump === undefined ? base.esp.jump : scaledWidth(jump, period, by),
    raise: raise === undefined ? base.esp.raise : scaledWidth(raise, period, by),
  })
  const { loses } = channel
  const bounds = boundsOf(file, { loses, delays, period: searched.esp.period, realPeriod: period, by })
  const judgedBy = file.searches ?? searchesFor(searched, bounds)
  const each = (scheme: Scheme, own: OwnBounds) =>
    peersOf(file, base.peer).map(
      ({ peer, suffix }): NamedScheme => ({
        name: `${name}${suffix}`,
        about,
        judgedBy,
        scheme: { ...scheme, peer },
        bounds: own,
      }),
    )
  return {
    searched: each(searched, bounds),
    real: each(real, { ...bounds, wide: wideScope(period, window) }),
    scaling: rowsOf({ real, searched, period, told, window, loses, delays }),
    ...(file.requires && { requires: file.requires }),
    waives: file.waives ?? {},
  }
}

/** The peers, and by what the names of their searches differ; the first has the plain names. */
const peersOf = ({ peers }: ClusterFile, base: PeerProfile) =>
  peers === undefined
    ? [{ peer: base, suffix: '' }]
    : peers.map((peer, i) => ({
        peer: { ...nothing.peer, ...(typeof peer === 'string' ? PEERS[peer] : peer) },
        suffix: i === 0 ? '' : `-${typeof peer === 'string' ? peer : `peer-${i + 1}`}`,
      }))

/** The packets between two messages about counters, and what makes one due: of two that are stated, the earlier. */
const tellingOf = (
  told: string,
  rate: number | undefined,
  jitter: number | undefined,
): { readonly period: number; readonly toldBy?: ToldBy } => {
  const found = TOLD.exec(told)
  if (!found)
    throw new ClusterFileError(
      `esp.told is '${told}'; it reads '10000 packets', '0.5 s', both with 'or' between them, or 'never'`,
    )
  const [, all, packets, , orSeconds, onlySeconds] = found
  if (all === 'never') return { period: 0, toldBy: 'count' }
  const seconds = orSeconds ?? onlySeconds
  if (seconds !== undefined && rate === undefined)
    throw new ClusterFileError(
      `esp.told speaks of ${seconds} s and esp.rate is absent; it says how many packets of one SA there are in a second`,
    )
  if (seconds === undefined && jitter !== undefined)
    throw new ClusterFileError(
      `esp.jitter is ${jitter} s and esp.told is '${told}'; only a clock is late: state told in seconds, or no jitter`,
    )
  const bySeconds =
    seconds === undefined ? Number.POSITIVE_INFINITY : Math.ceil((Number(seconds) + (jitter ?? 0)) * rate!)
  const byPackets = packets === undefined ? Number.POSITIVE_INFINITY : Number(packets.replaceAll(/[,_]/g, ''))
  const period = Math.min(bySeconds, byPackets)
  const toldBy = bySeconds < byPackets ? 'clock' : 'count'
  if (period >= 1 && period <= 2 ** 31) return seconds === undefined ? { period } : { period, toldBy }
  throw new ClusterFileError(
    `esp.told comes to ${period} packets; it must be from 1 to ${2 ** 31} packets, or 'never'`,
  )
}

const boundsOf = (
  { members, failures = {}, attacker, esp = {} }: ClusterFile,
  {
    loses,
    delays,
    period,
    realPeriod,
    by,
  }: {
    readonly loses: number | undefined
    readonly delays: number
    readonly period: number
    readonly realPeriod: number
    readonly by: ToldBy
  },
): OwnBounds => {
  const window = esp.window === undefined ? undefined : scaledWindow(esp.window, realPeriod)
  const packets = packetsFor({ period, unread: delays, toldBy: by }, loses)
  return {
    ...(members !== undefined && { members }),
    ...failures,
    ...(loses !== undefined && { synchLosses: loses }),
    ...(delays > 1 && { synch: delays }),
    ...(attacker !== undefined && { attacker }),
    ...(window !== undefined && { window }),
    ...(packets !== undefined && { packets }),
  }
}

/** The period of the searches whose numbers are RFC 6027's own; another one moves all of them in proportion. */
const RFC_PERIOD = 10_000
/** A window is a bitmap, and a number of the state has no more bits. */
const WIDEST = 28

/** Real numbers: where counters stand, and what is sent in one step, in proportion to the period. */
const wideScope = (period: number, window: number | undefined): NonNullable<OwnBounds['wide']> => ({
  per: period === 0 ? 1 : period / RFC_PERIOD,
  ...(window !== undefined && { window: Math.min(window, WIDEST) }),
})

const rowsOf = ({
  real,
  searched,
  period,
  told,
  window,
  loses,
  delays,
}: {
  readonly real: Scheme
  readonly searched: Scheme
  readonly period: number
  readonly told: string | undefined
  readonly window: number | undefined
  readonly loses: number | undefined
  readonly delays: number
}): readonly ScaledRow[] => {
  const by = real.esp.toldBy
  const width = (
    quantity: string,
    value: number | 'maximum',
    to: number | 'maximum',
  ): readonly ScaledRow[] =>
    value === 0 ? [] : [{ quantity, real: `${value}`, scaled: `${to}`, rule: widthRule(value, period, by) }]
  return [
    ...(period === 0
      ? []
      : [
          {
            quantity: 'packets between two messages',
            real:
              told === undefined
                ? `${period} packets`
                : by === 'count'
                  ? told
                  : `${told}: at most ${period} packets`,
            scaled: `${searched.esp.period} packets`,
            rule: `${period > SEARCHED_PERIOD ? 'the smallest period in which something can be missed' : 'as it is'}${by === 'count' ? '' : '; seconds are rate * (interval + jitter) packets'}`,
          },
        ]),
    ...width('jump', real.esp.jump, searched.esp.jump),
    ...width('raise', real.esp.raise, searched.esp.raise),
    ...(window === undefined
      ? []
      : [
          {
            quantity: 'receive window',
            real: `${window}`,
            scaled: `${scaledWindow(window, period) ?? 'as each search has it'}`,
            rule: `window * searched period / period, where that is over 2${window > WIDEST ? `; hunts have ${WIDEST}` : ''}`,
          },
        ]),
    loses === undefined
      ? {
          quantity: 'synch messages lost',
          real: 'not stated',
          scaled: 'as each search has it',
          rule: 'one, and two or three where a search is about them',
        }
      : { quantity: 'synch messages lost', real: `${loses}`, scaled: `${loses}`, rule: 'as it is' },
    ...(period === 0
      ? []
      : [{ quantity: 'messages unread', real: `${delays}`, scaled: `${delays}`, rule: 'as it is' }]),
    ...(period === 0
      ? []
      : [
          {
            quantity: LAG,
            real: `${lagOf(period, loses ?? 1, delays, by)} packets`,
            scaled: `${lagOf(searched.esp.period, loses ?? 1, delays, by)} packets`,
            rule: `${lagRule(by)}${loses === undefined ? ', with one lost' : ''}`,
          },
        ]),
  ]
}
