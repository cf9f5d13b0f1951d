/** Real captures of real clusters, judged: every count is one that other tools made, with the keys of the SAs. */
import { describe, expect, it } from 'vitest'
import { fixture, judged, summaryOf } from '../cli/testing/captures-under-test.ts'

describe('a recorded capture', () => {
  it.each([
    ['a-normal', 68, {}],
    ['b1-naive-manual', 77, { 'SEQ-1': 'certain 12', 'SEQ-2o': 'sign 12' }],
    ['b2-naive-ha', 91, { 'SEQ-1': 'certain 18', 'SEQ-2o': 'sign 18' }],
    ['c2-good-ha', 107, {}],
    ['d2-doomed-mid-reuse', 34, { 'MID-1': 'certain 1', 'LIV-1c': 'certain 1' }],
    ['e1-both-active-manual', 54, { 'SEQ-1': 'certain 16', 'SEQ-2o': 'sign 16' }],
    ['f2-spi-reuse-newkey', 50, { 'SEQ-1': 'sign 8' }],
    [
      'l3-libipsec-ha-naive-iv',
      85,
      { 'SEQ-1': 'certain 18', 'SEQ-2o': 'sign 18', 'IV-1': 'if counter mode 18' },
    ],
    ['v1-natt', 54, {}],
    ['v3-esn-wrap', 44, {}],
    ['v4-any-duplicates', 70, {}],
    ['v6-invalid-ke', 18, {}],
  ])('%s has the verdicts that are known of it', (name, frames, verdicts) => {
    const result = judged(fixture(`${name}.pcap`))
    expect(result.frames).toBe(frames)
    expect(result.damage).toEqual({ unreadable: 0, bytes: 0, cut: false })
    expect(summaryOf(result)).toEqual(verdicts)
  })

  it('names the request that nobody will answer, and the packets in clear after it', () => {
    const { verdicts, clear, takeovers } = judged(fixture('d2-doomed-mid-reuse.pcap'))
    expect(verdicts.find(({ label }) => label === 'MID-1')?.findings[0]?.first.text).toBe(
      'request 2 of 192.168.0.1, the original initiator, is CREATE_CHILD_SA in frame 26, and INFORMATIONAL with other content in frame 17',
    )
    expect(verdicts.find(({ label }) => label === 'LIV-1c')?.findings[0]?.first.text).toContain(
      'CREATE_CHILD_SA, is sent 5 times in 4.1 s, frames 26 to 30, and never answered',
    )
    expect(clear).toMatchObject([
      { source: '10.1.0.1', target: '10.2.0.1', count: 4, frames: [31, 32, 33, 34] },
    ])
    expect(takeovers).toMatchObject([{ address: '192.168.0.1', from: 'A', to: 'B' }])
  })

  it('counts a frame that was captured twice as a copy', () => {
    const { childSas, ikeSas } = judged(fixture('v4-any-duplicates.pcap'))
    expect(childSas.reduce((sum, { copies }) => sum + copies, 0)).toBe(20)
    expect(ikeSas.reduce((sum, { copies }) => sum + copies, 0)).toBe(9)
    expect(ikeSas.reduce((sum, { retransmissions }) => sum + retransmissions, 0)).toBe(0)
  })

  it('follows extended numbers over the end of their low half', () => {
    const { childSas } = judged(fixture('v3-esn-wrap.pcap'))
    expect(childSas.map(({ packets, wraps, lost, highest }) => ({ packets, wraps, lost, highest }))).toEqual([
      { packets: 20, wraps: 1, lost: 0, highest: 2 ** 32 + 12 },
      { packets: 20, wraps: 1, lost: 0, highest: 2 ** 32 + 12 },
    ])
  })

  it('takes an SPI that was negotiated again for another SA, and says so', () => {
    const { childSas, notes } = judged(fixture('f2-spi-reuse-newkey.pcap'))
    expect(childSas.map(({ name, packets }) => [name, packets])).toContainEqual([
      'ESP 0xc0000010 to 192.168.0.1, negotiated again in frame 32',
      8,
    ])
    expect(notes).toHaveLength(1)
  })

  it('shows a takeover by its signs, and the outage', () => {
    const { takeovers, childSas } = judged(fixture('c2-good-ha.pcap'))
    expect(takeovers).toMatchObject([
      {
        address: '192.168.0.1',
        signs: [
          { kind: 'arp', frame: 43 },
          { kind: 'iv', frame: 48 },
        ],
      },
    ])
    const [change] = childSas[0]!.changes
    expect(change).toMatchObject({
      from: 'A',
      to: 'B',
      frame: 48,
      last: { frame: 42 },
      accepted: { frame: 48 },
    })
    expect(childSas[0]!.jumps).toMatchObject([{ frame: 48, skipped: 4078 }])
  })

  it('tells the receiver of a stale member which packet is the first that it takes', () => {
    const { childSas } = judged(fixture('b2-naive-ha.pcap'))
    expect(childSas[0]!.changes).toMatchObject([{ frame: 50, last: { frame: 42 }, accepted: { frame: 68 } }])
  })

  it('names how the IVs are made', () => {
    const classOf = (name: string) => judged(fixture(name)).childSas[0]!.iv.class
    expect(classOf('l3-libipsec-ha-naive-iv.pcap')).toBe('sequence number')
    expect(classOf('b2-naive-ha.pcap')).toBe('masked number')
  })
})
