/** What becomes of a claim by the rows that judge it, and which of them is shown. */
import { describe, expect, it } from 'vitest'
import type { Claim } from '../../../model/extending/extension.ts'
import type { Verdict } from '../../search/engine/outcome.ts'
import { type Finding, judgedBy, type Row } from './claims.ts'

const claim: Claim = { property: 'LIV-1c', claim: 'repairs' }

const finding = (attacker: string, verdict: Verdict): Finding =>
  ({
    trial: { attackers: [attacker] },
    label: 'LIV-1c',
    judgement: { verdict, kind: 'alwaysPossible' },
    states: 1,
  }) as unknown as Finding

const row = (attacker: string, without: Verdict, found: Verdict): Row => ({
  scheme: 'synch-ike',
  search: 'announced',
  label: 'LIV-1c',
  without: finding(attacker, without),
  found: finding(attacker, found),
})

const judged = (...rows: readonly Row[]) => {
  const { status, shown } = judgedBy(claim, rows)
  return `${status} ${shown.found.trial.attackers.join(' ')}`
}

describe('a claim is shown with an attacker for which what is said of it is true', () => {
  it.each([
    ['idle A0', row('A0', 'holds', 'holds'), row('A1', 'holds', 'holds')],
    ['vacuous A1', row('A0', 'holds', 'holds'), row('A1', 'violated', 'vacuous')],
    ['confirmed A1', row('A0', 'holds', 'holds'), row('A1', 'violated', 'holds')],
    ['refuted A2', row('A0', 'holds', 'holds'), row('A2', 'violated', 'violated')],
    ['undecided A1', row('A0', 'holds', 'holds'), row('A1', 'violated', 'unknown')],
  ] as const)('%s', (said, one, other) => {
    expect(judged(one, other)).toBe(said)
    expect(judged(other, one)).toBe(said === 'idle A0' ? 'idle A1' : said)
  })
})
