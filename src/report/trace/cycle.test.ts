/** What is repeated for ever, in every form of a trace. */
import { describe, expect, test } from 'vitest'
import { actionsOn } from '../../modelling/action.ts'
import { eventsOf } from '../../modelling/events.ts'
import { type Model, model } from '../../modelling/model.ts'
import { eventually, repeatedly, type Temporal } from '../../modelling/property.ts'
import { range, record } from '../../modelling/schema.ts'
import { check } from '../../search/breadth-first.ts'
import { replay, type Trace } from '../../search/engine/path.ts'
import { lanesDot } from '../pictures/lanes.ts'
import { itfOf } from '../trace-formats/trace-itf.ts'
import { traceText } from '../trace-formats/trace-text.ts'
import { type Caption, headline } from './caption.ts'
import { cycleIn } from './cycle.ts'

const state = record({ n: range(0, 3) })
type Events = { turned: { readonly to: number } }
const events = eventsOf<Events>(['wheel'], {
  turned: ({ to }) => ({ shape: 'mark', lane: 'wheel', text: `at ${to}` }),
})
const action = actionsOn<typeof state, Events>()
const start = action('Start', {
  guard: (s) => s.n === 0,
  effect: (d, _, emit) => {
    d.n = 1
    emit.turned({ to: 1 })
  },
})
const turn = action('Turn', {
  guard: (s) => s.n > 0,
  effect: (d, _, emit) => {
    d.n = d.n === 3 ? 1 : d.n + 1
    emit.turned({ to: d.n })
  },
})
const home = repeatedly<typeof state>('Home', { holds: (s) => s.n === 0 })
const top = eventually<typeof state>('Top', { holds: (s) => s.n === 3 })

const shownOf = async (
  made: Model,
  property: Temporal,
): Promise<{ readonly trace: Trace; readonly caption: Caption }> => {
  const { judgements } = await check(made)
  const { path, verdict } = judgements.find((one) => one.property === property.name)!
  expect(verdict).toBe('violated')
  const { name } = property
  return {
    trace: replay(made, path!),
    caption: { property: name, label: name, verdict, scheme: 'wheel', token: 'cc1:x' },
  }
}

describe('a cycle', () => {
  const wheel = model('Wheel', { state, events, actions: [start, turn], properties: [home] })

  test('is marked in the text, and the headline says which steps it has', async () => {
    const { trace, caption } = await shownOf(wheel, home)
    expect(trace.steps.map(({ instance }) => instance.text)).toEqual([
      'init',
      'Start',
      'Turn',
      'Turn',
      'Turn',
    ])
    expect(cycleIn(trace, 'Home')).toBe(1)
    expect(headline(trace, caption)).toBe('Home is violated: steps 2 to 4 are repeated for ever')
    const text = traceText(trace, caption)
    expect(text).toContain('Home: steps 2 to 4 are repeated for ever, and it never comes true in them.')
    expect(text.match(/^\* [234] /gm)).toHaveLength(3)
    expect(text).toContain('\n* is repeated for ever\n')
  })

  test('is a loop in ITF, whose first state is not written again', async () => {
    const { trace, caption } = await shownOf(wheel, home)
    const { loop, states } = itfOf(trace, caption)
    expect(loop).toBe(1)
    expect(states.map(({ n }) => n)).toEqual([0, 1, 2, 3])
  })

  test('has a bracket in lanes, and an arrow back in a chain', async () => {
    const still = actionsOn<typeof state>()
    const silent = model('Silent', {
      state,
      actions: [
        still('Turn', {
          effect: (d) => {
            d.n = d.n === 3 ? 1 : d.n + 1
          },
        }),
      ],
      properties: [home],
    })
    for (const made of [wheel, silent]) {
      const { trace, caption } = await shownOf(made, home)
      expect(lanesDot(trace, caption).match(/"cycle #\d+" -> /g)).toHaveLength(3)
    }
  })
})

test('a run that can only stay says so, and loops in its last state', async () => {
  const stays = model('Stays', { state, events, actions: [start], properties: [top] })
  const { trace, caption } = await shownOf(stays, top)
  expect(headline(trace, caption)).toBe('Top is violated: after step 1 nothing can change any more')
  const { loop, states } = itfOf(trace, caption)
  expect([loop, states.length]).toEqual([1, 2])
  expect(traceText(trace, caption)).not.toContain('repeated')
})
