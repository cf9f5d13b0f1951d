/** The bytes of a capture: from a file or from standard input, unpacked where they are gzip. */
import { createReadStream } from 'node:fs'
import { messageOf, UsageError } from '../process/errors.ts'
import { gunzipped } from './gunzip.ts'

/** Bytes in chunks, and whether they ended before their packing did. */
export interface CaptureInput {
  readonly chunks: AsyncIterable<Uint8Array>
  /** Why the bytes are not all there; undefined when they are, or have not ended yet. */
  short(): string | undefined
}

const CHUNK = 1 << 20

/**
 * Reads a file, or standard input when it is called `-`, until it ends or `interrupt` is raised. Iterating throws
 * `UsageError` when it cannot be read.
 */
export const captureInput = (path: string, interrupt: AbortSignal): CaptureInput => {
  let short: string | undefined
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const source = rawOf(path, interrupt)
    const first = await atLeast(source, 2)
    if (!first) return
    const [a, b] = first
    const whole = again(first, source)
    if (a !== 0x1f || b !== 0x8b) return yield* whole
    for await (const part of gunzipped(whole))
      if (typeof part === 'string') short = interrupt.aborted ? undefined : part
      else yield part
  }
  return { chunks: chunks(), short: () => short }
}

/** The first bytes, as many as are asked for if there are so many. */
const atLeast = async (source: AsyncIterator<Uint8Array>, count: number): Promise<Uint8Array | undefined> => {
  const first = await source.next()
  if (first.done) return undefined
  let bytes = first.value
  while (bytes.length < count) {
    const next = await source.next()
    if (next.done) break
    bytes = Buffer.concat([bytes, next.value])
  }
  return bytes
}

async function* again(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}

async function* rawOf(path: string, interrupt: AbortSignal): AsyncGenerator<Uint8Array> {
  const stream = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: CHUNK })
  const stop = (): void => void stream.destroy()
  interrupt.addEventListener('abort', stop, { once: true })
  try {
    for await (const chunk of stream) yield chunk as Uint8Array
  } catch (error) {
    if (interrupt.aborted) return
    throw new UsageError({
      problem: `${path} cannot be read: ${messageOf(error)}.`,
      hint: 'name a capture in pcap or pcapng format, or - for standard input',
    })
  } finally {
    interrupt.removeEventListener('abort', stop)
  }
}
