/**
 * Which child SAs were negotiated when. Where keys tell, by name. Otherwise by count: an exchange may have negotiated
 * one SPI in each direction; one that is seen for the first time afterwards uses it up, and so does an IKE SA that comes
 * into being without IKE_SA_INIT; what is left may explain that the numbers of one SA start again.
 */
import { asker } from '../packets/ike-header.ts'
import type { Inside } from '../packets/ike-inside.ts'
import type { EspPacket, IkePacket } from '../packets/packets.ts'
import type { Moment } from './findings.ts'

/** An exchange that may have negotiated a child SA, when its first answer came. */
export interface Exchange extends Moment {
  readonly ike: string
  /** Whether more of its IKE SA was seen than its answer: else the SPIs may be damaged. */
  isOfKnown(): boolean
  /** When the IKE SA was first seen. */
  readonly since: Moment
  /** UDP ports of each end where that of IKE is not 500. */
  readonly ports: ReadonlyMap<string, number>
  /** The station that spoke for each address. */
  readonly macs: ReadonlyMap<string, number>
  /** Addresses for which it has not yet negotiated an SPI. */
  readonly left: Set<string>
  /** Restarts that it explains, by the address of the receiver; taken back when an SPI turns out to use it up. */
  readonly explains: Map<string, Explained>
}

/** A restart, and whether the exchange still can have brought it about. */
export interface Explained {
  usedUp: Moment | undefined
}

/** By what a child SA was negotiated: the keys tell. */
export interface Known extends Moment {
  readonly cipher: number | undefined
}

export interface Negotiations {
  /** Takes an IKE message in, with what is inside if keys tell. */
  take(packet: IkePacket, inside: Inside | undefined): void
  /**
   * A new SPI is seen, first in the frame `first`. The exchange before it that is taken to have negotiated it: one that
   * went to these ports, if given.
   */
  begins(packet: EspPacket, first: number, ports?: readonly [number, number]): Exchange | undefined
  /** An exchange since a frame that may have negotiated an SPI of this direction anew. */
  possible(source: string, target: string, since: number): Exchange | undefined
  /** The first frame of two addresses with an exchange that may have negotiated an SPI, whenever it was. */
  anywhere(source: string, target: string): number | undefined
  /** One with an IKE message that may belong elsewhere. */
  misplaced(source: string, target: string): number | undefined
  /** Whether a new IKE SA was asked for since a frame, once and without an answer that was captured. */
  mayBeAnswered(source: string, target: string, since: number): boolean
  /** How the SPI at an address was negotiated last, by what keys have opened. */
  known(target: string, spi: number): Known | undefined
}

const MOST = 65_536
const MOST_OF_PAIR = 64

/**
 * `onlyOpened`: there are keys, so an exchange that they do not open explains nothing; `isAlone`: whether the time of a
 * frame may be wrong.
 */
