/** Sequence numbers that begin again beside those that only look so: what was captured before, in part, twice or damaged. */
import { begun, checkKinds, fresh, REUSE, stale } from '../testing/captures/kinds.ts'
import { B, CLUSTER, PEER, takeover } from '../testing/captures/made-captures.ts'

checkKinds([
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
])
