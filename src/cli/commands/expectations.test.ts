/** Tests of declared verdicts, numbers and counts: what differs is said in the texts, in JSON and in the exit code. */
import { describe, expect, it } from 'vitest'
import { actionsOn } from '../../modelling/action.ts'
import { eventsOf } from '../../modelling/events.ts'
import { model } from '../../modelling/model.ts'
import { always, measureOn } from '../../modelling/property.ts'
import { range, record } from '../../modelling/schema.ts'
import { declaredDifferencesOf, differencesOf } from '../../report/results/differences.ts'
import { conclusionOf, findingsOf } from '../../report/results/findings.ts'
import { type JudgedSuite, judged } from '../../report/results/judged-suite.ts'
import { resultJson } from '../../report/results/result-json.ts'
import { checkText } from '../../report/terminal/check-text.ts'
import { check, NO_LIMITS } from '../../search/breadth-first.ts'
import { joined, type Suite } from '../../search/suite.ts'
import { exitOf as codeOf } from '../process/exit-codes.ts'

const state = record({ n: range(0, 5_000) })
type Up = { Up: { to: number } }

/** A counter up to 3,000 that is never small, and what its steps cost. */
const counter = model('Counter', {
  state,
  events: eventsOf<Up>(['all'], { Up: () => ({ shape: 'mark', lane: 'all', text: 'up' }) }),
  actions: [
    actionsOn<typeof state, Up>()('Step', {
      guard: (s) => s.n < 3_000,
      effect: (d, _, emit) => {
        d.n += 1
        emit.Up({ to: d.n })
      },
    }),
  ],
  properties: [
    always<typeof state>('Small', { label: 'NUM-1', holds: (s) => s.n < 3_000 }),
    measureOn<Up>()('Cost', {
      label: 'PRC-1',
      unit: 'coins',
      memory: record({}),
      on: { Up: (_, { to }, meter) => meter.reads(to / 3) },
    }),
  ],
})

const judgedWith = async (declared: Pick<Suite, 'expects' | 'states'>, states = Infinity) => {
  const focus = { name: 'all', about: 'everything', key: 'one', model: counter }
  const suite: Suite = { name: 'counter', about: 'Counts.', focuses: [focus], ...declared }
  const outcome = await check(counter, { limits: { ...NO_LIMITS, states } })
  return judged('counter', joined(suite, [{ focus, outcome }]), () => 'token')
}
const JUDGING = { expected: 'declared', vacuity: 'error' } as const
const exitOf = (suite: JudgedSuite) => codeOf(conclusionOf(findingsOf([suite], JUDGING), false))

const GOOD = { expects: { 'NUM-1': 'violated', 'PRC-1': 1_000 }, states: { all: 3_001 } } as const

describe('what is declared', () => {
  it('and found is no difference, but for rounding', async () => {
    const suite = await judgedWith(GOOD)
    expect(differencesOf(suite)).toEqual([])
    expect(suite.asDeclared).toBe(true)
    expect(exitOf(suite)).toBe(0)
    const rounded = await judgedWith({ ...GOOD, expects: { ...GOOD.expects, 'PRC-1': 1_000 + 1e-10 } })
    expect(rounded.asDeclared).toBe(true)
    expect((await judgedWith({ expects: { 'NUM-1': 'violated', 'PRC-1': 'measured' } })).asDeclared).toBe(
      true,
    )
  })

  it.each([
    [{ expects: { ...GOOD.expects, 'NUM-1': 'holds' } }, 'counter NUM-1: violated, declared holds'],
    [{ expects: { ...GOOD.expects, 'PRC-1': 999.5 } }, 'counter PRC-1: measured 1000, declared 999.5'],
    [{ expects: { ...GOOD.expects, 'PRC-1': 'vacuous' } }, 'counter PRC-1: measured 1000, declared vacuous'],
    [{ expects: { ...GOOD.expects, 'NUM-1': 3 } }, 'counter NUM-1: violated, declared 3'],
    [{ expects: { ...GOOD.expects, 'OLD-1': 'holds' } }, 'counter OLD-1: declared, but no search judges it'],
    [{ states: { all: 3_000 } }, 'counter, all: 3,001 distinct states, declared 3,000'],
    [
      { states: { all: 3_001, some: 1_000 } },
      'counter, some: 1,000 distinct states declared, but there is no such search',
    ],
  ] as const)('and not found is a marked line and exit 1: %o', async (declared, sentence) => {
    const suite = await judgedWith({ ...GOOD, ...declared })
    expect(differencesOf(suite)).toEqual([sentence])
    expect(declaredDifferencesOf(suite)).toEqual([sentence])
    expect(checkText(suite, { columns: 120, traces: 'first', vacuity: 'error', last: 'exit 1' })).toContain(
      `\n\n! ${sentence}\n\n`,
    )
    expect(suite.asDeclared).toBe(false)
    expect(exitOf(suite)).toBe(1)
  })

  it('is in JSON beside what was found', async () => {
    const suite = await judgedWith({
      expects: { 'NUM-1': 'violated', 'PRC-1': 7 },
      states: { all: 9, some: 1 },
    })
    const run = { seconds: 1, searches: 1, cached: 0 }
    const { targets } = resultJson([{ suite }], {
      clustercheck: '1',
      command: 'check',
      interrupted: false,
      run,
      ...JUDGING,
    })
    expect(targets[0]).toMatchObject({
      asDeclared: false,
      searches: [{ name: 'all', distinct: 3_001, complete: true, declared: 9, asDeclared: false }],
      verdicts: [
        { label: 'NUM-1', declared: 'violated', asDeclared: true },
        { label: 'PRC-1', value: 1_000, unit: 'coins', declared: 7, asDeclared: false },
      ],
      missing: ['some'],
    })
  })

  it('is not compared with the count of a search that was cut, nor with its numbers: exit 4', async () => {
    const suite = await judgedWith({ expects: { 'PRC-1': 1_000 }, states: { all: 9 } }, 1)
    expect(suite.counts).toMatchObject([{ asDeclared: true }])
    expect(differencesOf(suite)).toContainEqual(
      expect.stringMatching(/^counter PRC-1: unknown, at least [\d.]+, declared 1000$/),
    )
    expect(exitOf(suite)).toBe(4)
  })

  it('is nothing: the good verdict is expected, which a check of a file need not say', async () => {
    const suite = await judgedWith({})
    expect(differencesOf(suite)).toEqual(['counter NUM-1: violated, expected holds'])
    expect(declaredDifferencesOf(suite)).toEqual([])
  })
})
