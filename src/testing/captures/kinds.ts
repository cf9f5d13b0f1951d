/** Kinds of faults in captures, each beside what looks like it and is harmless: made captures, of which the truth is known. */
import { describe, expect, it } from 'vitest'
import type { CaptureOptions } from '../../capture/judge.ts'
import { judged, summaryOf } from '../../cli/testing/captures-under-test.ts'
import { B, CLUSTER, type Making, making, PEER, takeover } from './made-captures.ts'

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

export const REUSE = { 'SEQ-1': 'certain 20', 'SEQ-2o': 'sign 20', 'IV-1': 'if counter mode 20' }
/** A has sent 1 to 80 under an SA that was set up in the capture; the peer sends too. */
export const begun = (made: Making, from: 'cluster' | 'peer' = 'cluster'): void => {
  made.setUp({ from })
  for (let n = 1; n <= 80; n += 8) {
    made.esp(n, n + 7)
    made.esp(n, n + 7, { source: PEER, target: CLUSTER, spi: 0x2002, mask: [7, 7] })
  }
}
export const stale = (made: Making): void => {
  takeover(made)
  made.esp(1, 20, { mac: B })
}
export const fresh = { mac: B, mask: [0x1234, 0x9876] } as const

/** Tests each kind. */
export const checkKinds = (kinds: readonly Kind[]): void => {
  for (const { kind, fault, harmless } of kinds)
    describe(kind, () => {
      const check = ({ made, verdicts, snap, options }: Case) => {
        const making_ = making()
        made(making_)
        expect(summaryOf(judged(making_.pcap(snap), options))).toEqual(verdicts)
      }
      it.each(fault.map((one) => [one.is, one] as const))('%s', (_, one) => check(one))
      it.each(harmless.map((one) => [one.is, one] as const))('harmless: %s', (_, one) => check(one))
    })
}
