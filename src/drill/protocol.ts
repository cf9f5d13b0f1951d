/**
 * What clustercheck and a driver say to each other: JSON Lines over the standard input and output of the driver. Each
 * request has an `id` and a `verb`; each is answered by one line with the same `id`, in order. What a driver writes to
 * standard error is its log.
 */
import type { SynchClassifier } from './frames.ts'

/** Grows when a verb or a field changes its meaning. */
export const PROTOCOL = 1

export const VERBS = [
  'start',
  'ask',
  'packets',
  'crash',
  'takeover',
  'handover',
  'return',
  'sas',
  'stop',
] as const
export type Verb = (typeof VERBS)[number]

/** Where a party is, in a lab of network namespaces. */
export interface Place {
  readonly namespace: string
  /** Its interface to the peer or the cluster, and, of a member, that to the other members. */
  readonly net: string
  readonly synch?: string
}

/** What a lab tells a driver. */
export type LabFacts =
  | { readonly kind: 'netns'; readonly parties: Readonly<Record<string, Place>>; readonly folder: string }
  /** Gateways are attached to the wire by VXLAN. */
  | {
      readonly kind: 'vxlan'
      /** Where the wire listens. */
      readonly address: string
      readonly port: number
      /** The VXLAN network identifier of each attachment, such as `net P` or `synch A`. */
      readonly networks: Readonly<Record<string, number>>
      readonly folder: string
    }

export interface StartRequest {
  readonly verb: 'start'
  readonly protocol: number
  readonly members: readonly string[]
  readonly lab: LabFacts
  /** The scheme of the trace, for a driver that can be more than one. */
  readonly scheme: string
  /** Whether the members other than A have to know the SAs before the answer. */
  readonly standbyKnows: boolean
}

export type DriverRequest =
  | StartRequest
  | { readonly verb: 'ask'; readonly at: string; readonly exchange: string }
  | { readonly verb: 'packets'; readonly from: string; readonly count: number }
  | { readonly verb: 'crash' | 'takeover' | 'return'; readonly member: string }
  | { readonly verb: 'handover'; readonly member: string; readonly to: string }
  | { readonly verb: 'sas'; readonly at: string }
  | { readonly verb: 'stop' }

/** What a driver says of its gateways when they are up. */
export interface Started {
  /** In a few words, such as the name and version of the implementation. */
  readonly gateways: string
  readonly synch: readonly SynchClassifier[]
  /** Parties that answer no packets, so that nothing shows which they accept; absent: none. */
  readonly silent?: readonly string[]
}

/** The SAs that a party lists; `up`: whether it can be asked. */
export interface Sas {
  readonly up: boolean
  /** IKE SAs, by any name. */
  readonly ike: readonly string[]
  /** Child SAs by their SPIs in hexadecimal digits, as this party receives and sends. */
  readonly children: readonly { readonly in: string; readonly out: string }[]
}
