/** Gathers from a capture what traces are made of: the messages of each IKE SA after its set-up. */
import type { IkePacket } from '../capture/packets/packets.ts'
import type { End, SeenMessage, SeenSa } from './trace.ts'

interface Growing extends SeenSa {
  start: number | undefined
  readonly messages: SeenMessage[]
  readonly setUpBy: { [end in End]?: number }
}

const SET_UP = ['IKE_SA_INIT', 'IKE_INTERMEDIATE', 'IKE_AUTH', 'IKE_SESSION_RESUME']
const MOST_SAS = 1024
const MOST_MESSAGES = 16_384

export interface Collector {
  take(packet: IkePacket, digest: number): void
  all(): readonly SeenSa[]
  /** Messages that are not in a trace: those of set-up, further fragments, what is not protected. */
  leftOut(): number
  /** Messages and IKE SAs for which there was no room: what is said of the rest is not the whole truth. */
  dropped(): number
}

export const collector = (): Collector => {
  const known = new Map<string, Growing>()
  let leftOut = 0
  let dropped = 0
  return {
    take({ header, frame, time, source, target, sourceMac }, digest) {
      const { initiatorSpi, responderSpi, fromInitiator, response, messageId, exchange, fragment } = header
      if (/^0+$/.test(responderSpi)) {
        leftOut += 1
        return
      }
      const key = initiatorSpi + responderSpi
      let sa = known.get(key)
      if (!sa) {
        if (known.size >= MOST_SAS) {
          dropped += 1
          return
        }
        const [initiator, responder] = fromInitiator ? [source, target] : [target, source]
        const name = `IKE ${initiatorSpi.slice(0, 8)}..${responderSpi.slice(0, 8)}..`
        sa = { name, initiator, responder, messages: [], start: undefined, setUpBy: {} }
        known.set(key, sa)
      }
      if (SET_UP.includes(exchange)) {
        sa.start = Math.max(sa.start ?? 0, messageId + 1)
        if (sourceMac >= 0) sa.setUpBy[fromInitiator ? 'initiator' : 'responder'] = sourceMac
        leftOut += 1
      } else if (!header.isProtected || (fragment && fragment.number !== 1)) leftOut += 1
      else if (sa.messages.length >= MOST_MESSAGES) dropped += 1
      else {
        const content = String(digest)
        sa.messages.push({
          frame,
          time,
          fromInitiator,
          response,
          messageId,
          exchange,
          content,
          mac: sourceMac,
        })
      }
    },
    all: () => [...known.values()],
    leftOut: () => leftOut,
    dropped: () => dropped,
  }
}
