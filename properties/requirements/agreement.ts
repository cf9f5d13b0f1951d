/** RFC 6027 sections 3.3 and 3.6: whether the two ends of the IKE SA agree on the counters. */
import { type Constants, MEMBER, type Member, membersOf } from '../../model/constants/constants.ts'
import { isBusyWithOwn } from '../../model/extension-points/extensions.ts'
import { actsOnIke } from '../../model/gateway/roles.ts'
import { holdsSa } from '../../model/ike/message-ids.ts'
import type { ClusterSchema, ClusterView, EndView, IkeView } from '../../model/state/cluster-state.ts'
import type { WireEvents } from '../../model/wire/pictures.ts'
import { always, type Property } from '../../src/modelling/property.ts'
import { countersApart } from '../explanations/ends.ts'

const outstanding = ({ requests }: IkeView): number =>
  (requests.even.exchange === 'none' ? 0 : 1) + (requests.odd.exchange === 'none' ? 0 : 1)

const inUse = (end: EndView): IkeView => end.ike[end.current]!

/** Whether what one end expects is what the other will send next, or has outstanding. */
const agree = (asks: IkeView, answers: IkeView): boolean =>
  answers.expects <= asks.nextSend && asks.nextSend - answers.expects <= outstanding(asks) + answers.early

/** MID-6 for the bounds of `constants`. Judged of members that act, on an IKE SA that both ends use. */
export const countersAgree = (constants: Constants): Property => {
  const members = membersOf(constants)
  // While an extension puts counters right, nothing is promised about them.
  const acting = (s: ClusterView, m: Member): boolean =>
    !s.gaveUp && actsOnIke(s, m) && holdsSa(s.member[m]) && !isBusyWithOwn(s, constants, [m, 'P'])
  return always<ClusterSchema, WireEvents>('CountersAgree', {
    label: 'MID-6',
    sentence:
      'What an end expects is what the other end sends next, or has sent and not seen answered; this never ceases to be so.',
    source: 'RFC 7296 section 2.3; RFC 6027 section 3.3',
    explain: (story, s) => countersApart(story, s, constants),
    holds: (s) =>
      members.every(
        (m) =>
          !acting(s, m) ||
          s.member[m].current !== s.peer.current ||
          !holdsSa(s.peer) ||
          (agree(inUse(s.member[m]), inUse(s.peer)) && agree(inUse(s.peer), inUse(s.member[m]))),
      ),
    situation: (s) =>
      inUse(s.peer).nextSend + inUse(s.peer).expects > 0 &&
      members.some((m) => acting(s, m) && (m !== MEMBER[0] || !constants.scheme.cluster)),
  })
}
