/** RFC 6027 sections 3.3 and 3.6: whether the two ends of the IKE SA agree on the counters. */
import { type Constants, MEMBER, type Member, membersOf } from '../model/constants.ts'
import { holdsSa } from '../model/ike.ts'
import { actsOnIke } from '../model/roles.ts'
import { type ClusterSchema, type ClusterView, type IkeView, ikesOf } from '../model/state.ts'
import { always, type Property } from '../src/modelling/property.ts'

const outstanding = ({ requests }: IkeView): number =>
  (requests.even.exchange === 'none' ? 0 : 1) + (requests.odd.exchange === 'none' ? 0 : 1)

/** Whether what one end expects is what the other will send next, or has outstanding. */
const agree = (asks: IkeView, answers: IkeView): boolean =>
  answers.expects <= asks.nextSend && asks.nextSend - answers.expects <= outstanding(asks)

/** MID-6 for the bounds of `constants`. Judged of members that act, on IKE SAs that both ends hold. */
export const countersAgree = (constants: Constants): Property => {
  const members = membersOf(constants)
  const ikes = ikesOf(constants)
  const acting = (s: ClusterView, m: Member): boolean => !s.gaveUp && actsOnIke(s, m) && holdsSa(s.member[m])
  return always<ClusterSchema>('CountersAgree', {
    label: 'MID-6',
    sentence:
      'What an end expects is what the other end sends next, or has sent and not seen answered; this never ceases to be so.',
    source: 'RFC 7296 section 2.3; RFC 6027 section 3.3',
    holds: (s) =>
      members.every(
        (m) =>
          !acting(s, m) ||
          ikes.every((k) => {
            const mine = s.member[m].ike[k]!
            const theirs = s.peer.ike[k]!
            return !mine.sa || !theirs.sa || (agree(mine, theirs) && agree(theirs, mine))
          }),
      ),
    situation: (s) =>
      members.some(
        (m) => acting(s, m) && (m !== MEMBER[0] || !constants.scheme.cluster) && s.peer.ike[s.peer.current]!.nextSend + s.peer.ike[s.peer.current]!.expects > 0,
      ),
  })
}
