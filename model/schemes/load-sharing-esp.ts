/** RFC 6027 section 3.7: several members use one child SA, or each its own; and load that moves without a fault. */
import { type NamedScheme, OUTBOUND_PRICES, PACKET_PRICES } from './named-scheme.ts'
import { esp, sas, wideJump, withEsp } from './policies.ts'

const shared = withEsp(sas, { sharing: 'all', delivery: 'any' })
const ownSas = withEsp(sas, { sharing: 'ownSa' })

export const loadSharingEsp: readonly NamedScheme[] = [
  {
    judgedBy: ['outbound', 'inbound', ...PACKET_PRICES],
    name: 'shared-sa',
    about: 'Every member sends on one child SA by a counter of its own, and gets what the balancer gives it.',
    scheme: shared,
  },
  {
    judgedBy: ['outbound', 'inbound', ...PACKET_PRICES],
    name: 'shared-sa-no-replay-check',
    about: 'As shared-sa, to a peer that does not check for replays: an anycast service.',
    scheme: withEsp(shared, { peerAntiReplay: false }),
  },
  {
    judgedBy: ['inbound'],
    name: 'shared-sa-flooded',
    about: 'As shared-sa, but a packet of the peer reaches every member, and each takes it.',
    scheme: withEsp(shared, { delivery: 'allTake' }),
  },
  {
    judgedBy: ['outbound', 'outbound-rekey', ...OUTBOUND_PRICES],
    name: 'sticky-sa',
    about: 'As esp-wide-jump, but the child SA sticks to another member than the IKE SA.',
    scheme: withEsp(wideJump, { sharing: 'other' }),
  },
  {
    judgedBy: ['outbound', 'inbound', 'split-packets', ...PACKET_PRICES],
    name: 'own-sas',
    about: 'A child SA for each member, with equal selectors; its counters are not told.',
    scheme: ownSas,
  },
  {
    judgedBy: ['outbound', 'inbound', ...PACKET_PRICES],
    name: 'own-sas-told',
    about: 'As own-sas; counters are told every 2 packets, and a member that begins to act skips 6 numbers.',
    scheme: withEsp(ownSas, { period: 2, jump: 6 }),
  },
  {
    judgedBy: ['rebalancing'],
    name: 'hands-over-counters',
    about: 'As esp-as-is, and when the load moves without a fault, the exact counters move with it.',
    scheme: { ...withEsp(esp, { handsOverCounters: true }), drains: true },
  },
]
