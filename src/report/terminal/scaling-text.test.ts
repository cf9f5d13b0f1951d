/** How the numbers of a cluster are searched: a table, or rules below their rows where it would be too wide. */
import { expect, it } from 'vitest'
import { scalingLines } from './scaling-text.ts'

const SCALING = [
  {
    quantity: 'packets between two messages',
    real: '10000 packets',
    scaled: '2 packets',
    rule: 'the smallest period',
  },
  {
    quantity: 'jump',
    real: '10000',
    scaled: '1',
    rule: 'reaches as many periods as it does with the real numbers',
  },
]

it('has a column for rules, folded to the width', () => {
  expect(scalingLines(SCALING, 100)).toEqual([
    'quantity                      real           searched   rule',
    'packets between two messages  10000 packets  2 packets  the smallest period',
    'jump                          10000          1          reaches as many periods as it does with the',
    '                                                        real numbers',
  ])
})

it('has each rule below its row where a terminal is narrow, and nothing where nothing is scaled', () => {
  expect(scalingLines(SCALING, 60)).toEqual([
    'quantity                      real           searched',
    'packets between two messages  10000 packets  2 packets',
    '  rule: the smallest period',
    'jump                          10000          1',
    '  rule: reaches as many periods as it does with the real',
    '    numbers',
  ])
  expect(scalingLines([], 60)).toEqual([])
})
