/** The Aldebaran format: numbers that agree with its first line, and labels that a reader can take apart. */
import { expect, test } from 'vitest'
import { actionsOn } from '../../modelling/action.ts'
import { model } from '../../modelling/model.ts'
import { oneOf, range, record } from '../../modelling/schema.ts'
import { exploredOf } from '../../search/reachability-graph.ts'
import { autText } from './graph-aut.ts'

test('has every state and step, after one from the initial state of the format', () => {
  const state = record({ n: range(0, 2), said: oneOf('', 'a "word"') })
  const action = actionsOn<typeof state>()
  const up = action('Up', {
    choose: { by: [1, 2] },
    guard: (s, { by }) => s.n + by <= 2,
    effect: (d, { by }) => {
      d.n += by
    },
  })
  const say = action('Say', {
    choose: { word: ['a "word"', ''] as const },
    guard: (s, { word }) => s.n === 2 && word !== s.said && word !== '',
    effect: (d, { word }) => {
      d.said = word
    },
  })
  const made = model('Counts', { state, actions: [up, say], properties: [] })
  expect(autText(exploredOf(made, 100)).split('\n')).toEqual([
    'des (0, 5, 5)',
    '(0, "init", 1)',
    '(1, "Up(by: 1)", 2)',
    '(1, "Up(by: 2)", 3)',
    '(2, "Up(by: 1)", 3)',
    `(3, "Say(word: a 'word')", 4)`,
    '',
  ])
})
