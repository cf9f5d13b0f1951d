/** Reuse that something unusual hides, beside what only looks like it: made captures, of which the truth is known. */
import { describe, expect, it } from 'vitest'
import { ethernet, ipv4, ipv6, pcap, pcapHeader, pcapRecord, udp } from '../bench/packet-writer.ts'
import { judged, summaryOf } from '../cli/testing/captures-under-test.ts'
import { A, B, type Making, making, P, takeover } from '../testing/captures/made-captures.ts'
import type { CaptureOptions } from './judge.ts'

const fresh = { mac: B, mask: [0x1234, 0x9876] } as const
const verdictsOf = (
  make: (made: Making) => unknown,
  options: Partial<CaptureOptions> = {},
  snap?: number,
) => {
  const made = making()
  make(made)
  return summaryOf(judged(made.pcap(snap), options))
}

describe('behind one NAT', () => {
  /** A client that sets up an IKE SA from a port of its own. */
  const client = (made: Making, ike: string, port: number): void => {
    made.exchange({ id: 0, exchange: 34, ike, ports: [4500, port] })
    made.exchange({ id: 1, exchange: 35, ike, ports: [4500, port] })
  }

  it('two clients with an IKE SA each may choose one SPI, one after the other', () => {
    const ofTwo = (made: Making): void => {
      made.esp(1, 40, { ports: [4500, 40_000] })
      made.wait(5)
      made.esp(1, 40, { ports: [4500, 51_111], mask: [5, 99] })
    }
    expect(
      verdictsOf((made) => {
        client(made, '11', 40_000)
        client(made, '22', 51_111)
        ofTwo(made)
      }),
    ).toEqual({ 'SEQ-1': 'sign 40' })
  })

  it('one client whose port changes with its IKE SA has one SA', () => {
    expect(
      verdictsOf((made) => {
        client(made, '11', 40_000)
        made.esp(1, 40, { ports: [4500, 40_000] })
        made.exchange({ id: 2, ports: [4500, 51_111] })
        takeover(made)
        made.esp(20, 45, { ...fresh, ports: [4500, 51_111] })
      }),
    ).toEqual({ 'SEQ-1': 'certain 21' })
  })
})

describe('an ID used again in other parts', () => {
  const inParts = (made: Making, total: number, words: Parameters<Making['asks']>[0]): void => {
    for (let part = 1; part <= total; part++) made.asks({ ...words, fragment: [part, total] })
  }

  it.each<[string, string, (made: Making) => void]>([
    [
      'in fragments after whole',
      'certain 1',
      (made) => {
        made.asks({ id: 2, seed: 5 })
        made.wait(1)
        made.asks({ id: 2, seed: 5 })
        takeover(made)
        inParts(made, 2, { id: 2, exchange: 36, mac: B })
      },
    ],
    [
      'whole after in fragments',
      'undecided 1',
      (made) => {
        inParts(made, 2, { id: 2, exchange: 36 })
        takeover(made)
        made.asks({ id: 2, mac: B })
      },
    ],
    [
      'in three fragments after two',
      'certain 1',
      (made) => {
        inParts(made, 2, { id: 2, exchange: 36 })
        takeover(made)
        inParts(made, 3, { id: 2, mac: B })
      },
    ],
    [
      'in three fragments after two, of the same exchange',
      'sign 1',
      (made) => {
        inParts(made, 2, { id: 2, exchange: 36 })
        takeover(made)
        inParts(made, 3, { id: 2, exchange: 36, mac: B })
      },
    ],
  ])('%s', (_, expected, make) => {
    const verdicts = verdictsOf((made) => {
      made.setUp()
      make(made)
    })
    expect(verdicts).toEqual({ 'MID-1': expected })
  })

  it('and answers', () => {
    const verdicts = verdictsOf((made) => {
      made.setUp()
      made.asks({ id: 2, exchange: 36 })
      for (const part of [1, 2]) made.answers({ id: 2, exchange: 36, fragment: [part, 2] })
      takeover(made)
      for (const part of [1, 2, 3]) made.answers({ id: 2, fragment: [part, 3] })
    })
    expect(verdicts['MID-2']).toBe('certain 1')
  })

  it('not where one station sends its request again in smaller parts', () => {
    const verdicts = verdictsOf((made) => {
      made.setUp()
      made.asks({ id: 2, exchange: 36 })
      made.wait(2)
      inParts(made, 2, { id: 2, exchange: 36 })
      made.answers({ id: 2, exchange: 36 })
    })
    expect(verdicts).toEqual({})
  })
})

