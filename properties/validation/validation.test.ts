/** Extensions in the checker: what a sync repairs, what each policy is for, and what an unmodified peer sees of it. */
import { describe, expect, it } from 'vitest'
import { EXTENSIONS } from '../../model/extensions/index.ts'
import { release, takesRequest } from '../../model/extensions/rfc6311/sync-roles.ts'
import { SCHEMES } from '../../model/schemes/index.ts'
import { labelOf } from '../../src/modelling/property.ts'
import { check, NO_LIMITS } from '../../src/search/breadth-first.ts'
import type { Outcome } from '../../src/search/engine/outcome.ts'
import { checkClaims, checkExtension, checkTogether } from './checked.ts'
import { type Attacker, type Trial, trialsOf, type Variant } from './trials.ts'

interface Wanted {
  readonly extension: string
  readonly scheme: string
  readonly search: string
  readonly variant: Variant
  readonly attacker: Attacker
  readonly given?: { readonly [parameter: string]: string | number | boolean }
}

const usedWith = (name: string, given: Wanted['given'] = {}) => {
  const extension = EXTENSIONS.find((one) => one.name === name)!
  const defaults = Object.entries(extension.parameters).map(([key, values]) => [key, values[0]!])
  return { extension, parameters: { ...Object.fromEntries(defaults), ...given } }
}

const trialOf = ({ extension, scheme, search, variant, attacker, given }: Wanted): Trial =>
  trialsOf({
    used: [usedWith(extension, given)],
    schemes: SCHEMES.filter(({ name }) => name === scheme),
    scope: 'small',
    attackers: ['A0', 'A1', 'A2'],
  }).find(
    (trial) => trial.search === search && trial.variant === variant && trial.attackers.includes(attacker),
  )!

const outcomeOf = (wanted: Wanted, states = Infinity): Promise<Outcome> =>
  check(trialOf(wanted).model, { limits: { ...NO_LIMITS, states } })

/** The verdict by label, with the length of the trace where it is violated. */
const verdicts = (outcome: Outcome): Record<string, string> =>
  Object.fromEntries(
    outcome.judgements.map(({ property, verdict, path }) => [
      labelOf(outcome.model.properties.find(({ name }) => name === property)!),
      verdict === 'violated' ? `violated ${path!.length - 1}` : verdict,
    ]),
  )

const sync: Wanted = {
  extension: 'message-id-sync',
  scheme: 'synch-ike',
  search: 'sync-replayed-own',
  variant: 'with',
  attacker: 'A0',
}

describe('the extensions that come along', () => {
  it.each(EXTENSIONS.map((extension) => [extension.name, extension] as const))(
    '%s names only what there is',
    (name, extension) => {
      expect(() => checkExtension(extension)).not.toThrow()
      const trials = trialsOf({
        used: [usedWith(name)],
        schemes: SCHEMES.filter((scheme) => extension.schemes.includes(scheme.name)),
        scope: 'small',
        attackers: ['A0', 'A1', 'A2'],
      })
      expect(() => checkClaims(extension, trials)).not.toThrow()
    },
  )
})

describe('message ID sync', () => {
  it('repairs the IKE SA that a lost synch message dooms', async () => {
    const own = { ...sync, search: 'sync-own' } as const
    const without = verdicts(await outcomeOf({ ...own, variant: 'without' }))
    expect(without).toMatchObject({ 'LIV-1c': 'violated 9', 'MID-1': 'violated 4', 'MID-6': 'violated 4' })
    const found = verdicts(await outcomeOf(own))
    expect(found).toMatchObject({ 'LIV-1c': 'holds', 'MID-1': 'holds', 'MID-4': 'holds', 'MID-6': 'holds' })
  })

  it('is as if it were not there to a peer that does not support it', async () => {
    const without = await outcomeOf({ ...sync, variant: 'without' })
    const unmodified = await outcomeOf({ ...sync, variant: 'unmodified' })
    expect(unmodified.distinct).toBe(without.distinct)
    expect(verdicts(unmodified)).toEqual(verdicts(without))
  })

  it('that is sent again as it was needs a peer that keeps its answer', async () => {
    const kept = await outcomeOf({ ...sync, given: { retry: 'same' } })
    expect(verdicts(kept)['LIV-1c']).toBe('holds')
    const forgotten = await outcomeOf({ ...sync, given: { retry: 'same', cached: false } })
    expect(verdicts(forgotten)['LIV-1c']).toMatch(/^violated/)
  })

  it('read as MERGE lets a replay abandon what the peer has asked', async () => {
    const replayed = { ...sync, search: 'sync-replayed', attacker: 'A1' } as const
    const strict = { ...sync, attacker: 'A1' } as const
    expect(verdicts(await outcomeOf(strict))['SYNC-R']).toBe('holds')
    const merged = await outcomeOf({ ...replayed, given: { reading: 'merge', cached: false } }, 40_000)
    expect(verdicts(merged)['SYNC-R']).toMatch(/^violated/)
  })
})

