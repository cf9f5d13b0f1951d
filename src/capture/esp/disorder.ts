/** Captures whose frames are out of order: an exchange may belong before packets that it follows, and explain reuse. */
import type { Scene } from '../evidence/context.ts'
import type { ChildState } from './child-sa.ts'

/** Times of one capture are as sure as this. Seconds. */
const CLOCKS = 0.1

/** Makes reuse a sign where an exchange may have negotiated the SPI again before; `bySpi`: the SAs under each SPI. */
export const doubtReuse = (
  { findings, negotiations }: Scene,
  bySpi: readonly (readonly ChildState[])[],
): void => {
  const found = findings
    .all()
    .filter(({ label, certainty }) => (label === 'SEQ-1' || label === 'IV-1') && certainty !== 'dismissed')
  const subjects = new Set(found.map(({ subject }) => subject))
  for (const state of bySpi.flat()) {
    if (!subjects.has(state.name)) continue
    const { sources, target, name, origin } = state
    const exchange =
      negotiations.unused(sources[0]!, target, origin) ??
      state.relations.find(({ later, explained }) => later === state && explained && !explained.usedUp)
        ?.exchange ??
      negotiations.surplus(sources[0]!, target, spisOf(state, bySpi))
    if (!exchange) continue
    const limits = between(state)
    if (limits && !negotiations.isBetween(sources[0]!, target, ...limits)) continue
    for (const finding of found) {
      if (finding.subject !== name) continue
      finding.certainty = 'sign'
      finding.evidence = `frames are out of order, and the exchange of frame ${exchange.frame} may have negotiated the SPI again before`
      for (const one of state.ivFindings) if (one.finding === finding) one.atMost = 'sign'
    }
  }
}

/** How many SPIs the direction of an SA has. */
const spisOf = (
  { sources, target, network }: ChildState,
  bySpi: readonly (readonly ChildState[])[],
): number =>
  bySpi.filter((states) =>
    states.some((one) => one.sources[0] === sources[0] && one.target === target && one.network === network),
  ).length

/**
 * When the SPI would have been negotiated again, from and to: where all packets of before are earlier than those of
 * after, times tell that though frames are out of order. Undefined where they do not.
 */
const between = (state: ChildState): readonly [from: number, to: number] | undefined => {
  const earlier = state.relations.find(({ later, numbers }) => later === state && numbers)?.earlier
  const [before, since] = state.clash
    ? [state.clash.before, state.clash.since]
    : [earlier?.latest ?? Infinity, state.first.time]
  return before <= since ? [before - CLOCKS, since + CLOCKS] : undefined
}
