/** IKE messages that keys open, and what becomes certain by it. The messages are encrypted here. */
import { createCipheriv, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { esp, ethernet, ike, ipv4, pcap, udp } from '../../bench/packet-writer.ts'
import { judged, summaryOf } from '../../cli/testing/captures-under-test.ts'
import { ikeHeader } from './ike-header.ts'
import { insideOf } from './ike-inside.ts'
import { keyTable, openMessage } from './ike-keys.ts'

const tableOf = (text: string) => keyTable(text).table

const SPIS = ['1111111111111111', '2222222222222222'] as const
const key = (byte: number, length: number): Buffer => Buffer.alloc(length, byte)
const hex = (b: Buffer): string => b.toString('hex')
const line = (cipher: string, keys: readonly Buffer[], integrity: string, macs: readonly Buffer[]): string =>
  [...SPIS, ...keys.map(hex), `"${cipher}"`, ...macs.map(hex), `"${integrity}"`].join(',')

const GCM = line('AES-GCM-128 with 16 octet ICV [RFC5282]', [key(1, 20), key(2, 20)], 'NONE [RFC4306]', [
  key(0, 0),
  key(0, 0),
])
const CBC = line('AES-CBC-256 [RFC3602]', [key(1, 32), key(2, 32)], 'HMAC_SHA2_256_128 [RFC4868]', [
  key(3, 32),
  key(4, 32),
])

type Side = 'initiator' | 'responder'
interface Words {
  readonly messageId: number
  readonly exchange?: number
  readonly from?: Side
  readonly response?: boolean
  readonly innerType: number
  readonly iv: number
}

/** A message protected by AES-GCM with the first keys of `GCM`. */
const gcm = (
  { messageId, exchange = 37, from = 'initiator', response = false, innerType, iv }: Words,
  inside: Buffer,
) => {
  const plain = Buffer.concat([inside, Buffer.from([0])])
  const words = {
    spis: SPIS,
    exchange,
    messageId,
    fromInitiator: from === 'initiator',
    response,
    seed: 0,
    innerType,
  }
  const frame = ike({ ...words, body: Buffer.alloc(8 + plain.length + 16) })
  const nonce = Buffer.concat([key(from === 'initiator' ? 1 : 2, 4), Buffer.alloc(7), Buffer.from([iv])])
  const cipher = createCipheriv('aes-128-gcm', key(from === 'initiator' ? 1 : 2, 16), nonce)
  cipher.setAAD(frame.subarray(0, 32))
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return ike({ ...words, body: Buffer.concat([nonce.subarray(4), text, cipher.getAuthTag()]) })
}

const notify = (type: number, data: Buffer = Buffer.alloc(0)): Buffer =>
  Buffer.concat([Buffer.from([0, 0, 0, 8 + data.length, 0, 0, type >> 8, type & 255]), data])
/** An SA payload that chooses AES-GCM-16, or AES-CBC, for the child SA with an SPI. */
const childSa = (spi: number, transform: number): Buffer => {
  const encryption = Buffer.from([0, 0, 0, 12, 1, 0, 0, transform, 0x80, 0x0e, 0, 128])
  const proposal = Buffer.from([0, 0, 0, 12 + encryption.length, 1, 3, 4, 1, 0, 0, 0, 0])
  proposal.writeUInt32BE(spi, 8)
  return Buffer.concat([Buffer.from([0, 0, 0, 4 + 12 + encryption.length]), proposal, encryption])
}

const out = (protocol: number, body: Uint8Array) =>
  ethernet('02:00:00:00:00:a1', '02:00:00:00:00:0b', ipv4('192.168.0.1', '192.168.0.2', protocol, body))
const back = (protocol: number, body: Uint8Array) =>
  ethernet('02:00:00:00:00:0b', '02:00:00:00:00:a1', ipv4('192.168.0.2', '192.168.0.1', protocol, body))
const asks = (body: Uint8Array) => out(17, udp(500, 500, body))
const answers = (body: Uint8Array) => back(17, udp(500, 500, body))

describe('keys', () => {
  it('open what AES-GCM protects, and nothing that was changed', () => {
    const message = gcm({ messageId: 2, innerType: 41, iv: 1 }, notify(16422, Buffer.alloc(12)))
    const table = tableOf(`# made here\n${GCM}\n`)
    const open = (b: Uint8Array) =>
      openMessage(
        table,
        ikeHeader(b, b.length) as Exclude<ReturnType<typeof ikeHeader>, string | undefined>,
        b,
      )
    expect(insideOf(open(message)!, 41)).toMatchObject({ notifies: [16422], text: 'IKEV2_MESSAGE_ID_SYNC' })
    const changed = Uint8Array.from(message)
    changed[45]! ^= 1
    expect(open(changed)).toBeUndefined()
    expect(openMessage(tableOf(''), ikeHeader(message, message.length) as never, message)).toBeUndefined()
  })

  it('open what AES-CBC and HMAC protect', () => {
    const plain = Buffer.concat([
      Buffer.from([0, 0, 0, 12, 3, 4, 0, 1, 0xc0, 0, 0, 1]),
      Buffer.alloc(3),
      Buffer.from([3]),
    ])
    const cipher = createCipheriv('aes-256-cbc', key(2, 32), key(9, 16)).setAutoPadding(false)
    const body = Buffer.concat([key(9, 16), cipher.update(plain), cipher.final(), Buffer.alloc(16)])
    const words = {
      spis: SPIS,
      exchange: 37,
      messageId: 0,
      fromInitiator: false,
      response: false,
      seed: 0,
      innerType: 42,
    }
    const message = ike({ ...words, body })
    const mac = createHmac('sha256', key(4, 32)).update(message.subarray(0, -16)).digest()
    message.set(mac.subarray(0, 16), message.length - 16)
    const inside = openMessage(tableOf(CBC), ikeHeader(message, message.length) as never, message)
    expect(insideOf(inside!, 42)).toMatchObject({ deleted: [0xc0000001], text: 'deletes 0xc0000001' })
    message[60]! ^= 1
    expect(openMessage(tableOf(CBC), ikeHeader(message, message.length) as never, message)).toBeUndefined()
  })

  it.each([
    ['AES-CCM-128 with 8 octet ICV [RFC5282]', 'ccm', 16, 8],
    ['AES-CCM-256 with 12 octet ICV [RFC5282]', 'ccm', 32, 12],
    ['AES-CCM-256 with 16 octet ICV [RFC5282]', 'ccm', 32, 16],
    ['AES-CTR-128 [RFC5930]', 'ctr', 16, 16],
    ['AES-CTR-256 [RFC5930]', 'ctr', 32, 16],
  ] as const)('open what %s protects, and nothing that was changed', (name, mode, size, icv) => {
    const salt = mode === 'ccm' ? 3 : 4
    const table = tableOf(
      line(name, [key(1, size + salt), key(2, size + salt)], 'HMAC_SHA2_256_128 [RFC4868]', [
        key(3, 32),
        key(4, 32),
      ]),
    )
    const plain = Buffer.concat([notify(16422, Buffer.alloc(12)), Buffer.from([0])])
    const words = {
      ...{ spis: SPIS, exchange: 37, messageId: 3, fromInitiator: true, response: false },
      ...{ seed: 0, innerType: 41 },
    }
    const head = ike({ ...words, body: Buffer.alloc(8 + plain.length + icv) }).subarray(0, 32)
    const iv = key(9, 8)
    const nonce = Buffer.concat([key(1, salt), iv])
    const sealed = (): Buffer => {
      if (mode === 'ctr') {
        // RFC 3686 section 4: the counter block is nonce, IV, and a counter that begins at 1.
        const counter = Buffer.concat([nonce, Buffer.from([0, 0, 0, 1])])
        const cipher = createCipheriv(`aes-${size * 8}-ctr`, key(1, size), counter)
        const text = Buffer.concat([cipher.update(plain), cipher.final()])
        const mac = createHmac('sha256', key(3, 32))
          .update(Buffer.concat([head, iv, text]))
          .digest()
        return Buffer.concat([text, mac.subarray(0, icv)])
      }
      const cipher = createCipheriv(`aes-${(size * 8) as 128}-ccm`, key(1, size), nonce, {
        authTagLength: icv,
      })
      cipher.setAAD(head, { plaintextLength: plain.length })
      return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    }
    const bytes = ike({ ...words, body: Buffer.concat([iv, sealed()]) })
    const open = (b: Uint8Array) => openMessage(table, ikeHeader(b, b.length) as never, b)
    expect(insideOf(open(bytes)!, 41)).toMatchObject({ notifies: [16422] })
    const changed = Uint8Array.from(bytes)
    changed[44]! ^= 1
    expect(open(changed)).toBeUndefined()
  })

  // The pairs of the captures with which Wireshark tests itself, and the names that it gives them.
  it.each<[string, string, string, string, number, number, number]>([
    ['3DES [RFC2451]', 'HMAC_SHA1_160 [RFC4595]', 'des-ede3-cbc', 'sha1', 24, 0, 20],
    ['AES-CBC-256 [RFC3602]', 'HMAC_SHA2_256_128 [RFC4868]', 'aes-256-cbc', 'sha256', 32, 0, 16],
    ['AES-CBC-128 [RFC3602]', 'HMAC_MD5_96 [RFC2403]', 'aes-128-cbc', 'md5', 16, 0, 12],
    ['AES-CBC-192 [RFC3602]', 'HMAC_SHA1_96 [RFC2404]', 'aes-192-cbc', 'sha1', 24, 0, 12],
    ['AES-CTR-192 [RFC5930]', 'HMAC_SHA2_512_256 [RFC4868]', 'aes-192-ctr', 'sha512', 24, 4, 32],
    ['AES-CTR-128 [RFC5930]', 'HMAC_SHA2_384_192 [RFC4868]', 'aes-128-ctr', 'sha384', 16, 4, 24],
    ['AES-GCM-256 with 16 octet ICV [RFC5282]', 'NONE [RFC4306]', 'aes-256-gcm', '', 32, 4, 16],
    ['AES-GCM-256 with 8 octet ICV [RFC5282]', 'NONE [RFC4306]', 'aes-256-gcm', '', 32, 4, 8],
    ['AES-GCM-192 with 12 octet ICV [RFC5282]', 'NONE [RFC4306]', 'aes-192-gcm', '', 24, 4, 12],
    ['AES-CCM-256 with 16 octet ICV [RFC5282]', 'NONE [RFC4306]', 'aes-256-ccm', '', 32, 3, 16],
    ['AES-CCM-128 with 12 octet ICV [RFC5282]', 'NONE [RFC4306]', 'aes-128-ccm', '', 16, 3, 12],
    ['AES-CCM-192 with 8 octet ICV [RFC5282]', 'NONE [RFC4306]', 'aes-192-ccm', '', 24, 3, 8],
  ])(
    'open %s with %s, in the lines in which Wireshark keeps them',
    (name, integrity, algorithm, hash, size, salt, icv) => {
      const encryption = [key(0x5a, size + salt), key(0x6b, size + salt)]
      const macs = hash === '' ? [key(0, 0), key(0, 0)] : [key(3, 20), key(4, 20)]
      const saved = `# This file is automatically generated, DO NOT MODIFY.\r\n${line(name, encryption, integrity, macs)}\r\n`
      const { table, warnings } = keyTable(saved)
      expect(warnings).toEqual([])
      const block = algorithm.includes('cbc') ? (algorithm.startsWith('des') ? 8 : 16) : 1
      const payloads = notify(16422, Buffer.alloc(12))
      const pad = (block - ((payloads.length + 1) % block)) % block
      const plain = Buffer.concat([payloads, Buffer.alloc(pad), Buffer.from([pad])])
      const iv = key(9, block === 16 ? 16 : 8)
      const words = {
        ...{ spis: SPIS, exchange: 37, messageId: 3, fromInitiator: false, response: true },
        ...{ seed: 0, innerType: 41 },
      }
      const head = ike({ ...words, body: Buffer.alloc(iv.length + plain.length + icv) }).subarray(0, 32)
      const secret = key(0x6b, size)
      const nonce = Buffer.concat([
        key(0x6b, salt),
        iv,
        Buffer.from(algorithm.endsWith('ctr') ? [0, 0, 0, 1] : []),
      ])
      const options = hash === '' ? { authTagLength: icv } : {}
      const cipher = createCipheriv(
        algorithm as 'aes-128-ccm',
        secret,
        nonce,
        options as { authTagLength: number },
      )
      cipher.setAutoPadding?.(false)
      if (hash === '') cipher.setAAD(head, { plaintextLength: plain.length })
      const text = Buffer.concat([cipher.update(plain), cipher.final()])
      const mac =
        hash === ''
          ? cipher.getAuthTag()
          : createHmac(hash, key(4, 20))
              .update(Buffer.concat([head, iv, text]))
              .digest()
              .subarray(0, icv)
      const bytes = ike({ ...words, body: Buffer.concat([iv, text, mac]) })
      const open = (b: Uint8Array, keys = table) => openMessage(keys, ikeHeader(b, b.length) as never, b)
      expect(insideOf(open(bytes)!, 41)).toMatchObject({ notifies: [16422] })
      const changed = Uint8Array.from(bytes)
      changed[changed.length - 1]! ^= 1
      expect(open(changed)).toBeUndefined()
      if (hash === '') return
      const unchecked = `ANY ${icv * 8}-bits of Authentication [No Checking]`
      expect(insideOf(open(changed, tableOf(line(name, encryption, unchecked, macs)))!, 41)).toMatchObject({
        notifies: [16422],
      })
      const wrong = tableOf(line(name, [key(7, size + salt), key(8, size + salt)], unchecked, macs))
      expect(open(bytes, wrong)).toBeUndefined()
    },
  )

  it.each([
    ['1,2,3', 'line 1 holds 3 fields rather than the 8 of ikev2_decryption_table'],
    [
      GCM.replace('AES-GCM-128 with', 'ROT13 with'),
      "line 1 names the cipher 'ROT13 with 16 octet ICV [RFC5282]'; known are 3DES and AES in GCM, CCM, CBC and CTR mode",
    ],
    [
      GCM.replaceAll('01010101', '01'),
      'line 1 has a key of 5 octets; AES-GCM-128 with 16 octet ICV [RFC5282] takes 20, salt included',
    ],
    [GCM.replace('1111', 'zzzz'), "line 1 gives the SPI as 'zzzz111111111111', which is not hexadecimal"],
    [GCM.replace('1111', '11'), 'line 1 has an SPI of 7 octets; those of IKE have 8'],
    [
      CBC.replace('HMAC_SHA2_256_128', 'AES_XCBC_96'),
      "line 1 names the integrity algorithm 'AES_XCBC_96 [RFC4868]'; AES-CBC-256 [RFC3602] needs HMAC_MD5, HMAC_SHA1 or HMAC_SHA2 with its bits, or ANY",
    ],
  ])('that are wrong leave the others, with a warning: %#', (text, sentence) => {
    const { table, warnings } = keyTable(`${text}\n${CBC}`)
    expect(warnings).toEqual([sentence])
    expect(table.size).toBe(1)
  })
})

describe('what keys make certain', () => {
  const keys = tableOf(GCM)
  const verdicts = (frames: readonly Uint8Array[], table = keys) =>
    summaryOf(judged(pcap(1, frames), { keys: table }))
  const sync = (iv: number) =>
    answers(gcm({ messageId: 0, from: 'responder', innerType: 41, iv }, notify(16422, Buffer.alloc(12, iv))))
  const probe = (iv: number) =>
    answers(gcm({ messageId: 0, from: 'responder', innerType: 41, iv }, notify(16384 + iv)))

  it('a synch of RFC 6311 is told from an ID used again', () => {
    expect(verdicts([sync(1), sync(2)], new Map())).toEqual({ 'MID-1': 'sign 1' })
    expect(verdicts([sync(1), sync(2)])).toEqual({})
    expect(verdicts([probe(1), probe(2)])).toEqual({ 'MID-1': 'certain 1' })
  })

  const packets = (from: number, seed: number) =>
    [1, 2, 3].map((n) => out(50, esp(0x1001, from + n - 1, [0, n], seed + n)))
  const rekey = (spi: number, transform = 20) => [
    asks(gcm({ messageId: 2, exchange: 36, innerType: 33, iv: 1 }, childSa(0x2002, transform))),
    answers(
      gcm(
        { messageId: 2, exchange: 36, from: 'responder', response: true, innerType: 33, iv: 1 },
        childSa(spi, transform),
      ),
    ),
  ]

  it('an SPI was negotiated again, or was not', () => {
    expect(verdicts([...packets(1, 1), ...rekey(0x1001), ...packets(1, 50)])).toEqual({})
    expect(verdicts([...packets(1, 1), ...rekey(0x7777), ...packets(1, 50)], new Map())).toEqual({
      'SEQ-1': 'sign 3',
      'IV-1': 'sign 3',
    })
    expect(verdicts([...packets(1, 1), ...rekey(0x7777), ...packets(1, 50)])).toMatchObject({
      'SEQ-1': 'certain 3',
    })
  })

  it('the cipher of a child SA decides what repeated IVs mean', () => {
    const repeated = [...packets(1, 1), ...packets(4, 9)]
    expect(verdicts([...rekey(0x1001, 20), ...repeated])).toEqual({ 'IV-1': 'certain 3' })
    expect(verdicts([...rekey(0x1001, 12), ...repeated])).toEqual({})
  })
})
