// Tests of traces as text: what a row holds, the width of lines, the head, and what a last step shows.
import { expect, test } from 'vitest'
import { REUSE, silentCluster, storyOf, toyCaption, toyCluster, traceOf } from '../../testing/toy-traces.ts'
import { traceText } from './trace-text.ts'

test('a counterexample shows its head, and for each step the events and the changed variables', () => {
  const trace = traceOf(toyCluster, ...REUSE.slice(0, 6), 'Crash(of: A)')
  expect(traceText(trace, toyCaption)).toMatchInlineSnapshot(`
    "ESP-1 NoReuse is false after step 7, Crash(of: A).

    ESP-1 NoReuse is violated after 7 steps                                       RFC 4303 section 3.3.3
    No sequence number is put on the wire twice under one key.

    scheme  hot-standby
    focus   outbound
    scope   packets 5, losses 1, takeovers 1
    replay  clustercheck replay hot-standby/outbound/ESP-1.0.0.2.0.8.7.1

      0  init
    - 1  SendPacket(from: A)   A -> P: ESP 1
                               member.A.sent 0 -> 1   net [] -> [{by: A, number: 1}]
                               wire.used {} -> {1}
    - 2  ReceivePacket(packet: {by: A, number: 1}, keep: true)
                               P <- A: ESP 1 (accepts)
                               peer.highest 0 -> 1
    - 3  SendPacket(from: A)   A -> P: ESP 2
                               member.A.sent 1 -> 2
                               net [{by: A, number: 1}] -> [{by: A, number: 1}, {by: A, number: 2}]
                               wire.used {1} -> {1, 2}
    - 4  SendSynch(from: A)    A => synch: sent = 2
                               member.A.synched 0 -> 2   synch <> -> <{sent: 2}>
    - 5  ReceivePacket(packet: {by: A, number: 1}, keep: false)
                               P <- A: ESP 1 again (drops)
                               net [{by: A, number: 1}, {by: A, number: 2}] -> [{by: A, number: 2}]
    - 6  LosePacket(packet: {by: A, number: 2})
                               A -> X: ESP 2 is lost
                               net [{by: A, number: 2}] -> []
    > 7  Crash(of: A)          A: *** crash ***
                               member.A.down false -> true
                               VIOLATED ESP-1 NoReuse

    - plays no part in what is shown
    "
  `)
})

test('a model without wire events shows the changes beside the action', () => {
  const { focus: _, scope: __, source: ___, sentence: ____, ...caption } = toyCaption
  const trace = traceOf(silentCluster, 'SendPacket(from: A)', 'SendSynch(from: A)', 'Crash(of: A)')
  expect(traceText(trace, { ...caption, label: 'NoReuse' })).toMatchInlineSnapshot(`
    "No action is enabled after step 3, Crash(of: A).

    NoReuse is violated after 3 steps

    scheme  hot-standby
    replay  clustercheck replay hot-standby/outbound/ESP-1.0.0.2.0.8.7.1

      0  init
      1  SendPacket(from: A)   member.A.sent 0 -> 1   net [] -> [{by: A, number: 1}]
                               wire.used {} -> {1}
      2  SendSynch(from: A)    member.A.synched 0 -> 1   synch <> -> <{sent: 1}>
    > 3  Crash(of: A)          member.A.down false -> true
                               VIOLATED NoReuse
    "
  `)
})

test('no line but that with the token is wider than 100 columns', () => {
  const word = 'long'.repeat(40)
  const story = storyOf(
    ['A', 'B'],
    [
      [
        `Send(${'x: 1, '.repeat(40)})`,
        { shape: 'mark', lane: 'A', text: `${word} and ${'more '.repeat(50)}` },
      ],
    ],
  )
  const texts = [
    traceText(traceOf(toyCluster, ...REUSE), toyCaption, { memory: true }),
    traceText(story, { ...toyCaption, sentence: `${word} ${word}`, source: word, token: word + word }),
  ]
  const lines = texts.join('').split('\n')
  for (const line of lines.filter((l) => !l.startsWith('replay')))
    expect(line.length).toBeLessThanOrEqual(100)
  expect(lines.filter((l) => l.startsWith('replay'))[1]).toContain(word + word)
})

test('what the monitors remember is shown only when asked for', () => {
  const trace = traceOf(toyCluster, 'SendPacket(from: A)')
  expect(traceText(trace, toyCaption)).not.toContain('memory')
  expect(traceText(trace, toyCaption, { memory: true })).toContain('memory.NoReuse.seen {} -> {1}')
})

test('only the last step is marked, with the word for the verdict', () => {
  const trace = traceOf(toyCluster, 'SendPacket(from: A)', 'Crash(of: A)')
  const marked = (text: string) => text.split('\n').filter((line) => line.startsWith('>'))
  expect(marked(traceText(trace, toyCaption))).toEqual([expect.stringContaining('2  Crash(of: A)')])
  expect(traceText(trace, { ...toyCaption, verdict: 'reached' })).toContain('REACHED ESP-1 NoReuse')
  const holds = traceText(trace, { ...toyCaption, verdict: 'holds' })
  expect(holds).toContain('ESP-1 NoReuse holds; its situation arises after 2 steps')
  expect(holds).toContain('ARISES ESP-1 NoReuse')
})

test('the trace of a measure says what its last step reads, and in which unit', () => {
  const trace = traceOf(toyCluster, 'SendPacket(from: A)', 'Crash(of: A)')
  const measured = { ...toyCaption, verdict: 'measured', value: 2 / 3, unit: 'packets' } as const
  expect(traceText(trace, measured)).toMatch(/^ESP-1 NoReuse reads 0\.67 packets after 2 steps /m)
  expect(traceText(trace, measured)).toContain('READS 0.67 packets: ESP-1 NoReuse')
  expect(traceText(trace, { ...measured, verdict: 'unknown' })).toContain(
    'reads 0.67 packets after 2 steps; the search was cut, so there may be more',
  )
})

test('a trace of the initial state alone is a head and one row', () => {
  const text = traceText(traceOf(toyCluster), toyCaption)
  expect(text).toContain('is violated in the initial state')
  expect(text.trimEnd().split('\n').at(-1)).toBe('> 0  init       VIOLATED ESP-1 NoReuse')
})

test('a deadlock and a goal that is out of reach are said in their own words', () => {
  const trace = traceOf(silentCluster, 'Crash(of: A)')
  const deadlock = { ...toyCaption, property: 'Deadlock', label: 'Deadlock' }
  expect(traceText(trace, deadlock)).toContain('No action is enabled after 1 step')
  const goal = { ...toyCaption, property: 'CanReceive', label: 'CanReceive' }
  expect(traceText(trace, goal)).toContain(
    'CanReceive is violated after 1 step: nothing that follows can make it true',
  )
})
