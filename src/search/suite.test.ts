/** Tests of suites: bad news outweighs good news, and a search that was cut outweighs a partial "holds". */
import { describe, expect, it } from 'vitest'
import { twoPhaseCommit } from '../examples/two-phase-commit.ts'
import type { Judgement, Outcome, Verdict } from './engine/outcome.ts'
import { type Focus, focusOf, joined, propertiesOf, type Suite, suiteOf } from './suite.ts'

const model = twoPhaseCommit(2)

const outcomeWith = (verdict: Verdict, distinct: number, path?: readonly number[]): Outcome => {
  const judgement: Judgement = { property: 'Consistent', kind: 'always', verdict, ...(path && { path }) }
  const counts = { distinct, generated: 0, depth: 0, stuck: 0, frontier: 0, bytes: 0, elapsedSeconds: 0 }
  return {
    model,
    judgements: [judgement],
    coverage: [],
    complete: true,
    exact: true,
    missProbability: 0,
    ...counts,
  }
}

const suiteWith = (expects?: Suite['expects']): Suite => ({
  name: 'two',
  about: 'Two searches.',
  focuses: ['first', 'second'].map((name) => ({ name, about: name, model })),
  ...(expects && { expects }),
})

const join = (suite: Suite, ...outcomes: readonly Outcome[]) =>
  joined(
    suite,
    outcomes.map((outcome, i) => ({ focus: suite.focuses[i]!, outcome })),
  )

/** A focus that counts how often its model is made. */
const counted = (name: string) => {
  const made = { times: 0 }
  const make = () => {
    made.times += 1
    return model
  }
  return { made, focus: focusOf({ name, about: name, make }) }
}

describe('a focus', () => {
  it('makes its model when it is first asked for, and once', () => {
    const { made, focus } = counted('lazy')
    expect(focus).toMatchObject({ name: 'lazy', about: 'lazy' })
    expect(made.times).toBe(0)
    expect(focus.model).toBe(model)
    expect(focus.model).toBe(focus.model)
    expect(made.times).toBe(1)
  })

  it('need not make its model for what its search says', () => {
    const { made, focus } = counted('lazy')
    const suite: Suite = { name: 'one', about: 'One.', focuses: [focus] }
    const { verdicts } = joined(suite, [{ focus, outcome: outcomeWith('holds', 1) }])
    expect(verdicts[0]!.property).toBe(model.properties[0])
    expect(made.times).toBe(0)
  })
})

describe('the properties of suites', () => {
  const suitesOf = (expects?: Suite['expects']) => {
    const focuses = ['a', 'b', 'c'].map(counted)
    const suite = (name: string, ...own: readonly { focus: Focus }[]): Suite => ({
      name,
      about: name,
      focuses: own.map(({ focus }) => focus),
      ...(expects && { expects }),
    })
    const suites = [suite('first', focuses[0]!, focuses[1]!), suite('second', focuses[2]!)]
    return { suites, made: () => focuses.map(({ made }) => made.times) }
  }

  it('are found without more models than what is declared needs', () => {
    const { suites, made } = suitesOf({ Consistent: 'holds' })
    expect(propertiesOf(suites)).toEqual([model.properties[0]])
    expect(made()).toEqual([1, 0, 0])
  })

  it('are looked for in every model where nothing is declared, or something that there is not', () => {
    for (const { suites, made } of [suitesOf(), suitesOf({ Missing: 'holds' })]) {
      expect(propertiesOf(suites)).toEqual([model.properties[0]])
      expect(made()).toEqual([1, 1, 1])
    }
  })
})

describe('a suite', () => {
  it.each<[Verdict, Verdict, Verdict]>([
    ['holds', 'violated', 'violated'],
    ['unknown', 'violated', 'violated'],
    ['holds', 'unknown', 'unknown'],
    ['vacuous', 'unknown', 'unknown'],
    ['holds', 'vacuous', 'holds'],
    ['vacuous', 'vacuous', 'vacuous'],
    ['unreached', 'reached', 'reached'],
    ['unreached', 'unknown', 'unknown'],
  ])('joins %s and %s to %s', (a, b, expected) => {
    expect(join(suiteWith(), outcomeWith(a, 1), outcomeWith(b, 1)).verdicts[0]!.verdict).toBe(expected)
    expect(join(suiteWith(), outcomeWith(b, 1), outcomeWith(a, 1)).verdicts[0]!.verdict).toBe(expected)
  })

  it('adds up the states that support a verdict and shows the shortest counterexample', () => {
    const suite = suiteWith()
    const [verdict] = join(
      suite,
      outcomeWith('violated', 10, [0, 1, 2]),
      outcomeWith('violated', 5, [0, 3]),
    ).verdicts
    expect(verdict!.states).toBe(15)
    expect(verdict!.shown).toEqual({ focus: suite.focuses[1], path: [0, 3] })
  })

  it('takes the largest reading of a measure, and one that is no more than a lower bound as such', () => {
    const read = (verdict: Verdict, distinct: number, value?: number, path?: readonly number[]): Outcome => {
      const outcome = outcomeWith(verdict, distinct, path)
      const [judgement] = outcome.judgements
      const measured = { ...judgement!, kind: 'measure' as const, ...(value !== undefined && { value }) }
      return { ...outcome, judgements: [measured] }
    }
    const suite = suiteWith()
    const { focuses } = suite
    const first = (...outcomes: readonly Outcome[]) => join(suite, ...outcomes).verdicts[0]!
    expect(first(read('measured', 1, 3, [0, 1]), read('measured', 2, 5, [0, 1, 2]))).toMatchObject({
      verdict: 'measured',
      value: 5,
      states: 3,
      shown: { focus: focuses[1], path: [0, 1, 2] },
    })
    expect(first(read('measured', 1, 5, [0, 1, 2]), read('measured', 1, 5, [0, 1]))).toMatchObject({
      shown: { focus: focuses[1], path: [0, 1] },
    })
    expect(first(read('vacuous', 1), read('measured', 1, -1, [0]))).toMatchObject({
      verdict: 'measured',
      value: -1,
    })
    expect(first(read('measured', 1, 5, [0, 1]), read('unknown', 1, 3, [0]))).toMatchObject({
      verdict: 'unknown',
      value: 5,
      shown: { focus: focuses[0], path: [0, 1] },
    })
  })

  it('lists the declared properties first, in the order of their declaration', () => {
    const [first] = join(
      suiteWith({ Missing: 'holds', Consistent: 'holds' }),
      outcomeWith('holds', 1),
    ).verdicts
    expect(first!.label).toBe('Consistent')
  })

  it('of one model has one search', () => {
    expect(suiteOf('one', model).focuses.map(({ name }) => name)).toEqual(['all'])
  })
})
