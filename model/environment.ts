/** What happens to the parties: lost messages, crashes, takeovers and the return of a member that crashed. */
import { type Action, actionsOn } from '../src/modelling/action.ts'
import { type Constants, MEMBER, type Member, OTHER } from './constants.ts'
import { forget, type Wire } from './ike.ts'
import { type ClusterDraft, type ClusterSchema, childrenOf } from './state.ts'
import { loseHead } from './synch.ts'
import type { WireEvents } from './wire.ts'

/** Empties the synch channel: nobody will read what is in it. */
const discardSynch = (d: ClusterDraft, emit: Wire): void => {
  while (d.synch.length > 0) loseHead(d, emit)
}

/** A member that returns learns at once all that the scheme would have told it of what happened meanwhile. */
const bringUpToDate = (d: ClusterDraft, of: Member, constants: Constants): void => {
  const { scheme } = constants
  const me = d.member[of]
  const active = d.member[d.active]
  if (!active.sa) return
  me.sa = true
  for (const child of childrenOf(constants)) if (active.children.has(child)) me.children.add(child)
  if (scheme.synchIke !== 'never') {
    me.nextSend = active.nextSend
    me.expects = active.expects
  }
  if (scheme.carriesRequest) {
    me.request.exchange = active.request.exchange
    me.request.task = active.request.task
  }
  if (scheme.carriesAnswer) {
    me.answer.exchange = active.answer.exchange
    me.answer.task = active.answer.task
    me.answer.by = active.answer.by
  }
  if (scheme.espPeriod > 0) me.sent = active.sent
}

/** The actions of the environment and the failover manager. */
export const environmentActions = (constants: Constants): readonly Action[] => {
  const { scheme, scope } = constants
  const action = actionsOn<ClusterSchema, WireEvents>()
  const members = MEMBER.slice(0, scheme.members)
  const slots = Array.from({ length: scope.network }, (_, slot) => slot)

  /** Every copy of a message in the network is lost. */
  const loses = action('NetworkLoses', {
    choose: { slot: slots },
    guard: (s, { slot }) => s.network.at(slot) !== undefined,
    effect: (d, { slot }, emit) => {
      const m = d.network.at(slot)!
      const { type, initiator, messageId, exchange, task, by } = m
      d.network.remove(m)
      emit.ikeLost({ type, initiator, messageId, exchange, task, by })
    },
  })

  /**
   * A member fails and with it all it knew.
   *
   * INTERPRETATION: never both members at once; a cluster without a member left is outside RFC 6027.
   */
  const crashes = action('Crashes', {
    choose: { of: members },
    guard: (s, { of }) => s.member[of].up && s.member[OTHER[of]].up && s.spent.crashes < scope.crashes,
    effect: (d, { of }, emit) => {
      const me = d.member[of]
      emit.crashed({ member: of })
      d.spent.crashes += 1
      forget(me)
      me.up = false
      me.holdsRequest = false
      me.holdsAnswer = false
      me.sent = 0
      me.ivs = 0
      if (of !== d.active) discardSynch(d, emit)
    },
  })

  /**
   * The standby becomes active. Synch messages that it has not taken by then are discarded: they count as lost.
   *
   * INTERPRETATION: a failover manager decides without error that the active member is down, and the standby
   * then reads no more of the channel. A standby that reads late messages would merge them by maximum.
   */
  const takesOver = action('TakesOver', {
    choose: { to: members },
    guard: (s, { to }) => s.active !== to && s.member[to].up && !s.member[s.active].up,
    effect: (d, { to }, emit) => {
      const me = d.member[to]
      discardSynch(d, emit)
      emit.tookOver({ member: to })
      d.active = to
      if (me.sa && scope.packets > 0) me.sent += scheme.jump
      // A probe that was answered says nothing about the new active member.
      if (d.probe.peer === 'answered') d.probe.peer = 'unused'
      if (d.probe.cluster !== 'unused')
        d.probe.cluster = me.request.exchange === 'liveness' ? 'sent' : 'unused'
    },
  })

  /**
   * A crashed member comes back without memory, as standby. With `resynchOnReturn` it first learns all that the
   * active member knows; until then it counts as down.
   *
   * INTERPRETATION: never before the other member has taken over. A member that reboots in its place and is active without memory dooms the IKE SA in every scheme.
   */
  const returns = action('Returns', {
    choose: { of: members },
    guard: (s, { of }) => s.active !== of && !s.member[of].up && s.spent.returns < scope.returns,
    effect: (d, { of }, emit) => {
      emit.returned({ member: of, empty: !scheme.resynchOnReturn })
      d.member[of].up = true
      d.spent.returns += 1
      if (scheme.resynchOnReturn) bringUpToDate(d, of, constants)
    },
  })

  return [
    ...(scope.requests.cluster + scope.requests.peer > 0 || scope.probes.cluster || scope.probes.peer
      ? [loses]
      : []),
    ...(scheme.members > 1 && scope.crashes > 0 ? [crashes, takesOver] : []),
    ...(scheme.members > 1 && scope.returns > 0 ? [returns] : []),
  ]
}