describe('RFC 6311 section 11', () => {
  const attacked = { ...sync, attacker: 'A1' } as const

  it('holds with copies of every sync, and over two takeovers', async () => {
    const once = verdicts(await outcomeOf(attacked))
    expect(once).toMatchObject({ 'SYNC-R': 'holds', 'SYNC-A': 'holds', 'LIV-1c': 'holds', 'MID-6': 'holds' })
    const twice = verdicts(await outcomeOf({ ...attacked, search: 'sync-replayed-twice' }))
    expect(twice).toMatchObject({ 'SYNC-R': 'holds', 'SYNC-A': 'holds' })
  })

  it.each(['any', 'again'])(
    'needs that a response is taken once, for its nonce: responses=%s',
    async (responses) => {
      const search = responses === 'again' ? 'sync-replayed-twice' : attacked.search
      const found = verdicts(await outcomeOf({ ...attacked, search, given: { responses } }, 300_000))
      expect(found['SYNC-A']).toMatch(/^violated/)
      if (responses === 'any') expect(found['LIV-1c']).toBe('violated 7')
    },
  )
})

describe('a replay-counter delta', () => {
  const asked = { scheme: 'inbound-raised', variant: 'with', attacker: 'A0' } as const
  const own = { ...asked, extension: 'replay-counter-request', search: 'counters-asked' } as const
  const joint = { ...asked, extension: 'replay-counter-sync', search: 'counters-in' } as const

  it.each([
    ['in a request of its own', own],
    ['in the sync of message IDs', joint],
  ])('%s lets pass what the peer sends afterwards, if it is as large as the raise', async (_, wanted) => {
    expect(verdicts(await outcomeOf(wanted))).toMatchObject({ 'RCS-1': 'holds', 'SEQ-2i': 'violated 3' })
    expect(verdicts(await outcomeOf({ ...wanted, given: { delta: 2 } }))['RCS-1']).toMatch(/^violated/)
  })
})

describe('a delta that is replayed', () => {
  const idle = {
    extension: 'replay-counter-sync',
    scheme: 'esp-as-is',
    search: 'counters-idle',
    variant: 'with',
    attacker: 'A1',
  } as const
  const unread = { esn: true, delta: 4, raise: 'as-configured' } as const
  const given = { ...unread, reading: 'merge', cached: false, retry: 'same' } as const

  it('pushes an idle child SA with extended numbers over its horizon by the fourth jump, not by the third', async () => {
    expect(verdicts(await outcomeOf({ ...idle, given }))['ESN-1']).toBe('holds')
    expect(verdicts(await outcomeOf({ ...idle, given: { ...given, again: 3 } }))['ESN-1']).toBe('violated 8')
  })

  it('is not what makes a raise too far: the first packet after that is read wrongly', async () => {
    const raised = { ...given, raise: 6 } as const
    expect(verdicts(await outcomeOf({ ...idle, given: raised }))['ESN-1']).toBe('violated 3')
  })

  it('is not replayed where the peer drops what it has seen', async () => {
    const strict = { ...given, reading: 'strict', again: 3 } as const
    expect(verdicts(await outcomeOf({ ...idle, given: strict }))['ESN-1']).toBe('holds')
  })
})

