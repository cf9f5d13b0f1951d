/** RFC 6027 sections 2 and 3.8: tight clusters with several addresses, and loose clusters. */
import type { FocusName, NamedScheme } from './named-scheme.ts'
import { everything, nothing } from './policies.ts'

/** Nothing else goes wrong: IKE state is acknowledged. */
const tight: readonly FocusName[] = ['addresses']
/** Failovers that the peer sees. */
const loose: readonly FocusName[] = ['addresses', 'outages', 'planned']

const strict = { ...everything.peer, addresses: 'strict' } as const
const follows = { ...everything.peer, addresses: 'follows' } as const

export const addresses: readonly NamedScheme[] = [
  {
    judgedBy: tight,
    name: 'ike-from-member',
    about:
      "As acked-everything, but IKE comes from the member's own address and ESP from that of the cluster.",
    scheme: { ...everything, addressing: 'member' },
  },
  {
    judgedBy: tight,
    name: 'ike-from-member-strict',
    about: 'As ike-from-member, with a peer that drops IKE from another address than the one it sends to.',
    scheme: { ...everything, addressing: 'member', peer: strict },
  },
  {
    judgedBy: tight,
    name: 'ike-from-member-follows',
    about: 'As ike-from-member, with a peer that sends everything to where the last IKE message came from.',
    scheme: { ...everything, addressing: 'member', peer: follows },
  },
  {
    judgedBy: tight,
    name: 'ike-translated',
    about: 'As ike-from-member-strict, but IKE is translated to the address of the cluster.',
    scheme: { ...everything, addressing: 'translated', peer: strict },
  },
  {
    judgedBy: tight,
    name: 'alternate-tunnel',
    about:
      'As ike-from-member-follows, but the peer agreed to the address of the cluster for tunnel packets.',
    scheme: { ...everything, addressing: 'alternate', peer: follows },
  },
  {
    judgedBy: tight,
    name: 'alternate-announced',
    about: "As alternate-tunnel, and the peer agreed to the other members' own addresses as well.",
    scheme: { ...everything, addressing: 'announced', peer: follows },
  },
  {
    judgedBy: loose,
    name: 'loose-moving',
    about: 'A loose cluster: an address for each member, which another member gets at the failover.',
    scheme: { ...everything, addressing: 'loose', peer: strict },
  },
  {
    judgedBy: loose,
    name: 'loose-staying',
    about: 'As acked-everything, but each member has an address that stays, and the peer knows no other.',
    scheme: { ...everything, addressing: 'loose-stays' },
  },
  {
    judgedBy: loose,
    name: 'loose-resolving',
    about: 'A loose cluster without synchronisation; a peer that gave up asks the name service for another.',
    scheme: { ...nothing, addressing: 'loose-resolves' },
  },
  {
    judgedBy: loose,
    name: 'loose-redirecting',
    about: 'As loose-resolving, but a planned failover redirects the peer, which knows no other address.',
    scheme: { ...nothing, addressing: 'loose-stays', redirects: true },
  },
  {
    judgedBy: loose,
    name: 'loose-redirecting-resolving',
    about: 'As loose-redirecting, with a peer that asks the name service when it has given up.',
    scheme: { ...nothing, addressing: 'loose-resolves', redirects: true },
  },
]
