/** What is declared of each scheme: its verdicts. What is not named is declared to hold. */
import type { Verdict } from '../src/search/suite.ts'
import { DECLARED_ESP, ESP_LABELS } from './declared-esp.ts'

const IKE = ['MID-1', 'MID-3', 'MID-4', 'LIV-1c', 'LIV-1p', 'CHD-1'] as const
export const LABELS = [...IKE, ...ESP_LABELS] as const
type Label = (typeof LABELS)[number]

interface Declared {
  readonly violated?: readonly Label[]
  readonly vacuous?: readonly Label[]
}

/** What is declared of each scheme about IKE. What it does not name is declared to hold. */
const DECLARED: Readonly<Record<string, Declared>> = {
  'single-gateway': {},
  // A member that takes over without any state does nothing that could break these.
  'no-synch': { violated: ['LIV-1c', 'LIV-1p', 'CHD-1'], vacuous: ['MID-1', 'MID-3', 'MID-4'] },
  'synch-sas': { violated: IKE },
  'synch-ike': { violated: IKE },
  'acked-counters': { violated: ['LIV-1c', 'LIV-1p', 'CHD-1'] },
  'acked-answers': { violated: ['LIV-1c', 'CHD-1'] },
  'acked-requests': { violated: ['LIV-1p'] },
  'acked-everything': {},
  'acked-no-resynch': { violated: ['LIV-1c', 'LIV-1p', 'CHD-1'] },
}

export const declaredVerdict = (scheme: string, label: string): Verdict => {
  const tables: readonly (Declared | undefined)[] = [DECLARED[scheme], DECLARED_ESP[scheme]]
  const declares = (verdict: keyof Declared): boolean =>
    tables.some((declared) => declared?.[verdict]?.includes(label as Label))
  return declares('violated') ? 'violated' : declares('vacuous') ? 'vacuous' : 'holds'
}
