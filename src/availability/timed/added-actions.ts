/** What happens in a timed cluster and in no search: stages of durations, the last crash, and how it begins again. */
import { type Member, othersOf } from '../../../model/constants/constants.ts'
import { actsOnIke } from '../../../model/gateway/roles.ts'
import { establish, forget } from '../../../model/ike/exchanges.ts'
import { FIRST_IKE, ikesOf } from '../../../model/state/cluster-state.ts'
import { silence } from './renumber.ts'
import { type TimedAction, timedAction } from './timed-action.ts'
import { type Made, SIDES, type Sided, waitOf } from './timed-state.ts'

/** Makes those of a plan. */
export const addedActions = (made: Made): readonly TimedAction[] => {
  const { plan, constants, members } = made
  const { stages } = plan
  const ikes = ikesOf(constants)

  const waitGoesOn = timedAction<{ readonly side: Sided; readonly wait: number }>({
    name: 'WaitGoesOn',
    choose: { side: SIDES, wait: Array.from({ length: plan.waits }, (_, i) => i) },
    guard: (s, { side, wait }) => waitOf(s.world, members, side) === wait && s.clock[side] < stages.waits - 1,
    effect(d, { side }) {
      d.clock[side] += 1
    },
    kind: ({ side, wait }) => ({ kind: 'wait', side, wait, ends: 'stage' }),
  })

  const detectionGoesOn = timedAction({
    name: 'DetectionGoesOn',
    choose: {},
    guard: (s) =>
      s.clock.dark === 0 &&
      !members.some((m) => actsOnIke(s.world, m)) &&
      s.clock.detection < stages.detection - 1,
    effect(d) {
      d.clock.detection += 1
    },
    kind: () => ({ kind: 'detection', ends: 'stage' }),
  })

  /** The last member goes down too: what it and the peer had is lost before it comes back. */
  const lastCrashes = timedAction<{ readonly of: Member }>({
    name: 'LastCrashes',
    choose: { of: members },
    guard: (s, { of }) =>
      s.world.member[of].up && othersOf(constants, of).every((m) => !s.world.member[m].up),
    effect(d, { of }) {
      const me = d.world.member[of]
      me.up = false
      me.onIke = false
      me.onEsp = false
      forget(me, ikes)
      forget(d.world.peer, ikes)
      silence(d.world, constants)
      d.world.gaveUp = true
      d.clock.dark = 1
      d.clock.starts = 0
      d.clock.detection = 0
    },
    kind: () => ({ kind: 'crash' }),
  })

  const powersUp = timedAction({
    name: 'PowersUp',
    choose: {},
    guard: (s) => s.clock.dark === 1,
    effect(d) {
      const me = d.world.member[members[0]!]
      me.up = true
      me.onIke = true
      me.onEsp = true
      d.clock.dark = 0
    },
    kind: () => ({ kind: 'powerUp' }),
  })

  /** A new IKE SA, by the peer that has none or the member that gave its own up. */
  const setsUp = timedAction({
    name: 'SetsUp',
    choose: {},
    guard: (s) =>
      members.some((m) => actsOnIke(s.world, m)) &&
      (!s.world.peer.ike[FIRST_IKE]!.sa || s.clock.starts === 1),
    effect(d) {
      const { world } = d
      silence(world, constants)
      world.gaveUp = false
      d.clock.starts = 0
      forget(world.peer, ikes)
      establish(world.peer)
      for (const m of members) {
        const me = world.member[m]
        forget(me, ikes)
        if (me.up && (actsOnIke(world, m) || constants.scheme.synchSas)) establish(me)
      }
    },
    kind: () => ({ kind: 'setUp' }),
  })

  return [
    ...(stages.waits > 1 ? [waitGoesOn] : []),
    ...(stages.detection > 1 && constants.scheme.cluster ? [detectionGoesOn] : []),
    lastCrashes,
    powersUp,
    setsUp,
  ]
}
