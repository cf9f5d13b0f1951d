/**
 * Which member speaks behind an address, and the signs that another does: another Ethernet address, a gratuitous ARP,
 * another TTL, another mask of the IVs. Each change of the station is a takeover or a return; other signs that come
 * close to it belong to it.
 */
import { macText } from '../formats/bytes.ts'
import type { Moment } from './findings.ts'

export const SIGN = ['mac', 'arp', 'ttl', 'iv', 'address'] as const
export type SignKind = (typeof SIGN)[number]

/** What shows that another member speaks. */
export interface Sign {
  readonly kind: SignKind
  readonly frame: number
  readonly time: number
  readonly text: string
}

/** How long an address or an SA was silent. */
export interface Silence {
  /** Undefined: the address itself, whatever it sends. */
  readonly sa?: string
  readonly last: Moment
  readonly first: Moment
  /** The first packet that a receiver takes for new: the outage ends with it. Of an SA only. */
  readonly accepted?: Moment
}

/** Signs at one address that come together. */
export interface Takeover {
  readonly address: string
  /** The members before and after, where the capture names them. */
  readonly from: string
  readonly to: string
  /** Whether the station that takes over had the address before. */
  readonly isReturn: boolean
  /** Whether the station is another, rather than only something that a member may have of its own. */
  readonly isStation: boolean
  /** Changes that followed each other without a pause: both are active. */
  readonly turns: number
  readonly signs: readonly Sign[]
  /** That of the address, and that of each of its SAs. */
  readonly silences: readonly Silence[]
}

/** What is known of who speaks. */
export interface Members {
  /** The station that has an address by its own word: a packet from it, or an ARP message. The member's name. */
  heard(address: string, mac: number, frame: number, time: number, arp?: 'asked' | 'gratuitous'): string
  /** The TTL of a packet of some kind from an address. */
  ttl(address: string, kind: string, ttl: number, frame: number, time: number): void
  /** An IV generator speaks that was not heard before; `isAlone`: its station was the one before. */
  iv(address: string, mac: number, isAlone: boolean, at: Moment, text: string): void
  /** What one address has sent comes from another; `last` is when it spoke, unless it has been silent since. */
  moves(from: string, to: string, at: Moment, text: string, last?: Moment): void
  /** Whether what an address has sent has come from another. */
  hasMoved(from: string, to: string): boolean
  /** The name of the member that was heard last. */
  current(address: string): string
  /** Ethernet addresses that were heard, in the order of the names. */
  macs(address: string): readonly number[]
  /** Whether an Ethernet address has spoken for an address more than once. */
  isStation(address: string, mac: number): boolean
  /** The last packet from an address. */
  spoke(address: string): Moment | undefined
  /** The change of the station at one of the addresses that is nearest to a time, of those at most so long before. */
  changeBefore(
    addresses: readonly string[],
    time: number,
    seconds: number,
  ): (Moment & { readonly address: string }) | undefined
  takeovers(): readonly Takeover[]
}

interface Change {
  from: string
  to: string
  isReturn: boolean
  turns: number
  /** A change of the station, rather than of something else that a member may have of its own. */
  readonly isStation: boolean
  readonly signs: Sign[]
  last: Moment | undefined
  first: Moment | undefined
}

interface Heard {
  readonly macs: number[]
  mac: number
  /** Starts of IV generators at each Ethernet address, the first apart; -1 where there is none. */
  readonly starts: Map<number, number>
  /** How often each Ethernet address was heard. */
  readonly times: Map<number, number>
  readonly ttls: Map<string, Set<number>>
  readonly changes: Change[]
  /** The last packet. */
  spoke: Moment | undefined
}

const NAMES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const MOST_ADDRESSES = 65_536
const MOST_CHANGES = 256
const MOST_SIGNS = 64
/** Signs that are this close to a change of the station are of it. Seconds. */
const TOGETHER = 30
/** Stations that take turns faster are both active. Seconds. */
const TURN = 1

export const memberName = (index: number): string => NAMES[index] ?? `member ${index + 1}`

