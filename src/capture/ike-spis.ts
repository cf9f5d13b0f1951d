/**
 * SPIs that responders choose for IKE SAs, as the answers to IKE_SA_INIT show them: whether one is chosen for two. That
 * of an initiator is not judged: who asks several gateways may ask them all under one.
 */
import type { IkeState } from './ike-sa.ts'
import { type Listening, listening } from './listening.ts'
import type { IkePacket } from './packets.ts'
import type { Scene } from './scene.ts'

/** SPIs that are kept, the latest. */
const MOST_SPIS = 8192

/** Takes note of the IKE SA that an answer to IKE_SA_INIT begins. */
export const ikeSpis = ({ monitors, limits, attention, findings, story }: Scene) => {
  const chosen = new Map<string, { readonly first: IkeState; readonly spis: Listening }>()

  return (state: IkeState, { source, target, frame }: IkePacket): void => {
    const key = `${source} ${state.responderSpi}`
    const before = chosen.get(key)
    const spis = before?.spis ?? listening(monitors, ['SPI-1'], limits, attention)
    const assign = (member: string) =>
      spis.tell('spiAssigned', { member, peer: 'peer1', kind: 'ike', value: 0, user: 'nobody' })
    if (!before) {
      if (chosen.size >= MOST_SPIS) chosen.delete(chosen.keys().next().value!)
      chosen.set(key, { first: state, spis })
      assign('A')
      return
    }
    for (const label of assign('B'))
      findings.add(label, state.name, state.first, () => ({
        text: `${source} chooses in frame ${frame} the SPI ${state.responderSpi} that it has chosen for ${before.first.name} in frame ${before.first.first.frame}, of which no end is to be seen`,
        certainty: 'sign',
        story: story.last(8, source, target),
      }))
  }
}
