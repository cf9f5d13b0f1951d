/** What a search with symmetry hands out is about reachable states: paths, faults, and the fault of a false symmetry. */
import { describe, expect, test } from 'vitest'
import { actionsOn, always, bool, each, id, ModelFault, model, range, record, replay } from '../index.ts'
import type { FaultData } from '../modelling/fault.ts'
import type { Model } from '../modelling/model.ts'
import { check } from '../search/breadth-first.ts'
import { shows } from '../search/engine/path.ts'

const MEMBER = ['A', 'B', 'C'] as const
const state = record({
  clock: range(0, 1_000),
  member: each(MEMBER, record({ up: bool, tokens: range(0, 2) })),
  holder: id(MEMBER, 'nobody'),
})
const action = actionsOn<typeof state>()

const tick = action('Tick', {
  guard: (s) => s.clock < 1_000,
  effect: (d) => {
    d.clock += 1
  },
})
const take = action('Take', {
  choose: { by: MEMBER },
  guard: (s, { by }) => s.holder !== by && s.member[by].tokens < 2,
  effect: (d, { by }) => {
    d.holder = by
    d.member[by].tokens += 1
  },
})

const faultOf = async (m: Model): Promise<FaultData> => {
  const thrown: unknown = await check(m, { symmetry: true }).catch((cause: unknown) => cause)
  if (!(thrown instanceof ModelFault)) throw new Error(`not a fault: ${JSON.stringify(thrown)}`)
  return thrown.data
}

describe('a search with symmetry', () => {
  test('gives paths that replay although members change their names on the way', async () => {
    const rich = always<typeof state>('NobodyHasTwoAndAnotherOne', {
      holds: (s) => {
        const [a, b] = MEMBER.map((m) => s.member[m].tokens).sort((x, y) => y - x)
        return !(a === 2 && b === 2 && s.holder !== 'nobody' && s.member[s.holder].tokens === 1)
      },
      situation: (s) => MEMBER.every((m) => s.member[m].tokens === 1),
    })
    const tokens = model('Tokens', { state, actions: [take], properties: [rich] })
    const [judgement] = (await check(tokens, { symmetry: true })).judgements
    const [whole] = (await check(tokens)).judgements
    expect(judgement).toMatchObject({ verdict: 'violated' })
    expect(judgement!.path).toHaveLength(whole!.path!.length)
    expect(judgement!.situation).toHaveLength(whole!.situation!.length)
    expect(shows(replay(tokens, judgement!.path!), rich.name)).toBe(true)
    const { model: last } = replay(tokens, judgement!.situation!).steps.at(-1)!.state
    expect(rich.situation!(last)).toBe(true)
  })

  test('tells a fault of the model as it happens in a reachable state', async () => {
    const greedy = action('TakeTwo', {
      choose: { by: MEMBER },
      guard: (s, { by }) => s.holder === by,
      effect: (d, { by }) => {
        d.member[by].tokens += 2
      },
    })
    const fault = await faultOf(model('Tokens', { state, actions: [take, greedy] }))
    const by = /by: (\w)/.exec(fault.step!)![1]!
    expect(fault).toMatchObject({
      problem: `member.${by}.tokens = 3 is outside 0..2.`,
      step: `TakeTwo(by: ${by})`,
      path: ['init', `Take(by: ${by})`],
    })
  })

  test('gives no verdict when members turn out to differ where no sample reaches', async () => {
    const late = action('StandUp', {
      choose: { by: MEMBER },
      guard: (s, { by }) => !s.member[by].up && (s.clock < 800 || by !== 'C'),
      effect: (d, { by }) => {
        d.member[by].up = true
      },
    })
    const fault = await faultOf(model('Late', { state, actions: [tick, late] }))
    expect(fault.problem).toMatch(
      /^StandUp tells (identities apart|[ABC] from [ABC]): StandUp\(by: [ABC]\) is (en|dis)abled and, with/,
    )
    expect(fault.hint).toBe('the identities are not interchangeable; search without symmetry')
    expect(fault.path!.filter((step) => step === 'Tick').length).toBeGreaterThanOrEqual(800)
  })
})
