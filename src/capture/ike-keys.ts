/**
 * Keys of IKE SAs, in the form in which Wireshark keeps them (`ikev2_decryption_table`), and the inside of messages that
 * they open: RFC 7296 section 3.14, RFC 5282 for ciphers that authenticate, RFC 7383 for fragments.
 */
import { createDecipheriv, createHmac } from 'node:crypto'
import type { Bytes } from './bytes.ts'
import { CaptureFault } from './fault.ts'
import type { IkeHeader } from './ike-header.ts'

interface Cipher {
  readonly mode: 'gcm' | 'ccm' | 'cbc' | 'ctr'
  readonly keyBytes: number
  /** Octets behind the key that begin each nonce. */
  readonly salt: number
  readonly iv: number
  readonly icv: number
}

interface Integrity {
  readonly hash: string
  readonly icv: number
}

/** The keys of one IKE SA; of each pair the first is that of the original initiator. */
export interface IkeKeys {
  readonly cipher: Cipher
  readonly encryption: readonly [Bytes, Bytes]
  readonly integrity?: Integrity & { readonly keys: readonly [Bytes, Bytes] }
}

/** By the two SPIs, one behind the other. */
export type KeyTable = ReadonlyMap<string, IkeKeys>

const MODES = {
  gcm: { salt: 4, iv: 8, icv: 16 },
  ccm: { salt: 3, iv: 8, icv: 16 },
  cbc: { salt: 0, iv: 16, icv: 0 },
  ctr: { salt: 4, iv: 8, icv: 0 },
} as const

const cipherOf = (name: string): Cipher | undefined => {
  const [, mode, bits, icv] =
    /^AES-(GCM|CCM|CBC|CTR)-(128|192|256)(?: with (\d+) octet ICV)?/i.exec(name) ?? []
  if (mode === undefined) return undefined
  const kind = mode.toLowerCase() as keyof typeof MODES
  const { salt, iv, icv: usual } = MODES[kind]
  return { mode: kind, keyBytes: Number(bits) / 8, salt, iv, icv: icv === undefined ? usual : Number(icv) }
}

const INTEGRITY: readonly (readonly [RegExp, Integrity])[] = [
  [/^HMAC_MD5_96/, { hash: 'md5', icv: 12 }],
  [/^HMAC_SHA1_96/, { hash: 'sha1', icv: 12 }],
  [/^HMAC_SHA2_256_128/, { hash: 'sha256', icv: 16 }],
  [/^HMAC_SHA2_384_192/, { hash: 'sha384', icv: 24 }],
  [/^HMAC_SHA2_512_256/, { hash: 'sha512', icv: 32 }],
]

/** Reads a table: `SPIi,SPIr,SK_ei,SK_er,"cipher",SK_ai,SK_ar,"integrity"` on each line. Throws `CaptureFault`. */
export const keyTable = (text: string): KeyTable => {
  const table = new Map<string, IkeKeys>()
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue
    const fault = (what: string) => new CaptureFault(`has a line ${i + 1} that ${what}.`)
    const fields = line.split(',').map((field) => field.trim().replaceAll('"', ''))
    if (fields.length !== 8)
      throw fault(`holds ${fields.length} fields rather than the 8 of ikev2_decryption_table`)
    const [spiI, spiR, encI, encR, cipherName, intI, intR, intName] = fields as [string, ...string[]]
    const bytesOf = (digits = '', what = ''): Bytes => {
      if (!/^(0x)?([0-9a-f]{2})*$/i.test(digits))
        throw fault(`gives ${what} as '${digits}', which is not hexadecimal`)
      return Uint8Array.from(Buffer.from(digits.replace(/^0x/i, ''), 'hex'))
    }
    const cipher = cipherOf(cipherName!)
    if (!cipher) throw fault(`names the cipher '${cipherName}'; known are AES in GCM, CCM, CBC and CTR mode`)
    const encryption = [bytesOf(encI, 'SK_ei'), bytesOf(encR, 'SK_er')] as const
    const wanted = cipher.keyBytes + cipher.salt
    const odd = encryption.find(({ length }) => length !== wanted)
    if (odd) throw fault(`has a key of ${odd.length} octets; ${cipherName} takes ${wanted}, salt included`)
    const integrity = INTEGRITY.find(([name]) => name.test(intName!))?.[1]
    if (!integrity && cipher.icv === 0)
      throw fault(
        `names the integrity algorithm '${intName}'; ${cipherName} needs one of HMAC_MD5_96, HMAC_SHA1_96 and HMAC_SHA2`,
      )
    const key = [bytesOf(spiI, 'the SPI'), bytesOf(spiR, 'the SPI')]
      .map((b) => Buffer.from(b).toString('hex'))
      .join('')
    const keys = [bytesOf(intI, 'SK_ai'), bytesOf(intR, 'SK_ar')] as const
    table.set(key, {
      cipher,
      encryption,
      ...(integrity && cipher.icv === 0 && { integrity: { ...integrity, keys } }),
    })
  }
  return table
}

/** The payloads inside a protected message; undefined when its keys are not known or do not fit. */
export const openMessage = (table: KeyTable, header: IkeHeader, b: Bytes): Bytes | undefined => {
  const keys = table.get(header.initiatorSpi + header.responderSpi)
  const at = header.protectedAt
  if (!keys || at === undefined || b.length < header.length) return undefined
  const { cipher, encryption, integrity } = keys
  const side = header.fromInitiator ? 0 : 1
  const icv = integrity?.icv ?? cipher.icv
  const end = header.length - icv
  if (end < at + cipher.iv + 1) return undefined
  if (integrity) {
    const mac = createHmac(integrity.hash, integrity.keys[side]).update(b.subarray(0, end)).digest()
    if (!mac.subarray(0, icv).equals(b.subarray(end, end + icv))) return undefined
  }
  const key = encryption[side].subarray(0, cipher.keyBytes)
  const salt = encryption[side].subarray(cipher.keyBytes)
  const iv = b.subarray(at, at + cipher.iv)
  const text = b.subarray(at + cipher.iv, end)
  try {
    const inside = decrypted(
      cipher,
      key,
      Buffer.concat([salt, iv]),
      text,
      b.subarray(0, at),
      b.subarray(end, end + icv),
    )
    const padding = inside.at(-1) ?? 0
    return inside.subarray(0, Math.max(0, inside.length - 1 - padding))
  } catch {
    return undefined
  }
}

/** Throws when the message is not authentic. */
const decrypted = (
  { mode, keyBytes, icv }: Cipher,
  key: Bytes,
  nonce: Buffer,
  text: Bytes,
  aad: Bytes,
  tag: Bytes,
): Bytes => {
  const bits = keyBytes * 8
  if (mode === 'gcm') {
    const cipher = createDecipheriv(`aes-${bits as 128}-gcm`, key, nonce, { authTagLength: icv })
    cipher.setAAD(aad)
    cipher.setAuthTag(tag)
    return Buffer.concat([cipher.update(text), cipher.final()])
  }
  if (mode === 'ccm') {
    const cipher = createDecipheriv(`aes-${bits as 128}-ccm`, key, nonce, { authTagLength: icv })
    cipher.setAAD(aad, { plaintextLength: text.length })
    cipher.setAuthTag(tag)
    return Buffer.concat([cipher.update(text), cipher.final()])
  }
  const start = mode === 'ctr' ? Buffer.concat([nonce, Buffer.from([0, 0, 0, 1])]) : nonce
  const cipher = createDecipheriv(`aes-${bits}-${mode}`, key, start)
  cipher.setAutoPadding(false)
  return Buffer.concat([cipher.update(text), cipher.final()])
}
