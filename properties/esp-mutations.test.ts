/** For each property of ESP, a deliberately broken model that violates it: a property that nothing can violate says nothing. */
import { describe, expect, it } from 'vitest'
import type { Wire } from '../model/ike.ts'
import { SCHEMES } from '../model/schemes/index.ts'
import type { FocusName, NamedScheme } from '../model/schemes/named-scheme.ts'
import type { ClusterDraft } from '../model/state.ts'
import type { Action } from '../src/modelling/action.ts'
import { type Model, model } from '../src/modelling/model.ts'
import { labelOf } from '../src/modelling/property.ts'
import { check } from '../src/search/breadth-first.ts'
import { declaredVerdict } from './declared.ts'
import { ESP_LABELS } from './declared-esp.ts'
import { focusesOf } from './matrix.ts'

const named = (name: string): NamedScheme => SCHEMES.find((scheme) => scheme.name === name)!

const modelOf = (scheme: NamedScheme, focus: FocusName): Model =>
  focusesOf({ ...scheme, judgedBy: [focus] })[0]!.model

/** The model with one action changed; the action must exist. */
const mutated = (original: Model, name: string, effect: (action: Action) => Action['effect']): Model => {
  expect(original.actions.map((action) => action.name)).toContain(name)
  return model(`${original.name}, mutated`, {
    ...original,
    actions: original.actions.map((action) =>
      action.name === name ? { ...action, effect: effect(action) } : action,
    ),
  })
}

type Step = (d: ClusterDraft, choice: object, emit: Wire) => void

/** Runs `more` after the effect of an action. */
const followedBy =
  (more: Step) =>
  (action: Action): Action['effect'] =>
  (d, choice, emit) => {
    action.effect(d, choice, emit)
    more(d as ClusterDraft, choice, emit as Wire)
  }

/** The effect with what it says of each packet changed. */
const reporting =
  (change: (event: Parameters<Wire['espArrived']>[0]) => Partial<Parameters<Wire['espArrived']>[0]>) =>
  (action: Action): Action['effect'] =>
  (d, choice, emit) => {
    const wire = emit as Wire
    action.effect(d, choice, { ...wire, espArrived: (e) => wire.espArrived({ ...e, ...change(e) }) } as Wire)
  }

const verdictOf = async (checked: Model, label: string): Promise<string> => {
  const { judgements } = await check(checked)
  const name = checked.properties.find((p) => labelOf(p) === label)!.name
  return judgements.find(({ property }) => property === name)!.verdict
}

/** The member that takes over does so without the jump. */
const withoutJump = followedBy((d, choice) => {
  d.esp.member[(choice as { to: 'A' | 'B' }).to].x0!.sent -= 6
})

interface Mutation {
  readonly label: (typeof ESP_LABELS)[number]
  readonly story: string
  readonly of: readonly [scheme: string, focus: FocusName, action: string]
  readonly effect: (action: Action) => Action['effect']
}

const MUTATIONS: readonly Mutation[] = [
  {
    label: 'SEQ-1',
    story: 'a standby that takes over without the jump',
    of: ['acked-everything', 'outbound', 'TakesOver'],
    effect: withoutJump,
  },
  {
    label: 'IV-1',
    story: 'a standby that takes over without the jump, where the IV is the sequence number',
    of: ['acked-everything', 'outbound', 'TakesOver'],
    effect: withoutJump,
  },
  {
    label: 'SEQ-2o',
    story: 'a peer whose window runs ahead when a member fails',
    of: ['acked-everything', 'outbound', 'TakesOver'],
    effect: followedBy((d) => {
      d.esp.peer.x0!.top += 8
    }),
  },
  {
    label: 'SEQ-3',
    story: 'a gateway whose counter starts again after the last number',
    of: ['single-gateway', 'sequence-space', 'ClusterSendsPacket'],
    effect: followedBy((d) => {
      if (d.esp.member.A.x0!.sent === 15) d.esp.member.A.x0!.sent = 0
    }),
  },
  {
    label: 'ESN-1',
    story: 'a peer that forgets how far a member had counted when another takes over',
    of: ['esn-jump', 'sequence-space', 'TakesOver'],
    effect: followedBy((d) => {
      d.esp.peer.x0!.top = 0
      d.esp.peer.x0!.seen = 0
    }),
  },
  {
    label: 'SEQ-2i',
    story: 'a standby that closes its window when it takes over',
    of: ['acked-everything', 'inbound', 'TakesOver'],
    effect: followedBy((d, choice) => {
      const mine = d.esp.member[(choice as { to: 'A' | 'B' }).to].x0!
      mine.top = 5
      mine.seen = 3
    }),
  },
  {
    label: 'RPL-1',
    story: 'a standby that does not raise its window when it takes over',
    of: ['inbound-raised', 'inbound-long', 'TakesOver'],
    effect: followedBy((d, choice) => {
      d.esp.member[(choice as { to: 'A' | 'B' }).to].x0!.top -= 6
    }),
  },
  {
    label: 'DoS-1e',
    story: 'a member that drops what comes after a forgery',
    of: ['single-gateway', 'inbound', 'PeerSendsPacket'],
    effect: reporting(() => ({ outcome: 'stale', spoilt: true })),
  },
  {
    label: 'SYN-1',
    story: 'a member that says that it tells because of what it dropped',
    of: ['esp-as-is', 'inbound', 'PeerSendsPacket'],
    effect: (action) => (d, choice, emit) => {
      const wire = emit as Wire
      action.effect(d, choice, {
        ...wire,
        synchSent: (e) => wire.synchSent({ ...e, afterDrop: true }),
      } as Wire)
    },
  },
]

describe('a mutation of the model', () => {
  for (const { label, story, of, effect } of MUTATIONS) {
    const [scheme, focus, action] = of
    it(`violates ${label}: ${story}`, async () => {
      const original = modelOf(named(scheme), focus)
      expect(await verdictOf(original, label)).toBe('holds')
      expect(await verdictOf(mutated(original, action, effect), label)).toBe('violated')
    })
  }

  it('exists for every property of ESP', () => {
    expect(new Set(MUTATIONS.map(({ label }) => label))).toEqual(new Set(ESP_LABELS))
  })

  it('of a policy is enough as well: every property is violated by some scheme', () => {
    for (const label of ESP_LABELS)
      expect(SCHEMES.some(({ name }) => declaredVerdict(name, label) === 'violated')).toBe(true)
  })
})
