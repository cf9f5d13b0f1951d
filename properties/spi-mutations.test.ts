/** For each property about SPIs, addresses and what is not protected: a deliberately broken model that violates it. */
import { describe, expect, it } from 'vitest'
import type { Scheme } from '../model/constants.ts'
import type { Wire } from '../model/ike.ts'
import { SCHEMES } from '../model/schemes/index.ts'
import type { FocusName } from '../model/schemes/named-scheme.ts'
import type { ClusterDraft } from '../model/state.ts'
import type { Action } from '../src/modelling/action.ts'
import { type Model, model } from '../src/modelling/model.ts'
import { labelOf } from '../src/modelling/property.ts'
import { check } from '../src/search/breadth-first.ts'
import { focusesOf } from './matrix.ts'

/** A search of a scheme, or of the scheme with a policy changed. */
const searchOf = (name: string, focus: FocusName, change: (scheme: Scheme) => Scheme = (s) => s): Model => {
  const found = SCHEMES.find((scheme) => scheme.name === name)!
  return focusesOf({ ...found, scheme: change(found.scheme) }).find((f) => f.name === focus)!.model
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

interface Mutation {
  readonly label: string
  readonly story: string
  readonly sound: Model
  readonly broken: () => Model
}

/** A mutation of one action of a sound search. */
const ofAction = (
  label: string,
  story: string,
  sound: Model,
  action: string,
  change: (action: Action) => Partial<Action>,
): Mutation => ({ label, story, sound, broken: () => mutated(sound, action, change) })

/** A mutation of one policy of a sound scheme. */
const ofPolicy = (
  label: string,
  story: string,
  scheme: string,
  focus: FocusName,
  change: (scheme: Scheme) => Scheme,
): Mutation => ({
  label,
  story,
  sound: searchOf(scheme, focus),
  broken: () => searchOf(scheme, focus, change),
})

const MUTATIONS: readonly Mutation[] = [
  ofAction(
    'SPI-1',
    'a member that returns with the part of the first',
    searchOf('spi-partitioned', 'spis'),
    'Returns',
    followedBy((d, choice) => {
      d.member[(choice as { of: 'A' | 'B' }).of].part = 0
    }),
  ),
  ofAction(
    'TRN-2',
    'a translator that forgets tunnel packets',
    searchOf('ike-translated', 'addresses'),
    'ClusterSendsPacket',
    followedBy((d, choice, emit) => {
      const { at } = choice as { at: 'A' | 'B' }
      const { current, sent } = d.member[at]
      emit.espSent({ sender: at, ike: current, source: 'a', sequenceNumber: sent, iv: sent })
    }),
  ),
  ofPolicy('ADR-1', 'an address that does not move after all', 'loose-moving', 'outages', (scheme) => ({
    ...scheme,
    addressing: 'loose-stays',
  })),
  ofAction(
    'ADR-2',
    'a member that stops before the peer has followed the redirect',
    searchOf('loose-redirecting', 'planned'),
    'Redirects',
    followedBy((d, choice) => {
      d.member[(choice as { pair: { from: 'A' | 'B' } }).pair.from].onEsp = false
    }),
  ),
  ofAction(
    'REC-1',
    'a peer that never comes again',
    searchOf('loose-resolving', 'outages'),
    'PeerComesAgain',
    () => ({ guard: () => false }),
  ),
  ofPolicy('DoS-1h', 'a peer that believes hints', 'acked-everything', 'hints', (scheme) => ({
    ...scheme,
    peer: { ...scheme.peer, hints: 'believed' },
  })),
  ofAction(
    'DoS-1r',
    'a standby that forgets at the takeover which requests were executed',
    searchOf('acked-everything', 'hints'),
    'TakesOver',
    followedBy((d, choice) => {
      d.member[(choice as { to: 'A' | 'B' }).to].ike.k0!.expects = 0
    }),
  ),
]

describe('a mutation of the model', () => {
  for (const { label, story, sound, broken } of MUTATIONS)
    it(`violates ${label}: ${story}`, async () => {
      expect(await verdictOf(sound, label)).toBe('holds')
      expect(await verdictOf(broken(), label)).toBe('violated')
    })

  it('exists for every property of these searches', () => {
    const ours = SCHEMES.flatMap((scheme) => focusesOf(scheme))
      .filter(({ name }) => ['spis', 'addresses', 'outages', 'planned', 'hints'].includes(name))
      .flatMap(({ model }) => model.properties.map(labelOf))
      .filter((label) => !label.startsWith('LIV'))
    expect(new Set(MUTATIONS.map(({ label }) => label))).toEqual(new Set(ours))
  })
})
