/** The JSON schema of the lines that clustercheck and a driver say to each other. */
import { SYNCH_KINDS } from '../../drill/operations.ts'
import { PROTOCOL, VERBS } from '../../drill/protocol.ts'
import { about, count, DRAFT, flag, listOf, object, oneOf, text } from '../text/schema-parts.ts'

const request = {
  ...object(
    { id: about('answered with the same', count), verb: oneOf(...VERBS) },
    {
      protocol: about('start: the version of this protocol', oneOf(PROTOCOL)),
      members: about('start: the members of the cluster; A is the one that acts first', listOf(text)),
      lab: about(
        'start: kind netns: the namespace and the interfaces of each party; kind vxlan: where the wire listens, and the network identifier of each attachment; folder: for files of the driver',
        { type: 'object' },
      ),
      scheme: about('start: the scheme of the trace', text),
      standbyKnows: about('start: whether the standby must have learnt the SAs before the answer', flag),
      at: about('ask, sas: a member, or P', text),
      exchange: about('ask: createChild, rekeyChild, deleteChild, rekeyIke, deleteIke or liveness', text),
      from: about('packets: a member, or P', text),
      count: about('packets: how many to send through the tunnel', count),
      member: about('crash, takeover, handover, return: which', text),
      to: about('handover: who acts afterwards', text),
    },
  ),
}

const reply = {
  ...object(
    { id: count, ok: flag },
    {
      error: about('where not ok: one sentence', text),
      cannot: about(
        'where not ok: these gateways can never do this, so that the trace cannot be driven',
        flag,
      ),
      gateways: about('start: what they are, in a few words', text),
      synch: about(
        'start: how to tell synch messages apart; without a byte all pass, or are cut',
        listOf(
          object(
            { udpPort: count },
            {
              byte: about('which byte of the UDP payload says what a message is about', count),
              kinds: about('by the value of that byte', {
                type: 'object',
                additionalProperties: oneOf(...SYNCH_KINDS, 'other'),
              }),
            },
          ),
        ),
      ),
      silent: about(
        'start: parties that answer no packets, so that nothing shows which they accept',
        listOf(text),
      ),
      as: about('ask: the exchange that was started instead, where it is another', text),
      answered: about('packets: how many were answered', count),
      up: about('sas: whether the party can be asked', flag),
      ike: about('sas: IKE SAs, by any name', listOf(text)),
      children: about(
        'sas: child SAs by their SPIs, as the party receives and sends',
        listOf(object({ in: text, out: text })),
      ),
    },
  ),
}

/** Version 1: a line to the driver, and a line from it. */
export const DRIVER_SCHEMA = {
  ...DRAFT,
  title: 'The driver protocol of clustercheck drill: lines to and from a driver',
  ...object({
    request: about('a line that the driver reads', request),
    reply: about('the line that it answers with', reply),
  }),
}
