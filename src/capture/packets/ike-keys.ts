/**
 * Keys of IKE SAs, in the form in which Wireshark keeps them (`ikev2_decryption_table`), and the inside of messages that
 * they open: RFC 7296 section 3.14, RFC 5282 for ciphers that authenticate, RFC 7383 for fragments.
 */
import { createDecipheriv, createHmac } from 'node:crypto'
import { type Bytes, u16 } from '../formats/bytes.ts'
import type { IkeHeader } from './ike-header.ts'

interface Cipher {
  readonly mode: 'gcm' | 'ccm' | 'cbc' | 'ctr' | '3des'
  readonly keyBytes: number
  /** Octets behind the key that begin each nonce. */
  readonly salt: number
  readonly iv: number
  readonly icv: number
}

interface Integrity {
  /** Undefined where the table says that nothing is to be checked. */
  readonly hash: string | undefined
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
const TRIPLE_DES: Cipher = { mode: '3des', keyBytes: 24, salt: 0, iv: 8, icv: 0 }

const cipherOf = (name: string): Cipher | undefined => {
  if (/^3DES/i.test(name)) return TRIPLE_DES
  const [, mode, bits, icv] =
    /^AES-(GCM|CCM|CBC|CTR)-(128|192|256)(?: with (\d+) octet ICV)?/i.exec(name) ?? []
  if (mode === undefined) return undefined
  const kind = mode.toLowerCase() as keyof typeof MODES
  const { salt, iv, icv: usual } = MODES[kind]
  return { mode: kind, keyBytes: Number(bits) / 8, salt, iv, icv: icv === undefined ? usual : Number(icv) }
}

/** By the names that Wireshark gives them, of which the bits at the end are those that are sent. */
const integrityOf = (name: string): Integrity | undefined => {
  const [, any] = /^ANY (\d+)-bits of Authentication/i.exec(name) ?? []
  if (any !== undefined) return { hash: undefined, icv: Number(any) / 8 }
  const [, hash, bits] = /^HMAC_(MD5|SHA1|SHA2_256|SHA2_384|SHA2_512)_(\d+)/i.exec(name) ?? []
  if (hash === undefined) return undefined
  return { hash: hash.toLowerCase().replace('sha2_', 'sha'), icv: Number(bits) / 8 }
}

/** Keys, and what is wrong with the lines that give none: one sentence each. */
export interface KeysRead {
  readonly table: KeyTable
  readonly warnings: readonly string[]
}

/**
 * Reads a table: `SPIi,SPIr,SK_ei,SK_er,"cipher",SK_ai,SK_ar,"integrity"` on each line, as Wireshark writes it. A line
 * that cannot be used is left out, since a table is kept for all captures of a place and ciphers of other kinds stand in
 * it as well.
 */
export const keyTable = (text: string): KeysRead => {
  const table = new Map<string, IkeKeys>()
  const warnings: string[] = []
  for (const [i, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue
    const read = keysOf(line)
    if (typeof read === 'string') warnings.push(`line ${i + 1} ${read}`)
    else table.set(...read)
  }
  return { table, warnings }
}

/** The keys on a line under the SPIs, or why there are none. */
const keysOf = (line: string): readonly [spis: string, keys: IkeKeys] | string => {
  const fields = line.split(',').map((field) => field.trim().replaceAll('"', ''))
  if (fields.length !== 8) return `holds ${fields.length} fields rather than the 8 of ikev2_decryption_table`
  const names = ['the SPI', 'the SPI', 'SK_ei', 'SK_er', '', 'SK_ai', 'SK_ar', '']
  for (const [i, what] of names.entries())
    if (what !== '' && !/^(0x)?([0-9a-f]{2})*$/i.test(fields[i]!))
      return `gives ${what} as '${fields[i]}', which is not hexadecimal`
  const octets = fields.map((digits) => Uint8Array.from(Buffer.from(digits.replace(/^0x/i, ''), 'hex')))
  const odd = octets.slice(0, 2).find(({ length }) => length !== 8)
  if (odd) return `has an SPI of ${odd.length} octets; those of IKE have 8`
  const [cipherText, integrityText] = [fields[4]!, fields[7]!]
  const cipher = cipherOf(cipherText)
  if (!cipher) return `names the cipher '${cipherText}'; known are 3DES and AES in GCM, CCM, CBC and CTR mode`
  const encryption = [octets[2]!, octets[3]!] as const
  const wanted = cipher.keyBytes + cipher.salt
  const short = encryption.find(({ length }) => length !== wanted)
  if (short) return `has a key of ${short.length} octets; ${cipherText} takes ${wanted}, salt included`
  const integrity = integrityOf(integrityText)
  if (!integrity && cipher.icv === 0)
    return `names the integrity algorithm '${integrityText}'; ${cipherText} needs HMAC_MD5, HMAC_SHA1 or HMAC_SHA2 with its bits, or ANY`
  const keys = [octets[5]!, octets[6]!] as const
  const used = integrity && cipher.icv === 0 ? { integrity: { ...integrity, keys } } : {}
  return [(fields[0]! + fields[1]!).replaceAll(/0x/gi, '').toLowerCase(), { cipher, encryption, ...used }]
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
  if (integrity?.hash !== undefined) {
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
    const payloads = inside.subarray(0, Math.max(0, inside.length - 1 - padding))
    const isSure = cipher.icv > 0 || integrity?.hash !== undefined
    return isSure || header.fragment || areThere(payloads, header.innerType) ? payloads : undefined
  } catch {
    return undefined
  }
}

/** Whether payloads follow one another up to the end, as they do only where the key fits. */
const areThere = (b: Bytes, first: number): boolean => {
  let type = first
  let at = 0
  while (type !== 0 && at + 4 <= b.length) {
    const length = u16(b, at + 2)
    if (length < 4) return false
    type = b[at]!
    at += length
  }
  return type === 0 && at === b.length
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
  const name = mode === '3des' ? 'des-ede3-cbc' : `aes-${bits}-${mode}`
  const cipher = createDecipheriv(name, key, start)
  cipher.setAutoPadding(false)
  return Buffer.concat([cipher.update(text), cipher.final()])
}