describe('of an IKE message little was captured', () => {
  it.each([70, 74])('%i bytes of each frame: whether IDs are used again is undecided', (snap) => {
    const verdicts = verdictsOf(
      (made) => {
        made.setUp()
        made.exchange({ id: 2, exchange: 36 })
        takeover(made)
        made.exchange({ id: 2, exchange: 36, mac: B })
      },
      {},
      snap,
    )
    expect(verdicts['MID-1']).toBe('undecided 1')
  })

  it('and not the number of a fragment, which is then no reuse', () => {
    const verdicts = verdictsOf(
      (made) => {
        made.setUp()
        for (const part of [1, 2, 3])
          made.asks({ id: 2, exchange: 36, fragment: [part, 3], body: new Uint8Array(60 + part) })
      },
      {},
      75,
    )
    expect(verdicts['MID-1']).toMatch(/^undecided/)
  })
})

describe('numbers from before the capture', () => {
  it.each<[string, number, object]>([
    ['that a member goes back to which takes over', 4500, fresh],
    ['far below', 1000, fresh],
    ['that a restart goes back to, as the IV shows', 100, { mask: fresh.mask }],
  ])('%s', (_, from, words) => {
    const verdicts = verdictsOf((made) => {
      made.esp(5000, 5100)
      made.wait(3)
      made.esp(from, from + 20, words)
    })
    expect(verdicts['SEQ-1']).toMatch(/^sign 2/)
  })

  it('not where extended numbers go on in the next half', () => {
    const verdicts = verdictsOf((made) => {
      made.esp(0xf000_0000, 0xf000_0040)
      takeover(made)
      made.esp(5000, 5020, fresh)
    })
    expect(verdicts['SEQ-1']).toBeUndefined()
  })
})

describe('frames that are out of order', () => {
  const disordered = (made: Making, number: number): void => {
    made.now -= 0.05
    made.esp(number, number)
    made.now += 0.06
  }

  it('do not excuse reuse by an exchange after which the numbers go on', () => {
    const verdicts = verdictsOf((made) => {
      made.setUp()
      made.esp(1, 3, { spi: 0x3003 })
      made.esp(1, 80)
      made.exchange({ id: 2, exchange: 36 })
      disordered(made, 81)
      made.esp(82, 120)
      takeover(made)
      made.esp(52, 70, fresh)
    })
    expect(verdicts['SEQ-1']).toBe('certain 19')
  })

  it('excuse it where the exchange lies between by its time', () => {
    const made = making()
    made.setUp()
    made.esp(1, 3, { spi: 0x3003 })
    made.esp(1, 80)
    made.wait(1)
    const at = made.frames.length
    made.exchange({ id: 2, exchange: 36 })
    made.wait(1)
    made.esp(1, 20, { mask: fresh.mask })
    made.frames.push(...made.frames.splice(at, 2))
    expect(summaryOf(judged(made.pcap()))['SEQ-1']).toBe('sign 20')
  })

  const late = (isFound: boolean): Making => {
    const made = making()
    made.setUp()
    made.esp(1, 80)
    made.wait(1)
    if (isFound) made.exchange({ id: 2, exchange: 36 })
    made.wait(1)
    made.esp(1, 20, { mask: fresh.mask })
    made.wait(1)
    made.exchange({ id: 3, exchange: 37 })
    return made
  }

  it('are judged in the order of time, as if they had never stood otherwise', () => {
    for (const isFound of [true, false]) {
      const made = late(isFound)
      const inOrder = summaryOf(judged(made.pcap()))
      const { frames } = made
      frames.push(...frames.splice(3, 60))
      const result = judged(made.pcap())
      expect(summaryOf(result)).toEqual(inOrder)
      expect(result.notes[0]?.text).toContain('frames stood out of order in the file')
      expect(inOrder['SEQ-1']).toBe(isFound ? 'sign 20' : 'certain 20')
    }
  })

  it('are judged as they stand where memory does not hold them, and an exchange makes it undecided', () => {
    const made = late(true)
    made.frames.push(...made.frames.splice(84, 2))
    const result = judged(made.pcap(), {}, 65_536, 0)
    expect(summaryOf(result)['SEQ-1']).toBe('undecided 20')
    expect(result.notes.some(({ text }) => text.includes('reordercap'))).toBe(true)
  })

  it('one of them alone may have another time than it says, so that its exchange may explain reuse', () => {
    const made = late(true)
    const early = made.frames.findIndex((_, i) => i === 85)
    made.frames.unshift(...made.frames.splice(early, 1))
    const records = made.pcap()
    expect(summaryOf(judged(records))['SEQ-1']).toMatch(/^(sign|undecided) 20$/)
  })
})