export const membersOf = (): Members => {
  const known = new Map<string, Heard>()
  const at = (address: string): Heard => {
    let heard = known.get(address)
    if (!heard) {
      if (known.size >= MOST_ADDRESSES) known.delete(known.keys().next().value!)
      heard = {
        macs: [],
        mac: -1,
        starts: new Map(),
        times: new Map(),
        ttls: new Map(),
        changes: [],
        spoke: undefined,
      }
      known.set(address, heard)
    }
    return heard
  }
  const name = ({ macs, mac, starts }: Heard): string => {
    const start = starts.get(mac) ?? 0
    if (mac < 0) return memberName(start)
    return memberName(Math.max(0, macs.indexOf(mac))) + (start > 0 ? `, start ${start + 1}` : '')
  }
  const change = (
    heard: Heard,
    made: Pick<Change, 'from' | 'to' | 'isReturn' | 'isStation'>,
    sign: Sign,
  ): void => {
    if (heard.changes.length >= MOST_CHANGES) return
    heard.changes.push({ ...made, turns: 1, signs: [sign], last: heard.spoke, first: undefined })
  }
  /** Adds a sign to the change that it comes with, or makes it one. */
  const sign = (heard: Heard, before: string, made: Sign): void => {
    const last = heard.changes.at(-1)
    if (last && Math.abs(made.time - last.signs.at(-1)!.time) <= TOGETHER) {
      if (last.signs.length < MOST_SIGNS) last.signs.push(made)
      if (!last.isStation) last.to = name(heard)
      return
    }
    change(heard, { from: before, to: name(heard), isReturn: false, isStation: false }, made)
  }

  const moved = (
    heard: Heard,
    address: string,
    mac: number,
    at: Moment,
    arp?: 'asked' | 'gratuitous',
  ): void => {
    const first = heard.macs.length === 0
    const isReturn = heard.macs.includes(mac)
    const before = name(heard)
    if (!isReturn) heard.macs.push(mac)
    const from = heard.mac
    heard.mac = mac
    if (first) return
    const { frame, time } = at
    const text = `${address} moves from ${macText(from)} to ${macText(mac)}`
    const by = arp === 'gratuitous' ? ', told to everybody by a gratuitous ARP' : arp ? ', by ARP' : ''
    const made: Sign = { kind: arp === 'gratuitous' ? 'arp' : 'mac', frame, time, text: text + by }
    const last = heard.changes.at(-1)
    const isTurn = last?.isStation && time - last.signs.at(-1)!.time < TURN && arp !== 'gratuitous'
    if (isTurn) {
      last.turns += 1
      last.to = name(heard)
      if (last.signs.length < MOST_SIGNS) last.signs.push(made)
    } else change(heard, { from: before, to: name(heard), isReturn, isStation: true }, made)
  }

  return {
    heard(address, mac, frame, time, arp) {
      const heard = at(address)
      heard.times.set(mac, (heard.times.get(mac) ?? 0) + 1)
      if (mac >= 0 && mac !== heard.mac) moved(heard, address, mac, { frame, time }, arp)
      if (!arp) {
        const last = heard.changes.at(-1)
        if (last && !last.first) last.first = { frame, time }
        heard.spoke = { frame, time }
      }
      return name(heard)
    },
    ttl(address, kind, ttl, frame, time) {
      const heard = at(address)
      const seen = heard.ttls.get(kind) ?? new Set()
      heard.ttls.set(kind, seen)
      if (seen.has(ttl)) return
      const before = [...seen].at(-1)
      seen.add(ttl)
      if (before !== undefined && seen.size < 8)
        sign(heard, name(heard), {
          kind: 'ttl',
          frame,
          time,
          text: `${kind} packets of ${address} come with TTL ${ttl} after ${before}`,
        })
    },
    iv(address, mac, isAlone, { frame, time }, text) {
      const heard = at(address)
      const before = name(heard)
      const last = heard.changes.at(-1)
      const isOfOne = last?.signs.some((s) => s.kind === 'iv' && Math.abs(s.time - time) <= TURN)
      if (isAlone && !isOfOne && !(last?.isStation && Math.abs(last.signs.at(-1)!.time - time) <= TOGETHER))
        heard.starts.set(mac, (heard.starts.get(mac) ?? 0) + 1)
      sign(heard, before, { kind: 'iv', frame, time, text })
    },
    moves(from, to, { frame, time }, text, spoke) {
      const heard = at(from)
      if (heard.changes.length >= MOST_CHANGES) return
      const made: Sign = { kind: 'address', frame, time, text }
      const back = at(to).changes.findLast(
        (c) => c.to === from && c.signs.some(({ kind }) => kind === 'address'),
      )
      const last = heard.changes.findLast(
        (c) => c.to === to && c.signs.some(({ kind }) => kind === 'address'),
      )
      const isOfLast = last && time - last.signs.at(-1)!.time <= TOGETHER
      if (isOfLast && (!back || back.signs[0]!.time < last.signs[0]!.time)) {
        if (last.signs.length < MOST_SIGNS) last.signs.push(made)
        return
      }
      // Addresses that take turns without a pause are both active.
      if (back && time - back.signs.at(-1)!.time < TURN) {
        back.turns += 1
        if (back.signs.length < MOST_SIGNS) back.signs.push(made)
        return
      }
      change(heard, { from, to, isReturn: back !== undefined, isStation: true }, made)
      const latest = heard.changes.at(-1)!
      latest.first = { frame, time }
      if (spoke) latest.last = spoke
    },
    hasMoved: (from, to) =>
      (known.get(from)?.changes ?? []).some(
        (change) => change.to === to && change.signs.some(({ kind }) => kind === 'address'),
      ),
    current: (address) => name(at(address)),
    macs: (address) => at(address).macs,
    isStation: (address, mac) => (known.get(address)?.times.get(mac) ?? 0) > 1,
    spoke: (address) => known.get(address)?.spoke,
    changeBefore(addresses, time, seconds) {
      let found: (Moment & { readonly address: string }) | undefined
      for (const address of addresses)
        for (const { isStation, signs } of known.get(address)?.changes ?? []) {
          const first = signs[0]!
          if (!isStation || first.time > time || time - first.time > seconds) continue
          if (!found || first.time > found.time) found = { address, frame: first.frame, time: first.time }
        }
      return found
    },
    takeovers: () =>
      [...known]
        .flatMap(([address, { changes }]) =>
          changes.map(({ from, to, isReturn, isStation, turns, signs, last, first }) => ({
            address,
            from,
            to,
            isReturn,
            isStation,
            turns,
            signs: [...signs].sort((a, b) => a.time - b.time),
            silences: last && first ? [{ last, first }] : [],
          })),
        )
        .sort((a, b) => a.signs[0]!.time - b.signs[0]!.time),
  }
}

/** How long the SAs were silent at a takeover: what of `changes` lies between it and the next one at the address. */
export const withSilences = (
  takeovers: readonly Takeover[],
  sas: readonly {
    readonly name: string
    readonly sources: readonly string[]
    readonly changes: readonly (Moment & { readonly last: Moment; readonly accepted?: Moment })[]
  }[],
): readonly Takeover[] =>
  takeovers.map((takeover) => {
    const { address, signs, silences } = takeover
    const begin = signs[0]!.frame
    const later = takeovers.flatMap((other) => (other.address === address ? [other.signs[0]!.frame] : []))
    const end = later.find((frame) => frame > begin) ?? Number.POSITIVE_INFINITY
    const ofSas = sas
      .filter(({ sources }) => sources.includes(address))
      .flatMap(({ name, changes }) => {
        const change = changes.find(({ frame }) => frame >= begin && frame < end)
        if (!change) return []
        const { frame, time, last, accepted } = change
        return [{ sa: name, last, first: { frame, time }, ...(accepted && { accepted }) }]
      })
    return { ...takeover, silences: [...silences, ...ofSas] }
  })
