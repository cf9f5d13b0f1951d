/** Tests of explanations, over schemes of their own: sections, prices, diagrams, and what a property says of itself. */
import { describe, expect, it } from 'vitest'
import { actionsOn } from '../../modelling/action.ts'
import { eventsOf } from '../../modelling/events.ts'
import { model } from '../../modelling/model.ts'
import { always, type Measure, measureOn } from '../../modelling/property.ts'
import { range, record } from '../../modelling/schema.ts'
import { type Comparisons, focusOf, type Suite } from '../../search/suite.ts'
import { comparedLines, comparedPropertyLines, propertyLines, schemeLines } from '../results/explained.ts'

const state = record({ n: range(0, 1) })
type Up = { Up: object }
const low = always<typeof state>('Low', {
  label: 'NUM-1',
  sentence: 'The number is low.',
  source: 'RFC 1 section 2',
  smallest: 'one step',
  holds: (s) => s.n === 0,
})
const odd = always<typeof state>('Odd', { sentence: 'The number is odd.', holds: (s) => s.n !== 0 })
const cost: Measure = measureOn<Up>()('Cost', {
  label: 'PRC-1',
  sentence: 'What a step costs.',
  unit: 'coins',
  memory: record({}),
  on: {},
})

const suiteOf = (name: string, expects: Suite['expects']): Suite => ({
  name,
  about: `The scheme ${name}.`,
  focuses: [
    focusOf({
      name: 'all',
      about: 'everything',
      make: () =>
        model(name, {
          state,
          events: eventsOf<Up>(['all'], { Up: () => ({ shape: 'mark', lane: 'all', text: 'up' }) }),
          actions: [actionsOn<typeof state, Up>()('Step', { effect: (_d, _c, emit) => emit.Up({}) })],
          properties: [odd, low, cost],
        }),
    }),
  ],
  ...(expects && { expects }),
})
const suites = [
  suiteOf('cheap', { Odd: 'holds', 'NUM-1': 'violated', 'PRC-1': 1.5 }),
  suiteOf('dear', { 'NUM-1': 'holds', 'PRC-1': 'vacuous' }),
  suiteOf('undeclared', undefined),
]
const groups = [{ title: 'Numbers (RFC 1)', labels: ['NUM-1'] }]
const options = { scope: 'default', columns: 80 } as const

describe('a scheme', () => {
  it('is explained with its searches, what is declared by group, its prices, and its diagrams', () => {
    expect(schemeLines(suites[0]!, { groups }, options)).toEqual([
      'cheap',
      'The scheme cheap.',
      '',
      'Searches',
      '  all  everything',
      '',
      'Numbers (RFC 1)',
      '  violated  NUM-1  The number is low.',
      '                   counterexamples/cheap-num-1.svg',
      '',
      'Other',
      '  holds  Odd  The number is odd.',
      '',
      'Prices',
      '  1.5 coins  PRC-1  What a step costs.',
    ])
  })

  it('has no diagrams but in the default scope', () => {
    expect(schemeLines(suites[0]!, { groups }, { ...options, scope: 'small' }).join('\n')).not.toContain(
      '.svg',
    )
  })
})

describe('a property', () => {
  it('is explained with its words, its diagrams, and what is declared of each scheme', () => {
    expect(propertyLines(low, suites, options)).toEqual([
      'NUM-1  Low',
      'The number is low.',
      '',
      'Source    RFC 1 section 2',
      'Kind      always: judged in every reachable state',
      'Smallest  one step',
      'Diagram   counterexamples/cheap-num-1.svg',
      '',
      'Declared',
      '  violated  cheap       The scheme cheap.',
      '  holds     dear        The scheme dear.',
      '  holds     undeclared  The scheme undeclared.',
    ])
  })

  it('has a unit when it is a measure', () => {
    const lines = propertyLines(cost, suites, options)
    expect(lines).toContain('Unit    coins')
    expect(lines.slice(-3)).toEqual([
      '  1.5 coins  cheap       The scheme cheap.',
      '  vacuous    dear        The scheme dear.',
      '  measured   undeclared  The scheme undeclared.',
    ])
  })
})

describe('a comparison that is kept', () => {
  const property = { label: 'SEC-1', sentence: 'Nothing more can be done.', source: 'RFC 1 section 3' }
  const comparisons: Comparisons = {
    columns: [
      { label: 'SEC-1/A0', property },
      { label: 'SEC-1/A1', property },
    ],
    found: {
      cheap: {
        'SEC-1/A0': { verdict: 'holds', parts: ['own'] },
        'SEC-1/A1': { verdict: 'violated', steps: 4, parts: ['own', 'peer'] },
      },
      dear: { 'SEC-1/A0': { verdict: 'unknown', parts: ['own'] } },
    },
  }
  const TITLE = 'Compared with a single gateway (RFC 6027 2, 4), kept from'

  it('is said of a scheme, or that there is none', () => {
    const width = 100
    expect(comparedLines('cheap', comparisons, width)).toEqual([
      '',
      `${TITLE} clustercheck matrix --transparency`,
      '  holds       SEC-1/A0  Nothing more can be done.',
      '  violated 4  SEC-1/A1  Nothing more can be done. Violated by own, peer.',
    ])
    expect(comparedLines('undeclared', comparisons, width).slice(2)).toEqual(['  not compared'])
    expect(comparedLines('cheap', undefined, width)).toEqual([])
  })

  it('is said of a property, by column', () => {
    expect(comparedPropertyLines('SEC-1', comparisons, suites, 100)).toEqual([
      'SEC-1',
      'Nothing more can be done.',
      '',
      'Source  RFC 1 section 3',
      'Kind    refines: whatever is seen of a run can be seen of the specification too',
      '',
      `SEC-1/A0: ${TITLE.replace('Compared', 'compared')} clustercheck matrix --transparency`,
      '  holds         cheap       The scheme cheap.',
      '  unknown       dear        The scheme dear.',
      '  not compared  undeclared  The scheme undeclared.',
      '',
      `SEC-1/A1: ${TITLE.replace('Compared', 'compared')} clustercheck matrix --transparency`,
      '  violated 4    cheap       The scheme cheap.',
      '  -             dear        The scheme dear.',
      '  not compared  undeclared  The scheme undeclared.',
    ])
  })
})
