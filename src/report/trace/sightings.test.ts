/** A refused sequence of what is seen, in every form of a trace. */
import { expect, test } from 'vitest'
import { alternatingBit } from '../../examples/alternating-bit.ts'
import { check } from '../../search/breadth-first.ts'
import { replay } from '../../search/engine/path.ts'
import { lanesDot } from '../pictures/lanes.ts'
import { itfOf } from '../trace-formats/trace-itf.ts'
import { traceText } from '../trace-formats/trace-text.ts'
import type { Caption } from './caption.ts'
import { insightOf } from './insight.ts'

test('what is refused is told with what came before and what is allowed, and marked', async () => {
  const broken = alternatingBit({ receiverIgnoresBit: true })
  const { path, verdict } = (await check(broken)).judgements[0]!
  const trace = replay(broken, path!)
  const caption: Caption = { property: 'IsBuffer', label: 'IsBuffer', verdict, scheme: 'bit', token: 'cc1:x' }
  const { sentence, clash } = insightOf(trace, caption)
  expect(sentence.text).toBe(
    'IsBuffer: seen are put 0 at step 1, got 0 at step 3; then got 0 at step 6, where Buffer of 1 would show put 0 or put 1.',
  )
  expect(clash).toEqual([
    { step: 1, index: 0 },
    { step: 3, index: 0 },
    { step: 6, index: 0 },
  ])
  expect(traceText(trace, caption)).toContain('> 6  Receive         receiver: got 0')
  expect(lanesDot(trace, caption)).toContain('got 0')
  expect(itfOf(trace, caption).states).toHaveLength(7)
})

test('what is refused at once has nothing before it', async () => {
  const bit = alternatingBit()
  const silent = {
    ...bit,
    properties: [
      { ...bit.properties[0]!, specification: { ...bit, actions: bit.actions.slice(1), name: 'Silence' } },
    ],
  }
  const made = { ...bit, properties: silent.properties } as typeof bit
  const { path, verdict } = (await check(made)).judgements[0]!
  const caption: Caption = { property: 'IsBuffer', label: 'IsBuffer', verdict, scheme: 'bit', token: 'cc1:x' }
  expect(insightOf(replay(made, path!), caption).sentence.text).toBe(
    'IsBuffer: what is seen first is put 0 at step 1; Silence would show nothing more.',
  )
})

test('what is lost in silence is told, with what could still be shown', async () => {
  const bit = alternatingBit()
  const goals = (text: string) => (text.startsWith('got') ? text : undefined)
  const made = {
    ...bit,
    // Of a sender that never sends, all that is seen is what it takes.
    actions: bit.actions.filter(({ name }) => name !== 'Send'),
    properties: [{ ...bit.properties[0]!, goals }],
  } as typeof bit
  const { path, verdict } = (await check(made)).judgements[0]!
  const caption: Caption = { property: 'IsBuffer', label: 'IsBuffer', verdict, scheme: 'bit', token: 'cc1:x' }
  expect(insightOf(replay(made, path!), caption).sentence.text).toBe(
    'IsBuffer: from the initial state on nothing that follows ever shows got 0 or got 1, which Buffer of 1 still could show.',
  )
})
