/** That a dropped array is really given back. */
import { expect, it } from 'vitest'
import { collector } from './collector.ts'

it('collects a shared array that nothing refers to', async () => {
  const collect = collector()
  const kept = new SharedArrayBuffer(1 << 20)
  const references = (() => [new WeakRef(kept), new WeakRef(new SharedArrayBuffer(1 << 20))])()
  // A reference that was just made holds its target until the turn is over.
  await new Promise((resume) => setTimeout(resume, 0))
  collect()
  expect(references.map((reference) => reference.deref()?.byteLength)).toEqual([kept.byteLength, undefined])
})
