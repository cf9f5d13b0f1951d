/** When a thread asks for its garbage to be collected. */
import { expect, it } from 'vitest'
import { Garbage } from './garbage.ts'

const MIB = 1 << 20

it('collects when more was dropped than a share of the memory, and 32 MiB at least', () => {
  let collections = 0
  const garbage = new Garbage(() => {
    collections += 1
  })
  for (let i = 0; i < 31; i++) garbage.dropped(MIB, 64 * MIB)
  expect(collections).toBe(0)
  garbage.dropped(MIB, 64 * MIB)
  expect(collections).toBe(1)
  garbage.dropped(79 * MIB, 1000 * MIB)
  expect(collections).toBe(1)
  garbage.dropped(MIB, 1000 * MIB)
  expect(collections).toBe(2)
})
