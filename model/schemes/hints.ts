/** RFC 6027 sections 3.2 and 4: ends that act upon what anybody could have sent. */
import type { FocusName, NamedScheme } from './named-scheme.ts'
import { nothing } from './policies.ts'

const judgedBy: readonly FocusName[] = ['hints']

export const hints: readonly NamedScheme[] = [
  {
    judgedBy,
    name: 'hints-believed',
    about: 'As no-synch, with a peer that deletes an IKE SA when an unprotected message says it is unknown.',
    scheme: { ...nothing, peer: { ...nothing.peer, hints: 'believed' } },
  },
  {
    judgedBy,
    name: 'no-message-id-check',
    about: 'As single-gateway, but the gateway executes a request whatever its message ID is.',
    scheme: { ...nothing, cluster: false, requestIds: 'unchecked' },
  },
]
