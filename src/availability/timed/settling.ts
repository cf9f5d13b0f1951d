/** What is done after every step, so that states that differ in nothing that matters are one. */
import { type Member, othersOf } from '../../../model/constants/constants.ts'
import { DELIVERIES } from '../../../model/ends/deliveries.ts'
import { actsOnIke } from '../../../model/gateway/roles.ts'
import { isWaiting } from '../../../model/ike/message-ids.ts'
import {
  type ClusterSchema,
  type ClusterView,
  FIRST_IKE,
  type IkeMessage,
} from '../../../model/state/cluster-state.ts'
import { choicesOf } from '../../modelling/action.ts'
import type { Each, QueueOf, RecordOf } from '../../modelling/schema.ts'
import { renumbering } from './renumber.ts'
import { askingOn, isAskingHere, type Made, type TimedDraft, type TimedView } from './timed-state.ts'
import { assign, plainOf } from './whole-records.ts'

/** The schema of what members tell each other. */
const messageIn = (state: ClusterSchema): RecordOf =>
  ((state.fields.synch as Each).element as RecordOf<{ readonly queue: QueueOf }>).fields.queue
    .element as RecordOf

/** Makes the function that is called after every step. */
export const settling = ({ plan, constants, members, base }: Made): ((d: TimedDraft) => void) => {
  const renumber = renumbering(constants, plan.differences, messageIn(base.state as ClusterSchema))
  const takers = base.actions
    .filter(({ name }) => DELIVERIES.includes(name))
    .flatMap((action) =>
      choicesOf(action).map((choice) => ({ action, choice: choice as { readonly m: number } })),
    )
  const isHeard = (s: TimedView, slot: number): boolean =>
    takers.some(({ action, choice }) => choice.m === slot && action.guard!(s.world, choice))

  /** Whether the sender of a request waits for its answer: otherwise a late copy of it leads to an answer that nobody takes. */
  const isWaitedFor = (s: ClusterView, { type, initiator, messageId }: IkeMessage): boolean => {
    if (type === 'response') return true
    const sa = askingOn(s, members, initiator === 'peer' ? 'peer' : 'cluster')
    return sa !== undefined && isWaiting(sa) && sa.nextSend === messageId + 1
  }

  /** What nobody takes is dropped at once: who does not take it when it is sent would not when it arrives, but for a takeover just then. */
  const dropUnheard = (d: TimedDraft): void => {
    const { network } = d.world
    for (let slot = network.length - 1; slot >= 0; slot--) {
      const m = network.at(slot)!
      if (!isHeard(d as TimedView, slot) || !isWaitedFor(d.world, m)) network.remove(m)
    }
  }

  return (d) => {
    dropUnheard(d)
    renumber(d.world)
    if (d.clock.cluster > 0 && !members.some((m) => isAskingHere(d.world, m))) d.clock.cluster = 0
    if (d.clock.peer > 0 && !isWaiting(d.world.peer.ike[FIRST_IKE]!)) d.clock.peer = 0
    if (d.clock.detection > 0 && members.some((m) => actsOnIke(d.world, m))) d.clock.detection = 0
  }
}

/** Names of members mean nothing: where nothing is under way between them, the one that acts is called the first. */
export const actingFirst = ({ constants, members, base }: Made): ((d: TimedDraft['world']) => void) => {
  const schema = ((base.state as ClusterSchema).fields.member as Each).element
  return (d) => {
    const acting = members.find((m: Member) => actsOnIke(d, m))
    const [first] = members
    if (acting === undefined || acting === first) return
    if (members.some((from) => othersOf(constants, from).some((to) => d.synch[from + to]!.queue.length > 0)))
      return
    const one = plainOf(schema, d.member[first!])
    const other = plainOf(schema, d.member[acting])
    assign(schema, d.member[first!], other)
    assign(schema, d.member[acting], one)
  }
}
