/** Tells the monitors of an IKE SA what its messages show: message IDs, answers that are taken for others, IVs. */
import type { Scene } from '../evidence/context.ts'
import type { Certainty, Finding } from '../evidence/findings.ts'
import { hex, u32 } from '../formats/bytes.ts'
import { cipherName, isCounterMode } from '../packets/ciphers.ts'
import { asker } from '../packets/ike-header.ts'
import type { IkePacket } from '../packets/packets.ts'
import {
  askerText,
  type Content,
  type Exchange,
  fragmentText,
  type IkeState,
  ikeText,
  sideOf,
} from './ike-sa.ts'

/** A copy that comes sooner was captured twice. Seconds. */
export const SAME_PACKET = 0.005

/** Judges what was not seen before of an IKE SA. */
export const ikeJudging = ({ findings, members, story }: Scene) => {
  const add = (
    packet: IkePacket,
    label: string,
    state: IkeState,
    member: string,
    told: { text: string; certainty: Certainty },
    group?: string,
  ): Finding | undefined =>
    findings.add(
      label,
      state.name,
      packet,
      () => ({
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
      }),
      group,
    )

  const fieldsOf = (packet: IkePacket, exchange: string, task: number, member: string): object => ({
    type: packet.header.response ? 'response' : 'request',
    ike: fragmentText(packet.header),
    initiator: sideOf(packet.header),
    messageId: packet.header.messageId,
    address: 'V',
    exchange,
    task,
    child: 'none',
    by: 'none',
    result: 'done',
    sender: member,
    receiver: 'P',
  })

  /** A content that was not seen before under its message ID. */
  const judge = (
    state: IkeState,
    packet: IkePacket,
    exchange: Exchange,
    content: Content,
    member: string,
  ): void => {
    const { header, frame } = packet
    if (content.sync === 'yes') return
    if (header.response) {
      resolve(packet, exchange, content)
      if (content.sync !== 'no') return
    } else {
      const others = exchange.requests.filter((other) => other !== content && other.sync !== 'yes')
      const isFirstOfAll =
        others.length === 0 && !(state.isSetUp && header.messageId === 0 && asker(header) === 'initiator')
      // One of two may be a synch: the answer tells.
      if (
        content.sync === 'perhaps' ||
        (others.length > 0 && others.every(({ sync }) => sync === 'perhaps'))
      ) {
        if (isFirstOfAll) return
        const before = others.at(-1)
        const doubt = add(
          packet,
          'MID-1',
          state,
          member,
          {
            certainty: 'sign',
            text: `${header.exchange} ${header.messageId} has other content in frame ${frame} than ${before ? `in frame ${before.frame}` : 'IKE_SA_INIT'}: an ID used again, or a synch of RFC 6311, which looks the same without keys`,
          },
          `synch ${frame}`,
        )
        if (doubt) content.doubt = doubt
        return
      }
      if (others.length === 0 && !isFirstOfAll)
        state.listening.tell('ikeSent', fieldsOf(packet, 'IKE_SA_INIT', 0, member))
    }
    const before = (header.response ? exchange.responses : exchange.requests).findLast(
      (other) => other !== content && other.sync === 'no',
    )
    const unsure =
      before &&
      (content.isCut || before.isCut) &&
      (content.captured !== before.captured || header.fragment?.total === 0)
    for (const label of state.listening.tell(
      'ikeSent',
      fieldsOf(packet, header.exchange, content.digest, member),
    ))
      if (unsure) undecided(state, packet, before, member)
      else {
        const isDamaged =
          header.response && before !== undefined && [content, before].some((one) => !answersItsKind(one))
        const waiting = header.response && (isDamaged || isWaiting(state, packet))
        const finding = add(packet, label, state, member, {
          certainty: waiting ? 'sign' : 'certain',
          text: `${header.response ? 'the answer to' : 'request'} ${header.messageId} of ${askerText(state, asker(header))} is ${header.exchange} in frame ${frame}${before ? `, and ${before.exchange} with other content in frame ${before.frame}` : header.messageId === 0 && !header.response ? ', and its ID is that of IKE_SA_INIT' : ''}${isDamaged ? '; one of the two answers another exchange than it is of, so that the ID may be damaged' : waiting ? `; request ${state.highestIds[asker(header)]} waits for an answer, so that the ID may be damaged` : ''}`,
        })
        if (finding && !header.response) state.reuse = { finding, side: asker(header) }
      }
  }

  /** Whether an answer follows a request with its ID, and is of the exchange that this began. */
  const answersItsKind = ({ answers, exchange }: Content): boolean => answers?.exchange === exchange

  /** Whether a later request waits for its answer than that which a response is for. */
  const isWaiting = (state: IkeState, { header }: IkePacket): boolean => {
    const side = asker(header)
    const highest = state.highestIds[side]
    const exchange = state.exchanges.get(`${side} ${highest} `)
    return highest > header.messageId && exchange !== undefined && exchange.responses.length === 0
  }

  /** An answer to no request that was seen comes after one that used an ID again: perhaps that ID was damaged. */
  const doubtReuse = (state: IkeState, { header, frame }: IkePacket): void => {
    const { reuse } = state
    if (!reuse || reuse.side !== asker(header) || reuse.finding.count > 1) return
    reuse.finding.certainty = 'sign'
    reuse.finding.evidence = `frame ${frame} answers request ${header.messageId}, which was not seen: the ID may be damaged`
    state.reuse = undefined
  }

  /** A message that was captured in part, and may be that of an earlier frame or another with its ID. */
  const undecided = (state: IkeState, packet: IkePacket, before: Content, member: string): void => {
    const { header, frame } = packet
    add(
      packet,
      header.response ? 'MID-2' : 'MID-1',
      state,
      member,
      {
        certainty: 'undecided',
        text: `${header.response ? 'the answer to' : 'request'} ${header.messageId} of ${askerText(state, asker(header))} comes again in frame ${frame} after frame ${before.frame}; what was captured of the two does not tell whether they are the same and one is damaged or cut`,
      },
      'undecided',
    )
  }

  /** An answer to a request that may be a synch, or that follows one: an old answer shows that it is none. */
  const resolve = (packet: IkePacket, exchange: Exchange, content: Content): void => {
    const asked = exchange.requests.at(-1)
    const doubt = asked?.doubt
    if (!asked || !doubt) return
    const isOld = content.answers !== asked
    const isNone = content.sync === 'no'
    doubt.certainty = isOld || isNone ? 'certain' : 'dismissed'
    doubt.evidence = isOld
      ? `frame ${packet.frame} answers it with the answer to frame ${content.answers?.frame ?? content.frame}: the other end has executed that`
      : isNone
        ? `the answer of frame ${packet.frame} has ${packet.header.length} octets, too few for one to a synch`
        : `answered anew in frame ${packet.frame}, as a synch is`
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

  /** The next request goes out although the one before has no answer since it was sent: one to another was taken. */
  const noteNext = (state: IkeState, packet: IkePacket, before: Exchange, member: string): void => {
    const asked = before.requests.at(-1)
    const answer = before.responses.at(-1)
    if (!asked || !answer || before.requests.length < 2 || asked.sync !== 'no') return
    if (answer.last.time >= asked.time) return
    const { header, frame } = packet
    add(
      packet,
      'MID-4',
      state,
      member,
      {
        certainty: 'sign',
        text: `request ${header.messageId} follows in frame ${frame}, although that of frame ${asked.frame} has no answer since: if the window is 1, the answer of frame ${answer.frame}, to frame ${before.requests[0]!.frame}, was taken for its own`,
      },
      `next ${header.messageId}`,
    )
  }

  /** Message IDs that no request was seen with. */
  const noteSkip = (state: IkeState, packet: IkePacket, highest: number, member: string): void => {
    const { header, frame } = packet
    const side = asker(header)
    const [from, to] = [highest + 1, header.messageId - 1]
    const finding = add(
      packet,
      'MID-5',
      state,
      member,
      {
        certainty: 'sign',
        text: `request ${header.messageId} of ${askerText(state, side)} in frame ${frame} comes after ${highest}: ${from === to ? `message ID ${from} was skipped` : `message IDs ${from} to ${to} were skipped`}, or what had ${from === to ? 'it' : 'them'} was not captured`,
      },
      `skip ${side} ${from}`,
    )
    if (finding && to - from < 64)
      for (let id = from; id <= to; id++) state.skips.set(`${side} ${id}`, finding)
  }

  /** Whether a message has the IV of the one before within milliseconds: it was captured twice, and is damaged in one. */
  const isDamagedCopy = (state: IkeState, packet: IkePacket, member: string): boolean => {
    const { header, bytes, frame, time, source } = packet
    const at = header.protectedAt
    if (at === undefined || bytes.length < at + 8) return false
    const iv = hex(bytes, at, 8)
    const before = state.lastIv
    state.lastIv = { iv, time, source }
    if (before?.iv !== iv || before.source !== source || Math.abs(time - before.time) >= SAME_PACKET)
      return false
    for (const label of ['IV-1', header.response ? 'MID-2' : 'MID-1'])
      add(
        packet,
        label,
        state,
        member,
        {
          certainty: 'undecided',
          text: `the IV ${iv} of the message before comes again in frame ${frame} within milliseconds: used again, or a damaged copy`,
        },
        'copy',
      )
    return true
  }

  /** IVs of one direction; with keys that change, a new IKE SA begins. Whether they matter is told at the end. */
  const judgeIv = (state: IkeState, packet: IkePacket, member: string): void => {
    const { header, bytes, frame } = packet
    const at = header.protectedAt
    if (at === undefined || bytes.length < at + 8) return
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
    for (const label of violated) {
      const finding = add(packet, label, state, member, {
        certainty: 'sign',
        text: `the IV ${hex(bytes, at, 8)} of an earlier message is used again in frame ${frame}`,
      })
      if (finding && !state.ivFindings.includes(finding)) state.ivFindings.push(finding)
    }
  }

  return { doubtReuse, isDamagedCopy, judge, judgeIv, match, noteNext, noteSkip, resolve, undecided }
}

/** How sure findings about the IVs of an IKE SA are, once everything of its negotiation was read. */
export const judgeCiphers = ({ ivFindings, encryption, parent, others }: IkeState): void => {
  judgeByCipher({ ivFindings, encryption, parent })
  // A generator that starts again repeats more than one IV, and another member has one of its own.
  for (const finding of ivFindings)
    if (finding.count === 1 && others < 2 && finding.certainty !== 'dismissed') {
      finding.certainty = 'sign'
      finding.evidence = `${finding.evidence}; once only and by one member: the IV may be damaged`
    }
}

const judgeByCipher = ({
  ivFindings,
  encryption,
  parent,
}: Pick<IkeState, 'ivFindings' | 'encryption' | 'parent'>): void => {
  const inherited = encryption ? undefined : parent?.encryption
  for (const finding of ivFindings) {
    if (encryption) {
      finding.certainty = isCounterMode(encryption.id) ? 'certain' : 'dismissed'
      finding.evidence = `negotiated: ${cipherName(encryption.id)}`
    } else if (inherited) {
      finding.certainty = isCounterMode(inherited.id) ? 'if counter mode' : 'sign'
      finding.evidence = `the IKE SA that it has replaced, ${parent!.name}, uses ${cipherName(inherited.id)}`
    } else finding.evidence = 'the cipher was negotiated before the capture began'
  }
}
