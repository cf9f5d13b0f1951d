/** What happens to the parties: lost messages, crashes, takeovers, handovers and the return of a member. */
import { type Action, actionsOn } from '../../src/modelling/action.ts'
import { type Constants, type Member, membersOf, othersOf, SIDE } from '../constants/constants.ts'
import { passTable } from '../ends/spi-allocation.ts'
import { hooksOf } from '../extension-points/extensions.ts'
import { actsOnEsp, actsOnIke, beginsToAct, canTakeOver, takeRoles } from '../gateway/roles.ts'
import { exchangesOf } from '../ike/asking.ts'
import { forget } from '../ike/exchanges.ts'
import { placesOf, type Wire } from '../ike/message-ids.ts'
import {
  type ClusterDraft,
  type ClusterSchema,
  type ClusterView,
  childrenOf,
  ikesOf,
  jumpMessages,
  takeoverMessages,
} from '../state/cluster-state.ts'
import { forgetOwn } from '../state/own-state.ts'
import { copySpis, dropChosen, forgetSpis, givePart } from '../state/spis.ts'
import { discard, hasSynchRoom, isDrained, isTold, someoneListens } from '../synch/channels.ts'
import { passLock, tellAgain } from '../synch/telling.ts'
import { network, shows } from '../wire/drawn-messages.ts'
import { ikeFields } from '../wire/events.ts'
import type { WireEvents } from '../wire/pictures.ts'
import {
  bringEspUpToDate,
  carriesAgain,
  forgetEsp,
  handOverEsp,
  rejoinEsp,
  resumeEsp,
} from './esp-takeover.ts'

/** A member that returns learns at once all that the scheme would have told it of what happened meanwhile. */
const bringUpToDate = (d: ClusterDraft, of: Member, from: Member, constants: Constants): void => {
  const { scheme } = constants
  const me = d.member[of]
  const active = d.member[from]
  for (const k of ikesOf(constants)) {
    const theirs = active.ike[k]!
    const mine = me.ike[k]!
    mine.sa = theirs.sa
    if (scheme.synchIke !== 'never') {
      mine.nextSend = theirs.nextSend
      mine.expects = theirs.expects
      mine.early = theirs.early
    }
    for (const place of placesOf(constants)) {
      if (scheme.carriesRequest) {
        mine.requests[place].exchange = theirs.requests[place].exchange
        mine.requests[place].task = theirs.requests[place].task
        mine.requests[place].child = theirs.requests[place].child
      }
      if (scheme.carriesAnswer) {
        mine.answers[place].exchange = theirs.answers[place].exchange
        mine.answers[place].task = theirs.answers[place].task
        mine.answers[place].by = theirs.answers[place].by
        mine.answers[place].result = theirs.answers[place].result
      }
    }
  }
  if (scheme.childrenOnReturn === 'copied')
    for (const child of childrenOf(constants)) if (active.children.has(child)) me.children.add(child)
  me.current = active.current
  if (scheme.synchIke === 'afterwards' || scheme.synchIke === 'acknowledged') {
    me.replaced = active.replaced
    me.mine = active.mine
    me.theirs = active.theirs
    me.owes = active.owes
    me.theirIke = active.theirIke
    me.owesIke = active.owesIke
  }
  bringEspUpToDate(d, constants, of)
  copySpis(me, active, constants)
}

