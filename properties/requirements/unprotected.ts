/** RFC 6027 sections 3.2 and 4: what somebody without keys can do to an IKE SA, judged on the wire. */
import { requestLimit } from '../../model/constants/budgets.ts'
import { type Constants, MEMBER, SIDE } from '../../model/constants/constants.ts'
import { ikesOf } from '../../model/state/cluster-state.ts'
import type { WireEvents } from '../../model/wire/pictures.ts'
import { monitorOn, type Property } from '../../src/modelling/property.ts'
import { each, range, record, setOf } from '../../src/modelling/schema.ts'
import { hintBelieved, replayExecuted } from '../explanations/others.ts'

const monitor = monitorOn<WireEvents>()

/** DoS-1h: hints. */
export const hintsChangeNothing = monitor('HintsChangeNothing', {
  label: 'DoS-1h',
  sentence: 'No unprotected message makes an end delete an IKE SA.',
  source: 'RFC 7296 sections 1.5 and 2.21.4; RFC 6027 sections 3.2 and 4',
  explain: hintBelieved,
  memory: record({}),
  on: {
    hinted(_, { alive, believed }, judge) {
      if (alive) judge.arose()
      if (believed) judge.violated()
    },
  },
})

/**
 * DoS-1r: replays, for the bounds of `constants`.
 *
 * INTERPRETATION: a request counts as a replay when its sender has the answer; before that, an attacker could not be told from a retransmission.
 */
export const replaysChangeNothing = (constants: Constants): Property => {
  const alone = !constants.scheme.cluster
  const limit = Math.max(1, ...SIDE.map((side) => requestLimit(constants, side)))
  return monitor('ReplaysChangeNothing', {
    label: 'DoS-1r',
    sentence: 'No replayed request is executed: its sender has taken the answer to it already.',
    source: 'RFC 7296 section 2.2; RFC 6027 section 4',
    explain: replayExecuted,
    memory: record({
      taken: each(ikesOf(constants), each(SIDE, record({ ids: setOf(range(0, limit - 1)) }))),
    }),
    on: {
      ikeMatched({ taken }, { party, ike, messageId }) {
        taken[ike]![party === 'P' ? 'peer' : 'cluster'].ids.add(messageId)
      },
      ikeReceived({ taken }, { type, ike, initiator, messageId, receiver }, judge) {
        // The situation: a replay arrives; in a cluster, at a member that took over.
        if (type === 'response' || !taken[ike]![initiator].ids.has(messageId)) return
        if (alone || (receiver !== 'P' && receiver !== MEMBER[0])) judge.arose()
      },
      ikeExecuted({ taken }, { ike, initiator, messageId }, judge) {
        if (taken[ike]![initiator].ids.has(messageId)) judge.violated()
      },
    },
  })
}
