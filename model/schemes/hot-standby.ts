/** RFC 6027 sections 3.2, 3.3 and 3.6: what a standby is told of the SAs, and when. */
import { GATEWAY, type NamedScheme, STANDBY, WIDER } from './named-scheme.ts'
import { acknowledged, everything, ike, nothing, sas, toldBefore } from './policies.ts'

/** From the single gateway to everything acknowledged. */
export const hotStandby: readonly NamedScheme[] = [
  {
    judgedBy: [...GATEWAY, 'spis', 'addresses', 'outages', 'hints'],
    name: 'single-gateway',
    about: 'One gateway without a cluster: the measure of what IKEv2 and IPsec promise by themselves.',
    scheme: { ...nothing, cluster: false },
  },
  {
    judgedBy: [...WIDER, 'spis', 'outages', 'hints'],
    name: 'no-synch',
    about: 'The standby knows nothing of the SAs and takes over the address only.',
    scheme: nothing,
  },
  {
    judgedBy: [...WIDER, 'spis', 'hints'],
    name: 'synch-sas',
    about: 'SAs are told to the standby when they are created and deleted; counters are not.',
    scheme: sas,
  },
  {
    judgedBy: WIDER,
    name: 'synch-ike',
    about: 'As synch-sas, and the IKE counters are told after every exchange, without waiting.',
    scheme: ike,
  },
  {
    judgedBy: STANDBY,
    name: 'acked-counters',
    about: 'As esp-told-jump, but every IKE event waits for the standby to acknowledge the IKE counters.',
    scheme: acknowledged,
  },
  {
    judgedBy: STANDBY,
    name: 'acked-answers',
    about: 'As acked-counters, and the cached answer is acknowledged with them.',
    scheme: { ...acknowledged, carriesAnswer: true },
  },
  {
    judgedBy: STANDBY,
    name: 'acked-requests',
    about: 'As acked-counters, and the outstanding request is acknowledged with them.',
    scheme: { ...acknowledged, carriesRequest: true },
  },
  {
    judgedBy: [...WIDER, 'spis', 'addresses', 'outages', 'planned', 'hints'],
    name: 'acked-everything',
    about: 'As acked-counters, and both the cached answer and the outstanding request are acknowledged.',
    scheme: everything,
  },
  {
    judgedBy: STANDBY,
    name: 'acked-no-resynch',
    about: 'As acked-everything, but a member that returns empty is not brought up to date.',
    scheme: { ...everything, resynchOnReturn: false },
  },
  {
    judgedBy: [
      'own-briefly',
      'peer-briefly',
      'peer-survives',
      'outbound',
      'inbound',
      'deletions',
      'healed-split',
      'spis',
      'price-of-exchanges',
    ],
    name: 'told-before',
    about:
      'As synch-sas; a message ID is told when its request is sent or taken, unacknowledged, and believed in any order.',
    scheme: toldBefore,
  },
  {
    judgedBy: ['own-briefly', 'peer-briefly', 'peer-survives', 'price-of-exchanges'],
    name: 'told-before-in-order',
    about: 'As told-before, over a channel that keeps the order, and a counter never goes back.',
    scheme: { ...toldBefore, channel: 'fifo', merge: 'maximum' },
  },
  {
    judgedBy: ['hung-standby'],
    name: 'standby-hangs',
    about: 'As acked-everything, with a standby that hangs: every event waits for it, and for ever.',
    scheme: everything,
  },
  {
    judgedBy: ['suspected'],
    name: 'suspect-left-alone',
    about: 'As acked-everything; a member that the others take for down is no more told, and may be up.',
    scheme: everything,
  },
  {
    judgedBy: ['suspected'],
    name: 'suspect-fenced',
    about: 'As suspect-left-alone, but a member that is taken for down is brought down before another acts.',
    scheme: { ...everything, fences: true },
  },
  {
    judgedBy: ['three-members'],
    name: 'acked-three-members',
    about: 'As acked-everything with three members, each of which acknowledges every event.',
    scheme: everything,
  },
  {
    judgedBy: ['three-members'],
    name: 'acked-three-retold',
    about:
      'As acked-three-members, and a member that takes over first tells the others again and waits for them.',
    scheme: { ...everything, retells: true },
  },
]
