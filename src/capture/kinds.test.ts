/** Each kind of fault beside what looks like it and is harmless: made captures, of which the truth is known. */
import { describe, expect, it } from 'vitest'
import { judged, summaryOf } from '../cli/testing/captures-under-test.ts'
import { A, B, CLUSTER, type Making, making, PEER, takeover } from '../testing/made-captures.ts'
import type { CaptureOptions } from './judge.ts'

type Make = (made: Making) => unknown
/** Verdicts that are not clean; and how many bytes of each frame are captured. */
interface Case {
  readonly is: string
  readonly made: Make
  readonly verdicts: Readonly<Record<string, string>>
  readonly snap?: number
  readonly options?: Partial<CaptureOptions>
}
interface Kind {
  readonly kind: string
  readonly fault: readonly Case[]
  readonly harmless: readonly Case[]
}

const REUSE = { 'SEQ-1': 'certain 20', 'SEQ-2o': 'sign 20', 'IV-1': 'if counter mode 20' }
/** A has sent 1 to 80 under an SA that was set up in the capture; the peer sends too. */
const begun = (made: Making, from: 'cluster' | 'peer' = 'cluster'): void => {
  made.setUp({ from })
  for (let n = 1; n <= 80; n += 8) {
    made.esp(n, n + 7)
    made.esp(n, n + 7, { source: PEER, target: CLUSTER, spi: 0x2002, mask: [7, 7] })
  }
}
const stale = (made: Making): void => {
  takeover(made)
  made.esp(1, 20, { mac: B })
}
const fresh = { mac: B, mask: [0x1234, 0x9876] } as const

