/**
 * SPIs that are chosen for IKE SAs, as IKE_SA_INIT shows them: whether a responder chooses one for two, and whether two
 * stations choose one as initiators. A station that asks several gateways may ask them all under one.
 */
import type { Scene } from '../evidence/context.ts'
import { type Listening, listening } from '../evidence/monitor-runs.ts'
import { macText } from '../formats/bytes.ts'
import type { IkePacket } from '../packets/packets.ts'
import type { IkeState } from './ike-sa.ts'

/** SPIs that are kept, the latest. */
const MOST_SPIS = 8192

interface Chosen {
  readonly source: string
  readonly mac: number
  readonly frame: number
  readonly spis: Listening
}

export const ikeSpis = ({ monitors, limits, attention, findings, story }: Scene) => {
  const byResponders = new Map<string, { readonly first: IkeState; readonly spis: Listening }>()
  const byInitiators = new Map<string, Chosen>()
  const put = <T>(map: Map<string, T>, key: string, value: T): void => {
    if (map.size >= MOST_SPIS) map.delete(map.keys().next().value!)
    map.set(key, value)
  }
  const watch = (): Listening => listening(monitors, ['SPI-1'], limits, attention)
  const assign = (spis: Listening, member: string): readonly string[] =>
    spis.tell('spiAssigned', { member, peer: 'peer1', kind: 'ike', value: 0, user: 'nobody' })

  return {
    /** Takes note of the IKE SA that an answer to IKE_SA_INIT begins. */
    answered(state: IkeState, { source, target, frame }: IkePacket): void {
      const key = `${source} ${state.responderSpi}`
      const before = byResponders.get(key)
      if (!before) {
        const spis = watch()
        put(byResponders, key, { first: state, spis })
        assign(spis, 'A')
        return
      }
      for (const label of assign(before.spis, 'B'))
        findings.add(label, state.name, state.first, () => ({
          text: `${source} chooses in frame ${frame} the SPI ${state.responderSpi} that it has chosen for ${before.first.name} in frame ${before.first.first.frame}, of which no end is to be seen`,
          certainty: 'sign',
          story: story.last(8, source, target),
        }))
    },
    /** Takes note of a request for IKE_SA_INIT that no other had the bytes of. */
    asked(state: IkeState, packet: IkePacket): void {
      const { source, target, sourceMac, frame } = packet
      const before = byInitiators.get(state.initiatorSpi)
      if (!before) {
        put(byInitiators, state.initiatorSpi, { source, mac: sourceMac, frame, spis: watch() })
        return
      }
      const isOther =
        before.source !== source || (before.mac >= 0 && sourceMac >= 0 && before.mac !== sourceMac)
      if (!isOther) return
      assign(before.spis, 'A')
      const station = (address: string, mac: number): string =>
        mac < 0 ? address : `${address} (${macText(mac)})`
      for (const label of assign(before.spis, 'B'))
        findings.add(label, state.name, packet, () => ({
          text: `${station(source, sourceMac)} begins an IKE SA in frame ${frame} under the initiator's SPI ${state.initiatorSpi} that ${station(before.source, before.mac)} has begun one with in frame ${before.frame}`,
          certainty: 'sign',
          story: story.last(8, source, target),
        }))
    },
  }
}
