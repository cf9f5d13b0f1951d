// Tests of traces in ITF: every kind of schema as the format writes it, and what the format demands around it.
import { expect, test } from 'vitest'
import { twoPhaseMessages } from '../../examples/two-phase-messages.ts'
import { model } from '../../modelling/model.ts'
import { monitorOn } from '../../modelling/property.ts'
import { range, record } from '../../modelling/schema.ts'
import { REUSE, silentCluster, toyCaption, toyCluster, traceOf } from '../../testing/toy-traces.ts'
import { itfOf } from './trace-itf.ts'

test('every kind of value is written as ITF writes it', () => {
  const trace = traceOf(toyCluster, 'SendPacket(from: A)', 'SendPacket(from: A)', 'SendSynch(from: A)')
  const itf = itfOf(trace, toyCaption)
  expect(itf.vars).toEqual(['active', 'member', 'synch', 'net', 'peer', 'wire', 'memory'])
  expect(itf.states.at(-1)).toEqual({
    '#meta': { index: 3, action: 'SendSynch(from: A)' },
    active: 'A',
    member: {
      '#map': [
        ['A', { down: false, sent: 2, synched: 2 }],
        ['B', { down: false, sent: 0, synched: 0 }],
      ],
    },
    synch: [{ sent: 2 }],
    net: [
      { by: 'A', number: 1 },
      { by: 'A', number: 2 },
    ],
    peer: { highest: 0, probed: false },
    wire: { used: { '#set': [1, 2] }, reused: false },
    memory: { NoReuse: { seen: { '#set': [1, 2] } } },
  })
})

test('a set of records is a set of records', () => {
  const trace = traceOf(twoPhaseMessages(2), 'RmPrepare(rm: r2)', 'TmAbort')
  expect(itfOf(trace, toyCaption).states.at(-1)).toMatchObject({
    network: {
      '#set': [
        { type: 'Prepared', rm: 'r2' },
        { type: 'Abort', rm: 'all' },
      ],
    },
  })
})

test('every state holds exactly the declared variables, and the whole survives JSON', () => {
  const itf = itfOf(traceOf(toyCluster, ...REUSE), toyCaption)
  expect(itf.states).toHaveLength(REUSE.length + 1)
  itf.states.forEach((state, index) => {
    expect(Object.keys(state)).toEqual(['#meta', ...itf.vars])
    expect(state['#meta']).toMatchObject({ index })
  })
  expect(JSON.parse(JSON.stringify(itf))).toEqual(itf)
})

test('the head names format, verdict and replay, and no time', () => {
  const { '#meta': meta } = itfOf(traceOf(silentCluster, 'Crash(of: A)'), toyCaption)
  expect(meta).toMatchObject({
    format: 'ITF',
    description: 'ESP-1 NoReuse is violated after 1 step.',
    scheme: 'hot-standby',
    replay: `clustercheck replay ${toyCaption.token}`,
  })
  expect(Object.keys(meta)).not.toContain('timestamp')
})

test('without monitors there is no memory, and a variable called memory keeps its name', () => {
  expect(itfOf(traceOf(silentCluster), toyCaption).vars).not.toContain('memory')
  const remembering = model('Remembering', {
    state: record({ memory: range(0, 1) }),
    actions: [{ name: 'Wait', choose: {}, effect: () => {} }],
    properties: [monitorOn()('Idle', { memory: record({ seen: range(0, 1) }), on: {} })],
  })
  expect(itfOf(traceOf(remembering), toyCaption).vars).toEqual(['memory', 'monitorMemory'])
})
