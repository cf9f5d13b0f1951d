/** The header of an IKE message, and what of its payloads can be read without keys: RFC 7296 section 3. */
import { type Bytes, hex, u16, u32 } from '../formats/bytes.ts'

const HEADER = 28

/** Exchanges that have names here. */
export const EXCHANGES: Readonly<Record<number, string>> = {
  34: 'IKE_SA_INIT',
  35: 'IKE_AUTH',
  36: 'CREATE_CHILD_SA',
  37: 'INFORMATIONAL',
  38: 'IKE_SESSION_RESUME',
  43: 'IKE_INTERMEDIATE',
  44: 'IKE_FOLLOWUP_KE',
}

/** The header, and where the protected payload lies. */
export interface IkeHeader {
  /** SPIs in hexadecimal digits; that of the responder is zero in the first request. */
  readonly initiatorSpi: string
  readonly responderSpi: string
  /** The name of the exchange, or its number. */
  readonly exchange: string
  /** Sent by the original initiator of the IKE SA. */
  readonly fromInitiator: boolean
  readonly response: boolean
  readonly messageId: number
  /** Bytes of the whole message. */
  readonly length: number
  /** Where the body of the payload begins that is protected; undefined when there is none or it was not captured. */
  readonly protectedAt: number | undefined
  /** The type of the first payload inside. */
  readonly innerType: number
  /** Number and total of a fragment: RFC 7383. Both are 0 where they were not captured. */
  readonly fragment?: { readonly number: number; readonly total: number }
  /** Bytes of the first payload type: whether anything is protected at all. */
  readonly isProtected: boolean
  /** Notifications and encryption algorithms in clear. */
  readonly notifies: readonly number[]
  readonly encryption?: { readonly id: number; readonly keyBits?: number }
}

const SK = 46
const SKF = 53
const SA = 33
const NOTIFY = 41

/** The header of what is `length` bytes on the wire; undefined when it can be none. */
export const ikeHeader = (b: Bytes, length: number): IkeHeader | 'ikev1' | undefined => {
  if (b.length < HEADER) return undefined
  const version = b[17]! >> 4
  const size = u32(b, 24)
  if (version === 1 && size >= HEADER && size <= length) return 'ikev1'
  // A message ends where its packet does; with another length, it is damaged.
  if (version !== 2 || size < HEADER || size !== length || (u32(b, 0) | u32(b, 4)) === 0) return undefined
  const flags = b[19]!
  // The other bits are 0: RFC 7296 section 3.1. With one set, the message is damaged.
  if ((flags & ~0x38) !== 0) return undefined
  return {
    initiatorSpi: hex(b, 0, 8),
    responderSpi: hex(b, 8, 8),
    exchange: EXCHANGES[b[18]!] ?? `exchange ${b[18]}`,
    fromInitiator: (flags & 0x08) !== 0,
    response: (flags & 0x20) !== 0,
    messageId: u32(b, 20),
    length: size,
    ...payloadsOf(b.subarray(0, size), b[16]!),
  }
}

type Clear = Pick<
  IkeHeader,
  'protectedAt' | 'innerType' | 'fragment' | 'isProtected' | 'notifies' | 'encryption'
>

const UNKNOWN = { number: 0, total: 0 }

/** Walks the payloads up to the protected one, which is the last. */
const payloadsOf = (b: Bytes, first: number): Clear => {
  const notifies: number[] = []
  let encryption: IkeHeader['encryption']
  let type = first
  let at = HEADER
  while (type !== 0 && at + 4 <= b.length) {
    const next = b[at]!
    const length = u16(b, at + 2)
    if (type === SK || type === SKF) {
      const isKnown = at + 8 <= b.length
      const fragment =
        type === SKF ? (isKnown ? { number: u16(b, at + 4), total: u16(b, at + 6) } : UNKNOWN) : undefined
      return {
        protectedAt: at + (type === SKF ? 8 : 4),
        innerType: next,
        isProtected: true,
        notifies,
        ...(fragment && { fragment }),
        ...(encryption && { encryption }),
      }
    }
    if (length < 4) break
    if (type === NOTIFY && at + 8 <= b.length) notifies.push(u16(b, at + 6))
    if (type === SA) encryption ??= encryptionIn(b.subarray(at, at + length))
    type = next
    at += length
  }
  // The header says what comes first, also where no more was captured.
  const isCut = at + 4 > b.length
  return {
    protectedAt: undefined,
    innerType: 0,
    isProtected: isCut && (type === SK || type === SKF),
    notifies,
    ...(isCut && type === SKF && { fragment: UNKNOWN }),
    ...(encryption && { encryption }),
  }
}

/** The encryption algorithm of the first proposal in an SA payload: the chosen one, in a response. */
export const encryptionIn = (b: Bytes): IkeHeader['encryption'] => {
  if (b.length < 12) return undefined
  let at = 12 + b[10]!
  for (let left = b[11]!; left > 0 && at + 8 <= b.length; left--) {
    const size = u16(b, at + 2)
    if (size < 8) return undefined
    if (b[at + 4] === 1) {
      const keyed = size >= 12 && at + 12 <= b.length && u16(b, at + 8) === 0x800e
      return { id: u16(b, at + 6), ...(keyed && { keyBits: u16(b, at + 10) }) }
    }
    at += size
  }
  return undefined
}

/** The original initiator or responder: who sends the request, of this message or that it answers. */
export const asker = ({ fromInitiator, response }: IkeHeader): 'initiator' | 'responder' =>
  fromInitiator !== response ? 'initiator' : 'responder'