describe('two snap lengths', () => {
  /** Each frame captured twice, once in part. */
  const twice = (make: (made: Making) => void): Readonly<Record<string, string>> => {
    const made = making()
    made.setUp()
    make(made)
    const copies = made.frames.flatMap(({ time, frame }) => [
      pcapRecord(time, frame.subarray(0, 80), frame.length),
      pcapRecord(time + 0.0005, frame),
    ])
    return summaryOf(judged(Buffer.concat([pcapHeader(1), ...copies])))
  }

  it('of one capture make no reuse of copies', () => {
    const verdicts = twice((made) => {
      made.esp(1, 60)
      made.exchange({ id: 2, exchange: 36 })
    })
    expect(verdicts).toEqual({})
  })

  it('hide no reuse', () => {
    const verdicts = twice((made) => {
      made.esp(1, 60)
      takeover(made)
      made.esp(1, 20, { mac: B })
      made.asks({ id: 2, seed: 9 })
      made.wait(1)
      made.asks({ id: 2, seed: 10 })
    })
    expect(verdicts).toMatchObject({
      'SEQ-1': 'certain 20',
      'IV-1': 'if counter mode 20',
      'MID-1': 'certain 1',
    })
  })
})

describe('VLAN tags', () => {
  it('that give a priority only name no network', () => {
    const verdicts = verdictsOf((made) => {
      made.esp(1, 80, { vlan: 0 })
      takeover(made)
      made.esp(1, 20, fresh)
    })
    expect(verdicts['SEQ-1']).toBe('certain 20')
  })

  it('that one member has and the other has not make reuse a sign', () => {
    const verdicts = verdictsOf((made) => {
      made.esp(1, 80, { vlan: 10 })
      takeover(made)
      made.esp(1, 20, fresh)
    })
    expect(verdicts['SEQ-1']).toBe('sign 20')
  })

  it('not where both networks are active', () => {
    const verdicts = verdictsOf((made) => {
      for (let n = 1; n < 30; n++) {
        made.esp(n, n, { vlan: 10 })
        made.esp(n, n, { mask: [5, 99] })
      }
    })
    expect(verdicts).toEqual({})
  })
})

describe('an SPI that was negotiated again', () => {
  it('and whose numbers jump to those of before later, is a sign', () => {
    const verdicts = verdictsOf((made) => {
      made.setUp()
      made.esp(1, 80)
      made.setUp({ ike: '22' })
      made.esp(1, 5, { mask: [9, 9] })
      takeover(made)
      made.esp(71, 95, fresh)
    })
    expect(verdicts).toEqual({ 'SEQ-1': 'sign 15' })
  })

  it('and whose first packets were lost, is a sign', () => {
    const verdicts = verdictsOf((made) => {
      made.setUp()
      made.esp(1, 80)
      made.wait(3)
      made.setUp({ ike: '22' })
      made.esp(41, 60, { mask: [9, 9] })
    })
    expect(verdicts['SEQ-1']).toBe('sign 20')
  })
})

