/** One system implements another: known cases, agreement with the definition on random pairs, traces that replay. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alternatingBit, buffer, type Events, events, sees } from '../../examples/alternating-bit.ts'
import { actionsOn } from '../../modelling/action.ts'
import { type Model, model } from '../../modelling/model.ts'
import { type Observer, observerOn } from '../../modelling/observer.ts'
import { type Refines, refines } from '../../modelling/property.ts'
import { oneOf, queue, range, record } from '../../modelling/schema.ts'
import { modelOf, recipe } from '../../testing/models.ts'
import { check, NO_LIMITS, search } from '../breadth-first.ts'
import { lostIn, seenIn } from '../engine/observing.ts'
import { replay, shows } from '../engine/path.ts'
import { checkNaively } from '../naive.ts'
import { plainEngine } from '../plain-engine.ts'

const SEED = Number(process.env.CLUSTERCHECK_SEED ?? 6027)
const RUNS = Number(process.env.CLUSTERCHECK_RUNS ?? 60)

const VALUES = [0, 1] as const

/** The property that a model is such a buffer. */
const isBuffer = (places: number): Refines => refines('IsBuffer', { specification: buffer(places), sees })

/** A buffer of so many places that loses what it holds, or gives it twice. */
const channel = (places: number, properties: Model['properties'], how: 'loses' | 'repeats'): Model => {
  const own = buffer(places)
  const state = own.state as ReturnType<typeof stateOf>
  const action = actionsOn<typeof state, Events>()
  return {
    ...own,
    name: 'Channel',
    actions: [
      ...own.actions,
      how === 'loses'
        ? action('Lose', {
            guard: (s) => s.held.length > 0,
            effect: (d) => {
              d.held.shift()
            },
          })
        : action('Repeat', {
            guard: (s) => s.held.length > 0,
            effect: (d, _, emit) => {
              emit.got({ value: d.held.at(0)!.value })
            },
          }),
    ],
    properties,
  }
}
const stateOf = () => record({ held: queue(record({ value: range(0, 1) }), 1) })

/** What the packed search says, which the plain one and the definition have to say too. */
const judged = async (made: Model) => {
  const { judgements } = await check(made)
  const plain = await search(plainEngine(made), { limits: NO_LIMITS, deadlock: false })
  const { verdicts } = checkNaively(made)
  for (const [i, { property, verdict, path }] of judgements.entries()) {
    expect(plain.judgements[i]).toMatchObject({ property, verdict })
    expect([property, verdicts[property]]).toEqual([
      property,
      { verdict, ...(path && { length: path.length - 1 }) },
    ])
    if (path) expect(shows(replay(made, path), property)).toBe(true)
  }
  return judgements[0]!
}

describe('a buffer', () => {
  test('is one of more places, and not one of fewer', async () => {
    expect(await judged({ ...buffer(2), properties: [isBuffer(3)] })).toMatchObject({ verdict: 'holds' })
    const judgement = await judged({ ...buffer(3), properties: [isBuffer(2)] })
    expect(judgement).toMatchObject({ verdict: 'violated' })
    expect(judgement.path).toHaveLength(4)
  })

  test('that loses what it holds is none, and what it may show instead is told', async () => {
    const p = isBuffer(1)
    const lossy = channel(1, [p], 'loses')
    const { path } = await judged(lossy)
    const trace = replay(lossy, path!)
    expect(trace.steps.map(({ instance }) => instance.text)).toEqual([
      'init',
      'Put(value: 0)',
      'Lose',
      'Put(value: 0)',
    ])
    expect(seenIn(trace.steps, p)).toEqual({
      sightings: [
        { text: 'put 0', step: 1, index: 0 },
        { text: 'put 0', step: 3, index: 0 },
      ],
      refused: true,
      allowed: ['got 0'],
    })
  })

  test('that repeats what it holds is none', async () => {
    expect(await judged(channel(1, [isBuffer(1)], 'repeats'))).toMatchObject({ verdict: 'violated' })
  })
})

