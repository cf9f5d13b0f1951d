/** What an extension does to the message-ID machine through the base model, which keeps what it observes in step. */
import type { Emit } from '../../src/modelling/events.ts'
import type { Party, Side } from '../constants/parties.ts'
import { forgetRequest } from '../ike/message-ids.ts'
import { type ClusterDraft, type IkeDraft, PLACE } from '../state/cluster-state.ts'
import type { WireEvents } from '../wire/events.ts'
import { refuse } from './locality.ts'

const sideOf = (at: Party): Side => (at === 'P' ? 'peer' : 'cluster')

const saOf = (d: ClusterDraft, at: Party, ike: string): IkeDraft =>
  (at === 'P' ? d.peer : d.member[at]).ike[ike]!

/** An end forgets its outstanding requests on an IKE SA. A probe among them was not answered: it can be made again. */
export const abandon = (d: ClusterDraft, at: Party, ike: string): void => {
  const sa = saOf(d, at, ike)
  const side = sideOf(at)
  for (const place of PLACE) {
    if (sa.requests[place].exchange === 'liveness' && d.probe[side] === 'sent') d.probe[side] = 'unused'
    forgetRequest(sa, place)
  }
}

/**
 * Message IDs below `to` of a side are not used any more, for an end has moved its counter past them. Throws where that
 * end has not: the properties about message IDs would believe it.
 */
export const skipIds = (
  d: ClusterDraft,
  emit: Emit<WireEvents>,
  { at, ike, initiator, to }: { at: Party; ike: string; initiator: Side; to: number },
): void => {
  const sa = saOf(d, at, ike)
  const counter = initiator === sideOf(at) ? sa.nextSend : sa.expects + 2 * sa.early
  if (to > counter)
    refuse(
      `says that message IDs below ${to} are skipped at ${at === 'P' ? 'the peer' : `member ${at}`}, whose counter stands at ${counter},`,
      `move the counter first: ${at === 'P' ? 'd.peer' : 'd.member[at]'}.ike[ike].${initiator === sideOf(at) ? 'nextSend' : 'expects'} = ${to}`,
    )
  emit.idsSkipped({ party: at, ike, initiator, to })
}
