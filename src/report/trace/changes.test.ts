// Tests of changes as texts: plain variables before and after, full channels by what came and went.
import { expect, test } from 'vitest'
import { twoPhaseMessages } from '../../examples/two-phase-messages.ts'
import { REUSE, toyCluster, traceOf } from '../../testing/toy-traces.ts'
import { changeTexts, memoryChangeTexts } from './changes.ts'

const trace = traceOf(toyCluster, ...REUSE)

test('a variable is told before and after, and the initial state is told against zero', () => {
  expect(changeTexts(trace, 4)).toEqual(['member.A.synched 0 -> 2', 'synch <> -> <{sent: 2}>'])
  expect(changeTexts(trace, 0)).toEqual([])
})

test('a channel too full for a line is told by the messages that came and went', () => {
  expect(changeTexts(trace, 11)).toContain('net + {by: A, number: 5}')
  expect(changeTexts(trace, 14)).toContain('net - {by: A, number: 3}')
})

test('a set of records is told so too', () => {
  const prepares = ['RmPrepare(rm: r1)', 'RmPrepare(rm: r2)', 'RmPrepare(rm: r3)']
  const prepared = traceOf(twoPhaseMessages(3), ...prepares, 'TmReceive(m: Prepared r2)')
  expect(changeTexts(prepared, 1)).toEqual([
    'rm.r1 working -> prepared',
    'network {} -> {{type: Prepared, rm: r1}}',
  ])
  expect(changeTexts(prepared, 3)).toContain('network + {type: Prepared, rm: r3}')
})

test('what the monitors remember is told apart', () => {
  expect(memoryChangeTexts(trace, 1)).toEqual(['memory.NoReuse.seen {} -> {1}'])
  expect(memoryChangeTexts(trace, 2)).toEqual([])
})
