/** Helpers that are early. */
import { describe, expect, it } from 'vitest'
import { counter } from '../../../testing/counter.ts'
import { helperOf } from './helper.ts'
import { Board } from './work-queue.ts'

describe('a helper', () => {
  it('takes no block before it was sent what it needs', () => {
    const board = new Board(2)
    const line = { receive: () => undefined, say() {}, collect() {} }
    const turn = helperOf(counter(3), { exact: 'free' }, 1, board, line)
    expect(board.isEmpty).toBe(true)
    board.offer(0, 1)
    expect(turn()).toBe('idle')
    expect(board.isEmpty).toBe(false)
    board.stop()
    expect(turn()).toBe('stopped')
  })
})