describe('goals', () => {
  const goals = (text: string) => (text.startsWith('got') ? text : undefined)
  const aims = (specification: Model) => [refines('Serves', { specification, sees, goals })]
  /** A buffer that may stop for ever, of which nothing is seen; `kept`: it gives out what it holds before. */
  const dying = (kept: boolean): Model => {
    const own = buffer(1)
    const state = record({ ...own.state.fields, dead: range(0, 1) }) as ReturnType<typeof mortal>
    const action = actionsOn<typeof state, Events>()
    return {
      ...own,
      name: 'Mortal',
      state,
      actions: [
        ...own.actions.map((one) => ({
          ...one,
          guard: (s: object, choice: Record<string, unknown>) =>
            (s as { dead: number }).dead === 0 && one.guard!(s, choice),
        })),
        action('Dies', {
          guard: (s) => s.dead === 0 && (!kept || s.held.length === 0),
          effect: (d) => {
            d.dead = 1
          },
        }),
      ],
    } as Model
  }
  const mortal = () => record({ held: queue(record({ value: range(0, 1) }), 1), dead: range(0, 1) })

  test('show a buffer that dies in silence, of which all that is seen can be seen of one that does not', async () => {
    const silent = { ...dying(false), properties: aims(buffer(1)) }
    const { verdict, path } = await judged(silent)
    expect([verdict, path!.length]).toEqual(['violated', 2])
    expect(lostIn(replay(silent, path!), silent.properties[0]!)).toEqual(['got 0', 'got 1'])
    expect(await judged({ ...dying(false), properties: [isBuffer(1)] })).toMatchObject({ verdict: 'holds' })
  })

  test('are not lost to a specification that may die as well, wherever it may', async () => {
    expect(await judged({ ...dying(false), properties: aims(dying(false)) })).toMatchObject({
      verdict: 'holds',
    })
    expect(await judged({ ...dying(true), properties: aims(dying(true)) })).toMatchObject({
      verdict: 'holds',
    })
    expect(await judged({ ...dying(true), properties: aims(dying(false)) })).toMatchObject({
      verdict: 'holds',
    })
    // One that dies while it holds something does what the other never does.
    const { path } = await judged({ ...dying(false), properties: aims(dying(true)) })
    expect(path).toHaveLength(3)
  })

  test('that are possible for ever are not lost, though they may never be seen', async () => {
    expect(await judged({ ...alternatingBit(), properties: aims(buffer(1)) })).toMatchObject({
      verdict: 'holds',
    })
  })

  test('of a comparison that was cut are unknown', async () => {
    const { judgements } = await check(
      { ...buffer(6), properties: aims(buffer(7)) },
      { limits: { states: 20 } },
    )
    expect(judgements[0]).toMatchObject({ verdict: 'unknown', compared: { cut: 'states' } })
  })

  test('that are not a function of the text are refused', async () => {
    const met = new Set<string>()
    let calls = 0
    for (const forgetful of [
      // Once said, no goal any more; and one goal of those that are asked for first.
      (text: string) => (met.has(text) ? undefined : met.add(text) && text),
      (text: string) => (++calls < 3 ? text : undefined),
    ]) {
      const properties = [refines('Odd', { specification: buffer(1), sees, goals: forgetful })]
      await expect(check({ ...dying(true), properties })).rejects.toThrow(
        /^The goals of Odd are not a function of the text: asked twice for '\w+ \d' they gave '\w+ \d' and undefined\./,
      )
    }
  })

  test('are a text or nothing, and not too many', async () => {
    const odd = (goal: () => unknown) => ({
      ...buffer(1),
      properties: [refines('Odd', { specification: buffer(1), sees, goals: goal as () => string })],
    })
    await expect(check(odd(() => 3))).rejects.toThrow(
      "The goal of Odd for 'put 0' is 3; expected a text, or undefined for what is no goal.",
    )
    await expect(check(odd(() => Promise.reject(new Error('later'))))).rejects.toThrow(
      'The goals of Odd are asynchronous; a goal is what they return.',
    )
    const counted = observerOn<Events>()({
      memory: record({ n: range(0, 40) }),
      on: {
        put: (memory) => {
          memory.n = Math.min(40, memory.n + 1)
          return `put ${memory.n}`
        },
      },
    })
    const many = {
      ...buffer(1),
      properties: [refines('Many', { specification: buffer(1), sees: counted, goals: (text) => text })],
    }
    await expect(check(many)).rejects.toThrow('Many has more than 32 different goals.')
  })
})

describe('the alternating bit', () => {
  test('is a buffer of one place', async () => {
    expect(await judged(alternatingBit())).toMatchObject({
      verdict: 'holds',
      compared: { specification: 5 },
    })
  })

  test('is none with a receiver that ignores the bit, or a sender that does', async () => {
    const ignoring = await judged(alternatingBit({ receiverIgnoresBit: true }))
    expect(ignoring).toMatchObject({ verdict: 'violated' })
    const believing = await judged(alternatingBit({ senderIgnoresBit: true }))
    expect(believing).toMatchObject({ verdict: 'violated' })
  })
})

