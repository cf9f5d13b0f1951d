/**
 * IP packets in clear from one gateway to another, after ESP between the two. They may be meant so; after a failover
 * they are what a member does that has lost its policies.
 */
import type { Moment } from '../evidence/findings.ts'
import type { EspPacket, IkePacket, OtherPacket } from '../packets/packets.ts'

/** Packets in clear between two gateways. */
export interface ClearPackets {
  readonly source: string
  readonly target: string
  readonly count: number
  readonly frames: readonly number[]
  readonly first: Moment
}

const MOST_PAIRS = 64
const MOST_FRAMES = 20
const MOST_STATIONS = 65_536
/** A gateway that captures its own traffic sees a packet in clear when it has decrypted it. Seconds. */
const DECRYPTED = 0.005

interface State {
  readonly source: string
  readonly target: string
  count: number
  readonly frames: number[]
  readonly first: Moment
}

export interface ClearWatch {
  gateway(packet: EspPacket | IkePacket): void
  /** Whether a packet is in clear where others are protected. */
  other(packet: OtherPacket): boolean
  all(): readonly ClearPackets[]
}

export const clearWatch = (): ClearWatch => {
  /** Stations that a gateway's packets come from or go to. */
  const stations = new Set<number>()
  /** When the last ESP packet was sent, by the station that it was sent to and that it came from. */
  const lastEsp = new Map<number, Map<number, number>>()
  const endpoints = new Set<string>()
  const found = new Map<string, State>()
  return {
    gateway({ kind, sourceMac, targetMac, source, target, time }) {
      if (stations.size > MOST_STATIONS) {
        stations.clear()
        lastEsp.clear()
      }
      stations.add(sourceMac)
      stations.add(targetMac)
      if (endpoints.size < MOST_STATIONS) {
        endpoints.add(source)
        endpoints.add(target)
      }
      if (kind !== 'esp') return
      const from = lastEsp.get(targetMac)
      if (from) from.set(sourceMac, time)
      else lastEsp.set(targetMac, new Map([[sourceMac, time]]))
    },
    other({ frame, time, sourceMac, targetMac, source, target }) {
      const protectedTo = lastEsp.get(targetMac)
      if (sourceMac < 0 || targetMac < 0 || !stations.has(sourceMac) || !protectedTo) return false
      if (endpoints.has(source) || endpoints.has(target)) return false
      const esp = protectedTo.get(sourceMac)
      if (esp !== undefined && time - esp < DECRYPTED) return false
      const key = `${source} ${target}`
      const state = found.get(key) ?? { source, target, count: 0, frames: [], first: { frame, time } }
      if (found.size < MOST_PAIRS) found.set(key, state)
      state.count += 1
      if (state.frames.length < MOST_FRAMES) state.frames.push(frame)
      return true
    },
    all: () => [...found.values()],
  }
}
