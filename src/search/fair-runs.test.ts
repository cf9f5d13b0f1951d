/** Properties of whole runs: known answers, agreement with the definition on random models, and lassos that replay. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actionsOn } from '../modelling/action.ts'
import { type Model, model } from '../modelling/model.ts'
import {
  eventually,
  isTemporal,
  leadsTo,
  repeatedly,
  strongly,
  type Temporal,
  weakly,
} from '../modelling/property.ts'
import { bool, each, oneOf, queue, range, record } from '../modelling/schema.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import type { PlainState } from '../state/plain/plain-state.ts'
import { modelWithRuns, recipeWithRuns } from '../testing/models.ts'
import { check, NO_LIMITS, search } from './breadth-first.ts'
import { constraintsOf } from './engine/fair-constraints.ts'
import { cycleOf } from './engine/lasso.ts'
import { replay, shows } from './engine/path.ts'
import { checkNaively } from './naive.ts'
import { plainEngine } from './plain-engine.ts'

const SEED = Number(process.env.CLUSTERCHECK_SEED ?? 6311)
const RUNS = Number(process.env.CLUSTERCHECK_RUNS ?? 150)

const verdictsOf = async (model: Model): Promise<Readonly<Record<string, string>>> => {
  const { judgements } = await check(model)
  for (const { property, verdict, path } of judgements) {
    const p = model.properties.find(({ name }) => name === property)!
    if (isTemporal(p) && verdict === 'violated') expect(shows(replay(model, path!), property)).toBe(true)
  }
  return Object.fromEntries(judgements.map(({ property, verdict }) => [property, verdict]))
}

describe('two processes and a lock', () => {
  const state = record({ at: each(['A', 'B'], record({ is: oneOf('idle', 'waits', 'inside') })) })
  const action = actionsOn<typeof state>()
  const WHO = ['A', 'B'] as const
  const steps = [
    action('Ask', {
      choose: { by: WHO },
      guard: (s, { by }) => s.at[by].is === 'idle',
      effect: (d, { by }) => {
        d.at[by].is = 'waits'
      },
    }),
    action('Enter', {
      choose: { by: WHO },
      guard: (s, { by }) => s.at[by].is === 'waits' && s.at[by === 'A' ? 'B' : 'A'].is !== 'inside',
      effect: (d, { by }) => {
        d.at[by].is = 'inside'
      },
    }),
    action('Leave', {
      choose: { by: WHO },
      guard: (s, { by }) => s.at[by].is === 'inside',
      effect: (d, { by }) => {
        d.at[by].is = 'idle'
      },
    }),
  ]
  const served = (name: string, fair?: Temporal['fair']): Temporal =>
    leadsTo<typeof state>(name, {
      whenever: (s) => s.at.A.is === 'waits',
      holds: (s) => s.at.A.is === 'inside',
      ...(fair && { fair }),
    })

  test('who waits is served under strong fairness only, and for each of the two', async () => {
    const leave = weakly('Leave', { each: 'by' })
    const lock = model('Lock', {
      state,
      actions: steps,
      properties: [
        served('Unfair'),
        served('Weak', 'weak'),
        served('WeakForEach', [leave, weakly('Enter', { each: 'by' })]),
        served('StrongForAny', [leave, strongly('Enter')]),
        served('StrongForEach', [leave, strongly('Enter', { each: 'by' })]),
        eventually<typeof state>('SomebodyEnters', {
          holds: (s) => s.at.A.is === 'inside' || s.at.B.is === 'inside',
        }),
        repeatedly<typeof state>('AgainAndAgain', { holds: (s) => s.at.B.is === 'inside', fair: 'weak' }),
      ],
    })
    expect(await verdictsOf(lock)).toEqual({
      Unfair: 'violated',
      Weak: 'violated',
      WeakForEach: 'violated',
      StrongForAny: 'violated',
      StrongForEach: 'holds',
      SomebodyEnters: 'holds',
      AgainAndAgain: 'violated',
    })
    const { judgements } = await check(lock)
    const { path, missing } = judgements.find(({ property }) => property === 'WeakForEach')!
    expect(missing).toBe('Enter is strongly fair for each by')
    const trace = replay(lock, path!)
    // A asks at once; then B goes around for ever.
    expect(trace.steps.map(({ instance }) => instance.text).slice(0, 2)).toEqual(['init', 'Ask(by: A)'])
    expect(cycleOf(trace, lock.properties[2] as Temporal)).toBeLessThan(trace.steps.length - 1)
  })
})

describe('a run', () => {
  const state = record({ n: range(0, 3), on: bool })
  const action = actionsOn<typeof state>()
  const count = action('Count', {
    guard: (s) => s.n < 3,
    effect: (d) => {
      d.n += 1
    },
  })
  const look = action('Look', { effect: () => {} })
  const done = eventually<typeof state>('Done', { holds: (s) => s.n === 3 })
  const switched = eventually<typeof state>('Switched', { holds: (s) => s.on })

  test('goes on while something can change, and steps that change nothing do not keep it', async () => {
    expect(await verdictsOf(model('Counts', { state, actions: [count, look], properties: [done] }))).toEqual({
      Done: 'holds',
    })
  })

  test('that can only stay violates what does not hold there, with a path to its end', async () => {
    const stays = model('Stays', { state, actions: [count, look], properties: [switched] })
    const { judgements } = await check(stays)
    expect(judgements[0]).toMatchObject({ verdict: 'violated' })
    expect(judgements[0]!.path).toHaveLength(4)
    expect(cycleOf(replay(stays, judgements[0]!.path!), switched)).toBe(3)
  })

  test('is not judged where nothing asks for it: vacuous', async () => {
    const never = leadsTo<typeof state>('Never', { whenever: (s) => s.on, holds: (s) => s.n === 0 })
    expect(await verdictsOf(model('Quiet', { state, actions: [count], properties: [never] }))).toEqual({
      Never: 'vacuous',
    })
  })

  test('of a search that was cut is never said to hold, and a cycle that was seen is told', async () => {
    const toggle = action('Toggle', {
      effect: (d) => {
        d.on = !d.on
      },
    })
    const both = model('Both', { state, actions: [toggle, count], properties: [done, switched] })
    const cut = await check(both, { limits: { states: 3 } })
    expect(cut.complete).toBe(false)
    for (const { property, verdict, path } of cut.judgements) {
      expect(['violated', 'unknown']).toContain(verdict)
      if (path) expect(shows(replay(both, path), property)).toBe(true)
    }
  })

  test('is refused under symmetry, with a sentence', async () => {
    const counts = model('Counts', { state, actions: [count], properties: [done] })
    await expect((async () => check(counts, { symmetry: true }))()).rejects.toThrow(
      /^Done speaks of whole runs, which are judged over all states/,
    )
  })
})

describe('the alternating bit', () => {
  const bit = oneOf('zero', 'one')
  const state = record({
    sending: bit,
    expected: bit,
    delivered: range(0, 3),
    data: queue(record({ bit }), 1),
    acks: queue(record({ bit }), 1),
  })
  const action = actionsOn<typeof state>()
  const other = (one: 'zero' | 'one') => (one === 'zero' ? 'one' : 'zero')
  const actions = [
    action('Send', {
      guard: (s) => s.data.length === 0,
      effect: (d) => {
        d.data.push({ bit: d.sending })
      },
    }),
    action('Receive', {
      guard: (s) => s.data.length > 0,
      effect: (d) => {
        const { bit } = d.data.shift()!
        if (bit === d.expected) {
          d.delivered = (d.delivered + 1) % 4
          d.expected = other(bit)
        }
        if (d.acks.length === 0) d.acks.push({ bit })
      },
    }),
    action('Acknowledged', {
      guard: (s) => s.acks.length > 0,
      effect: (d) => {
        const { bit } = d.acks.shift()!
        if (bit === d.sending) d.sending = other(bit)
      },
    }),
    action('LoseData', {
      guard: (s) => s.data.length > 0,
      effect: (d) => {
        d.data.shift()
      },
    }),
    action('LoseAck', {
      guard: (s) => s.acks.length > 0,
      effect: (d) => {
        d.acks.shift()
      },
    }),
  ]
  const delivers = (name: string, fair?: Temporal['fair']) =>
    repeatedly<typeof state>(name, { holds: (s) => s.delivered === 0, ...(fair && { fair }) })

  test('delivers for ever when both channels deliver what is sent again and again', async () => {
    const strong = [weakly('Send'), strongly('Receive'), strongly('Acknowledged')]
    expect(
      await verdictsOf(
        model('AlternatingBit', {
          state,
          actions,
          properties: [
            delivers('Unfair'),
            delivers('Weak', 'weak'),
            delivers('Strong', strong),
            delivers('NoAcks', strong.slice(0, 2)),
          ],
        }),
      ),
    ).toEqual({ Unfair: 'violated', Weak: 'violated', Strong: 'holds', NoAcks: 'violated' })
  })
})

describe('random models', () => {
  test('are judged alike by the packed search, the plain one and the definition', async () => {
    let violated = 0
    await fc.assert(
      fc.asyncProperty(recipeWithRuns, async (recipe) => {
        const made = modelWithRuns(recipe)
        const limits = { ...NO_LIMITS, states: 200 }
        const packed = await check(made, { limits })
        fc.pre(packed.complete)
        const plain = await search(plainEngine(made), { limits, deadlock: false })
        const { verdicts } = checkNaively(made, { twice: false })
        const brute = bruteOf(made)
        for (const [i, p] of made.properties.entries()) {
          if (!isTemporal(p)) continue
          const { verdict, path } = packed.judgements[i]!
          expect([p.name, plain.judgements[i]!.verdict, plain.judgements[i]!.path]).toEqual([
            p.name,
            verdict,
            path,
          ])
          expect([p.name, verdicts[p.name]!.verdict]).toEqual([p.name, verdict])
          if (brute) expect([p.name, brute(p)]).toEqual([p.name, verdict === 'violated'])
          if (verdict === 'violated') {
            violated += 1
            expect(shows(replay(made, path!), p.name)).toBe(true)
          }
        }
      }),
      { seed: SEED, numRuns: RUNS },
    )
    expect(violated).toBeGreaterThan(RUNS / 10)
  })
})

/**
 * Whether a property is violated, by the definition: some set of states can be all that a fair run comes back to for ever.
 * Each set is tried, so the model must be tiny; undefined where it is not.
 */