export const negotiations = (onlyOpened: boolean, isAlone: (frame: number) => boolean): Negotiations => {
  const exchanges = new Map<string, Exchange[]>()
  const children = new Map<string, Known>()
  /** The first frame of two addresses with an exchange that may have negotiated an SPI, and that is misplaced perhaps. */
  const messages = new Map<string, number>()
  const misplaced = new Map<string, number>()
  const asked = new Map<string, Request>()
  const answered = new Map<string, true>()
  const ikes = new Map<string, Ike>()
  const spis = new Map<string, true>()
  const pair = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`)
  const put = <T>(map: Map<string, T>, key: string, value: T): void => {
    if (map.size >= MOST && !map.has(key)) map.delete(map.keys().next().value!)
    map.set(key, value)
  }

  const ikeOf = ({ header, frame, time }: IkePacket, key: string): Ike => {
    const known = ikes.get(key)
    if (known) return known
    const isSetUp = header.exchange === 'IKE_SA_INIT' || header.exchange === 'IKE_AUTH'
    const made: Ike = {
      isFresh: !isSetUp && header.messageId === 0,
      since: { frame, time },
      answeredIds: { initiator: -1, responder: -1 },
      hasChild: false,
      messages: 0,
    }
    put(ikes, key, made)
    for (const spi of [header.initiatorSpi, header.responderSpi]) {
      if (spis.has(spi)) made.isFresh = false
      put(spis, spi, true)
    }
    return made
  }

  const noteFrame = (frames: Map<string, number>, ends: string, frame: number): void => {
    if (!onlyOpened && !frames.has(ends)) put(frames, ends, frame)
  }

  const useUp = (exchange: Exchange, target: string, at: Moment): void => {
    exchange.left.delete(target)
    const explained = exchange.explains.get(target)
    if (explained) explained.usedUp ??= at
  }

  return {
    take(packet, inside) {
      const { header, source, target, frame, time, sourceMac, targetMac, ports } = packet
      if (isAlone(frame)) noteFrame(misplaced, pair(source, target), frame)
      if (!header.isProtected) {
        if (/[1-9a-f]/.test(header.responderSpi))
          ikeOf(packet, header.initiatorSpi + header.responderSpi).messages += 1
        return
      }
      const name = header.initiatorSpi + header.responderSpi
      const ike = ikeOf(packet, name)
      ike.messages += 1
      // Nothing else has a first request under fresh SPIs: an exchange before it has rekeyed the IKE SA.
      if (ike.isFresh && header.response) {
        ike.isFresh = false
        const before = (exchanges.get(pair(source, target)) ?? []).findLast(
          ({ frame }) => frame < ike.since.frame,
        )
        if (before)
          for (const end of new Set([...before.left, ...before.explains.keys()]))
            useUp(before, end, ike.since)
      }
      if (header.exchange !== 'IKE_AUTH' && header.exchange !== 'CREATE_CHILD_SA') return
      noteFrame(messages, pair(source, target), frame)
      const key = `${name} ${asker(header)} ${header.messageId} ${pair(source, target)}`
      if (!header.response) {
        const before = asked.get(key)
        if (before) before.copies += 1
        if (!before || inside)
          put(asked, key, {
            source,
            sourceMac,
            spis: inside?.spis ?? [],
            frame,
            target,
            isNew: header.exchange === 'IKE_AUTH' && ike.messages > 1,
            copies: before?.copies ?? 1,
          })
        return
      }
      const request = asked.get(key)
      const at = { frame, time }
      if (inside) {
        const child = { ...at, cipher: inside.encryption }
        for (const spi of inside.spis) put(children, `${source} ${spi}`, child)
        if (request && inside.spis.length > 0)
          for (const spi of request.spis) put(children, `${request.source} ${spi}`, child)
      }
      const side = asker(header)
      const isFirst = !answered.has(key) && header.messageId > ike.answeredIds[side]
      put(answered, key, true)
      ike.answeredIds[side] = Math.max(ike.answeredIds[side], header.messageId)
      if (!isFirst || onlyOpened) return
      // Several rounds of IKE_AUTH set up one child SA.
      if (header.exchange === 'IKE_AUTH' && ike.hasChild) return
      if (header.exchange === 'IKE_AUTH') ike.hasChild = true
      const macs = new Map([
        [source, sourceMac],
        [target, targetMac],
      ])
      if (request) macs.set(request.source, request.sourceMac)
      const key2 = pair(source, target)
      const list = exchanges.get(key2) ?? []
      if (list.length >= MOST_OF_PAIR) list.shift()
      list.push({
        ...at,
        ike: name,
        isOfKnown: () => ike.messages > 1,
        since: ike.since,
        macs,
        ports: new Map(
          ports
            ? [
                [source, ports[0]],
                [target, ports[1]],
              ]
            : [],
        ),
        left: new Set([source, target]),
        explains: new Map(),
      })
      put(exchanges, key2, list)
    },
    begins({ source, target, frame, time, ports }, first, to) {
      const at = { frame, time }
      const list = exchanges.get(pair(source, target)) ?? []
      const open = list.filter(({ frame, left }) => frame < first && left.has(target))
      // Behind one NAT, ports tell clients apart.
      const port = (to ?? ports)?.[1]
      const free = open.findLast(({ ports }) => ports.get(target) === port) ?? (to ? undefined : open.at(-1))
      if (free) {
        free.left.delete(target)
        return free
      }
      if (to) return undefined
      const doubtful = list.findLast(
        ({ frame, explains }) =>
          frame < first && explains.get(target)?.usedUp === undefined && explains.has(target),
      )
      if (doubtful) useUp(doubtful, target, at)
      return doubtful
    },
    possible: (source, target, since) =>
      exchanges.get(pair(source, target))?.findLast(({ frame, left }) => frame > since && left.has(target)),
    anywhere: (source, target) => messages.get(pair(source, target)),
    misplaced: (source, target) => misplaced.get(pair(source, target)),
    mayBeAnswered: (source, target, since) =>
      [...asked].some(
        ([key, request]) =>
          request.isNew &&
          request.copies === 1 &&
          request.frame > since &&
          !answered.has(key) &&
          pair(request.source, request.target) === pair(source, target),
      ),
    known: (target, spi) => children.get(`${target} ${spi}`),
  }
}

/** A request that may set up a child SA. */
interface Request {
  readonly source: string
  readonly sourceMac: number
  readonly target: string
  readonly frame: number
  readonly spis: readonly number[]
  /** Of an IKE SA whose beginning was captured. */
  readonly isNew: boolean
  /** How often it was sent. */
  copies: number
}

interface Ike {
  readonly since: Moment
  /** The highest request of each side that was answered. */
  readonly answeredIds: { initiator: number; responder: number }
  hasChild: boolean
  messages: number
  /** Begun without IKE_SA_INIT and with a first request, under SPIs that no other has: by a rekey, if it is answered. */
  isFresh: boolean
}
