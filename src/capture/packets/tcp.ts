/**
 * Messages of IKE and ESP out of TCP streams: RFC 9329. Each has a length of two octets in front, which counts itself.
 * Segments come late, again, not at all, and are captured in part; a stream is found again where a segment begins with
 * what can only be a message.
 */
import { type Bytes, joined, u16, u32 } from '../formats/bytes.ts'
import { ikeHeader } from './ike-header.ts'

/** A message behind its length: a marker of four zeros and IKE, or ESP, or a keepalive. */
export interface StreamMessage {
  /** What was captured of it. */
  readonly bytes: Bytes
  /** Bytes that it had on the wire. */
  readonly length: number
}

export interface TcpStreams {
  /**
   * Takes a segment of `length` bytes on the wire, of which `b` was captured, from its header on. The messages that end
   * in it; `unknown` when it cannot be such a stream. `key` names the stream: addresses and ports in one direction.
   */
  take(key: string, b: Bytes, length: number): readonly StreamMessage[] | 'unknown'
}

interface Segment {
  readonly bytes: Bytes
  readonly length: number
}

interface Stream {
  /** The number of the next octet; undefined until a message is found. */
  next: number | undefined
  /** What has come of the message that has begun. */
  begun: Bytes
  /** Octets to pass over: the end of a message of which a part is missing. */
  skip: number
  /** Segments that have come too early, by their number. */
  readonly early: Map<number, Segment>
}

const MOST_STREAMS = 4096
const MOST_EARLY = 64
/** What the side that opens the stream sends first. */
const PREFIX = new TextEncoder().encode('IKETCP')
const SYN = 2
/** An ESP packet has an SPI, a number and at least an ICV of 12 octets; a keepalive has one octet. */
const LEAST_ESP = 20
const KEEPALIVE = 3

export const tcpStreams = (): TcpStreams => {
  const streams = new Map<string, Stream>()

  const streamOf = (key: string): Stream => {
    let stream = streams.get(key)
    if (stream) return stream
    if (streams.size >= MOST_STREAMS) streams.delete(streams.keys().next().value!)
    stream = { next: undefined, begun: NONE, skip: 0, early: new Map() }
    streams.set(key, stream)
    return stream
  }

  return {
    take(key, b, length) {
      const header = (b[12]! >> 4) * 4
      if (header < 20 || header > length) return 'unknown'
      const stream = streamOf(key)
      const number = u32(b, 4)
      if (b[13]! & SYN) {
        Object.assign(stream, { next: (number + 1) >>> 0, begun: NONE, skip: 0 })
        stream.early.clear()
        return []
      }
      const segment = { bytes: b.subarray(header), length: length - header }
      return segment.length === 0 ? [] : added(stream, number, segment)
    },
  }
}

const NONE: Bytes = new Uint8Array(0)

const added = (stream: Stream, number: number, segment: Segment): readonly StreamMessage[] | 'unknown' => {
  if (stream.next === undefined) {
    if (!beginsMessage(segment)) return 'unknown'
    stream.next = number
  }
  const ahead = (number - stream.next) | 0
  if (ahead > 0) {
    stream.early.set(number, { ...segment, bytes: segment.bytes.slice() })
    return stream.early.size > MOST_EARLY ? withoutMissing(stream) : []
  }
  if (segment.length + ahead <= 0) return []
  const messages: StreamMessage[] = []
  let inOrder: Segment | undefined = {
    bytes: segment.bytes.subarray(Math.min(-ahead, segment.bytes.length)),
    length: segment.length + ahead,
  }
  while (inOrder) {
    stream.next = (stream.next + inOrder.length) >>> 0
    const found = read(stream, inOrder, messages)
    if (!found) return messages.length > 0 ? messages : 'unknown'
    if (stream.next === undefined) return messages
    inOrder = earlyAt(stream, stream.next)
  }
  return messages
}

/** The early segment whose turn it is now. */
const earlyAt = ({ early }: Stream, next: number): Segment | undefined => {
  for (const [number, segment] of early) {
    const ahead = (number - next) | 0
    if (ahead > 0) continue
    early.delete(number)
    if (segment.length + ahead > 0)
      return {
        bytes: segment.bytes.subarray(Math.min(-ahead, segment.bytes.length)),
        length: segment.length + ahead,
      }
  }
  return undefined
}

/** What is missing does not come any more: goes on with what has come too early. */
const withoutMissing = (stream: Stream): readonly StreamMessage[] => {
  const from = stream.next!
  const held = [...stream.early].sort(([a], [b]) => ((a - from) | 0) - ((b - from) | 0))
  stream.early.clear()
  forget(stream)
  const messages: StreamMessage[] = []
  for (const [number, segment] of held) {
    if (stream.next !== undefined && ((number - stream.next) | 0) > 0) forget(stream)
    const found = added(stream, number, segment)
    if (found !== 'unknown') messages.push(...found)
  }
  return messages
}

const forget = (stream: Stream): void => {
  Object.assign(stream, { next: undefined, begun: NONE, skip: 0 })
}

/** Reads the messages that end in the next segment; false when what comes cannot be one. */
const read = (stream: Stream, { bytes, length }: Segment, messages: StreamMessage[]): boolean => {
  /** Octets at the end of the segment that were not captured. */
  let missing = length - bytes.length
  const passing = Math.min(stream.skip, length)
  stream.skip -= passing
  if (passing > bytes.length) missing -= passing - bytes.length
  let b = joined(stream.begun, bytes.subarray(Math.min(passing, bytes.length)))
  stream.begun = NONE
  if (isPrefix(b)) b = b.subarray(PREFIX.length)
  while (b.length >= 2) {
    const size = u16(b, 0)
    if (size < KEEPALIVE) {
      forget(stream)
      return false
    }
    if (size > b.length) break
    messages.push({ bytes: b.subarray(2, size), length: size - 2 })
    b = b.subarray(size)
  }
  if (missing === 0) {
    stream.begun = b.slice()
    return true
  }
  // A message of which the end is missing; where the next one begins is known only when its length was captured.
  if (b.length < 2) {
    forget(stream)
    return true
  }
  const size = u16(b, 0)
  messages.push({ bytes: b.subarray(2), length: size - 2 })
  const left = size - b.length - missing
  if (left < 0) forget(stream)
  else stream.skip = left
  return true
}

const isPrefix = (b: Bytes): boolean =>
  b.length >= PREFIX.length && PREFIX.every((octet, i) => b[i] === octet)

/** Whether a segment can only begin with a message: the lengths lead to its end, or the first is an IKE message. */
const beginsMessage = ({ bytes: b, length }: Segment): boolean => {
  if (isPrefix(b)) return true
  let at = 0
  while (at + 6 <= b.length) {
    const size = u16(b, at)
    const isMarked = u32(b, at + 2) === 0
    if (isMarked && typeof ikeHeader(b.subarray(at + 6), size - 6) === 'object') {
      if (at + size >= length || at === 0) return true
    } else if (isMarked || size < LEAST_ESP + 2) return size === KEEPALIVE && at + size === length
    at += size
    if (at === length) return true
  }
  return false
}
