/** Tells the monitors of an IKE SA what its messages show: message IDs, answers that are taken for others, IVs. */
import { hex, u32 } from './bytes.ts'
import { cipherName, isCounterMode } from './ciphers.ts'
import { asker, type Content, type Exchange, fragmentText, type IkeState, ikeText, sideOf } from './ike-sa.ts'
import type { IkePacket } from './packets.ts'
import type { Scene } from './scene.ts'

/** Whether a message is a synch of RFC 6311, to which no rule for message IDs applies. */
export type Sync = 'yes' | 'perhaps' | 'no'

/** Judges what was not seen before of an IKE SA. */
export const ikeJudging = ({ findings, members, story }: Scene) => {
  const add = (
    packet: IkePacket,
    label: string,
    state: IkeState,
    member: string,
    told: { text: string; certainty: 'certain' | 'sign' | 'if counter mode' },
  ) =>
    findings.add(label, state.name, packet, () => ({
      ...told,
      story: [
        ...story.last(8, packet.source, packet.target),
        {
          frame: packet.frame,
          time: packet.time,
          address: packet.source,
          member,
          to: packet.target,
          text: ikeText(packet.header),
        },
      ],
    }))

  /** A content that was not seen before under its message ID. */
  const judge = (
    state: IkeState,
    packet: IkePacket,
    exchange: Exchange,
    content: Content,
    member: string,
    sync: Sync,
  ): void => {
    const { header, frame } = packet
    const side = sideOf(header)
    const before = (header.response ? exchange.responses : exchange.requests).at(-2)
    if (sync === 'perhaps' && before && asker(header) === 'responder')
      add(packet, header.response ? 'MID-2' : 'MID-1', state, member, {
        certainty: 'sign',
        text: `INFORMATIONAL ${header.messageId} has other content in frame ${frame} than in frame ${before.frame}: an ID used again, or a synch of RFC 6311, which looks the same without keys`,
      })
    if (sync !== 'no') return
    const fields = {
      type: header.response ? 'response' : 'request',
      ike: fragmentText(header),
      initiator: side,
      messageId: header.messageId,
      address: 'V',
      exchange: header.exchange,
      task: content.digest,
      child: 'none',
      by: 'none',
      result: 'done',
      sender: member,
      receiver: 'P',
    }
    for (const label of state.listening.tell('ikeSent', fields))
      add(packet, label, state, member, {
        certainty: 'certain',
        text: `${header.response ? 'the answer to' : 'request'} ${header.messageId} of the original ${asker(header)} is ${header.exchange} in frame ${frame}${before ? `, and ${before.exchange} with other content in frame ${before.frame}` : ''}`,
      })
  }

  /** A response comes while another content is outstanding than the one it was made for. */
  const match = (
    state: IkeState,
    packet: IkePacket,
    exchange: Exchange,
    content: Content,
    member: string,
  ): void => {
    const asked = exchange.requests.at(-1)
    const answered = content.answers
    if (!asked || !answered) return
    const { header, frame } = packet
    const fields = {
      party: members.current(packet.target),
      ike: fragmentText(header),
      messageId: header.messageId,
      asked: asked.exchange,
      askedTask: asked.digest,
      answered: answered.exchange,
      answeredTask: answered.digest,
    }
    for (const label of state.listening.tell('ikeMatched', fields))
      add(packet, label, state, member, {
        certainty: 'sign',
        text: `the response in frame ${frame} was made for the request of frame ${answered.frame}, but that of frame ${asked.frame} is outstanding under the same ID ${header.messageId}`,
      })
  }

  /** IVs of one direction; with keys that change, a new IKE SA begins. */
  const judgeIv = (state: IkeState, packet: IkePacket, member: string): void => {
    const { header, bytes, frame } = packet
    const at = header.protectedAt
    if (at === undefined || bytes.length < at + 8) return
    const cipher = state.encryption?.id
    if (cipher !== undefined && !isCounterMode(cipher)) return
    const high = u32(bytes, at)
    const violated = state.ivs.tell('espSent', {
      sender: member,
      receiver: 'P',
      sa: header.fromInitiator ? 'fromInitiator' : 'fromResponder',
      sequenceNumber: 0,
      ike: 'k0',
      source: 'V',
      ivPrefix: String(high >>> 21),
      iv: (high & 0x1fffff) * 2 ** 32 + u32(bytes, at + 4),
    })
    for (const label of violated)
      add(packet, label, state, member, {
        certainty: cipher === undefined ? 'sign' : 'certain',
        text: `the IV ${hex(bytes, at, 8)} of an earlier message is used again in frame ${frame}${cipher === undefined ? '; the cipher was negotiated before the capture began' : ` with ${cipherName(cipher)}`}`,
      })
  }

  return { judge, judgeIv, match }
}