const KINDS: readonly Kind[] = [
  {
    kind: 'an exchange before a restart',
    fault: [
      {
        is: 'used up by the two SPIs of another child SA',
        made: (made) => {
          begun(made)
          made.exchange({ id: 2, exchange: 36 })
          made.esp(1, 5, { spi: 0x3003, mask: [3, 3] })
          made.esp(1, 5, { source: PEER, target: CLUSTER, spi: 0x4004, mask: [4, 4] })
          stale(made)
        },
        verdicts: REUSE,
      },
      {
        is: 'an answer that is retransmitted',
        made: (made) => {
          made.exchange({ id: 0, exchange: 34 })
          made.asks({ id: 1, exchange: 35, seed: 5 })
          made.answers({ id: 1, exchange: 35, seed: 6 })
          made.esp(1, 80)
          made.wait(1)
          made.answers({ id: 1, exchange: 35, seed: 6 })
          stale(made)
        },
        verdicts: REUSE,
      },
      {
        is: 'used up by an SPI that is seen only afterwards',
        made: (made) => {
          begun(made)
          takeover(made)
          made.exchange({ id: 2, exchange: 36, mac: B })
          made.esp(1, 20, { mac: B })
          made.esp(1, 3, { mac: B, spi: 0x3003, mask: [3, 3] })
        },
        verdicts: { 'SEQ-1': 'certain 20', 'IV-1': 'if counter mode 20' },
      },
      {
        is: 'made with the member that is gone',
        made: (made) => {
          begun(made)
          made.exchange({ id: 2, exchange: 36 })
          takeover(made)
          made.esp(1, 20, fresh)
        },
        verdicts: { 'SEQ-1': 'unless negotiated again 20' },
      },
      {
        is: 'that rekeys the IKE SA',
        made: (made) => {
          begun(made)
          made.exchange({ id: 2, exchange: 36 })
          made.exchange({ id: 0, exchange: 37, ike: '22' })
          stale(made)
        },
        verdicts: REUSE,
      },
      {
        is: 'of another IKE SA',
        made: (made) => {
          made.setUp({ ike: '33' })
          made.esp(1, 3, { spi: 0x3003, mask: [3, 3] })
          made.setUp()
          made.esp(1, 80)
          made.exchange({ id: 2, exchange: 36, ike: '33' })
          made.esp(1, 20, { mask: [0x1234, 0x9876] })
        },
        verdicts: { 'SEQ-1': 'unless negotiated again 20' },
      },
      {
        is: 'of the new member, with the restart in the IKE SA of before',
        made: (made) => {
          begun(made)
          takeover(made)
          made.exchange({ id: 2, exchange: 36, mac: B })
          made.esp(1, 20, fresh)
        },
        verdicts: { 'SEQ-1': 'unless negotiated again 20' },
      },
      {
        is: 'and the IVs are those of before',
        made: (made) => {
          begun(made)
          made.exchange({ id: 2, exchange: 36 })
          made.esp(1, 20)
        },
        verdicts: { 'SEQ-1': 'unless negotiated again 20', 'IV-1': 'if counter mode 20' },
      },
      {
        is: 'that explains the first of two restarts',
        made: (made) => {
          begun(made)
          made.exchange({ id: 2, exchange: 36 })
          made.esp(1, 20, { mask: [0x1234, 0x9876] })
          made.esp(1, 20, { mask: [0x4321, 0x8765] })
        },
        verdicts: { 'SEQ-1': 'certain 60', 'SEQ-2o': 'sign 20' },
      },
    ],
    harmless: [
      {
        is: 'of a new IKE SA, after which the same SPI has another key',
        made: (made) => {
          begun(made)
          takeover(made)
          made.setUp({ ike: '22', mac: B })
          made.esp(1, 20, fresh)
        },
        verdicts: { 'SEQ-1': 'sign 20' },
      },
      {
        is: 'of a rekey, after which the same SPI has another key',
        made: (made) => {
          begun(made)
          made.exchange({ id: 2, exchange: 36 })
          made.esp(1, 20, { mask: [0x1234, 0x9876] })
        },
        verdicts: { 'SEQ-1': 'sign 20' },
      },
      {
        is: 'and a new SPI',
        made: (made) => {
          begun(made)
          made.exchange({ id: 2, exchange: 36 })
          made.esp(1, 20, { spi: 0x3003, mask: [3, 3] })
        },
        verdicts: {},
      },
    ],
  },
  {
    kind: 'packets that were captured in part',
    fault: [
      {
        is: 'and nothing tells reuse from copies',
        made: (made) => {
          begun(made)
          stale(made)
        },
        snap: 50,
        verdicts: { 'SEQ-1': 'undecided 20', 'IV-1': 'undecided 20' },
      },
      {
        is: 'and their IVs differ',
        made: (made) => {
          begun(made)
          takeover(made)
          made.esp(1, 20, fresh)
        },
        snap: 50,
        verdicts: { 'SEQ-1': 'certain 20', 'SEQ-2o': 'sign 20' },
      },
      {
        is: 'and a request may be another with the ID of before',
        made: (made) => {
          made.asks({ id: 5, seed: 9 })
          made.wait(1)
          made.asks({ id: 5, seed: 9 })
        },
        snap: 80,
        verdicts: { 'MID-1': 'undecided 1' },
      },
    ],
    harmless: [
      { is: 'without a number twice', made: (made) => begun(made), snap: 50, verdicts: {} },
      {
        is: 'each of them twice at once',
        made: (made) => {
          for (let n = 1; n < 40; n++) {
            made.esp(n, n, { seed: 50 })
            made.now -= 0.009
            made.esp(n, n, { seed: 50 })
          }
        },
        snap: 50,
        verdicts: {},
      },
    ],
  },
  {
    kind: 'message ID 0',
    fault: [
      {
        is: 'of a liveness check and a CREATE_CHILD_SA, answered from the cache',
        made: (made) => {
          made.setUp({ from: 'peer' })
          made.asks({ id: 0, from: 'responder', source: CLUSTER })
          made.answers({ id: 0, from: 'responder', source: CLUSTER, seed: 77 })
          takeover(made)
          made.asks({ id: 0, exchange: 36, from: 'responder', source: CLUSTER, mac: B })
          made.answers({ id: 0, from: 'responder', source: CLUSTER, mac: B, seed: 77 })
        },
        verdicts: { 'MID-1': 'certain 1', 'MID-4': 'sign 1' },
      },
      {
        is: 'of two INFORMATIONALs, the second answered from the cache',
        made: (made) => {
          made.setUp({ from: 'peer' })
          made.asks({ id: 0, from: 'responder', source: CLUSTER })
          made.answers({ id: 0, from: 'responder', source: CLUSTER, seed: 77 })
          takeover(made)
          made.asks({ id: 0, from: 'responder', source: CLUSTER, mac: B })
          made.answers({ id: 0, from: 'responder', source: CLUSTER, mac: B, seed: 77 })
        },
        verdicts: { 'MID-1': 'certain 1', 'MID-4': 'sign 1' },
      },
      {
        is: 'of a request that IKE_SA_INIT has used up',
        made: (made) => {
          made.setUp()
          made.exchange({ id: 0, exchange: 36 })
        },
        verdicts: { 'MID-1': 'certain 1' },
      },
      {
        is: 'of an INFORMATIONAL whose answer is too short for one to a synch',
        made: (made) => {
          made.setUp({ from: 'peer' })
          made.exchange({ id: 0, from: 'responder', source: CLUSTER })
          takeover(made)
          made.asks({ id: 0, from: 'responder', source: CLUSTER, mac: B })
          made.answers({ id: 0, from: 'responder', source: CLUSTER, mac: B, bytes: 20 })
        },
        verdicts: { 'MID-1': 'certain 1', 'MID-2': 'certain 1' },
      },
      {
        is: 'of an INFORMATIONAL too short for a synch',
        made: (made) => {
          made.setUp({ from: 'peer' })
          made.exchange({ id: 0, from: 'responder', source: CLUSTER, bytes: 25 })
          takeover(made)
          made.asks({ id: 0, from: 'responder', source: CLUSTER, mac: B, bytes: 25 })
        },
        verdicts: { 'MID-1': 'certain 1' },
      },
    ],
    harmless: [
      {
        is: 'of a synch that is answered anew',
        made: (made) => {
          made.setUp({ from: 'peer' })
          made.exchange({ id: 0, from: 'responder', source: CLUSTER })
          takeover(made)
          made.exchange({ id: 0, from: 'responder', source: CLUSTER, mac: B, bytes: 80 })
          made.exchange({ id: 4, from: 'responder', source: CLUSTER, mac: B })
        },
        verdicts: {},
      },
      {
        is: 'of a synch that is never answered',
        made: (made) => {
          made.setUp({ from: 'peer' })
          made.exchange({ id: 0, from: 'responder', source: CLUSTER })
          takeover(made)
          for (let i = 0; i < 4; i++) {
            made.asks({ id: 0, from: 'responder', source: CLUSTER, mac: B, bytes: 80, seed: 5 })
            made.wait(2 ** i)
          }
        },
        verdicts: { 'MID-1': 'sign 1', 'LIV-1c': 'sign 1' },
      },
      {
        is: 'of both ends, and of a new IKE SA',
        made: (made) => {
          made.setUp({ from: 'peer' })
          made.exchange({ id: 0, from: 'responder', source: CLUSTER })
          made.exchange({ id: 2, exchange: 36, source: PEER })
          made.exchange({ id: 0, ike: '22' })
          made.exchange({ id: 0, ike: '22', from: 'responder', source: PEER })
        },
        verdicts: {},
      },
    ],
  },
  {
    kind: 'an address that changes at the takeover',
    fault: [
      {
        is: 'that of the sender, and numbers start again',
        made: (made) => {
          begun(made)
          made.wait(3)
          made.esp(1, 20, { mac: B, source: '192.168.0.12' })
        },
        verdicts: { 'SEQ-1': 'certain 20', 'IV-1': 'if counter mode 20' },
      },
      {
        is: 'that of the sender, with IVs of its own',
        made: (made) => {
          begun(made)
          made.wait(3)
          made.esp(1, 20, { ...fresh, source: '192.168.0.12' })
        },
        verdicts: { 'SEQ-1': 'certain 20' },
      },
      {
        is: 'that of the receiver, and numbers start again with the same IVs',
        made: (made) => {
          begun(made)
          made.wait(3)
          made.esp(1, 20, { mac: B, target: '203.0.113.7' })
        },
        verdicts: { 'SEQ-1': 'certain 20', 'IV-1': 'if counter mode 20' },
      },
      {
        is: 'that of the receiver, which also sends from there, and numbers start again',
        made: (made) => {
          begun(made)
          made.wait(3)
          made.esp(81, 84, { source: '203.0.113.7', target: CLUSTER, spi: 0x2002, mask: [7, 7] })
          made.esp(1, 20, { ...fresh, target: '203.0.113.7' })
        },
        verdicts: { 'SEQ-1': 'certain 20' },
      },
      {
        is: 'the UDP port, and numbers start again',
        made: (made) => {
          made.esp(1, 80, { ports: [4500, 40_000] })
          takeover(made)
          made.esp(1, 20, { ...fresh, ports: [4500, 51_111] })
        },
        verdicts: { 'SEQ-1': 'certain 20' },
      },
      {
        is: 'first, and the new one sends what the old one has after a while',
        made: (made) => {
          begun(made)
          made.esp(81, 90, { source: '10.9.9.9' })
          takeover(made, B)
          made.esp(71, 85, { ...fresh, source: '10.9.9.9' })
        },
        verdicts: { 'SEQ-1': 'certain 15', 'SEQ-2o': 'sign 5' },
      },
    ],
    harmless: [
      {
        is: 'that of the sender, far ahead',
        made: (made) => {
          begun(made)
          made.wait(3)
          made.esp(1_000_000, 1_000_020, { ...fresh, source: '192.168.0.12' })
        },
        verdicts: {},
      },
      {
        is: 'that of the sender, and back',
        made: (made) => {
          begun(made)
          made.wait(3)
          made.esp(5000, 5020, { ...fresh, source: '192.168.0.12' })
          made.wait(3)
          made.esp(9000, 9020)
        },
        verdicts: {},
      },
      {
        is: 'that of the sender, there and back again, three times',
        made: (made) => {
          begun(made)
          for (let turn = 1; turn < 4; turn++) {
            made.wait(3)
            made.esp(turn * 5000, turn * 5000 + 10, turn % 2 ? { ...fresh, source: '192.168.0.12' } : {})
          }
        },
        verdicts: {},
      },
      {
        is: 'that of the receiver',
        made: (made) => {
          begun(made)
          made.esp(81, 99, { target: '203.0.113.7' })
        },
        verdicts: {},
      },
      {
        is: 'no more than two clients with one SPI behind one NAT',
        made: (made) => {
          for (let n = 1; n < 30; n++) {
            made.esp(n, n, { ports: [4500, 40_000] })
            made.esp(n, n, { ports: [4500, 51_111], mask: [5, 99] })
          }
        },
        verdicts: {},
      },
      {
        is: 'no more than two networks',
        made: (made) => {
          made.esp(1, 30, { vlan: 7 })
          made.esp(1, 30, { vlan: 8, mask: [5, 99] })
        },
        verdicts: {},
      },
      {
        is: 'no more than several senders to a multicast group',
        made: (made) => {
          const group = { target: '239.1.2.3', spi: 0x100 }
          for (let n = 1; n < 30; n++) {
            made.esp(n + 40, n + 40, group)
            made.esp(n + 43, n + 43, { ...group, source: PEER, mask: [5, 99] })
            made.esp(n, n, { ...group, source: '192.168.0.3', mac: B, mask: [6, 99] })
          }
        },
        verdicts: {},
      },
      {
        is: 'no more than one SPI at two receivers, one after the other',
        made: (made) => {
          for (let turn = 0; turn < 3; turn++) {
            made.esp(turn * 10 + 1, turn * 10 + 10)
            made.esp(turn * 10 + 1, turn * 10 + 10, { target: '192.168.0.3', mask: [5, 99] })
          }
        },
        verdicts: {},
      },
    ],
  },
  {
    kind: 'a multicast sender',
    fault: [
      {
        is: 'that uses its own numbers again',
        made: (made) => {
          const group = { target: '239.1.2.3', spi: 0x100 }
          made.esp(1, 30, group)
          made.esp(1, 30, { ...group, source: PEER, mask: [5, 99] })
          takeover(made)
          made.esp(1, 5, { ...group, ...fresh })
        },
        verdicts: { 'SEQ-1': 'certain 5', 'SEQ-2o': 'sign 5' },
      },
    ],
    harmless: [],
  },
  {
    kind: 'a mirror',
    fault: [
      {
        is: 'that shows a stale member twice',
        made: (made) => {
          for (const [mac, from, to] of [
            [A, 1, 80],
            [B, 1, 20],
          ] as const)
            for (let n = from; n <= to; n++) {
              const seed = mac === A ? 100 : 900
              made.esp(n, n, { mac, seed })
              made.now -= 0.009
              made.esp(n, n, { mac: '02:00:00:00:00:fe', ttl: 63, seed })
            }
        },
        verdicts: REUSE,
      },
    ],
    harmless: [
      {
        is: 'that shows each packet twice, with another TTL, station and address',
        made: (made) => {
          for (let n = 1; n < 40; n++) {
            made.esp(n, n, { seed: 50 })
            made.now -= 0.009
            made.esp(n, n, { mac: '02:00:00:00:00:fe', ttl: 63, seed: 50, source: '203.0.113.1' })
          }
        },
        verdicts: {},
      },
    ],
  },
  {
    kind: 'IVs',
    fault: [
      {
        is: 'that are always the same',
        made: (made) => made.esp(1, 40, { iv: [0, 0], length: 61 }),
        verdicts: { 'IV-1': 'sign 39' },
      },
      {
        is: 'that are always the same and begin like an IP header of another length',
        made: (made) => made.esp(1, 40, { iv: [0x45009999, 1], length: 61 }),
        verdicts: { 'IV-1': 'sign 39' },
      },
    ],
    harmless: [
      {
        is: 'that are none, but the beginning of an IP packet in clear',
        made: (made) => made.esp(1, 40, { iv: [0x45000050, 0x40], length: 90 }),
        verdicts: {},
      },
    ],
  },
  {
    kind: 'what may be damage',
    fault: [
      {
        is: 'not, where a number comes again from another member',
        made: (made) => {
          made.esp(1, 40)
          takeover(made)
          made.esp(40, 40, fresh)
          made.esp(42, 60, fresh)
        },
        verdicts: { 'SEQ-1': 'certain 1', 'SEQ-2o': 'sign 1' },
      },
      {
        is: 'a number once again by one member, which leaves out another',
        made: (made) => {
          made.esp(1, 20)
          made.esp(5, 5, { iv: [0xabcd, (0x5555 ^ 21) >>> 0] })
          made.esp(22, 40)
        },
        verdicts: { 'SEQ-1': 'undecided 1', 'IV-1': 'undecided 1' },
      },
      {
        is: 'what restarts after a frame that makes no sense',
        made: (made) => {
          begun(made)
          made.frame(new Uint8Array(16).fill(0x45))
          made.frame(Uint8Array.from([...new Uint8Array(12), 8, 0, 0x45, 0, 0, 99]))
          made.esp(1, 20, { mask: [0x1234, 0x9876] })
        },
        verdicts: { 'SEQ-1': 'undecided 20', 'SEQ-2o': 'sign 20' },
      },
      {
        is: 'not, where the IVs after it are those of before',
        made: (made) => {
          begun(made)
          made.frame(Uint8Array.from([...new Uint8Array(12), 8, 0, 0x45, 0, 0, 99]))
          made.esp(1, 20)
        },
        verdicts: REUSE,
      },
    ],
    harmless: [],
  },
  {
    kind: 'the end of 32 bits',
    fault: [
      {
        is: 'near which the numbers start again at 1',
        made: (made) => {
          made.esp(0xffff_ff00, 0xffff_ff40, { length: 61 })
          takeover(made)
          made.esp(1, 20, { ...fresh, length: 61 })
        },
        verdicts: { 'SEQ-1': 'sign 1', 'SEQ-3': 'sign 1' },
      },
      {
        is: 'near which one gateway starts again at 1',
        made: (made) => {
          made.esp(0xffff_ffe0, 0xffff_ffff)
          made.esp(1, 20)
        },
        verdicts: { 'SEQ-1': 'sign 1', 'SEQ-3': 'sign 1' },
      },
    ],
    harmless: [
      {
        is: 'over which extended numbers go',
        made: (made) => {
          made.esp(0xffff_fff0, 0xffff_ffff)
          made.esp(0, 20, { half: 1 })
        },
        verdicts: {},
      },
      {
        is: 'over which they go with a loss, as the IV shows',
        made: (made) => {
          made.esp(0xffff_fff0, 0xffff_fff8)
          made.esp(1, 20, { half: 1 })
        },
        verdicts: {},
      },
      {
        is: 'over which a standby goes to the next half, as the IV shows',
        made: (made) => {
          made.esp(1, 200)
          takeover(made)
          made.esp(1, 20, { mac: B, half: 1 })
        },
        verdicts: {},
      },
      {
        is: 'over which a standby jumps far',
        made: (made) => {
          made.esp(0xf000_0000, 0xf000_0040)
          takeover(made)
          made.esp(5000, 5020, fresh)
        },
        verdicts: { 'SEQ-2o': 'sign 21' },
      },
    ],
  },
  {
    kind: 'numbers from before the capture',
    fault: [
      {
        is: 'to which the counter goes back',
        made: (made) => {
          made.esp(5_000_000, 5_000_100)
          takeover(made)
          made.esp(1, 20, fresh)
        },
        verdicts: { 'SEQ-1': 'sign 20', 'SEQ-2o': 'sign 20' },
      },
    ],
    harmless: [
      {
        is: 'that come late',
        made: (made) => {
          made.esp(20, 40)
          made.esp(10, 19)
        },
        verdicts: {},
      },
    ],
  },
  {
    kind: 'IKE',
    fault: [
      {
        is: 'IVs that repeat after a rekey',
        made: (made) => {
          made.setUp()
          made.exchange({ id: 2, exchange: 36 })
          made.asks({ id: 0, ike: '22', seed: 5 })
          made.asks({ id: 1, ike: '22', body: undefined as never, seed: 5 })
        },
        verdicts: { 'IV-1': 'sign 1' },
      },
      {
        is: 'an SPI that two stations choose as initiators',
        made: (made) => {
          made.exchange({ id: 0, exchange: 34 })
          made.asks({ id: 0, exchange: 34, source: '192.168.0.13', mac: B })
        },
        verdicts: { 'SPI-1': 'sign 1' },
      },
      {
        is: 'a message ID that is skipped',
        made: (made) => {
          made.setUp()
          takeover(made)
          made.exchange({ id: 3, exchange: 36, mac: B })
        },
        verdicts: { 'MID-5': 'sign 1' },
      },
      {
        is: 'a next request although the own one has no answer',
        made: (made) => {
          made.setUp()
          made.exchange({ id: 2, exchange: 36 })
          takeover(made)
          made.asks({ id: 2, exchange: 36, mac: B })
          made.exchange({ id: 3, exchange: 36, mac: B })
        },
        verdicts: { 'MID-1': 'certain 1', 'MID-4': 'sign 1' },
      },
      {
        is: 'a request of the peer that is never answered',
        made: (made) => {
          made.setUp()
          takeover(made)
          for (let i = 0; i < 4; i++) {
            made.asks({ id: 0, exchange: 36, from: 'responder', source: PEER, mac: B, seed: 5 })
            made.wait(1)
          }
        },
        verdicts: { 'LIV-1p': 'sign 1' },
      },
      {
        is: 'the same, where the user says which side is the cluster',
        made: (made) => {
          made.setUp()
          for (let i = 0; i < 4; i++) {
            made.asks({ id: 0, exchange: 36, from: 'responder', source: PEER, seed: 5 })
            made.wait(1)
          }
        },
        options: { cluster: [CLUSTER] },
        verdicts: { 'LIV-1p': 'sign 1' },
      },
    ],
    harmless: [
      {
        is: 'an SPI that one station asks two gateways under',
        made: (made) => {
          made.asks({ id: 0, exchange: 34, seed: 5 })
          made.asks({ id: 0, exchange: 34, target: '192.168.0.3', seed: 6 })
        },
        verdicts: {},
      },
      {
        is: 'a window above 1, out of order',
        made: (made) => {
          made.setUp()
          for (const id of [2, 4, 3]) made.asks({ id, exchange: 36 })
          for (const id of [4, 2, 3]) made.answers({ id, exchange: 36 })
        },
        verdicts: {},
      },
      {
        is: 'an IKE_SA_INIT that nobody answers, after a cookie',
        made: (made) => {
          made.exchange({ id: 0, exchange: 34 })
          for (let i = 0; i < 5; i++) {
            made.asks({ id: 0, exchange: 34, seed: 5 })
            made.wait(1)
          }
        },
        verdicts: {},
      },
    ],
  },
]

for (const { kind, fault, harmless } of KINDS)
  describe(kind, () => {
    const check = ({ made, verdicts, snap, options }: Case) => {
      const making_ = making()
      made(making_)
      expect(summaryOf(judged(making_.pcap(snap), options))).toEqual(verdicts)
    }
    it.each(fault.map((one) => [one.is, one] as const))('%s', (_, one) => check(one))
    it.each(harmless.map((one) => [one.is, one] as const))('harmless: %s', (_, one) => check(one))
  })
