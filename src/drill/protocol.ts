/**
 * What clustercheck and a driver say to each other: JSON Lines over the standard input and output of the driver. Each
 * request has an `id` and a `verb`; each is answered by one line with the same `id`, in order. What a driver writes to
 * standard error is its log.
 */
import { about, count, DRAFT, flag, listOf, object, oneOf, text } from '../report/text/schema-parts.ts'
import type { SynchClassifier } from './frames.ts'
import { SYNCH_KINDS } from './operations.ts'

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
}

/** The SAs that a party lists; `up`: whether it can be asked. */
export interface Sas {
  readonly up: boolean
  /** IKE SAs, by any name. */
  readonly ike: readonly string[]
  /** Child SAs by their SPIs in hexadecimal digits, as this party receives and sends. */
  readonly children: readonly { readonly in: string; readonly out: string }[]
}

const request = {
  ...object(
    { id: about('answered with the same', count), verb: oneOf(...VERBS) },
    {
      protocol: about('start: the version of this protocol', oneOf(PROTOCOL)),
      members: about('start: the members of the cluster; A is the one that acts first', listOf(text)),
      lab: about(
        'start: kind netns: the namespace and the interfaces of each party; kind vxlan: where the wire listens, and the network identifier of each attachment; folder: for files of the driver',
        { type: 'object' },
      ),
      scheme: about('start: the scheme of the trace', text),
      standbyKnows: about('start: whether the standby must have learnt the SAs before the answer', flag),
      at: about('ask, sas: a member, or P', text),
      exchange: about('ask: createChild, rekeyChild, deleteChild, rekeyIke, deleteIke or liveness', text),
      from: about('packets: a member, or P', text),
      count: about('packets: how many to send through the tunnel', count),
      member: about('crash, takeover, handover, return: which', text),
      to: about('handover: who acts afterwards', text),
    },
  ),
}

const reply = {
  ...object(
    { id: count, ok: flag },
    {
      error: about('where not ok: one sentence', text),
      cannot: about(
        'where not ok: these gateways can never do this, so that the trace cannot be driven',
        flag,
      ),
      gateways: about('start: what they are, in a few words', text),
      synch: about(
        'start: how to tell synch messages apart; without a byte all pass, or are cut',
        listOf(
          object(
            { udpPort: count },
            {
              byte: about('which byte of the UDP payload says what a message is about', count),
              kinds: about('by the value of that byte', {
                type: 'object',
                additionalProperties: oneOf(...SYNCH_KINDS, 'other'),
              }),
            },
          ),
        ),
      ),
      as: about('ask: the exchange that was started instead, where it is another', text),
      answered: about('packets: how many were answered', count),
      up: about('sas: whether the party can be asked', flag),
      ike: about('sas: IKE SAs, by any name', listOf(text)),
      children: about(
        'sas: child SAs by their SPIs, as the party receives and sends',
        listOf(object({ in: text, out: text })),
      ),
    },
  ),
}

/** Version 1: a line to the driver, and a line from it. */
export const DRIVER_SCHEMA = {
  ...DRAFT,
  title: 'The driver protocol of clustercheck drill: lines to and from a driver',
  ...object({
    request: about('a line that the driver reads', request),
    reply: about('the line that it answers with', reply),
  }),
}
