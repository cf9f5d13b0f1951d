/** Frames that may belong elsewhere: an exchange among them may have come before reuse, and explain it. */
import type { Scene } from '../evidence/context.ts'
import type { ChildState } from './child-sa.ts'

/** Makes reuse undecided where such an exchange may have negotiated the SPI again; `bySpi`: the SAs under each SPI. */
export const doubtReuse = (
  { findings, negotiations, isDisordered }: Scene,
  bySpi: readonly (readonly ChildState[])[],
): void => {
  const found = findings
    .all()
    .filter(({ label, certainty }) => (label === 'SEQ-1' || label === 'IV-1') && certainty !== 'dismissed')
  const subjects = new Set(found.map(({ subject }) => subject))
  for (const { name, sources, target, ivFindings } of bySpi.flat()) {
    if (!subjects.has(name)) continue
    const ends = [sources[0]!, target] as const
    const frame = isDisordered() ? negotiations.anywhere(...ends) : negotiations.misplaced(...ends)
    if (frame === undefined) continue
    for (const finding of found) {
      if (finding.subject !== name) continue
      if (finding.certainty !== 'sign') finding.certainty = 'undecided'
      finding.evidence = `frames are out of order, and the exchange of frame ${frame} may have negotiated the SPI again before`
      for (const one of ivFindings)
        if (one.finding === finding && one.atMost !== 'sign') one.atMost = 'undecided'
    }
  }
}