describe('what STRICT accepts', () => {
  it.each(['expected', 'above'] as const)('is an M1 that is %s', (accepts) => {
    const x = { parameters: { reading: 'strict', cached: false, accepts } }
    const peer = { sa: true, expects: 2, early: 0, floor: 0, lastNonce: 0 }
    const takes = (m1: number) => takesRequest(x as never, peer as never, { m1, nonce: 1 } as never)
    expect([1, 2, 3].map(takes)).toEqual([false, accepts === 'expected', true])
  })

  it('is reached by a member that starts again with a higher M1', async () => {
    const found = await outcomeOf({ ...sync, given: { accepts: 'above', bump: 0 } })
    expect(verdicts(found)['LIV-1c']).toBe('holds')
  })
})

describe('a request of the peer that has no answer when a sync comes', () => {
  const asked = { ...sync, search: 'sync-replayed' } as const

  it.each([
    [{}, { 'LIV-1p': 'holds', 'MID-6': 'holds' }],
    // Its ID is below what the member expects from then on.
    [{ resends: 'retained' }, { 'LIV-1p': 'violated 2' }],
    // Its new ID is below what is proposed.
    [{ proposes: 'renumbered' }, { 'LIV-1p': 'violated 2' }],
    // Its answer was still under way, and moves the counter past what was proposed.
    [{ proposes: 'unanswered' }, { 'LIV-1p': 'holds', 'MID-6': 'violated 8' }],
    [{ proposes: 'unanswered', resends: 'retained' }, { 'LIV-1p': 'violated 5' }],
    // It is forgotten, and its ID used for another.
    [
      { proposes: 'unanswered', resends: false },
      { 'MID-1': 'violated 6', 'MID-4': 'violated 9' },
    ],
  ])('%j', async (given, expected) => {
    expect(verdicts(await outcomeOf({ ...asked, given }))).toMatchObject(expected)
  })

  it('that is retained goes on being asked under its old ID, and the next has the one that was agreed', () => {
    const request = { exchange: 'liveness', task: 1, child: 'none', retransmitted: 0, held: 0 }
    const none = { ...request, exchange: 'none', task: 0 }
    const sa = { nextSend: 2, later: 5, requests: { even: request, odd: none } }
    expect(release(sa as never)).toBe(true)
    expect(sa).toMatchObject({ nextSend: 5, later: 0 })
    const two = { nextSend: 2, later: 5, requests: { even: request, odd: request } }
    expect(release(two as never)).toBe(false)
    expect(two).toMatchObject({ nextSend: 2, later: 5 })
  })
})

describe('a delta in a request', () => {
  it('is not skipped again, and dooms nothing, when the request is repeated', async () => {
    const own = { extension: 'replay-counter-request', scheme: 'inbound-raised', attacker: 'A0' } as const
    const search = 'counters-asked'
    for (const variant of ['without', 'with'] as const)
      expect(verdicts(await outcomeOf({ ...own, search, variant }))['LIV-1c']).toBe('holds')
  })
})

describe('two clusters that fail over at once', () => {
  const both = {
    extension: 'two-cluster-sync',
    scheme: 'synch-ike',
    search: 'both-fail-over',
    variant: 'with',
    attacker: 'A0',
  } as const

  it('may never agree again', async () => {
    expect(verdicts(await outcomeOf(both))).toMatchObject({ 'SYNC-2': 'violated 9', 'SYNC-A': 'holds' })
  })

  it('are open to a replay when the standby of one was not told of a sync', async () => {
    const found = await outcomeOf({ ...both, attacker: 'A1' }, 100_000)
    expect(verdicts(found)['SYNC-R']).toBe('violated 6')
  })
})

describe('extensions put together', () => {
  const named = (name: string) => EXTENSIONS.find((one) => one.name === name)!

  it('are refused when one has the other in it', () => {
    expect(() => checkTogether([named('message-id-sync'), named('two-cluster-sync')])).toThrow(
      "Extension 'two-cluster-sync' brings 'message-id-sync' along, which cannot stand beside it.",
    )
    expect(() => checkTogether([named('replay-counter-sync'), named('two-cluster-sync')])).toThrow(
      "Extension 'two-cluster-sync' brings 'message-id-sync' along, and so does 'replay-counter-sync'.",
    )
    expect(() => checkTogether([named('redirect'), named('mobike')])).not.toThrow()
  })
})

