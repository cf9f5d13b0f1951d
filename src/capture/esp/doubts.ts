/** Numbers and IVs that are used again once only: whether one damaged packet explains it. */

import type { Finding } from '../evidence/findings.ts'
import type { ChildState, Single } from './child-sa.ts'

/** Takes back that what one damaged packet explains is sure; at the end, when all is known that speaks for it. */
export const doubtSingles = (state: ChildState): void => {
  for (const single of state.singles) {
    const { finding } = single
    if (state.isUnsure) {
      doubt(state, finding, 'what was not read before may have negotiated the SPI again')
      continue
    }
    if (finding.count > 1) continue
    const why = finding.label === 'IV-1' ? doubtOfIv(state, single) : doubtOfNumber(state, single)
    if (why === undefined) continue
    doubt(state, finding, `once only, and ${why}: it may be damaged`)
  }
}

/** The certainty of findings about IVs follows from the cipher at the end: it is bounded. */
const doubt = (state: ChildState, finding: Finding, evidence: string): void => {
  finding.evidence = evidence
  if (finding.label === 'SEQ-1') finding.certainty = 'undecided'
  for (const one of state.ivFindings) if (one.finding === finding) one.atMost = 'undecided'
}

const doubtOfNumber = (state: ChildState, { number, print, known, isOfOne }: Single): string | undefined => {
  const distinct = state.packets - state.reused
  const isOneMissing = state.highest - state.lowest + 1 > distinct
  if (!isOfOne)
    return isOneMissing && state.ivs.isTorn(number, print.ivHigh, print.ivLow, { bySecret: true })
      ? 'number and IV of the packet do not belong together'
      : undefined
  if (known && [known, print].some(({ ivHigh, ivLow }) => state.ivs.isTorn(number, ivHigh, ivLow)))
    return 'number and IV of one of the two packets do not belong together'
  return isOneMissing ? 'by one member, which has sent another number nowhere' : undefined
}

/** With an IV that is made of the number, two numbers cannot have one, unless members have masks that allow it. */
const doubtOfIv = (state: ChildState, single: Single): string | undefined => {
  if (single.known) return doubtOfNumber(state, single)
  return ['masked number', 'sequence number', 'counter'].includes(state.ivs.evidence().class)
    ? 'the IVs of this SA are made of the number, which is another'
    : undefined
}