describe('what is seen', () => {
  const named = (): Observer =>
    observerOn<Events>()({
      memory: record({ first: oneOf('none', 'zero', 'one') }),
      on: {
        put: (memory, { value }) => {
          if (memory.first === 'none') memory.first = value === 0 ? 'zero' : 'one'
          return `put ${(memory.first === 'zero') === (value === 0) ? 'x' : 'y'}`
        },
      },
    })
  /** A buffer whose values are those of another one, exchanged. */
  const exchanged = (p: Refines): Model => {
    const state = stateOf()
    const action = actionsOn<typeof state, Events>()
    return model('Exchanged', {
      state,
      events,
      actions: [
        action('Put', {
          choose: { value: VALUES },
          guard: (s) => s.held.length < 1,
          effect: (d, { value }, emit) => {
            d.held.push({ value })
            emit.put({ value: 1 - value })
          },
        }),
      ],
      properties: [p],
    })
  }
  /** A specification that begins with 0. */
  const zeroFirst: Model = { ...buffer(1), actions: [{ ...buffer(1).actions[0]!, choose: { value: [0] } }] }

  test('can be named in the order in which it appears', async () => {
    expect(
      await judged(exchanged(refines('Named', { specification: zeroFirst, sees: named() }))),
    ).toMatchObject({ verdict: 'holds' })
    const raw = observerOn<Events>()({ on: { put: (_, { value }) => String(value) } })
    expect(await judged(exchanged(refines('Raw', { specification: zeroFirst, sees: raw })))).toMatchObject({
      verdict: 'violated',
    })
  })

  test('is all of the events of a step, one after the other', async () => {
    const state = record({ n: range(0, 2) })
    const action = actionsOn<typeof state, Events>()
    const emits = (name: string, steps: readonly (readonly number[])[]): Model =>
      model(name, {
        state,
        events,
        actions: steps.map((values, i) =>
          action(`Step${i}`, {
            guard: (s) => s.n === i,
            effect: (d, _, emit) => {
              d.n = Math.min(2, i + 1)
              for (const value of values) emit.put({ value })
            },
          }),
        ),
      })
    const is = (specification: Model) => [refines('Is', { specification, sees })]
    const [together, apart] = [emits('Together', [[0, 1, 1]]), emits('Apart', [[0, 1], [1]])]
    expect(await judged({ ...together, properties: is(apart) })).toMatchObject({ verdict: 'holds' })
    expect(await judged({ ...apart, properties: is(together) })).toMatchObject({ verdict: 'holds' })
    expect(await judged({ ...emits('Other', [[0, 1, 0]]), properties: is(apart) })).toMatchObject({
      verdict: 'violated',
    })
  })

  test('may lead back to where it came from', async () => {
    const state = record({ n: range(0, 1) })
    const action = actionsOn<typeof state, Events>()
    const again = (value: number): Model =>
      model('Again', {
        state,
        events,
        actions: [action('Put', { effect: (_d, _, emit) => emit.put({ value }) })],
      })
    const p = (specification: Model) => [refines('Is', { specification, sees })]
    expect(await judged({ ...again(0), properties: p(again(0)) })).toMatchObject({ verdict: 'holds' })
    expect(await judged({ ...again(0), properties: p(again(1)) })).toMatchObject({ verdict: 'violated' })
    const once: Model = {
      ...again(0),
      actions: [
        action('Put', {
          guard: (s) => s.n === 0,
          effect: (d, _, emit) => {
            d.n = 1
            emit.put({ value: 0 })
          },
        }),
      ],
    }
    const twice = await judged({ ...again(0), properties: p(once) })
    expect(twice.path).toHaveLength(3)
  })

  test('is vacuous when it is nothing', async () => {
    const blind = observerOn<Events>()({ on: {} })
    const p = refines('Blind', { specification: buffer(1), sees: blind })
    expect(await judged({ ...buffer(2), properties: [p] })).toMatchObject({ verdict: 'vacuous' })
  })

  test('is a text or nothing, or the model is at fault', async () => {
    const odd = observerOn<Events>()({ on: { put: () => 3 as unknown as string } })
    const p = refines('Odd', { specification: buffer(1), sees: odd })
    await expect(check({ ...buffer(2), properties: [p] })).rejects.toThrow(
      'What Odd sees of an event put is 3; expected a text, or undefined for what is not seen.',
    )
  })
})

