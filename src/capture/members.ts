/**
 * Which member speaks behind an address, and the signs that another does: another Ethernet address, a gratuitous ARP,
 * another TTL, another mask of the IVs. Signs that come together are one takeover.
 */
import { macText } from './bytes.ts'

export const SIGN = ['mac', 'arp', 'ttl', 'iv'] as const
export type SignKind = (typeof SIGN)[number]

/** What shows that another member speaks. */
export interface Sign {
  readonly kind: SignKind
  readonly frame: number
  readonly time: number
  readonly text: string
}

/** Signs at one address that come together. */
export interface Takeover {
  readonly address: string
  /** The members before and after, where the capture names them. */
  readonly from: string
  readonly to: string
  readonly signs: readonly Sign[]
}

/** What is known of who speaks. */
export interface Members {
  /** The station that has an address by its own word: a packet from it, or an ARP message. The member's name. */
  heard(address: string, mac: number, frame: number, time: number, arp?: 'asked' | 'gratuitous'): string
  /** The TTL of a packet of some kind from an address. */
  ttl(address: string, kind: string, ttl: number, frame: number, time: number): void
  /** Instance `index` of an IV generator speaks: not the first one that did. */
  iv(address: string, index: number, frame: number, time: number, text: string): void
  /** The name of the member that was heard last. */
  current(address: string): string
  /** Ethernet addresses that were heard, in the order of the names. */
  macs(address: string): readonly number[]
  /** Times that an Ethernet address came back which another had taken the place of. */
  returns(address: string): number
  takeovers(): readonly Takeover[]
}

interface Heard {
  readonly macs: number[]
  mac: number
  ivs: number
  returns: number
  readonly ttls: Map<string, Set<number>>
  readonly signs: (Sign & { readonly from: string; readonly to: string })[]
}

const NAMES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const MOST_ADDRESSES = 65_536
const MOST_SIGNS = 256
/** Signs that are this close together are of one takeover. Seconds. */
const TOGETHER = 30

export const memberName = (index: number): string => NAMES[index] ?? `member ${index + 1}`

export const membersOf = (): Members => {
  const known = new Map<string, Heard>()
  const at = (address: string): Heard => {
    let heard = known.get(address)
    if (!heard) {
      if (known.size >= MOST_ADDRESSES) known.delete(known.keys().next().value!)
      heard = { macs: [], mac: -1, ivs: 0, returns: 0, ttls: new Map(), signs: [] }
      known.set(address, heard)
    }
    return heard
  }
  const name = (heard: Heard): string =>
    memberName(heard.macs.length > 1 ? heard.macs.indexOf(heard.mac) : heard.ivs)
  const sign = (heard: Heard, from: string, to: string, made: Sign): void => {
    if (heard.signs.length < MOST_SIGNS) heard.signs.push({ ...made, from, to })
  }

  return {
    heard(address, mac, frame, time, arp) {
      const heard = at(address)
      if (mac < 0 || mac === heard.mac) return name(heard)
      const before = name(heard)
      const first = heard.macs.length === 0
      const isNew = !heard.macs.includes(mac)
      if (isNew) heard.macs.push(mac)
      else heard.returns += 1
      const from = heard.mac
      heard.mac = mac
      if (!first && isNew) {
        const text = `${address} moves from ${macText(from)} to ${macText(mac)}`
        const by = arp === 'gratuitous' ? ', told to everybody by a gratuitous ARP' : arp ? ', by ARP' : ''
        sign(heard, before, name(heard), {
          kind: arp === 'gratuitous' ? 'arp' : 'mac',
          frame,
          time,
          text: text + by,
        })
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
        sign(heard, name(heard), name(heard), {
          kind: 'ttl',
          frame,
          time,
          text: `${kind} packets of ${address} come with TTL ${ttl} after ${before}`,
        })
    },
    iv(address, index, frame, time, text) {
      const heard = at(address)
      const before = name(heard)
      heard.ivs = Math.max(heard.ivs, index)
      sign(heard, before, name(heard), { kind: 'iv', frame, time, text })
    },
    current: (address) => name(at(address)),
    macs: (address) => at(address).macs,
    returns: (address) => at(address).returns,
    takeovers: () => [...known].flatMap(([address, { signs }]) => grouped(address, signs)),
  }
}

const grouped = (address: string, signs: Heard['signs']): readonly Takeover[] => {
  const groups: Heard['signs'][] = []
  for (const one of signs) {
    const last = groups.at(-1)
    if (last && one.time - last.at(-1)!.time <= TOGETHER) last.push(one)
    else groups.push([one])
  }
  return groups.map((group) => ({
    address,
    from: group[0]!.from,
    to: group.at(-1)!.to,
    signs: group.map(({ kind, frame, time, text }) => ({ kind, frame, time, text })),
  }))
}
