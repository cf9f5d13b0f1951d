/** RFC 6311: what the member that has taken over does of its own accord about a sync. */
import type { OwnChoice } from '../../extending/parts.ts'
import { mayRestart, rest } from './sync-roles.ts'
import type { SyncSetting } from './sync-state.ts'
import {
  endOf,
  type SyncingDraft,
  type SyncingView,
  type SyncSteps,
  viewOf,
  type Wire,
} from './sync-steps.ts'

type At = Pick<OwnChoice, 'at' | 'ike'>

/** One action of the member that acts. */
interface OfMember {
  readonly name: string
  guard(s: SyncingView, choice: At): boolean
  effect(d: SyncingDraft, choice: At, emit: Wire): void
}

/** A sync is started, and what the policies make of one that is told first, or is not answered. */
export const memberActions = (x: SyncSetting, { mayStart, starts, propose }: SyncSteps) => {
  const { parameters, members, ikes } = x
  const stageOf = (s: SyncingView, { at, ike }: At) => viewOf(s, at, ike).sync
  const all: readonly (OfMember & { readonly where: boolean })[] = [
    {
      name: 'StartsSync',
      where: true,
      guard: (s, c) => stageOf(s, c) === 'need' && mayStart(s, c.at, c.ike),
      effect: (d, { at, ike }, emit) => starts(d, at, ike, emit),
    },
    {
      name: 'ReleasesSync',
      where: parameters.told === 'acknowledged',
      guard: (s, c) =>
        stageOf(s, c) === 'held' && x.acts(s, c.at) && x.isDrained(s, c.at) && x.hasRoom(s, 'syncRequest'),
      effect: (d, { at, ike }, emit) => {
        endOf(d, at, ike).sync = 'wait'
        propose(d, at, ike, emit)
      },
    },
    {
      name: 'StartsSyncAgain',
      where: parameters.retry === 'higher',
      guard: (s, { at, ike }) =>
        mayRestart(x, viewOf(s, at, ike), viewOf(s, 'P', ike)) && mayStart(s, at, ike),
      effect: (d, { at, ike }, emit) => starts(d, at, ike, emit),
    },
    {
      name: 'SendsSyncAgain',
      where: parameters.retry === 'same',
      guard: (s, c) => stageOf(s, c) === 'wait' && x.acts(s, c.at) && x.hasRoom(s, 'syncRequest'),
      effect: (d, { at, ike }, emit) => propose(d, at, ike, emit),
    },
    {
      name: 'GivesUpSync',
      where: parameters.retry === 'give-up',
      guard: (s, c) => stageOf(s, c) === 'wait' && x.acts(s, c.at) && x.mayTell(s, c.at),
      effect: (d, { at, ike }, emit) => {
        emit.syncGaveUp({ at })
        rest(endOf(d, at, ike))
        x.giveUp(d, emit, at, ike)
      },
    },
  ]
  return all
    .filter(({ where }) => where)
    .map(({ name, guard, effect }) => ({
      name,
      by: 'member' as const,
      choose: { at: members, ike: ikes },
      guard,
      effect,
    }))
}
