/** A scheme as a cluster file: what a file must say to be that scheme again. */

import { faultsOf } from '../constants/faults.ts'
import type { NamedScheme } from '../schemes/named-scheme.ts'
import { nothing } from '../schemes/policies.ts'
import type { ClusterFile } from './cluster-file.ts'

/** The values of one that differ from those of another. */
const differing = <T extends object>(one: T, other: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(one).filter(([name, value]) => value !== other[name as keyof T]),
  ) as Partial<T>

/** Writes down a scheme without a basis; `describedCluster` reads it as the same scheme with the same searches. */
export const writtenCluster = ({ about, scheme, judgedBy, bounds = {} }: NamedScheme): ClusterFile => {
  const { cluster, esp, peer, channel, ...policies } = scheme
  const { esp: _esp, peer: _peer, channel: _channel, cluster: _cluster, ...none } = nothing
  const { period, unread, jump, raise, ...espPolicies } = esp
  const { period: _period, unread: _unread, jump: _jump, raise: _raise, ...noEsp } = nothing.esp
  const { members, synchLosses, attacker } = bounds
  const part = <T extends object>(name: string, value: T) =>
    Object.values(value).some((one) => one !== undefined) ? { [name]: value } : {}
  return {
    about,
    ...(!cluster && { kind: 'single-gateway' as const }),
    ...(members !== undefined && { members }),
    ...part('policies', differing(policies, none)),
    ...part('esp', {
      ...(period > 0 && { told: `${period} packets` }),
      ...(jump !== 0 && { jump }),
      ...(raise !== 0 && { raise }),
      ...differing(espPolicies, noEsp),
    }),
    ...part('channel', {
      ...(channel !== nothing.channel && { order: channel }),
      ...(synchLosses !== undefined && { loses: synchLosses }),
      ...(unread !== nothing.esp.unread && { delays: unread }),
    }),
    ...part('failures', faultsOf(bounds)),
    ...(attacker !== undefined && { attacker }),
    ...part(
      'peers',
      Object.values(differing(peer, nothing.peer)).length > 0 ? [differing(peer, nothing.peer)] : [],
    ),
    searches: judgedBy,
  }
}
