/** What the recording itself does to packets, beside the faults that it must not hide: parts, mirrors, damage. */
import { begun, checkKinds, fresh, REUSE, stale } from '../testing/captures/kinds.ts'
import { A, B, takeover } from '../testing/captures/made-captures.ts'

checkKinds([
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
])
