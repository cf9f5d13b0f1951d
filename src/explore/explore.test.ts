/** Walks, questions and expressions, without a page. */
import { describe, expect, it } from 'vitest'
import { twoPhaseMessages } from '../examples/two-phase-messages.ts'
import {
  actionsOn,
  always,
  alwaysPossible,
  bag,
  bool,
  each,
  eventsOf,
  model,
  monitorOn,
  oneOf,
  range,
  record,
  setOf,
} from '../index.ts'
import { check } from '../search/breadth-first.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import { ExpressionError, expressionOf } from './expression.ts'
import { graphOf } from './graph-of.ts'
import { walkIn } from './in-graph.ts'
import type { Question } from './protocol.ts'
import { answerTo, continued } from './questions.ts'
import { WalkError, walksIn } from './walks.ts'

const SIDE = ['A', 'B'] as const
const state = record({
  n: range(0, 5),
  open: bool,
  mode: oneOf('idle', 'busy'),
  side: each(SIDE, record({ up: bool, count: range(0, 3) })),
  seen: setOf(SIDE),
  wire: bag(record({ id: range(0, 5) }), 3),
})
type Wire = { sent: { id: number }; got: { id: number }; lost: { id: number } }
const action = actionsOn<typeof state, Wire>()
const toy = model('Toy', {
  state,
  events: eventsOf<Wire>(['A', 'B'], {
    sent: ({ id }) => ({ shape: 'send', lane: 'A', to: 'B', message: `m${id}`, text: `message ${id}` }),
    got: ({ id }) => ({ shape: 'receive', lane: 'B', message: `m${id}` }),
    lost: ({ id }) => ({ shape: 'lose', message: `m${id}` }),
  }),
  actions: [
    action('Send', {
      guard: (s) => !s.open && s.n < 3 && s.wire.length < 3,
      effect: (d, _, emit) => {
        d.n += 1
        d.wire.add({ id: d.n })
        emit.sent({ id: d.n })
      },
    }),
    action('Get', {
      guard: (s) => s.wire.length > 0,
      effect: (d, _, emit) => {
        const message = d.wire.at(0)!
        const { id } = message
        d.wire.remove(message)
        d.side.B.count = Math.min(3, d.side.B.count + 1)
        emit.got({ id })
      },
    }),
    action('Lose', {
      guard: (s) => s.wire.length > 0,
      effect: (d, _, emit) => {
        const message = d.wire.at(0)!
        const { id } = message
        d.wire.remove(message)
        emit.lost({ id })
      },
    }),
    action('Shut', {
      guard: (s) => s.n > 1,
      effect: (d) => {
        d.open = true
      },
    }),
  ],
  properties: [
    monitorOn<Wire>()('Twice', {
      label: 'T-1',
      memory: record({ got: range(0, 3) }),
      on: {
        got: (memory, _, judge) => {
          memory.got = Math.min(3, memory.got + 1)
          if (memory.got === 2) judge.violated()
        },
      },
    }),
    always<typeof state>('Few', { holds: (s) => s.side.B.count < 3 }),
    alwaysPossible<typeof state>('Three', { holds: (s) => s.n === 3 }),
  ],
})
const [SEND, GET, LOSE, SHUT] = [0, 1, 2, 3] as const
const listening = {
  bounds: { states: 100_000, seconds: 20, bytes: 1e9 },
  onProgress: () => {},
  stopped: () => false,
}
const asked = (question: Question, path: readonly number[]) =>
  answerTo(question, walksIn(toy), path, listening)

