/** Addresses, message IDs and senders: each kind of fault beside what looks like it and is harmless. */
import { begun, checkKinds, fresh } from '../testing/captures/kinds.ts'
import { B, CLUSTER, PEER, takeover } from '../testing/captures/made-captures.ts'

checkKinds([
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
])
