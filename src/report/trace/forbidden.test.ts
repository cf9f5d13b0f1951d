/** Why nothing can happen: the guards, by what they read. */
import { expect, test } from 'vitest'
import { actionsOn } from '../../modelling/action.ts'
import { model } from '../../modelling/model.ts'
import { alwaysPossible } from '../../modelling/property.ts'
import { bool, queue, range, record } from '../../modelling/schema.ts'
import { check } from '../../search/breadth-first.ts'
import { replay } from '../../search/engine/path.ts'
import { insightOf } from './insight.ts'

test('a deadlock names the guards that forbid each action, by what they read', async () => {
  const state = record({ n: range(0, 2), open: bool, line: queue(record({ value: range(0, 1) }), 1) })
  const action = actionsOn<typeof state>()
  const made = model('Stops', {
    state,
    actions: [
      action('Up', {
        choose: { by: [1, 2] },
        guard: (s, { by }) => s.n + by <= 2,
        effect: (d, { by }) => {
          d.n += by
        },
      }),
      action('Receive', {
        guard: (s) => s.n === 2 && s.line.length > 0,
        effect: (d) => {
          d.line.shift()
        },
      }),
      action('Close', {
        guard: (s) => s.open && s.n === 2,
        effect: (d) => {
          d.open = false
        },
      }),
    ],
  })
  const { judgements } = await check(made, { deadlock: true })
  const { path, verdict } = judgements[0]!
  const caption = { property: 'Deadlock', label: 'Deadlock', verdict, scheme: 'stops', token: 'cc1:x' }
  expect(insightOf(replay(made, path!), caption).sentence.text).toBe(
    'No action is enabled after step 1, Up(by: 2). Guards forbid Up by n = 2; Receive by n = 2, line = <>; Close by open = false.',
  )
})

test('a doom names the actions that are never possible again, by what their guards read', async () => {
  const state = record({ n: range(0, 3), broken: bool })
  const action = actionsOn<typeof state>()
  const made = (actions: readonly ('Mend' | 'Up')[]) =>
    model('Breaks', {
      state,
      actions: [
        action('Up', {
          guard: (s) => s.n < 3 && !(s.broken && actions.includes('Up')),
          effect: (d) => {
            d.n += 1
          },
        }),
        action('Break', {
          effect: (d) => {
            d.broken = true
          },
        }),
        action('Mend', {
          guard: (s) => s.n === 0 && s.broken && !actions.includes('Mend'),
          effect: (d) => {
            d.broken = false
          },
        }),
      ],
      properties: [alwaysPossible<typeof state>('Works', { holds: (s) => !s.broken && s.n < 2 })],
    })
  const sentenceOf = async (one: ReturnType<typeof made>) => {
    const { judgements } = await check(one)
    const { path, verdict } = judgements[0]!
    const caption = { property: 'Works', label: 'Works', verdict, scheme: 'breaks', token: 'cc1:x' }
    return insightOf(replay(one, path!), caption).sentence.text
  }
  expect(await sentenceOf(made(['Mend', 'Up']))).toBe(
    'Works: after step 1, Break, nothing that can follow makes it true. Nothing changes any more: guards forbid Up by n = 0, broken = true; Mend by n = 0, broken = true.',
  )
  expect(await sentenceOf(made(['Mend']))).toBe(
    'Works: after step 1, Break, nothing that can follow makes it true. In all 4 states from here on, guards forbid Mend by n = 0, broken = true.',
  )
})
