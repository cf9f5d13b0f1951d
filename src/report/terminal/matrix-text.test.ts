/** Tests of the matrix as text: what a cell says, groups and bands of columns, the comparison, differences and legend. */
import { describe, expect, it } from 'vitest'
import { actionsOn } from '../../modelling/action.ts'
import { eventsOf } from '../../modelling/events.ts'
import { model } from '../../modelling/model.ts'
import { always, measureOn, type Property, sometimes } from '../../modelling/property.ts'
import { range, record } from '../../modelling/schema.ts'
import { check, NO_LIMITS } from '../../search/breadth-first.ts'
import { joined, type Matrix, type Suite } from '../../search/suite.ts'
import { type JudgedSuite, judged } from '../results/judged-suite.ts'
import { resultJson } from '../results/result-json.ts'
import { matrixText } from './matrix-text.ts'

const state = record({ n: range(0, 1500) })

type Up = { Up: { to: number } }

/** A counter up to `end`, judged by seven properties; `SIT-1` is vacuous below 3. */
const counterSuite = (
  name: string,
  end: number,
  expects: NonNullable<Suite['expects']> = {},
  ...without: readonly string[]
): Suite => {
  const properties: readonly Property[] = [
    always<typeof state>('NeverSeven', {
      label: 'NUM-1',
      sentence:
        'The counter is never seven, which is a number of ill repute in this small test of wide texts.',
      source: 'RFC 1 section 7',
      holds: (s) => s.n !== 7,
    }),
    always<typeof state>('Small', {
      label: 'NUM-2',
      sentence: 'The counter is small.',
      holds: (s) => s.n <= 1500,
    }),
    always<typeof state>('Third', {
      label: 'SIT-1',
      sentence: 'From three on the counter is three or more.',
      situation: (s) => s.n >= 3,
      holds: (s) => s.n >= 0,
    }),
    sometimes<typeof state>('Five', { label: 'GET-1', holds: (s) => s.n === 5 }),
    always<typeof state>('Even', {
      label: 'NUM-3',
      sentence: 'The counter is even.',
      holds: (s) => s.n % 2 === 0,
    }),
    always<typeof state>('Whole', { label: 'NUM-4', sentence: 'The counter is whole.', holds: () => true }),
    measureOn<Up>()('Cost', {
      label: 'PRC-1',
      sentence: 'What counting costs.',
      source: 'RFC 1 section 8',
      unit: 'coins',
      memory: record({}),
      on: { Up: (_, { to }, meter) => meter.reads(to / 3) },
    }),
  ]
  const counter = model(name, {
    state,
    events: eventsOf<Up>(['all'], { Up: () => ({ shape: 'mark', lane: 'all', text: 'up' }) }),
    actions: [
      actionsOn<typeof state, Up>()('Step', {
        guard: (s) => s.n < end,
        effect: (d, _, emit) => {
          d.n += 1
          emit.Up({ to: d.n })
        },
      }),
    ],
    properties: properties.filter(({ label }) => !without.includes(label!)),
  })
  return { name, about: name, focuses: [{ name: 'all', about: 'everything', model: counter }], expects }
}

const judgedOf = async (suite: Suite, states = Infinity): Promise<JudgedSuite> => {
  const focus = suite.focuses[0]!
  const found = await check(focus.model, { limits: { ...NO_LIMITS, states } })
  const outcome = { ...found, elapsedSeconds: 0.25 }
  return judged(suite.name, joined(suite, [{ focus, outcome }]), () => 'token')
}

const VIOLATED = { 'NUM-1': 'violated', 'NUM-3': 'violated' } as const
const suites = [
  await judgedOf(counterSuite('long-counter', 1500, { ...VIOLATED, 'PRC-1': 500 })),
  await judgedOf(
    counterSuite('short', 2, { 'GET-1': 'unreached', 'NUM-3': 'violated', 'OLD-1': 'holds' }, 'NUM-2'),
  ),
  await judgedOf(counterSuite('prices-only', 5, {}, 'NUM-1', 'NUM-2', 'NUM-3', 'NUM-4', 'SIT-1', 'GET-1')),
]
const GROUPS: Matrix['groups'] = [
  { title: 'Numbers (RFC 1 section 7)', labels: ['NUM-1', 'NUM-2', 'NUM-3', 'NUM-4'] },
  { title: 'Prices', labels: ['PRC-1', 'PRC-9'] },
  { title: 'Nobody is judged by these', labels: ['PRC-8'] },
]
const partsOf = (columns: number, options: Partial<Matrix> = {}, of = suites): readonly string[] =>
  matrixText(of, { columns, seconds: 1.5, groups: GROUPS, vacuity: 'error', last: 'exit 0: all', ...options })
    .trimEnd()
    .split('\n\n')