describe('quick crash detection', () => {
  it('with a live list reveals no token but where the list cannot be reached', async () => {
    const crash = { extension: 'quick-crash-detection', variant: 'with', attacker: 'A1' } as const
    const fine = await outcomeOf({ ...crash, scheme: 'no-synch', search: 'qcd-crash' })
    expect(verdicts(fine)).toMatchObject({ 'QCD-0': 'holds', 'QCD-1': 'holds', 'DoS-1q': 'holds' })
    const split = await outcomeOf({ ...crash, scheme: 'no-synch', search: 'qcd-split' })
    expect(verdicts(split)).toMatchObject({ 'QCD-1': 'violated 3', 'DoS-1q': 'violated 4' })
  })
})

describe('implicit IVs', () => {
  it('turn a repeated sequence number into a repeated IV', async () => {
    const salted = {
      extension: 'implicit-iv',
      scheme: 'iv-salted',
      search: 'outbound',
      attacker: 'A0',
    } as const
    expect(verdicts(await outcomeOf({ ...salted, variant: 'without' }))['IV-1']).toBe('holds')
    expect(verdicts(await outcomeOf({ ...salted, variant: 'with' }))['IV-1']).toBe('violated 4')
  })
})

describe('session resumption', () => {
  const resume = {
    extension: 'session-resumption',
    scheme: 'no-synch',
    search: 'resume-crash',
    variant: 'with',
    attacker: 'A0',
  } as const

  it('works after a crash when every member can read the ticket', async () => {
    const found = await outcomeOf(resume)
    expect(verdicts(found)).toMatchObject({ 'RES-0': 'holds', 'REC-1': 'holds', 'RES-1': 'holds' })
  })

  it.each([
    ['a key or an entry that stays with the member', { access: 'own' }, 'violated 4'],
    ['one that is told over the synch channel', { access: 'told' }, 'violated 5'],
    [
      'an entry that is used up when it is presented',
      { ticket: 'reference', used: 'presented' },
      'violated 6',
    ],
  ] as const)('fails with %s', async (_, given, verdict) => {
    expect(verdicts(await outcomeOf({ ...resume, given }))['RES-0']).toBe(verdict)
  })

  it('leaves two IKE SAs where the synch channel is cut', async () => {
    const split = await outcomeOf({ ...resume, search: 'resume-split' })
    expect(verdicts(split)['RES-1']).toBe('violated 9')
  })

  it('opens a member to copies of a ticket, unless an entry is used up when it is presented', async () => {
    const replayed = { ...resume, search: 'resume-replayed', attacker: 'A1' } as const
    const given = { ticket: 'reference', used: 'presented' } as const
    expect(verdicts(await outcomeOf(replayed))).toMatchObject({
      'RES-0': 'violated 4',
      'RES-2': 'violated 8',
      'REC-1': 'holds',
    })
    expect(verdicts(await outcomeOf({ ...replayed, given }))['RES-2']).toBe('holds')
  })

  it('is as if it were not there to a peer that does not support it', async () => {
    const unmodified = await outcomeOf({ ...resume, variant: 'unmodified' })
    const without = await outcomeOf({ ...resume, variant: 'without' })
    expect(unmodified.distinct).toBe(without.distinct)
  })
})

describe('MOBIKE', () => {
  const moves = { extension: 'mobike', search: 'moves', variant: 'with', attacker: 'A0' } as const

  it.each(['cluster', 'peer'] as const)(
    'does not give IKE and tunnels addresses of their own when the %s moves',
    async (initiator) => {
      const found = await outcomeOf({ ...moves, scheme: 'ike-from-member-strict', given: { initiator } })
      expect(verdicts(found)).toMatchObject({
        'TRN-2': 'violated 3',
        'LIV-1c': 'holds',
        'ADR-1': initiator === 'cluster' ? 'violated 5' : 'holds',
      })
    },
    120_000,
  )
})
