/** Reuse that something unusual hides, beside what only looks like it: made captures, of which the truth is known. */
import { describe, expect, it } from 'vitest'
import { judged, summaryOf } from '../cli/testing/captures-under-test.ts'
import { B, type Making, making, takeover } from '../testing/made-captures.ts'
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