const bruteOf = (model: Model): ((p: Temporal) => boolean) | undefined => {
  const run = plainInterpreter(model)
  const states: PlainState[] = []
  const numberOf = new Map<string, number>()
  const numbered = (state: PlainState): number => {
    const text = run.text(state)
    const known = numberOf.get(text) ?? states.length
    if (known === states.length) {
      numberOf.set(text, known)
      states.push(state)
    }
    return known
  }
  const initial = new Set(
    run.initial.flatMap((i) => (run.enabled(run.zero, i) ? [numbered(run.step(run.zero, i).state)] : [])),
  )
  const steps: { from: number; to: number; by: number }[] = []
  for (let from = 0; from < states.length; from++) {
    if (states.length > 9) return undefined
    run.instances.forEach((instance, by) => {
      if (!run.enabled(states[from]!, instance)) return
      const to = numbered(run.step(states[from]!, instance).state)
      if (to !== from) steps.push({ from, to, by })
    })
  }
  const spread = (from: readonly number[], allowed: ReadonlySet<number>): ReadonlySet<number> => {
    const found = new Set(from.filter((s) => allowed.has(s)))
    for (const s of found)
      for (const step of steps) if (step.from === s && allowed.has(step.to)) found.add(step.to)
    return found
  }
  return (p) => {
    const all = states.map((_, i) => i)
    const avoided = new Set(all.filter((s) => !p.holds(states[s]!.model)))
    const begins = all.filter((s) =>
      p.kind === 'eventually' ? initial.has(s) : (p.whenever?.(states[s]!.model) ?? true),
    )
    const reached = spread(begins, avoided)
    for (let bits = 1; bits < 1 << states.length; bits++) {
      const set = new Set(all.filter((s) => (bits >> s) & 1))
      if (![...set].every((s) => reached.has(s))) continue
      if (![...set].every((s) => spread([s], set).size === set.size)) continue
      const inside = steps.filter(({ from, to }) => set.has(from) && set.has(to))
      const out = (s: number) => steps.filter(({ from }) => from === s)
      if (inside.length === 0 && [...set].some((s) => out(s).length > 0)) continue
      const fair = constraintsOf(model, p).every(({ strength, counts }) => {
        if (inside.some(({ by }) => counts[by])) return true
        const possible = (s: number) => out(s).some(({ by }) => counts[by])
        return strength === 'weak' ? ![...set].every(possible) : ![...set].some(possible)
      })
      if (fair) return true
    }
    return false
  }
}
