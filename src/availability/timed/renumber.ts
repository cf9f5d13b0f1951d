/**
 * Makes a search into something that recurs: budgets are given back, and message IDs are counted from a fixed number.
 * Every rule compares the IDs of one direction linearly, so only differences to the peer's counters matter. A member that
 * lags by two lags for ever, so that more is not told apart (`structure.test.ts` finds the same numbers with more).
 */
import { type Constants, membersOf, othersOf, SIDE } from '../../../model/constants/constants.ts'
import { forgetRequest } from '../../../model/ike/message-ids.ts'
import {
  type ClusterDraft,
  FIRST_IKE,
  type IkeDraft,
  type IkeMessage,
  type SynchMessage,
} from '../../../model/state/cluster-state.ts'
import { ikeFields } from '../../../model/wire/events.ts'
import type { RecordOf } from '../../modelling/schema.ts'
import { plainOf } from './whole-records.ts'

/** Differences that are told apart: by which a member's counter may be behind the peer's, and ahead of it. */
export interface Differences {
  readonly behind: number
  readonly ahead: number
}

export const DIFFERENCES: Differences = { behind: 2, ahead: 2 }

/** What the counters of the peer stand at. Answers have the ID before the lowest that a member can expect. */
export const baseOf = ({ behind }: Differences): number => behind + 1

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

/** Makes the function that is called after each step; `synchMessage` is the schema of what members tell each other. */
export const renumbering = (
  constants: Constants,
  differences: Differences,
  synchMessage: RecordOf,
): ((d: ClusterDraft) => void) => {
  const k = FIRST_IKE
  const members = membersOf(constants)
  const base = baseOf(differences)
  const low = base - differences.behind
  const high = base + differences.ahead
  const channels = members.flatMap((from) => othersOf(constants, from).map((to) => from + to))
  return (d) => {
    // What is written costs time, also where it changes nothing.
    if (d.spent.crashes > 0) d.spent.crashes = 0
    if (d.spent.returns > 0) d.spent.returns = 0
    if (d.spent.synchLosses > 0) d.spent.synchLosses = 0
    for (const side of SIDE) {
      // Requests have equal numbers: by message ID alone they are told apart (`unsuitable` refuses other peers).
      if (d.spent[side].liveness > 0) d.spent[side].liveness = 0
      if (d.probe[side] !== 'unused') d.probe[side] = 'unused'
    }
    for (const m of members) {
      // History, which no guard reads, and who executed what, which nobody asks.
      const { ids } = d.answered[k]![m]
      if (ids.size > 0) ids.clear()
      executedByFirst(d.member[m].ike[k]!, members[0]!)
    }
    const peer = d.peer.ike[k]!
    // What concerns an IKE SA that the peer has no more is of no consequence: until there is a new one only its absence counts.
    if (!peer.sa) {
      silence(d, constants)
      for (const m of members) {
        const sa = d.member[m].ike[k]!
        if (!sa.sa) continue
        if (sa.nextSend !== base) sa.nextSend = base
        if (sa.expects !== base) sa.expects = base
      }
      return
    }
    const own = base - peer.expects
    const theirs = base - peer.nextSend
    for (const m of members) {
      const sa = d.member[m].ike[k]!
      if (!sa.sa) continue
      const nextSend = clamp(sa.nextSend + own, low, high)
      const expects = clamp(sa.expects + theirs, low, base)
      if (sa.nextSend !== nextSend) sa.nextSend = nextSend
      if (sa.expects !== expects) sa.expects = expects
    }
    if (own === 0 && theirs === 0) return
    peer.expects = base
    peer.nextSend = base
    const { network } = d
    const messages: IkeMessage[] = []
    for (let i = 0; i < network.length; i++) {
      const m = ikeFields(network.at(i)!)
      const moved = clamp(m.messageId + (m.initiator === 'cluster' ? own : theirs), 0, high)
      messages.push({ ...m, messageId: moved })
    }
    network.clear()
    for (const m of messages) if (!network.has(m)) network.add(m)
    for (const channel of channels) {
      const { queue } = d.synch[channel]!
      const told: SynchMessage[] = []
      for (let i = 0; i < queue.length; i++) {
        const m = plainOf(synchMessage, queue.at(i)) as SynchMessage
        const counts = m.about === 'exchange'
        told.push({
          ...m,
          nextSend: counts ? clamp(m.nextSend + own, 0, high) : m.nextSend,
          expects: counts ? clamp(m.expects + theirs, 0, base) : m.expects,
        })
      }
      queue.clear()
      for (const m of told) queue.push(m)
    }
  }
}

const executedByFirst = (sa: IkeDraft, first: 'A' | 'B' | 'C'): void => {
  const { by } = sa.answers.even
  if (by !== 'none' && by !== first) sa.answers.even.by = first
}

/** Drops every message and forgets what members ask. */
export const silence = (d: ClusterDraft, constants: Constants): void => {
  if (d.network.length > 0) d.network.clear()
  for (const from of membersOf(constants)) {
    for (const to of othersOf(constants, from)) {
      const { queue } = d.synch[from + to]!
      if (queue.length > 0) queue.clear()
    }
    const sa = d.member[from].ike[FIRST_IKE]!
    if (sa.requests.even.exchange !== 'none') forgetRequest(sa, 'even')
    if (sa.answers.even.held > 0) sa.answers.even.held = 0
  }
}
