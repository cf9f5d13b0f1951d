/** The searches that can tell the policies of a cluster apart. */
import { type Scheme, sharesLoad } from '../constants/scheme.ts'
import { type FocusName, GATEWAY, type OwnBounds, WIDER } from '../schemes/named-scheme.ts'

/** All searches that judge a cluster when its file names none. */
export const searchesFor = (scheme: Scheme, bounds: OwnBounds): readonly FocusName[] => {
  const { cluster, esp, ikeBy } = scheme
  if (!cluster) return [...GATEWAY, 'spis', 'addresses', 'outages', 'hints']
  const {
    members = 2,
    crashes = 1,
    handovers = 0,
    splits = false,
    heals = 0,
    hangs = 0,
    suspicions = 0,
  } = bounds
  const shares = sharesLoad(scheme)
  const when = (condition: boolean, ...names: readonly FocusName[]) => (condition ? names : [])
  const standby: readonly FocusName[] =
    ikeBy === 'one'
      ? WIDER.filter((name) => name !== 'second-failover' || crashes > 1)
      : ['outbound', 'inbound', 'inbound-delayed']
  return [
    ...new Set([
      ...standby,
      ...when(ikeBy !== 'one' || handovers > 0, 'sharing-own', 'sharing-peer'),
      ...when(handovers > 0 && ikeBy === 'one', 'handover', 'planned'),
      ...when(handovers > 0 || shares, 'rebalancing'),
      ...when(splits, 'split-brain', 'split-packets'),
      ...when(heals > 0, 'healed-split'),
      ...when(hangs > 0, 'hung-standby'),
      ...when(suspicions > 0, 'suspected'),
      ...when(members === 3 && crashes > 1, 'three-members', 'outbound-again'),
      ...when(esp.esn || esp.atMaximum === 'wraps' || esp.jump === 'maximum', 'sequence-space'),
      ...when(esp.esn, 'inbound-esn'),
      ...when(esp.jump === 'maximum', 'outbound-rekey'),
      ...when(esp.raise === 'maximum', 'inbound-rekey'),
      'spis',
      'addresses',
      'outages',
      'hints',
      ...when(esp.period > 0, 'wide-outbound', 'wide-inbound'),
    ] satisfies FocusName[]),
  ]
}
