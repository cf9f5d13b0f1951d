/** What is declared of each scheme: its verdicts. What is not named is declared to hold. */
import type { Verdict } from '../src/search/suite.ts'
import { DECLARED_SPI, VACUOUS_SPI } from './declared-spi.ts'

const IKE = ['MID-1', 'MID-3', 'MID-4', 'LIV-1c', 'LIV-1p', 'CHD-1'] as const
export const LABELS = [...IKE, 'SEQ-1', 'IV-1'] as const
type Label = (typeof LABELS)[number]

/** What is declared of each scheme. What it does not name is declared to hold. */
const DECLARED: Readonly<Record<string, { violated?: readonly Label[]; vacuous?: readonly Label[] }>> = {
  'single-gateway': {},
  // A member that takes over without any state does nothing that could break these.
  'no-synch': {
    violated: ['LIV-1c', 'LIV-1p', 'CHD-1'],
    vacuous: ['MID-1', 'MID-3', 'MID-4', 'SEQ-1', 'IV-1'],
  },
  'synch-sas': { violated: LABELS },
  'synch-ike': { violated: LABELS },
  'esp-as-is': { violated: LABELS },
  'esp-jump': { violated: LABELS },
  'esp-wide-jump': { violated: IKE },
  'esp-wide-jump-late': { violated: LABELS },
  'esp-wide-jump-own-iv': { violated: [...IKE, 'IV-1'] },
  'acked-counters': { violated: ['LIV-1c', 'LIV-1p', 'CHD-1'] },
  'acked-answers': { violated: ['LIV-1c', 'CHD-1'] },
  'acked-requests': { violated: ['LIV-1p'] },
  'acked-everything': {},
  'acked-no-resynch': { violated: ['LIV-1c', 'LIV-1p', 'CHD-1'] },
}

export const declaredVerdict = (scheme: string, label: string): Verdict => {
  const { violated = [], vacuous = [] } = DECLARED[scheme] ?? {}
  return violated.includes(label as Label) || (DECLARED_SPI[scheme] ?? []).includes(label)
    ? 'violated'
    : vacuous.includes(label as Label) || (VACUOUS_SPI[scheme] ?? []).includes(label)
      ? 'vacuous'
      : 'holds'
}