/** The actions of the environment and the failover manager. */
export const environmentActions = (constants: Constants): readonly Action[] => {
  const { scheme, scope } = constants
  const action = actionsOn<ClusterSchema, WireEvents>()
  const members = membersOf(constants)
  const ikes = ikesOf(constants)
  const hooks = hooksOf(constants).member
  const pairs = members.flatMap((from) => othersOf(constants, from).map((to) => ({ from, to })))

  const discardFrom = (d: ClusterDraft, emit: Wire, from: Member): void => {
    for (const to of othersOf(constants, from)) discard(d, emit, from + to)
  }

  /** A member loses all it knew, and what was sent to it. */
  const goesDown = (d: ClusterDraft, emit: Wire, of: Member): void => {
    const me = d.member[of]
    hooks.crashes?.(d, of, emit)
    forgetOwn(constants, me)
    forget(me, ikes)
    me.up = false
    me.hung = 0
    me.suspected = 0
    me.onIke = false
    me.onEsp = false
    forgetEsp(d, constants, of)
    forgetSpis(me, constants)
    for (const from of othersOf(constants, of)) discard(d, emit, from + of)
    passTable(d, constants)
  }

  /** Every copy of a message in the network is lost. */
  const loses = action('NetworkLoses', {
    fault: true,
    choose: { m: network },
    shows,
    effect: (d, { m }, emit) => {
      emit.ikeLost(ikeFields(m))
      d.network.remove(m)
    },
  })

  /** Whether another member is left that could act. */
  const goesOnWithout = (s: ClusterView, of: Member): boolean =>
    othersOf(constants, of).some((m) => s.member[m].up && s.member[m].hung === 0)

  /**
   * A member fails and with it all it knew.
   *
   * INTERPRETATION: never the last member that is up; a cluster without a member left is outside RFC 6027.
   */
  const crashes = action('Crashes', {
    fault: true,
    choose: { of: members },
    guard: (s, { of }) => s.member[of].up && s.spent.crashes < scope.crashes && goesOnWithout(s, of),
    effect: (d, { of }, emit) => {
      emit.crashed({ member: of })
      d.spent.crashes += 1
      goesDown(d, emit, of)
    },
  })

  /**
   * A member takes over what nobody carries. Synch messages of members that are down which it has not taken by then
   * are discarded: they count as lost.
   *
   * INTERPRETATION: a failover manager decides without error that a member is down, unless the channel is cut, and the standby then reads no more of the channel. A standby that reads late messages would merge them by maximum.
   */
  const takesOver = action('TakesOver', {
    choose: { to: members },
    guard: (s, { to }) =>
      canTakeOver(s, constants, to) && hasSynchRoom(s, constants, to, takeoverMessages(constants)),
    effect: (d, { to }, emit) => {
      for (const from of othersOf(constants, to)) if (!d.member[from].up) discardFrom(d, emit, from)
      emit.tookOver({ member: to })
      const carried = d.member[to].onEsp
      takeRoles(d, constants, to)
      if (d.member[to].onEsp && !carried) resumeEsp(d, emit, constants, to)
      passTable(d, constants)
      beginsToAct(d, to)
      hooks.takesOver?.(d, to, 'fault', emit)
      if (scheme.retells && someoneListens(d, constants, to)) retell(d, emit, to)
    },
  })

  /** The others may not have read all that this member has: it tells them, and holds everything back meanwhile. */
  const retell = (d: ClusterDraft, emit: Wire, from: Member): void => {
    for (const k of ikes) {
      const sa = d.member[from].ike[k]!
      if (!sa.sa) continue
      for (const place of placesOf(constants)) {
        if (sa.requests[place].exchange !== 'none') sa.requests[place].held = 2
        if (sa.answers[place].exchange !== 'none') sa.answers[place].held = 2
      }
      tellAgain(d, emit, constants, from, k)
    }
  }

  /**
   * A crashed member comes back without memory, as standby. With `resynchOnReturn` it first learns all that the
   * acting member knows; until then it counts as down.
   *
   * INTERPRETATION: never before another member has taken over. A member that reboots in its place and acts without memory dooms the IKE SA in every scheme.
   *
   * INTERPRETATION: where every member acts on IKE, one that returns does so at once, whatever it knows: the balancer gives it what new peers ask. Over a channel that is cut nobody can bring it up to date, so where that is promised it does not return before the channel has healed.
   */
  const returns = action('Returns', {
    choose: { of: members },
    guard: (s, { of }) =>
      !s.member[of].up &&
      s.spent.returns < scope.returns &&
      members.some((m) => actsOnIke(s, m)) &&
      (s.cut === 0 || !scheme.resynchOnReturn) &&
      (!carriesAgain(s, constants, of) || hasSynchRoom(s, constants, of, jumpMessages(constants))),
    effect: (d, { of }, emit) => {
      emit.returned({ member: of, empty: !scheme.resynchOnReturn })
      d.member[of].up = true
      d.member[of].onIke = scheme.ikeBy === 'all'
      d.spent.returns += 1
      givePart(d.member[of], constants, members.length + d.spent.returns - 1)
      // Where it acts itself already, it is no help.
      const from = members.find((m) => m !== of && actsOnIke(d, m))!
      const learns = scheme.resynchOnReturn && ikes.some((k) => d.member[from].ike[k]!.sa)
      if (learns) bringUpToDate(d, of, from, constants)
      hooks.returns?.(d, of, learns ? from : undefined, emit)
      rejoinEsp(d, emit, constants, of)
    },
  })

  /** Whether a member may let another act in its place, both being up. */
  const mayHandOver = (s: ClusterView, from: Member, to: Member): boolean =>
    s.spent.handovers < scope.handovers &&
    s.member[to].up &&
    s.cut === 0 &&
    (!scheme.drains || (isDrained(s, constants, from) && !isHolding(s, from)))

  /** Whether something that was told to the others has not been sent yet. */
  const isHolding = (s: ClusterView, of: Member): boolean =>
    s.member[of].chosen.spi !== 'none' ||
    ikes.some((k) =>
      placesOf(constants).some(
        (p) => s.member[of].ike[k]!.requests[p].held + s.member[of].ike[k]!.answers[p].held > 0,
      ),
    )

  /** Failover by command, or rebalancing: RFC 6027 section 2. The member that hands over stays up and keeps what it knows. */
  const handsOver = action('HandsOver', {
    by: ({ pair }) => pair.from,
    choose: { pair: pairs },
    guard: (s, { pair: { from, to } }) =>
      (actsOnIke(s, from) || actsOnEsp(s, from)) &&
      !s.member[to].onIke &&
      !s.member[to].onEsp &&
      mayHandOver(s, from, to) &&
      (!actsOnEsp(s, from) || hasSynchRoom(s, constants, to, jumpMessages(constants))),
    effect: (d, { pair: { from, to } }, emit) => {
      d.spent.handovers += 1
      emit.handedOver({ member: from, to })
      const { onIke, onEsp } = d.member[from]
      d.member[from].onIke = false
      d.member[from].onEsp = false
      dropChosen(d.member[from])
      d.member[to].onIke = onIke
      d.member[to].onEsp = onEsp
      if (onEsp) handOverEsp(d, emit, constants, from, to)
      passTable(d, constants)
      beginsToAct(d, to)
      hooks.takesOver?.(d, to, 'handover', emit)
    },
  })

  /** The holder passes the lock on over the synch channel; until it arrives, nobody holds it. */
  const passesLock = action('PassesLock', {
    by: ({ pair }) => pair.from,
    choose: { pair: pairs },
    guard: (s, { pair: { from, to } }) =>
      actsOnIke(s, from) && mayHandOver(s, from, to) && s.synch[from + to]!.queue.length < scope.synch,
    effect: (d, { pair: { from, to } }, emit) => {
      d.spent.handovers += 1
      d.member[from].onIke = false
      passLock(d, emit, constants, from, to)
    },
  })

  /**
   * The synch channels are cut, and what was in them is lost: RFC 6027 section 3.7 with nobody to coordinate.
   * If one member goes on, a witness that all of them reach says which, and the others stop at once.
   */
  const splits = action('SynchChannelCut', {
    fault: true,
    choose: { goesOn: scheme.whenCut === 'oneGoesOn' ? members : [members[0]!] },
    guard: (s) => s.cut === 0 && s.spent.heals === 0 && members.every((m) => s.member[m].up),
    effect: (d, { goesOn }, emit) => {
      emit.split({ goesOn: scheme.whenCut === 'oneGoesOn' ? goesOn : 'all' })
      d.cut = 1
      for (const from of members) discardFrom(d, emit, from)
      if (scheme.whenCut === 'oneGoesOn') for (const m of othersOf(constants, goesOn)) goesDown(d, emit, m)
    },
  })

  /**
   * The channels work again. One member goes on with what all of them carry, and the others stop acting.
   *
   * INTERPRETATION: one that carries everything already, whichever: by number, by load or by hand. What the others did meanwhile is not merged into what it knows; they are brought up to date as after a crash, or keep what they know.
   */
  const heals = action('SynchChannelHeals', {
    choose: { goesOn: members },
    guard: (s, { goesOn }) =>
      s.cut === 1 &&
      s.spent.heals < scope.heals &&
      s.member[goesOn].up &&
      s.member[goesOn].onIke &&
      s.member[goesOn].onEsp,
    effect: (d, { goesOn }, emit) => {
      emit.healed({ goesOn, updated: scheme.resynchOnHeal })
      d.cut = 0
      d.spent.heals += 1
      for (const m of othersOf(constants, goesOn)) {
        if (!d.member[m].up) continue
        d.member[m].onIke = scheme.ikeBy === 'all'
        d.member[m].onEsp = false
        dropChosen(d.member[m])
        if (!scheme.resynchOnHeal) continue
        forget(d.member[m], ikes)
        forgetEsp(d, constants, m)
        if (ikes.some((k) => d.member[goesOn].ike[k]!.sa)) bringUpToDate(d, m, goesOn, constants)
      }
      beginsToAct(d, goesOn)
    },
  })

  /** A standby hangs, and nobody notices. */
  const hangs = action('StandbyHangs', {
    fault: true,
    choose: { of: members },
    guard: (s, { of }) =>
      s.spent.hangs < scope.hangs &&
      s.member[of].up &&
      s.member[of].hung === 0 &&
      !s.member[of].onIke &&
      !s.member[of].onEsp &&
      members.some((m) => actsOnIke(s, m)),
    effect: (d, { of }, emit) => {
      emit.hung({ member: of })
      d.spent.hangs += 1
      d.member[of].hung = 1
      for (const from of othersOf(constants, of)) if (!isTold(d, constants, of)) discard(d, emit, from + of)
    },
  })

  /** The others take a member for down that is not: late heartbeats, a wrong measurement. They are made right, or are wrong for ever. */
  const suspects = action('TakenForDown', {
    fault: true,
    choose: { of: members },
    guard: (s, { of }) =>
      s.cut === 0 &&
      s.spent.suspicions < scope.suspicions &&
      s.member[of].up &&
      s.member[of].suspected === 0 &&
      goesOnWithout(s, of),
    effect: (d, { of }, emit) => {
      emit.suspected({ member: of, fenced: scheme.fences })
      d.spent.suspicions += 1
      if (scheme.fences) goesDown(d, emit, of)
      else d.member[of].suspected = 1
    },
  })

  const speaking = SIDE.some((side) => exchangesOf(constants, side).length > 0)
  return [
    ...(speaking ? [loses] : []),
    ...(scheme.cluster && (scope.crashes > 0 || scope.splits || scope.suspicions > 0) ? [takesOver] : []),
    ...(scheme.cluster && scope.crashes > 0 ? [crashes] : []),
    ...(scheme.cluster && scope.returns > 0 ? [returns] : []),
    ...(scheme.cluster && scope.handovers > 0 && !scheme.redirects
      ? [scheme.ikeBy === 'lock' ? passesLock : handsOver]
      : []),
    ...(scheme.cluster && scope.splits ? [splits] : []),
    ...(scheme.cluster && scope.splits && scope.heals > 0 ? [heals] : []),
    ...(scheme.cluster && scope.hangs > 0 ? [hangs] : []),
    ...(scheme.cluster && scope.suspicions > 0 ? [suspects] : []),
  ]
}
