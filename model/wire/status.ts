/** What a reader of a diagram is told of the peer and the members beside their lanes: counters and SAs. */
import { type Constants, membersOf } from '../constants/constants.ts'
import type { ClusterView, EndView } from '../state/cluster-state.ts'
import { childrenOf, FIRST_IKE, trafficSasOf } from '../state/sas.ts'

/** Phrases about a lane; none about one that is down or knows nothing. */
export const statusOf =
  (constants: Constants) =>
  (lane: string, state: object): readonly string[] => {
    const s = state as ClusterView
    const member = membersOf(constants).find((m) => m === lane)
    if (lane !== 'P' && (member === undefined || !s.member[member].up)) return []
    const end: EndView = member === undefined ? s.peer : s.member[member]
    const { sa, nextSend, expects } = end.ike[end.current]!
    const name = end.current === FIRST_IKE ? '' : ` on ${end.current}`
    const children = childrenOf(constants).filter((child) => end.children.has(child))
    return [
      ...(sa ? [`next ${nextSend}${name}`, `expects ${expects}${name}`] : ['no IKE SA']),
      children.length === 0 ? 'no child SA' : `holds ${children.join(' ')}`,
      ...trafficSasOf(constants).flatMap((child) => {
        const { top } = member === undefined ? s.esp.peer[child]! : s.esp.member[member][child]!
        const sent = member === undefined ? 0 : s.esp.member[member][child]!.sent
        return [
          ...(sent > 0 ? [`${child} sent ${sent}`] : []),
          ...(top > 0 ? [`${child} received to ${top}`] : []),
        ]
      }),
    ]
  }
