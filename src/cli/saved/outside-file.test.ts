/** The file of what does not fit in memory: it gives back what it was given, has no name, and says why it cannot be. */
import { readdirSync } from 'node:fs'
import { afterAll, expect, it, vi } from 'vitest'
import { OutOfMemory } from '../../search/engine/engine.ts'
import { folderWith } from '../testing/under-test.ts'
import { outsideFile } from './outside-file.ts'

const { path, remove } = folderWith({})
afterAll(() => {
  vi.unstubAllEnvs()
  remove()
})

it('gives back what was written, and nothing of it has a name', () => {
  vi.stubEnv('TMPDIR', path)
  const warn = vi.fn()
  const outside = outsideFile(1, warn)
  const places = [
    outside.write(Int32Array.of(1, -2, 3)),
    outside.write(Uint16Array.of(4, 65_535)),
    outside.write(Uint8Array.of(6)),
  ]
  expect(readdirSync(path)).toEqual([])
  expect(outside.write(Int32Array.of(7, 8, 9), places[0])).toBe(places[0])
  const read = <W extends Int32Array | Uint8Array | Uint16Array>(place: number, into: W): number[] => {
    outside.read(place, into)
    return [...into]
  }
  expect(read(places[1]!, new Uint16Array(2))).toEqual([4, 65_535])
  expect(read(places[2]!, new Uint8Array(1))).toEqual([6])
  expect(read(places[0]!, new Int32Array(3))).toEqual([7, 8, 9])
  expect(warn).not.toHaveBeenCalled()
  expect(() => outside.read(places[2]!, new Uint8Array(2))).toThrow(OutOfMemory)
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('it is shorter than what was written to it'))
  outside.close()
})

it('says in one sentence why there is no room', () => {
  vi.stubEnv('TMPDIR', `${path}/missing`)
  const warn = vi.fn()
  const outside = outsideFile(1, warn)
  expect(() => outside.write(Int32Array.of(1))).toThrow(OutOfMemory)
  expect(warn.mock.calls).toEqual([
    [
      expect.stringMatching(
        /^What does not fit in memory could not be written to a file in .*missing: .*; the search ends here\. TMPDIR names another folder\.$/,
      ),
    ],
  ])
  outside.close()
})