describe('matrixText', () => {
  it('has a table for each group with the schemes that are judged, and one for what no group names', () => {
    expect(partsOf(120).slice(0, 3)).toEqual([
      `Numbers (RFC 1 section 7)
scheme        NUM-1       NUM-2       NUM-3       NUM-4
long-counter  violated 7  holds 1.5k  violated 1  holds 1.5k
short         holds 3     -           violated 1  holds 3`,
      `Prices
scheme        PRC-1
long-counter    500
short          0.67
prices-only    1.67`,
      `Other
scheme        SIT-1       GET-1
long-counter  holds 1.5k  reached 5
short         vacuous!    unreached 3`,
    ])
  })

  it('says once what columns and cells mean, then what is not as declared, then what was searched', () => {
    expect(partsOf(120).slice(3)).toEqual([
      `Columns
NUM-1  The counter is never seven, which is a number of ill repute in this small test of wide texts. (RFC 1 section 7)
NUM-2  The counter is small.
NUM-3  The counter is even.
NUM-4  The counter is whole.
PRC-1  What counting costs. Unit: coins. (RFC 1 section 8)
SIT-1  From three on the counter is three or more.
GET-1  Five`,
      `holds: in every state, with the number of states searched; violated: with the steps of a shortest counterexample;
reached: with the steps of a shortest witness; unreached: in no state, with the number of states searched; a number: the
largest reading; vacuous: the situation that it speaks of never arises; -: not judged.`,
      `! short SIT-1: vacuous, expected holds
! short OLD-1: declared, but no search judges it`,
      `3 searches of 3 schemes: 1,510 distinct states, 1,510 generated, 1.50 s; states compared whole.`,
      'exit 0: all',
    ])
  })

  it('breaks a group into bands of columns where it is wider than the terminal', () => {
    expect(partsOf(40).slice(0, 2)).toEqual([
      `Numbers (RFC 1 section 7)
scheme        NUM-1       NUM-2
long-counter  violated 7  holds 1.5k
short         holds 3     -`,
      `Numbers (RFC 1 section 7), continued
scheme        NUM-3       NUM-4
long-counter  violated 1  holds 1.5k
short         violated 1  holds 3`,
    ])
  })

  it.each([40, 60, 80, 100, 120])('is at most %i columns wide', (columns) => {
    const baseline = { suite: 'short', labels: ['NUM-1'] }
    for (const line of partsOf(columns, { baseline }).flatMap((part) => part.split('\n')))
      expect(line.length).toBeLessThanOrEqual(columns)
  })

  it('counts a search that schemes share once', () => {
    const [first] = suites
    expect(partsOf(120, {}, [first!, { ...first!, target: 'again' }]).at(-2)).toMatch(
      /^1 search of 2 schemes: 1,501 distinct states, /,
    )
  })

  it('shows what is kept of comparisons, says of whom nothing is, and names what was found anew', () => {
    const property = { label: 'SEC-1', sentence: 'No more can be done.', source: 'RFC 2' }
    const comparisons: Matrix['comparisons'] = {
      columns: [
        { label: 'TRN-C', property },
        { label: 'SEC-1/A0', property },
      ],
      found: {
        short: { 'TRN-C': { verdict: 'violated', steps: 12, parts: ['own'] } },
        'long-counter': {
          'TRN-C': { verdict: 'unknown', parts: ['own'] },
          'SEC-1/A0': { verdict: 'holds', parts: ['own'] },
        },
      },
    }
    const text = partsOf(120, { comparisons }).join('\n\n')
    expect(text).toContain(`

Compared with a single gateway (RFC 6027 2, 4), kept from clustercheck matrix --transparency
scheme        TRN-C         SEC-1/A0
long-counter  unknown       holds
short         violated 12   -
prices-only   not compared  -

`)
    expect(text).toContain('\nSEC-1/A0  No more can be done.\n')
    expect(partsOf(120, { comparisons: { ...comparisons, anew: true } }).join('\n')).toContain(
      ', made anew\n',
    )
    expect(partsOf(120, { comparisons: { ...comparisons, found: {} } }).join()).not.toContain('Compared with')
    const sentence = 'short TRN-C: violated 12, kept holds'
    const stale = [{ level: 'error', kind: 'difference', target: 'short', label: 'TRN-C', sentence }] as const
    expect(partsOf(120, { comparisons, stale } as object).join('\n')).toContain(`! ${sentence}\n`)
  })

  it('names a number that is not the declared one', async () => {
    const suite = await judgedOf(
      counterSuite('dear', 3, { 'NUM-3': 'violated', 'GET-1': 'unreached', 'PRC-1': 2 }),
    )
    const text = matrixText([suite], {
      columns: 120,
      seconds: 0,
      groups: GROUPS,
      vacuity: 'error',
      last: 'exit 0: all',
    })
    expect(text).toContain('scheme  PRC-1\ndear       1!\n')
    expect(text).toContain('! dear PRC-1: measured 1, declared 2\n')
  })
})