describe('walks', () => {
  it('say what was done, what holds, and what each action would change, deliver, lose and violate', () => {
    const walks = walksIn(toy)
    const path = [0, SEND, SEND, GET]
    const steps = walks.steps(path)
    expect(steps.map(({ text }) => text)).toEqual(['init', 'Send', 'Send', 'Get'])
    expect(steps[3]!.events).toEqual([
      { shape: 'receive', lane: 'B', message: 'm1', again: false, text: '', sent: { step: 1, index: 0 } },
    ])
    expect(steps[2]!.events[0]).toMatchObject({ shape: 'send', fate: 'open' })
    expect(steps[3]!.changes.map(({ path }) => path)).toEqual(['side.B.count', 'wire'])
    const { enabled, properties, variables } = walks.here(path)
    expect(enabled.map(({ text }) => text)).toEqual(['Send', 'Get', 'Lose', 'Shut'])
    expect(enabled[1]).toMatchObject({
      touches: [{ does: 'deliver', lane: 'B', message: 'm2' }],
      violates: ['T-1'],
      idle: false,
    })
    expect(enabled[2]!.touches).toEqual([{ does: 'lose', lane: 'A', message: 'm2' }])
    expect(enabled[1]!.changes).toContainEqual({ path: 'side.B.count', before: '1', after: '2' })
    expect(properties.map(({ label, says }) => `${label} ${says}`)).toEqual([
      'T-1 not violated',
      'Few true',
      'Three false here',
    ])
    expect(variables).toContainEqual(['wire', '[{id: 2}]'])
    expect(walks.here([...path, GET]).properties[0]).toMatchObject({ bad: true, violatedAt: [4] })
  })

  it('name for a disabled action what its guard read, and last what decided', () => {
    const { actions, count } = walksIn(toy).disabled([0, SEND, SEND, SHUT])
    expect(count).toBe(1)
    expect(actions[0]).toMatchObject({ text: 'Send', reads: [['open', 'true']] })
    expect(
      walksIn(toy)
        .disabled([0])
        .actions.find(({ text }) => text === 'Shut')!.reads,
    ).toEqual([['n', '0']])
  })

  it('are refused where a step is not enabled or does not exist', () => {
    expect(() => walksIn(toy).steps([0, GET])).toThrow(WalkError)
    expect(() => walksIn(toy).steps([0, 9])).toThrow(/numbers its steps 0\.\.3/)
    expect(() => walksIn(toy).steps([0, 1.5])).toThrow(WalkError)
  })

  it('go on at random, the same way for the same numbers, up to a violation', () => {
    const walks = walksIn(toy)
    const numbers = [0.1, 0.9, 0.4, 0.3, 0.6, 0.2, 0.8, 0.5]
    const next = () => {
      let at = 0
      return () => numbers[at++ % numbers.length]!
    }
    const steps = walks.random([0], 6, next())
    expect(walks.random([0], 6, next())).toEqual(steps)
    expect(() => walks.steps([0, ...steps])).not.toThrow()
    expect(walks.random([0, SEND, SEND, GET], 50, () => 0.3).length).toBeLessThan(50)
  })
})

describe('a graph in a page', () => {
  const graph = {
    version: '1',
    note: '',
    opened: {
      place: { target: 'toy', focus: 'all', label: 'T-1' },
      path: [0],
      searches: [],
      about: '',
      changed: false,
    },
    token: 'cc1:toy:all:T-1:00000000:',
  }

  it('says of every walk what the model says', () => {
    const walks = walksIn(toy)
    const walk = walkIn(JSON.parse(JSON.stringify({ ...graph, ...graphOf(toy, 10_000) })))
    let seed = 1
    const next = () => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed / 2_147_483_647
    }
    for (let i = 0; i < 20; i++) {
      const path = [0]
      for (let n = 0; n < 8; n++) path.push(...walks.random(path, 1, next))
      const { here, steps } = walk(path)
      expect(steps).toEqual(walks.steps(path))
      expect({ ...here, token: undefined }).toEqual({ ...walks.here(path), token: undefined })
    }
    expect({ ...walk([]).here, token: undefined }).toEqual({ ...walks.here([]), token: undefined })
  })

  it('says where it ends', () => {
    const part = graphOf(toy, 3)
    expect(part).toMatchObject({ complete: false, states: { length: 4 } })
    const walk = walkIn({ ...graph, ...part })
    const beyond = walk([0, SEND]).here.enabled.filter(({ outside }) => outside)
    expect(beyond.map(({ text }) => text)).toContain('Lose')
    expect(() => walk([0, SEND, LOSE])).toThrow('Step 2 of the walk leads beyond what this page holds.')
    expect(() => walk([0, GET])).toThrow('Step 1 of the walk is not enabled')
  })
})

