/**
 * Messages under one ID in several forms: whole, and in fragments of one number or another. A message may be sent again
 * in smaller parts (RFC 7383 section 2.5.1), and then its bytes tell nothing; its exchange stays the same.
 */
import type { Scene } from '../evidence/context.ts'
import { asker } from '../packets/ike-header.ts'
import type { IkePacket } from '../packets/packets.ts'
import { askerText, type Form, type Forms, type IkeState, ikeText } from './ike-sa.ts'

/** IDs of one IKE SA whose forms are kept, the latest. */
const MOST = 1024

export const ikeForms = ({ findings, story }: Scene) => {
  const report = (state: IkeState, packet: IkePacket, forms: Forms, form: Form, other: Form): void => {
    const { header, frame, time, source, target } = packet
    const isExchange = form.exchange !== other.exchange
    const what = header.response ? 'the answer to' : 'request'
    const finding = findings.add(
      header.response ? 'MID-2' : 'MID-1',
      state.name,
      packet,
      () => ({
        text: `${what} ${header.messageId} of ${askerText(state, asker(header))} is ${form.exchange} in frame ${frame}, and in other parts ${other.exchange} in frame ${other.first.frame}${isExchange ? '' : ', by another member: an ID used again, or what that member knew of the first'}`,
        certainty: isExchange ? 'undecided' : 'sign',
        story: [
          ...story.last(8, source, target),
          { frame, time, address: source, member: form.member, to: target, text: ikeText(header) },
        ],
      }),
      `form ${frame}`,
    )
    if (finding && isExchange) forms.finding ??= { finding, forms: [form, other] }
  }

  return {
    /** Takes note of a message that is no copy. */
    judge(state: IkeState, packet: IkePacket, member: string): void {
      const { header, frame, time } = packet
      const { exchange, messageId, fragment, response } = header
      // It may be a synch of RFC 6311, to which no rule for message IDs applies.
      if (messageId === 0 && exchange === 'INFORMATIONAL') return
      const total = fragment?.total ?? 0
      if (fragment && total === 0) return
      const key = `${asker(header)} ${messageId} ${response ? 'response' : 'request'}`
      let forms = state.forms.get(key)
      if (!forms) {
        if (!fragment) return
        forms = { byTotal: new Map() }
        if (state.forms.size >= MOST) state.forms.delete(state.forms.keys().next().value!)
        state.forms.set(key, forms)
        const before = state.exchanges.get(`${asker(header)} ${messageId} `)
        const whole = (response ? before?.responses : before?.requests)?.find(({ sync }) => sync === 'no')
        if (whole) {
          const { exchange, member, copies } = whole
          forms.byTotal.set(0, { exchange, member, first: whole, count: copies })
        }
      }
      const known = forms.byTotal.get(total)
      if (known) {
        known.count += 1
        return
      }
      const form: Form = { exchange, member, first: { frame, time }, count: 1 }
      const other =
        [...forms.byTotal.values()].find((one) => one.exchange !== exchange) ??
        [...forms.byTotal.values()].find((one) => one.member !== member)
      forms.byTotal.set(total, form)
      if (other) report(state, packet, forms, form, other)
    },
  }
}

/** Another exchange under one ID is sure where no one damaged message explains it. */
export const concludeForms = ({ forms }: IkeState): void => {
  for (const { finding } of forms.values()) {
    if (!finding) continue
    const single = finding.forms.find(({ count }) => count < 2)
    if (!single) finding.finding.certainty = 'certain'
    else finding.finding.evidence = `one message only, in frame ${single.first.frame}, which may be damaged`
  }
}