describe('a comparison that was cut', () => {
  test('never says that it holds, and a violation that it found stands', async () => {
    const large = { ...buffer(6), properties: [isBuffer(7)] }
    const { judgements } = await check(large, { limits: { states: 20 } })
    expect(judgements[0]).toMatchObject({ verdict: 'unknown', compared: { cut: 'states' } })
    const violated = { ...buffer(3), properties: [isBuffer(1)] }
    const { judgements: found } = await check(violated, { limits: { states: 14 } })
    expect(found[0]).toMatchObject({ verdict: 'violated' })
    expect(shows(replay(violated, found[0]!.path!), 'IsBuffer')).toBe(true)
  })

  test('whose specification was cut does not call a violation what it does not know', async () => {
    // The specification has some 500 states, of which a few are known.
    const { judgements } = await check(
      { ...buffer(1), properties: [isBuffer(8)] },
      { limits: { states: 40 } },
    )
    expect(['unknown', 'holds']).toContain(judgements[0]!.verdict)
  })

  test('is refused under symmetry, with a sentence', async () => {
    await expect(
      (async () => check({ ...buffer(1), properties: [isBuffer(1)] }, { symmetry: true }))(),
    ).rejects.toThrow(/^IsBuffer compares the model with a specification/)
  })
})

describe('random pairs', () => {
  const ALL = observerOn<{ Ping: { value: number }; Pong: { value: number } }>()
  const OBSERVERS: readonly Observer[] = [
    ALL({ on: { Ping: (_, { value }) => `ping ${value}`, Pong: (_, { value }) => `pong ${value}` } }),
    ALL({ on: { Ping: () => 'ping', Pong: () => undefined } }),
    ALL({
      memory: record({ last: range(0, 1) }),
      on: {
        Ping: (memory, { value }) => {
          const before = memory.last
          memory.last = Math.abs(value) % 2
          return before === memory.last ? 'same' : 'other'
        },
        Pong: (memory) => (memory.last === 1 ? 'pong' : undefined),
      },
    }),
  ]
  const pair = fc.record({
    model: recipe,
    specification: fc.option(recipe, { nil: undefined, freq: 2 }),
    without: fc.nat(5),
    which: fc.constantFrom('model', 'specification', 'neither'),
    observer: fc.nat(OBSERVERS.length - 1),
    goals: fc.constantFrom(undefined, /./, /pong|same/),
  })

  test('are judged alike by the packed search, the plain one and the definition', async () => {
    const seen = { holds: 0, violated: 0, vacuous: 0, unknown: 0, lost: 0 }
    await fc.assert(
      fc.asyncProperty(pair, async ({ model: own, specification, without, which, observer, goals }) => {
        const bare = (one: typeof own): Model =>
          modelOf({ ...one, properties: [], monitors: [], measures: [] })
        const lacking = (made: Model): Model =>
          made.actions.length > 1
            ? { ...made, actions: made.actions.filter((_, i) => i !== without % made.actions.length) }
            : made
        const [left, right] = [bare(own), bare(specification ?? own)]
        const p = refines('Is', {
          specification: which === 'specification' ? lacking(right) : right,
          sees: OBSERVERS[observer]!,
          ...(goals && { goals: (text) => (goals.test(text) ? text : undefined) }),
        })
        const made: Model = { ...(which === 'model' ? lacking(left) : left), properties: [p] }
        const limits = { ...NO_LIMITS, states: 150 }
        const [packed] = (await check(made, { limits })).judgements
        seen[packed!.verdict as keyof typeof seen] += 1
        if (packed!.verdict === 'unknown') return
        if (packed!.path) expect(shows(replay(made, packed!.path), 'Is')).toBe(true)
        if (packed!.path && !seenIn(replay(made, packed!.path).steps, p).refused) seen.lost += 1
        if (packed!.compared!.specification >= 150 || packed!.compared!.states >= 150) return
        const { verdicts } = checkNaively(made, { twice: false })
        const { verdict, path } = packed!
        expect(verdicts.Is).toEqual({ verdict, ...(path && { length: path.length - 1 }) })
        // A model that lacks an action shows nothing new, but it may have lost a goal.
        const same = which === 'neither' || (which === 'model' && !goals)
        if (specification === undefined && same) expect(verdict).not.toBe('violated')
      }),
      { seed: SEED, numRuns: RUNS },
    )
    expect(seen.holds).toBeGreaterThan(RUNS / 20)
    expect(seen.violated).toBeGreaterThan(RUNS / 20)
    expect(seen.lost).toBeGreaterThan(0)
  })
})
