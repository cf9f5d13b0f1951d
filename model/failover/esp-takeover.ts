/** What happens to the ESP counters of a member that crashes, returns, or begins to act for another. */
import type { Emit } from '../../src/modelling/events.ts'
import { type Constants, type Member, membersOf } from '../constants/constants.ts'
import { carriesFromStart, parallelSas } from '../esp/sharing.ts'
import { actsOnEsp } from '../gateway/roles.ts'
import { type ClusterDraft, type ClusterView, FIRST_CHILD, trafficSasOf } from '../state/cluster-state.ts'
import { followsEsp, isClocked, lastNumber } from '../state/esp-counters.ts'
import { allSeen, mergeWindow } from '../state/esp-window.ts'
import { someoneListens } from '../synch/channels.ts'
import { tellOfJump } from '../synch/telling.ts'
import type { WireEvents } from '../wire/pictures.ts'

type Wire = Emit<WireEvents>

/** The child SAs that exist from the start, beside the first, and who carries traffic. */
export const establishEsp = (d: ClusterDraft, constants: Constants): void => {
  for (const sa of parallelSas(constants)) d.peer.children.add(sa)
  for (const m of membersOf(constants)) {
    const me = d.member[m]
    me.onEsp = carriesFromStart(constants, m)
    if (me.children.has('x0')) for (const sa of parallelSas(constants)) me.children.add(sa)
  }
  startCounters(d, constants)
}

/** Every counter stands where the scope begins, at the members that hold the child SA and at the peer. */
const startCounters = (d: ClusterDraft, constants: Constants): void => {
  const { from = 0, outbound, inbound, window } = constants.scope.esp
  if (from === 0) return
  const peer = d.esp.peer[FIRST_CHILD]!
  const holding = membersOf(constants).filter((m) => d.member[m].children.has(FIRST_CHILD))
  for (const m of holding) {
    const mine = d.esp.member[m][FIRST_CHILD]!
    if (outbound > 0) mine.sent = from
    if (inbound > 0) mine.top = from
    if (inbound > 0) mine.seen = allSeen(window)
  }
  if (inbound > 0) peer.sent = from
  if (outbound > 0) peer.top = from
  if (outbound > 0) peer.seen = allSeen(window)
}

/** A crash: nothing is left but, outside the member, the knowledge of which life its next one will be. */
export const forgetEsp = (d: ClusterDraft, constants: Constants, of: Member): void => {
  for (const sa of trafficSasOf(constants)) {
    const mine = d.esp.member[of][sa]!
    mine.sent = 0
    mine.waits = 0
    if (isClocked(constants)) {
      mine.untold = 0
      mine.unshown = 0
    }
    mine.ivs = 0
    mine.top = 0
    mine.seen = 0
    mine.learning = 0
    mine.spoilt = 0
  }
}

/** A member begins to carry traffic: it skips numbers, and does with its windows what the scheme says. */
export const resumeEsp = (d: ClusterDraft, emit: Wire, constants: Constants, to: Member): void => {
  if (!followsEsp(constants)) return
  const { scheme, scope } = constants
  const { jump, tellsJump, raise, learns, atMaximum } = scheme.esp
  const last = lastNumber(constants)
  for (const sa of trafficSasOf(constants)) {
    if (!d.member[to].children.has(sa)) continue
    const mine = d.esp.member[to][sa]!
    if (scope.esp.outbound > 0 && jump !== 0) {
      mine.sent = jumped(mine.sent, jump, last, atMaximum === 'wraps')
      emit.espSkipped({ member: to, sa, sent: mine.sent })
      if (tellsJump && someoneListens(d, constants, to)) {
        mine.waits = 1
        tellOfJump(d, emit, constants, to, sa)
      }
    }
    if (scope.esp.inbound === 0) continue
    if (learns) {
      mine.learning = 1
      emit.espLearns({ member: to, sa })
    }
    if (raise !== 0) {
      mine.top = jumped(mine.top, raise, last, false)
      mine.seen = allSeen(scope.esp.window)
      emit.espRaised({ member: to, sa, top: mine.top })
    }
  }
}

/**
 * Where a counter comes to.
 *
 * INTERPRETATION: a jump beyond the end of the sequence space ends at its last number, after which a sender must rekey; one whose counter wraps goes on from the start.
 */
const jumped = (from: number, by: number | 'maximum', last: number, wraps: boolean): number => {
  if (by === 'maximum') return last
  return wraps ? (from + by) % (last + 1) : Math.min(last, from + by)
}

/** A member hands its traffic to another while both are up. */
export const handOverEsp = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  from: Member,
  to: Member,
): void => {
  if (!constants.scheme.esp.handsOverCounters) resumeEsp(d, emit, constants, to)
  else if (d.member[to].ike[d.member[to].current]!.sa) learnFrom(d, constants, to, from)
}

/** A member that returns learns at once what the scheme would have told it of what happened meanwhile. */
export const bringEspUpToDate = (d: ClusterDraft, constants: Constants, of: Member): void => {
  if (constants.scheme.esp.period === 0) return
  for (const m of membersOf(constants)) if (m !== of && d.member[m].up) learnFrom(d, constants, of, m)
}

const learnFrom = (d: ClusterDraft, constants: Constants, to: Member, from: Member): void => {
  for (const sa of trafficSasOf(constants)) {
    const mine = d.esp.member[to][sa]!
    const theirs = d.esp.member[from][sa]!
    mine.sent = Math.max(mine.sent, theirs.sent)
    mergeWindow(mine, theirs, constants.scope.esp.window)
  }
}

/** Whether a member that returns carries traffic at once. */
export const carriesAgain = (s: ClusterView, { scheme }: Constants, of: Member): boolean =>
  (scheme.esp.sharing === 'all' || scheme.esp.sharing === 'ownSa') &&
  scheme.resynchOnReturn &&
  !actsOnEsp(s, of)

/**
 * A member has returned.
 *
 * INTERPRETATION: where every member carries traffic, one that returns does so at once if it was brought up to date, and otherwise when it next takes over.
 */
export const rejoinEsp = (d: ClusterDraft, emit: Wire, constants: Constants, of: Member): void => {
  const { scheme, scope } = constants
  const { iv } = scheme.esp
  if (scope.esp.outbound > 0 && (iv === 'salted' || iv === 'incarnationId')) d.esp.life[of].number += 1
  if (!carriesAgain(d, constants, of)) return
  d.member[of].onEsp = true
  resumeEsp(d, emit, constants, of)
}
