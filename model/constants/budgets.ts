/** What follows from the bounds: how often each side may start an exchange, and the message IDs that this takes. */
import { type Constants, perConstants } from './constants.ts'
import { EXCHANGE, type Exchange, SIDE, type Side, STARTED } from './parties.ts'

/** Exchanges of a kind that a side may start of its own accord. */
export const allowed = ({ scope }: Constants, side: Side, exchange: (typeof STARTED)[number]): number =>
  scope.requests[side][exchange] ?? 0

/** Times that another member can come to act. */
const takeoversOf = (constants: Constants): number => {
  const { scheme, scope } = constants
  const splits = scope.splits ? 1 : 0
  return scheme.cluster ? scope.crashes + scope.handovers + splits + scope.heals + scope.suspicions : 0
}

/**
 * What follows from a rekey, the deletion of what it replaced, may have to be done again after each takeover. So may
 * a probe, also when its IKE SA is rekeyed; and a takeover can make the cluster take an old answer for that to its
 * probe, once for each ID used before: then it must be able to probe again, or a bound would look like a doom.
 */
const countStarts = (constants: Constants, side: Side, exchange: Exchange): number => {
  const again = 1 + takeoversOf(constants)
  switch (exchange) {
    case 'deleteChild':
      return (
        allowed(constants, side, 'deleteChild') + (allowed(constants, side, 'rekeyChild') > 0 ? again : 0)
      )
    case 'deleteIke':
      return allowed(constants, side, 'rekeyIke') > 0 ? again : 0
    case 'liveness': {
      if (!constants.scope.probes[side]) return 0
      const rekeyed = SIDE.some((other) => allowed(constants, other, 'rekeyIke') > 0) ? again : 0
      const used = STARTED.reduce((sum, kind) => sum + countStarts(constants, side, kind), 0)
      const lost = constants.extensions?.bounds.probes ?? 0
      return 1 + rekeyed + takeoversOf(constants) * (side === 'cluster' ? used + 2 : 1) + lost
    }
    default:
      return allowed(constants, side, exchange)
  }
}

const starts = perConstants((constants) => {
  const ofSide = (side: Side) =>
    Object.fromEntries(EXCHANGE.map((exchange) => [exchange, countStarts(constants, side, exchange)]))
  return { cluster: ofSide('cluster'), peer: ofSide('peer') }
})

/** Exchanges of a kind that a side may start in all, of its own accord or because of others. */
export const startsOf = (constants: Constants, side: Side, exchange: Exchange): number =>
  starts(constants)[side][exchange]!

/** Requests of any kind that a side may start. */
export const requestsOf = (constants: Constants, side: Side): number =>
  EXCHANGE.reduce((sum, exchange) => sum + startsOf(constants, side, exchange), 0)

/** The number of message IDs that a side needs: one for each request, and those that extensions skip. */
export const requestLimit = (constants: Constants, side: Side): number =>
  requestsOf(constants, side) + (constants.extensions?.bounds.messageIds ?? 0)