describe('few IVs that take turns', () => {
  it.each([2, 3, 16])('%i of them are no start of another member', (count) => {
    const made = making()
    for (let n = 1; n <= 160; n++) made.esp(n, n, { iv: [9, n % count], length: 61 })
    const result = judged(made.pcap())
    expect(summaryOf(result)['IV-1']).toMatch(/^if counter mode/)
    expect(result.takeovers).toEqual([])
  })
})

describe('the end of a half of extended numbers', () => {
  it.each([
    ['that is not the first', 7, 8],
    ['that is no part of the IV', 0, 0],
  ])('%s is no start of another member', (_, half, next) => {
    const made = making()
    made.esp(0xffff_ff00, 0xffff_ffff, { half })
    made.esp(0, 200, { half: next })
    const result = judged(made.pcap())
    expect(summaryOf(result)).toEqual({})
    expect(result.takeovers).toEqual([])
  })
})

describe('packets to everybody', () => {
  it('count for each sender by itself', () => {
    const verdicts = verdictsOf((made) => {
      const all = { target: '255.255.255.255' }
      made.esp(1, 30, all)
      made.wait(3)
      made.esp(1, 30, { ...all, ...fresh, source: '192.168.0.3' })
    })
    expect(verdicts).toEqual({})
  })
})

describe('first fragments', () => {
  const reused = (wrap: (frame: Uint8Array) => Uint8Array): string | undefined => {
    const made = making()
    made.esp(1, 40)
    made.esp(1, 20, { mac: B })
    return summaryOf(
      judged(
        pcap(
          1,
          made.frames.map(({ frame }) => wrap(frame)),
        ),
      ),
    )['SEQ-1']
  }
  const first = (protocol: number, body: Uint8Array, id: number): Uint8Array =>
    ethernet(A, P, ipv4('10.0.0.1', '10.0.0.9', protocol, body, { id, more: true }))
  const idOf = (frame: Uint8Array): number => frame[41]! + (frame[11] === 0xa2 ? 256 : 0)

  it('of VXLAN and of GRE show what lies inside', () => {
    const vxlan = (frame: Uint8Array) =>
      first(17, udp(5, 4789, Buffer.concat([Uint8Array.from([8, 0, 0, 0, 0, 0, 7, 0]), frame])), idOf(frame))
    const gre = (frame: Uint8Array) =>
      first(47, Buffer.concat([Uint8Array.from([0, 0, 8, 0]), frame.subarray(14)]), idOf(frame))
    expect(reused(vxlan)).toBe('certain 20')
    expect(reused(gre)).toBe('certain 20')
  })

  it('and IPv6 packets whose length was left out', () => {
    const packet = (frame: Uint8Array) => {
      const made = ipv6(
        '20010db8000000000000000000000001',
        '20010db8000000000000000000000002',
        50,
        frame.subarray(34),
      )
      made.fill(0, 4, 6)
      return ethernet(A, P, made)
    }
    expect(reused(packet)).toBe('certain 20')
  })
})

describe('two addresses with one SPI, both active', () => {
  const both = (made: Making): void => {
    for (let n = 1; n < 40; n++) {
      made.esp(n, n)
      made.esp(n, n, { ...fresh, source: '192.168.0.12' })
    }
  }

  it('may be strangers', () => {
    expect(verdictsOf(both)).toEqual({ 'SPI-1': 'sign 1' })
  })

  it('use numbers again where both are of the cluster', () => {
    const verdicts = verdictsOf(both, { cluster: ['192.168.0.1', '192.168.0.12'] })
    expect(verdicts['SEQ-1']).toBe('unless negotiated again 39')
  })
})
