/** The payloads inside a protected IKE message that matter here: notifications, deletions and child SAs. */
import { type Bytes, u16, u32 } from '../formats/bytes.ts'
import { encryptionIn } from './ike-header.ts'

/** What is inside a message. */
export interface Inside {
  /** Types of notifications. */
  readonly notifies: readonly number[]
  /** SPIs of child SAs that are offered or chosen, by which their sender receives; 0 protocols but ESP and AH. */
  readonly spis: readonly number[]
  /** Transform number of the encryption algorithm of the first proposal. */
  readonly encryption?: number
  /** SPIs of child SAs that are deleted. */
  readonly deleted: readonly number[]
  readonly deletesIke: boolean
  /** Words for all that. */
  readonly text: string
}

const NOTIFIES: Readonly<Record<number, string>> = {
  4: 'INVALID_IKE_SPI',
  7: 'INVALID_SYNTAX',
  9: 'INVALID_MESSAGE_ID',
  11: 'INVALID_SPI',
  14: 'NO_PROPOSAL_CHOSEN',
  24: 'AUTHENTICATION_FAILED',
  43: 'TEMPORARY_FAILURE',
  44: 'CHILD_SA_NOT_FOUND',
  16384: 'INITIAL_CONTACT',
  16385: 'SET_WINDOW_SIZE',
  16393: 'REKEY_SA',
  16400: 'UPDATE_SA_ADDRESSES',
  16406: 'REDIRECT_SUPPORTED',
  16407: 'REDIRECT',
  16419: 'QUICK_CRASH_DETECTION',
  16420: 'IKEV2_MESSAGE_ID_SYNC_SUPPORTED',
  16421: 'IPSEC_REPLAY_COUNTER_SYNC_SUPPORTED',
  16422: 'IKEV2_MESSAGE_ID_SYNC',
  16423: 'IPSEC_REPLAY_COUNTER_SYNC',
}

const SA = 33
const NOTIFY = 41
const DELETE = 42
const IKE = 1

/** Walks the payloads, the first of which has the given type. */
export const insideOf = (b: Bytes, firstType: number): Inside => {
  const notifies: number[] = []
  const spis: number[] = []
  const deleted: number[] = []
  let deletesIke = false
  let encryption: number | undefined
  for (let type = firstType, at = 0; type !== 0 && at + 4 <= b.length; ) {
    const next = b[at]!
    const length = u16(b, at + 2)
    if (length < 4 || at + length > b.length) break
    const payload = b.subarray(at, at + length)
    if (type === NOTIFY && length >= 8) notifies.push(u16(payload, 6))
    if (type === DELETE && length >= 8) {
      const size = payload[5]!
      if (payload[4] === IKE) deletesIke = true
      else if (size === 4) for (let o = 8; o + 4 <= length; o += 4) deleted.push(u32(payload, o))
    }
    if (type === SA && length >= 16 && payload[9] !== IKE && payload[10] === 4) {
      spis.push(u32(payload, 12))
      encryption ??= encryptionIn(payload)?.id
    }
    type = next
    at += length
  }
  const hex = (spi: number): string => `0x${spi.toString(16).padStart(8, '0')}`
  const words = [
    ...notifies.map((type) => NOTIFIES[type] ?? '').filter((name) => name !== ''),
    ...spis.map((spi) => `child SA ${hex(spi)}`),
    ...deleted.map((spi) => `deletes ${hex(spi)}`),
    ...(deletesIke ? ['deletes the IKE SA'] : []),
  ]
  return {
    notifies,
    spis,
    deleted,
    deletesIke,
    text: words.join(', ') || 'nothing of note',
    ...(encryption !== undefined && { encryption }),
  }
}
