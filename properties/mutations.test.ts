/** For each property, a deliberately broken model that violates it: a property that nothing can violate says nothing. */
import { describe, expect, it } from 'vitest'
import type { Wire } from '../model/ike.ts'
import { SCHEMES } from '../model/schemes.ts'
import type { ClusterDraft } from '../model/state.ts'
import type { Action } from '../src/modelling/action.ts'
import { type Model, model } from '../src/modelling/model.ts'
import { labelOf } from '../src/modelling/property.ts'
import { check } from '../src/search/breadth-first.ts'
import { focusesOf } from './matrix.ts'

/** A focus of a scheme for which every property holds. */
const sound = (scheme: string, focus: string): Model => {
  const found = SCHEMES.find(({ name }) => name === scheme)!
  return focusesOf(scheme, found.scheme).find(({ name }) => name === focus)!.model
}

/** The model with one action changed; the action must exist. */
const mutated = (original: Model, name: string, change: (action: Action) => Partial<Action>): Model => {
  expect(original.actions.map((action) => action.name)).toContain(name)
  return model(`${original.name}, mutated`, {
    ...original,
    actions: original.actions.map((action) =>
      action.name === name ? { ...action, ...change(action) } : action,
    ),
  })
}

/** Runs `more` after the effect of an action. */
const followedBy =
  (more: (d: ClusterDraft, choice: object, emit: Wire) => void) =>
  (action: Action): Partial<Action> => ({
    effect(d, choice, emit) {
      action.effect(d, choice, emit)
      more(d as ClusterDraft, choice, emit as Wire)
    },
  })

const verdictOf = async (checked: Model, label: string): Promise<string> => {
  const { judgements } = await check(checked)
  const name = checked.properties.find((p) => labelOf(p) === label)!.name
  return judgements.find(({ property }) => property === name)!.verdict
}

const MUTATIONS = [
  {
    label: 'MID-1',
    story: 'a standby that forgets its counters when it takes over',
    of: ['acked-everything', 'own-requests', 'TakesOver'],
    change: followedBy((d) => {
      const me = d.member[d.active]
      me.nextSend = 0
      me.request.exchange = 'none'
      me.request.task = 0
    }),
  },
  {
    label: 'MID-3',
    story: 'a peer that executes a repeated request again',
    of: ['single-gateway', 'own-requests', 'PeerAnswersAgain'],
    change: followedBy((d, _, emit) => {
      const { exchange, task } = d.peer.answer
      emit.ikeExecuted({
        initiator: 'cluster',
        messageId: d.peer.expects - 1,
        exchange: exchange === 'none' ? 'liveness' : exchange,
        task,
        executor: 'P',
      })
    }),
  },
  {
    label: 'MID-4',
    story: 'a gateway that takes any response for the one it waits for',
    of: ['single-gateway', 'own-requests', 'ClusterReceivesAnswer'],
    change: (): Partial<Action> => ({
      guard(s, choice) {
        const { member, network } = s as ClusterDraft
        const m = network.at((choice as { slot: number }).slot)
        return member.A.request.exchange !== 'none' && m !== undefined && m.type === 'response'
      },
    }),
  },
  {
    label: 'LIV-1c',
    story: 'a peer that never answers message ID 2',
    of: ['single-gateway', 'own-requests', 'PeerReceivesRequest'],
    change: (action: Action): Partial<Action> => ({
      guard: (s, choice) => (s as ClusterDraft).peer.expects !== 2 && action.guard!(s, choice),
    }),
  },
  {
    label: 'LIV-1p',
    story: 'a gateway that never answers message ID 2',
    of: ['single-gateway', 'peer-requests', 'ClusterReceivesRequest'],
    change: (action: Action): Partial<Action> => ({
      guard: (s, choice) => (s as ClusterDraft).member.A.expects !== 2 && action.guard!(s, choice),
    }),
  },
  {
    label: 'CHD-1',
    story: 'a peer that answers CREATE_CHILD_SA without making the child',
    of: ['single-gateway', 'own-requests', 'PeerReceivesRequest'],
    change: followedBy((d) => d.peer.children.delete('c1')),
  },
] as const

describe('a mutation of the model', () => {
  for (const { label, story, of, change } of MUTATIONS) {
    const [scheme, focus, action] = of
    it(`violates ${label}: ${story}`, async () => {
      const original = sound(scheme, focus)
      expect(await verdictOf(original, label)).toBe('holds')
      expect(await verdictOf(mutated(original, action, change), label)).toBe('violated')
    })
  }

  it('exists for every property of the matrix', () => {
    const labels = new Set(
      SCHEMES.flatMap(({ name, scheme }) =>
        focusesOf(name, scheme).flatMap((focus) => focus.model.properties.map(labelOf)),
      ),
    )
    expect(new Set<string>(MUTATIONS.map(({ label }) => label))).toEqual(labels)
  })
})