describe('the comparison with a baseline', () => {
  const baseline = { suite: 'short', labels: ['NUM-1', 'NUM-3', 'NUM-4'] }
  const others = async () => [
    ...suites,
    await judgedOf(counterSuite('middle', 9, VIOLATED)),
    await judgedOf(counterSuite('even', 1, VIOLATED)),
    await judgedOf(counterSuite('cut', 20, VIOLATED), 2),
  ]
  const sectionOf = (parts: readonly string[]) => parts.find((part) => part.startsWith('As secure'))

  it('lists the schemes that violate what it does not, those alike together, and those that pass', async () => {
    expect(sectionOf(partsOf(120, { baseline }, await others()))).toBe(
      `As secure as a single gateway? (RFC 6027 section 4)
long-counter, middle
  less secure than short: NUM-1 (7 steps)
not decided: cut
as secure as short in what they are judged by, which is not all: prices-only
as secure as short: even`,
    )
  })

  it('gives the range of steps where they differ, and counts a property that the baseline is not judged by', async () => {
    const judgedSuites = await others()
    const wider = { suite: 'prices-only', labels: ['NUM-1', 'NUM-3'] }
    const shortened = judgedSuites.map((suite) =>
      suite.target === 'middle' ? { ...suite, properties: suite.properties.map(longer) } : suite,
    )
    expect(sectionOf(partsOf(120, { baseline: wider }, shortened))).toBe(
      `As secure as a single gateway? (RFC 6027 section 4)
long-counter, middle
  less secure than prices-only: NUM-1 (7 to 9 steps), NUM-3 (1 to 3 steps)
short, even, cut
  less secure than prices-only: NUM-3 (1 step)`,
    )
  })

  it('decides nothing against a baseline that is not decided itself', async () => {
    const unsure = { suite: 'cut', labels: ['NUM-1'] }
    expect(sectionOf(partsOf(120, { baseline: unsure }, await others()))).toBe(
      `As secure as a single gateway? (RFC 6027 section 4)
not decided: long-counter, middle
as secure as cut in what they are judged by, which is not all: prices-only
as secure as cut: short, even`,
    )
  })

  it('is in JSON with the groups', async () => {
    const reported = (await others()).map((suite) => ({ suite, scope: 'small' as const }))
    const about = { clustercheck: '1', command: 'matrix', expected: 'declared', vacuity: 'error' } as const
    const run = { seconds: 1, searches: 6, cached: 0 }
    const matrix = { groups: GROUPS, baseline }
    expect(resultJson(reported, { ...about, run, interrupted: false, matrix })).toMatchObject({
      schemaVersion: 2,
      groups: GROUPS,
      comparison: {
        baseline: 'short',
        lessSecure: [
          { scheme: 'long-counter', violated: [{ label: 'NUM-1', steps: 7 }] },
          { scheme: 'middle', violated: [{ label: 'NUM-1', steps: 7 }] },
        ],
        undecided: ['cut'],
        partlyJudged: [{ scheme: 'prices-only', unjudged: ['NUM-1', 'NUM-3', 'NUM-4'] }],
        asSecure: ['even'],
      },
    })
  })

  /** The same with two more steps. */
  const longer = (property: JudgedSuite['properties'][number]): JudgedSuite['properties'][number] => {
    const { shown } = property
    if (!shown) return property
    const steps = [...shown.trace.steps, ...shown.trace.steps.slice(0, 2)]
    return { ...property, shown: { ...shown, trace: { ...shown.trace, steps } } }
  }
})
