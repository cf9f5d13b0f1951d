/** A clock that tells of the counters of a child SA: RFC 6027 section 3.4, "every 0.5 seconds". */
import { type Action, actionsOn } from '../../src/modelling/action.ts'
import { type Constants, type Member, membersOf } from '../constants/constants.ts'
import { type ClusterSchema, trafficSasOf } from '../state/cluster-state.ts'
import { followsEsp, isClocked } from '../state/esp-counters.ts'
import { mayTell } from '../synch/esp-counters.ts'
import { tellOfPackets } from '../synch/telling.ts'
import type { WireEvents } from '../wire/pictures.ts'

/**
 * The action of the clocks.
 *
 * INTERPRETATION: a model has no time, so that a clock may tick whenever there is something to tell, and what time bounds is the number of packets between two ticks: their rate times the longest interval. A tick that has nothing new to tell is left out; it could only help.
 */
export const clockActions = (constants: Constants): readonly Action[] => {
  if (!isClocked(constants) || !followsEsp(constants)) return []
  const action = actionsOn<ClusterSchema, WireEvents>()
  const sas = trafficSasOf(constants)
  const first = sas[0]!
  const ticks = action('ClockTellsOfPackets', {
    choose: { at: membersOf(constants), ...(sas.length > 1 && { on: sas }) } as unknown as {
      readonly at: readonly Member[]
    },
    guard: (s, { at, on = first }: { readonly at: Member; readonly on?: string }) => {
      const { untold, unshown } = s.esp.member[at][on]!
      return untold + unshown > 0 && s.member[at].up && mayTell(s, constants, at)
    },
    effect: (d, { at, on = first }: { readonly at: Member; readonly on?: string }, emit) =>
      tellOfPackets(d, emit, constants, at, on),
  })
  return [ticks]
}
