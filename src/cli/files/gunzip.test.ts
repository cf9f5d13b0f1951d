/** Gzip as it comes: members, what stands behind them, what is missing, and what unpacks without end. */
import { constants, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { gunzipped } from './gunzip.ts'

const small = Buffer.from('a small file')
const large = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 2_654_435_761) >>> 24))

async function* chunked(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const unpacked = async (bytes: Uint8Array, size = 65_536) => {
  const parts: Uint8Array[] = []
  let fault: string | undefined
  for await (const part of gunzipped(chunked(bytes, size)))
    if (typeof part === 'string') fault = part
    else parts.push(Uint8Array.from(part))
  return { bytes: Buffer.concat(parts), fault }
}
const whole = (bytes: Buffer) => ({ bytes, fault: undefined })
/** A header with every field there can be. */
const withHeader = (bytes: Buffer): Buffer => {
  const packed = gzipSync(bytes)
  const fields = Buffer.concat([
    Buffer.from([3, 0, 1, 2, 3]),
    Buffer.from('name\0comment\0'),
    Buffer.from([0, 0]),
  ])
  const head = Buffer.from(packed.subarray(0, 10))
  head[3] = 2 + 4 + 8 + 16
  return Buffer.concat([head, fields, packed.subarray(10)])
}

describe('gzip', () => {
  it.each([1, 7, 65_536])('is unpacked from chunks of %i bytes', async (size) => {
    for (const bytes of [small, ...(size > 1 ? [large] : [])]) {
      expect(await unpacked(gzipSync(bytes), size)).toEqual(whole(bytes))
      expect(await unpacked(Buffer.concat([gzipSync(bytes), gzipSync(small)]), size)).toEqual(
        whole(Buffer.concat([bytes, small])),
      )
    }
    expect(await unpacked(withHeader(small), size)).toEqual(whole(small))
  })

  it.each<[string, Buffer]>([
    ['zeros', Buffer.alloc(512)],
    ['text', Buffer.from('a signature')],
    ['what begins like another member', Buffer.from([0x1f, 0x8b, 8, 0xff, 1, 2, 3, 4, 5, 6, 7])],
    ['one byte', Buffer.from([0x1f])],
  ])('loses nothing to %s behind it, in a small file and in a large one', async (_, behind) => {
    for (const bytes of [small, large])
      for (const size of [1000, 1 << 20])
        expect(await unpacked(Buffer.concat([gzipSync(bytes), behind]), size)).toEqual(whole(bytes))
  })

  it('says what is missing or wrong, after all that came before', async () => {
    const packed = gzipSync(large)
    const { bytes, fault } = await unpacked(packed.subarray(0, packed.length / 2))
    expect(fault).toBe('gzip: unexpected end of file')
    expect(large.subarray(0, bytes.length)).toEqual(bytes)
    expect(bytes.length).toBeGreaterThan(large.length / 4)
    expect((await unpacked(packed.subarray(0, -3))).fault).toBe('gzip: unexpected end of file')
    const other = Buffer.from(packed)
    other[packed.length - 6]! ^= 1
    expect((await unpacked(other)).fault).toBe('gzip: incorrect data check')
    expect((await unpacked(Buffer.from([0x1f, 0x8b, 9, 0, 0, 0, 0, 0, 0, 0, 0]))).fault).toBe(
      'gzip: incorrect header check',
    )
  })

  it('of an endless file is bounded', async () => {
    // A block that goes on after a flush can be repeated for ever.
    const block = gzipSync(Buffer.alloc(1 << 20), { finishFlush: constants.Z_FULL_FLUSH }).subarray(10)
    const head = gzipSync('').subarray(0, 10)
    let taken = 0
    async function* endless() {
      yield head
      for (;;) {
        taken += block.length
        yield block
      }
    }
    let bytes = 0
    let fault: string | undefined
    for await (const part of gunzipped(endless()))
      if (typeof part === 'string') fault = part
      else bytes += part.length
    expect(fault).toBe('gzip: unpacks to more than 400 times its size, which no capture does')
    expect(bytes).toBeLessThan(300e6)
    expect(taken).toBeLessThan(1e6)
  })
})
