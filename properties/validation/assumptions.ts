/** What the verdicts about extensions rest on, beyond what the base model assumes: what their authors declare. */
import type { Constants } from '../../model/constants/constants.ts'
import { partsOf } from '../../model/extension-points/extensions.ts'

/** One of them. */
export interface Assumption {
  readonly extension: string
  /**
   * `oracle`: its code knows, or changes in one step, what the party whose turn it is does not hold; `losses`: a message
   * of its own is not lost where it says so; `unjudged`: while it is busy, nothing is promised about counters and SAs.
   */
  readonly kind: 'oracle' | 'losses' | 'unjudged'
  /** The path in the state, the kind of message, or the properties. */
  readonly about: string
  readonly reason?: string
}

/** What is judged at rest only, which an extension can put off. */
const AT_REST = 'MID-6, CHD-1'

/** The assumptions of one model; of an oracle that several declare, each says why. */
export const assumptionsOf = (constants: Constants): readonly Assumption[] =>
  partsOf(constants).flatMap(({ name, parts, negotiated }): readonly Assumption[] => [
    ...Object.entries(parts.oracles).map(
      ([about, reason]) => ({ extension: name, kind: 'oracle', about, reason }) as const,
    ),
    ...Object.keys(parts.losable).map((about) => ({ extension: name, kind: 'losses', about }) as const),
    ...(parts.hooks.member.isBusy || (negotiated && parts.hooks.peer.isBusy)
      ? [{ extension: name, kind: 'unjudged', about: AT_REST } as const]
      : []),
  ])
