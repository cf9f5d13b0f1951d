/**
 * Unpacks gzip as it comes: members one after the other, whatever stands behind the last one left aside, and no more
 * than a capture can come to (RFC 1952).
 */
import zlib from 'node:zlib'
import { messageOf } from '../process/errors.ts'

/**
 * What unpacks to more times its size than this, and to more bytes than that, is no capture: headers, times and
 * protected bytes do not repeat so.
 */
const MOST_TIMES = 400
const MOST_REPEATED = 2 ** 28
/** Bytes that are unpacked at once. */
const SLICE = 1 << 14

/** Octets in front of the data that come by themselves, and flags of what else does. */
const HEADER = 10
const TRAILER = 8
const [CHECKSUM, EXTRA, NAME, COMMENT] = [2, 4, 8, 16]

/** Yields what is inside; at last one clause when it is not all there. */
export async function* gunzipped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | string> {
  const input = reading(source)
  let unpacked = 0
  for (let member = 1; ; member++) {
    const isMember = await header(input)
    if (isMember !== true) {
      // Behind a whole member anything may stand: filling, a signature, what a disk held before.
      if (member === 1) yield isMember
      return
    }
    let checksum = 0
    for await (const part of inflated(input)) {
      if (typeof part === 'string') return yield `gzip: ${part}`
      unpacked += part.length
      // Node has it from 20.15 on.
      checksum = zlib.crc32?.(part, checksum)
      yield part
      if (unpacked > MOST_REPEATED && unpacked > MOST_TIMES * input.taken())
        return yield `gzip: unpacks to more than ${MOST_TIMES} times its size, which no capture does`
    }
    if (!(await input.has(TRAILER))) return yield 'gzip: unexpected end of file'
    const told = [3, 2, 1, 0].reduce((sum, i) => sum * 256 + input.at(i), 0)
    if (checksum !== undefined && checksum !== told) return yield 'gzip: incorrect data check'
    await input.pass(TRAILER)
  }
}

interface Input {
  /** Whether so many bytes are there. */
  has(count: number): Promise<boolean>
  at(index: number): number
  /** Passes over bytes; false when they are not there. */
  pass(count: number): Promise<boolean>
  /** The next bytes, at most so many; undefined at the end. */
  next(most: number): Promise<Uint8Array | undefined>
  /** Puts back the last of what `next` gave. */
  back(count: number): void
  taken(): number
}

const reading = (source: AsyncIterable<Uint8Array>): Input => {
  const chunks = source[Symbol.asyncIterator]()
  let buffer: Uint8Array = new Uint8Array(0)
  let at = 0
  let before = 0
  const has = async (count: number): Promise<boolean> => {
    while (buffer.length - at < count) {
      const { value, done } = await chunks.next()
      if (done) return false
      before += at
      buffer = at === buffer.length ? value : Buffer.concat([buffer.subarray(at), value])
      at = 0
    }
    return true
  }
  return {
    has,
    at: (index) => buffer[at + index]!,
    async pass(count) {
      const there = await has(count)
      if (there) at += count
      return there
    },
    async next(most) {
      if (!(await has(1))) return undefined
      const part = buffer.subarray(at, at + most)
      at += part.length
      return part
    },
    back(count) {
      at -= count
    },
    taken: () => before + at,
  }
}

/** Passes over the header of a member; else says why it is none. */
const header = async (input: Input): Promise<true | string> => {
  const none = 'gzip: incorrect header check'
  if (!(await input.has(HEADER))) return 'gzip: unexpected end of file'
  if (input.at(0) !== 0x1f || input.at(1) !== 0x8b || input.at(2) !== 8) return none
  const flags = input.at(3)
  if (flags & 0xe0) return none
  await input.pass(HEADER)
  const cut = 'gzip: unexpected end of file'
  if (flags & EXTRA) {
    if (!(await input.has(2))) return cut
    if (!(await input.pass(2 + input.at(0) + input.at(1) * 256))) return cut
  }
  for (const text of [NAME, COMMENT]) {
    if (!(flags & text)) continue
    for (;;) {
      if (!(await input.has(1))) return cut
      const last = input.at(0) === 0
      await input.pass(1)
      if (last) break
    }
  }
  if (flags & CHECKSUM && !(await input.pass(2))) return cut
  return true
}

/** The data of one member; what stands behind it stays in the input. */
async function* inflated(input: Input): AsyncGenerator<Uint8Array | string> {
  const engine = zlib.createInflateRaw()
  const parts: Uint8Array[] = []
  let fault: Error | undefined
  let given = 0
  let ended = false
  engine.on('data', (part: Uint8Array) => void parts.push(part))
  const settled = new Promise<void>((resolve) => {
    engine.once('end', resolve)
    engine.once('error', (error) => {
      fault = error
      resolve()
    })
  }).then(() => {
    ended = true
  })
  while (!ended) {
    const slice = await input.next(SLICE)
    if (slice) {
      given += slice.length
      await Promise.race([settled, new Promise<void>((resolve) => engine.write(slice, () => resolve()))])
    } else {
      engine.end()
      await settled
    }
    yield* parts.splice(0)
  }
  if (fault) yield messageOf(fault)
  input.back(given - engine.bytesWritten)
  engine.destroy()
}