describe('questions', () => {
  it('are answered from the end of the walk, with the memory of its monitors', async () => {
    expect(await asked({ kind: 'violation', label: 'T-1' }, [0])).toEqual({
      text: 'T-1 is violated after 4 steps from here.',
      steps: expect.arrayContaining([SEND, GET]),
    })
    const near = await asked({ kind: 'violation', label: 'T-1' }, [0, SEND, SEND, GET])
    expect(near.steps).toEqual([GET])
    const walks = walksIn(toy)
    expect(walks.violated([0, SEND, SEND, GET, GET])).toEqual(new Set(['T-1']))
    const past = await asked({ kind: 'violation', label: 'T-1' }, [0, SEND, SEND, GET, GET])
    expect(past.text).toBe('T-1 is violated by this walk already.')
  })

  it('find the shortest way to a state, and say when there is none', async () => {
    const found = await asked({ kind: 'state', expression: 'side.B.count == 1 && wire.length == 0' }, [
      0,
      SEND,
    ])
    expect(found).toEqual({
      text: 'The shortest way to a state where side.B.count == 1 && wire.length == 0 has 1 step.',
      steps: [GET],
    })
    const none = await asked({ kind: 'state', expression: 'n == 3' }, [0, SEND, SEND, SHUT])
    expect(none.text).toMatch(/^No way leads from here to a state where n == 3: \d+ states can follow/)
    expect(none.steps).toBeUndefined()
    expect((await asked({ kind: 'possible', label: 'Three' }, [0, SEND, SEND, SHUT])).text).toMatch(
      /^No way leads/,
    )
    expect((await asked({ kind: 'possible', label: 'Three' }, [0, SEND])).steps).toEqual([SEND, SEND])
    const doomed = await asked({ kind: 'violation', label: 'Three' }, [0, SEND, SEND])
    expect(doomed).toEqual({
      text: 'Three is violated after 1 step from here: from there on nothing can make it true.',
      steps: [SHUT],
    })
  })

  it('say what each action leads to, as searches of the whole model do', async () => {
    const { leads, text } = await asked({ kind: 'leads' }, [0, SEND, SEND])
    expect(text).toBe('All that can follow each of 4 actions was looked at.')
    const byNumber = new Map(leads!.map((lead) => [lead.number, lead]))
    expect(byNumber.get(SHUT)!.leads).toContainEqual({ label: 'Three', steps: 1, doomed: true })
    expect(byNumber.get(GET)!.leads).toContainEqual({ label: 'T-1', steps: 2, doomed: false })
    expect(byNumber.get(LOSE)!.leads).toContainEqual({ label: 'T-1', steps: 4, doomed: false })
    expect(byNumber.get(LOSE)!.never).toEqual(['Few'])
  })

  it('say that a search that was cut says nothing of the rest', async () => {
    const cut = { ...listening, stopped: () => true }
    const answer = await answerTo({ kind: 'state', expression: 'n == 3 && open' }, walksIn(toy), [0], cut)
    expect(answer.text).toMatch(/^None was found\. The search looked at .* ended since it was stopped/)
  })

  it('are asked of a model that begins at the end of the walk and goes on as the model does', async () => {
    const whole = await check(continued(toy, [0], toy.properties))
    expect(whole.distinct).toBe((await check(toy)).distinct)
    const later = await check(continued(toy, [0, SEND, SEND, SHUT], toy.properties))
    expect(later.distinct).toBeLessThan(whole.distinct)
  })
})

describe('expressions', () => {
  const at = walksIn(toy).trace([0, SEND, SEND, GET]).steps.at(-1)!.state.model
  it.each([
    ['n == 2', true],
    ['n > 2 || !open', true],
    ["mode == 'idle' && side.A.count + 1 == 1", true],
    ['s.side.B.count >= 1', true],
    ["side['B'].up", false],
    ["seen.has('A') || seen.size > 0", false],
    ['wire.some(m => m.id == 2)', true],
    ['wire.every(m => m.id < n)', false],
    ['-1 + n == 1', true],
    ['true && (false || n != 3)', true],
  ])('%s is %s', (text, value) => {
    expect(expressionOf(state, text)(at)).toBe(value)
  })

  it('asks the records of a set as it asks messages', () => {
    const made = twoPhaseMessages(2)
    const run = plainInterpreter(made)
    const prepares = run.instances.find(({ text }) => text === 'RmPrepare(rm: r2)')!
    const { model } = run.step(run.zero, prepares).state
    const says = (text: string) => expressionOf(made.state, text)(model)
    expect(says("network.some(m => m.rm == 'r2' && m.type == 'Prepared') && network.size == 1")).toBe(true)
    expect(says("network.every(m => m.rm == 'r1')")).toBe(false)
    expect(() => says("network.has('r1')")).toThrow(
      'network.has is not there; of a set of records there are .size, .some(m => ...) and .every(m => ...).',
    )
    expect(() => says('network')).toThrow('network is a set; ask it .some(m => ...) or .size.')
  })

  it.each([
    ['', 'The expression is empty.'],
    ['m > 1', "The state has no 'm'; it has n, open, mode, side, seen, wire."],
    ['n', 'n is a number where true or false should be.'],
    ['n == open', 'n is a number and open is true or false.'],
    ["mode == 'gone'", "mode is never 'gone'; it is one of idle, busy."],
    ['side.A', 'side.A has parts: up, count.'],
    ['wire', 'wire is a channel; ask it .length or .some(m => ...).'],
    ['n == 1; process.exit()', "The expression has ';', which is no part of an expression here."],
    ['constructor.constructor', "The state has no 'constructor'; it has n, open, mode, side, seen, wire."],
    ['side.__proto__.up', "side has no '__proto__'; it has A, B."],
    ['n == 1 n', "The expression has 'n' where it should end or go on with && or ||."],
    [`${'('.repeat(50)}open${')'.repeat(50)}`, 'The expression is nested more than 40 deep.'],
    [`${'!'.repeat(500)}open`, 'The expression is nested more than 40 deep.'],
    ['n'.repeat(2000), 'The expression has 2000 characters; at most 1000 are read.'],
  ])('%s is refused', (text, problem) => {
    expect(() => expressionOf(state, text)).toThrow(ExpressionError)
    expect(() => expressionOf(state, text)).toThrow(problem)
  })
})
