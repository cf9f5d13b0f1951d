/** The bytes of a capture: from a file or from standard input, unpacked where they are gzip. */
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { messageOf, UsageError } from './errors.ts'

/** Bytes in chunks, and whether they ended before their packing did. */
export interface CaptureInput {
  readonly chunks: AsyncIterable<Uint8Array>
  /** Why the bytes are not all there; undefined when they are, or have not ended yet. */
  short(): string | undefined
}

const CHUNK = 1 << 20

/** Reads a file, or standard input when it is called `-`. Iterating throws `UsageError` when it cannot be read. */
export const captureInput = (path: string): CaptureInput => {
  let short: string | undefined
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const source = rawOf(path)[Symbol.asyncIterator]()
    const first = await source.next()
    if (first.done) return
    async function* again(): AsyncGenerator<Uint8Array> {
      yield first.value
      for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
    }
    const [a, b] = first.value
    if (a !== 0x1f || b !== 0x8b) return yield* again()
    const unpacked = Readable.from(again()).pipe(createGunzip())
    try {
      for await (const chunk of unpacked) yield chunk as Uint8Array
    } catch (error) {
      if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error
      short = `gzip: ${messageOf(error)}`
    }
  }
  return { chunks: chunks(), short: () => short }
}

async function* rawOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    const stream = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: CHUNK })
    for await (const chunk of stream) yield chunk as Uint8Array
  } catch (error) {
    throw new UsageError({
      problem: `${path} cannot be read: ${messageOf(error)}.`,
      hint: 'name a capture in pcap or pcapng format, or - for standard input',
    })
  }
}
