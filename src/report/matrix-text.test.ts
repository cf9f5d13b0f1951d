/** Tests of the matrix as text: what a cell says, how the table adapts to its width, differences and legend. */
import { describe, expect, it } from 'vitest'
import { actionsOn } from '../modelling/action.ts'
import { model } from '../modelling/model.ts'
import { always, type Property, sometimes } from '../modelling/property.ts'
import { range, record } from '../modelling/schema.ts'
import { check } from '../search/breadth-first.ts'
import { joined, type Suite } from '../search/suite.ts'
import { type JudgedSuite, judged } from './judged.ts'
import { matrixTable, matrixText } from './matrix-text.ts'

const state = record({ n: range(0, 1500) })

/** A counter up to `end`, judged by six properties; `SIT-1` is vacuous below 3. */
const counterSuite = (name: string, end: number, expects: Suite['expects'] = {}, without = ''): Suite => {
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
  ]
  const counter = model(name, {
    state,
    actions: [
      actionsOn<typeof state>()('Step', {
        guard: (s) => s.n < end,
        effect: (d) => {
          d.n += 1
        },
      }),
    ],
    properties: properties.filter(({ label }) => label !== without),
  })
  return { name, about: name, focuses: [{ name: 'all', about: 'everything', model: counter }], expects }
}

const judgedOf = async (suite: Suite): Promise<JudgedSuite> => {
  const focus = suite.focuses[0]!
  const outcome = { ...(await check(focus.model)), elapsedSeconds: 0.25 }
  return judged(suite.name, joined(suite, [{ focus, outcome }]), () => 'token')
}

const suites = await Promise.all(
  [
    counterSuite('long-counter', 1500, {
      'NUM-1': 'violated',
      'NUM-2': 'holds',
      'SIT-1': 'holds',
      'GET-1': 'reached',
      'NUM-3': 'violated',
      'NUM-4': 'holds',
    }),
    counterSuite('short', 2, { 'GET-1': 'unreached', 'NUM-3': 'violated', 'OLD-1': 'holds' }, 'NUM-2'),
  ].map(judgedOf),
)

describe('matrixText', () => {
  it('has one line for each scheme where the width allows it', () => {
    expect(matrixText(suites, { columns: 120, seconds: 1.5 })).toBe(
      `scheme        NUM-1               NUM-2          SIT-1          GET-1              NUM-3               NUM-4
long-counter  violated 7 (1,501)  holds (1,501)  holds (1,501)  reached 5 (1,501)  violated 1 (1,501)  holds (1,501)
short         holds (3)           -              vacuous* (3)   unreached (3)      violated 1 (3)      holds (3)

* short SIT-1: vacuous, expected holds
* short OLD-1: declared, but no search judges it

NUM-1  The counter is never seven, which is a number of ill repute in this small test of wide texts. (RFC 1 section 7)
NUM-2  The counter is small.
SIT-1  From three on the counter is three or more.
GET-1  Five
NUM-3  The counter is even.
NUM-4  The counter is whole.

holds: in every state; violated: with the steps of a shortest counterexample; reached: with the steps of a shortest
witness; unreached: in no state; vacuous: the situation that it speaks of never arises. The other number: distinct
states that were searched for the verdict.

2 searches of 2 schemes: 1,504 distinct states, 1,504 generated, 1.50 s; a state was missed with probability at most
6e-14.
`,
    )
  })

  it('puts numbers below verdicts where that keeps the table whole', () => {
    expect(matrixTable(suites, 80).join('\n')).toBe(
      `scheme        NUM-1       NUM-2  SIT-1     GET-1      NUM-3       NUM-4
long-counter  violated 7  holds  holds     reached 5  violated 1  holds
              1,501       1,501  1,501     1,501      1,501       1,501
short         holds       -      vacuous*  unreached  violated 1  holds
              3                  3         3          3           3`,
    )
  })

  it('breaks the table into bands of columns where nothing else helps', () => {
    expect(matrixTable(suites, 50).join('\n')).toBe(
      `scheme        NUM-1       NUM-2  SIT-1
long-counter  violated 7  holds  holds
              1,501       1,501  1,501
short         holds       -      vacuous*
              3                  3

scheme        GET-1      NUM-3       NUM-4
long-counter  reached 5  violated 1  holds
              1,501      1,501       1,501
short         unreached  violated 1  holds
              3          3           3`,
    )
  })

  it.each([60, 80, 100, 120])('is at most %i columns wide', (columns) => {
    for (const line of matrixText(suites, { columns, seconds: 0 }).split('\n'))
      expect(line.length).toBeLessThanOrEqual(columns)
  })
})
