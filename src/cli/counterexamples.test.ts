import { describe, expect, it } from 'vitest'
import { actionsOn } from '../modelling/action.ts'
import { model } from '../modelling/model.ts'
import { always } from '../modelling/property.ts'
import { range, record } from '../modelling/schema.ts'
import { judged } from '../report/judged.ts'
import { check } from '../search/breadth-first.ts'
import { joined, type Suite } from '../search/suite.ts'
import { counterexampleFiles, fileStem } from './counterexamples.ts'
import { GENERATED } from './output-files.ts'

const state = record({ n: range(0, 9) })
const counter = model('Counter', {
  state,
  actions: [
    actionsOn<typeof state>()('Step', {
      guard: (s) => s.n < 5,
      effect: (d) => {
        d.n += 1
      },
    }),
  ],
  properties: [
    always<typeof state>('Low', {
      label: 'NUM-1',
      sentence: 'It is 0 | 1.',
      source: 'RFC 1',
      holds: (s) => s.n < 2,
    }),
    always<typeof state>('High', { holds: (s) => s.n >= 0 }),
  ],
})
const suite: Suite = { name: 'toy', about: 'Toy.', focuses: [{ name: 'all', about: 'all', model: counter }] }

const files = async () => {
  const outcomes = [{ focus: suite.focuses[0]!, outcome: await check(counter) }]
  const token = (_: unknown, label: string) => `cc1:toy:all:${label}:00000000:0.0.0`
  return counterexampleFiles([judged('toy', joined(suite, outcomes), token)])
}

describe('counterexampleFiles', () => {
  it('makes three files for a violated cell and a README with a row for them', async () => {
    const made = await files()
    expect(made.map(({ name }) => name)).toEqual([
      'toy-num-1.txt',
      'toy-num-1.svg',
      'toy-num-1.dot',
      'README.md',
    ])
    const readme = made.at(-1)!.content as string
    expect(readme.startsWith(`${GENERATED}\n`)).toBe(true)
    expect(readme.split('\n').filter((line) => line.startsWith('| toy'))).toEqual([
      '| toy | NUM-1 | It is 0 \\| 1. | RFC 1 | 2 | [txt](toy-num-1.txt) [svg](toy-num-1.svg) [dot](toy-num-1.dot) | `cc1:toy:all:NUM-1:00000000:0.0.0` |',
    ])
  })

  it('makes the same bytes again', async () => {
    expect(await files()).toEqual(await files())
  })

  it('names files by scheme and label, in letters that every file system takes', () => {
    expect(fileStem('hot-standby', 'MID-1')).toBe('hot-standby-mid-1')
    expect(fileStem('a/b', 'No Reuse?')).toBe('a-b-no-reuse-')
  })
})
