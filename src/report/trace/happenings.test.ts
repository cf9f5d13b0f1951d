// Tests of the story of a trace: which send a receipt or a loss belongs to, and what became of each send.
import { expect, test } from 'vitest'
import type { Depiction } from '../../modelling/events.ts'
import { silentCluster, storyOf, traceOf } from '../../testing/toy-traces.ts'
import { happeningsOf, happeningText } from './happenings.ts'

const send = (message: string): Depiction => ({
  shape: 'send',
  lane: 'A',
  to: 'B',
  message,
  text: `msg ${message}`,
})
const receive = (message: string): Depiction => ({ shape: 'receive', lane: 'B', message })
const lose = (message: string): Depiction => ({ shape: 'lose', message })

const told = (...pictures: readonly Depiction[]) =>
  happeningsOf(
    storyOf(
      ['A', 'B'],
      pictures.map((picture, i) => [`Step${i}`, picture] as const),
    ),
  ).flat()

/** The step of the send that each receipt and loss belongs to. */
const ties = (...pictures: readonly Depiction[]) =>
  told(...pictures).flatMap((h) => (h.shape === 'receive' || h.shape === 'lose' ? [h.sent?.step] : []))

const fates = (...pictures: readonly Depiction[]) =>
  told(...pictures).flatMap((h) => (h.shape === 'send' ? [h.fate] : []))

test('a receipt belongs to the latest send of its message that is still under way', () => {
  expect(ties(send('1'), send('2'), send('1'), receive('1'))).toEqual([3])
})

test('receipts that end every send under way take them in order, so that arrows do not cross', () => {
  expect(ties(send('1'), send('1'), receive('1'), receive('1'))).toEqual([1, 2])
  expect(ties(send('1'), send('1'), receive('1'), receive('1'), receive('1'))).toEqual([1, 2, 2])
})

test('a further receipt of one send is told as received again', () => {
  const story = told(send('1'), receive('1'), receive('1'))
  expect(story.flatMap((h) => (h.shape === 'receive' ? [h.again] : []))).toEqual([false, true])
})

test('a loss belongs to the earliest send still under way, so that a retransmission arrives', () => {
  expect(ties(send('1'), lose('1'), send('1'), receive('1'))).toEqual([1, 3])
  expect(fates(send('1'), send('1'), lose('1'), receive('1'))).toEqual(['lost', 'received'])
})

test('the loss of a duplicate leaves its send received', () => {
  expect(fates(send('1'), receive('1'), lose('1'))).toEqual(['received'])
  expect(told(send('1'), receive('1'), lose('1')).at(-1)).toMatchObject({ shape: 'lose', copy: true })
})

test('a message without a send in the trace is told without one', () => {
  expect(ties(receive('9'), lose('9'))).toEqual([undefined, undefined])
})

test('a send that nothing ends is open', () => {
  expect(fates(send('1'), send('2'), receive('2'))).toEqual(['open', 'received'])
})

test('every happening has one line of text', () => {
  const story = told(
    send('1'),
    receive('1'),
    { shape: 'receive', lane: 'B', message: '1', text: 'drops' },
    lose('1'),
    receive('9'),
    lose('9'),
    { shape: 'pass', lane: 'A', to: 'B', text: 'hello' },
    { shape: 'mark', lane: 'A', text: 'rekeys' },
    { shape: 'mark', lane: 'A', text: 'crash', grave: true },
  )
  expect(story.map(happeningText)).toEqual([
    'A -> B: msg 1',
    'B <- A: msg 1',
    'B <- A: msg 1 again (drops)',
    'A -> X: msg 1, a copy, is lost',
    'B <- ?: 9',
    'X: 9 is lost',
    'A => B: hello',
    'A: rekeys',
    'A: *** crash ***',
  ])
})

test('a model without events has an empty story for each step', () => {
  expect(happeningsOf(traceOf(silentCluster, 'Probe'))).toEqual([[], []])
})
