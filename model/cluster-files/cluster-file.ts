/** What a cluster file holds: one cluster in its owner's units, and what is required of it. */

import type { Addressing, PeerProfile, Scheme, Scope } from '../constants/constants.ts'
import { FAULT_WORDS, type Fault, type FaultWords } from '../constants/faults.ts'
import { FOCUS } from '../schemes/named-scheme.ts'
import type { Timing } from '../timing/timing.ts'
import { TIMING_SCHEMA } from '../timing/timing-schema.ts'
import {
  ESP_WORDS,
  type EspPoliciesByName,
  PEER_WORDS,
  type PolicyWords,
  SCHEME_WORDS,
  valuesOf,
} from './vocabulary.ts'

/** What a cluster is, as a check of the policies: a scheme that shares the load is no hot standby. */
export const KIND = ['single-gateway', 'hot-standby', 'load-sharing'] as const

/** A cluster in its owner's units. Absent parts are as in the basis. */
export interface ClusterFile {
  /** The JSON schema, for editors. */
  readonly $schema?: string
  /** One sentence. */
  readonly about?: string
  /** A scheme of the matrix from which all that is absent is taken; otherwise a hot standby that is told nothing. */
  readonly basis?: string
  readonly kind?: (typeof KIND)[number]
  readonly members?: 2 | 3
  readonly policies?: Partial<Omit<Scheme, 'cluster' | 'esp' | 'peer' | 'channel' | 'addressing'>> & {
    readonly addressing?: Addressing
  }
  readonly esp?: Partial<EspPoliciesByName> & {
    /** When the others are told of ESP counters: '10000 packets', '0.5 s', both, of which the earlier counts, or 'never'. */
    readonly told?: string
    /** Packets a second of one SA: turns seconds into packets. */
    readonly rate?: number
    /** Seconds by which a message that a clock sends can be late. */
    readonly jitter?: number
    /** Sequence numbers that a member skips when it begins to act. */
    readonly jump?: number | 'maximum'
    /** Numbers by which a member that begins to act raises its inbound window. */
    readonly raise?: number | 'maximum'
    /** Packets of the receive window. */
    readonly window?: number
  }
  readonly channel?: {
    readonly order?: Scheme['channel']
    /** Synch messages that are lost in one run. */
    readonly loses?: number
    /** Synch messages about packets that may be unread at one time. */
    readonly delays?: number
  }
  /** What fails in one run, each at most so often. */
  readonly failures?: Partial<Pick<Scope, Fault>>
  /** The strongest attacker that is considered: A0 listens, A1 also replays and forges, A2 also delays and drops. */
  readonly attacker?: 'A0' | 'A1' | 'A2'
  /** The peers that it must work with, by name; otherwise those of the basis. */
  readonly peers?: readonly (PeerName | Partial<PeerProfile>)[]
  /** The properties that it must satisfy, by label; otherwise all. */
  readonly requires?: readonly string[]
  /** Properties that it need not satisfy, each with the reason. */
  readonly waives?: Readonly<Record<string, string>>
  /** Rates and durations, for `clustercheck availability`; no search looks at them. */
  readonly timing?: Partial<Timing>
  /** The searches that judge it; otherwise all that its policies can tell apart. */
  readonly searches?: readonly (typeof FOCUS)[number][]
}

/** Peers by what they do. */
export const PEERS = {
  'by-the-book': {},
  'strict-address': { addresses: 'strict' },
  'follows-address': { addresses: 'follows' },
  'executes-future-ids': { futureIds: 'executed' },
  'compares-content': { repeats: 'byContent' },
  'believes-hints': { hints: 'believed' },
} as const satisfies Readonly<Record<string, Partial<PeerProfile>>>

export type PeerName = keyof typeof PEERS

/** The most synch messages that may be lost, and be unread: beyond, the margins outgrow the sequence space of a search. */
export const MOST = { loses: 4, delays: 2 } as const

const count = (most: number, description: string) => ({
  type: 'integer',
  minimum: 0,
  maximum: most,
  description,
})

const described = ({ asks, section, values }: PolicyWords): string =>
  [`${asks} (${section})`, ...Object.entries(values).map(([value, means]) => `${value}: ${means}`)].join('\n')

const policies = (table: Readonly<Record<string, PolicyWords>>) =>
  Object.fromEntries(
    Object.entries(table).map(([name, words]) => [
      name,
      { enum: valuesOf(words), description: described(words) },
    ]),
  )

const width = (description: string) => ({
  anyOf: [{ type: 'integer', minimum: 0, maximum: 2 ** 40 }, { const: 'maximum' }],
  description,
})

const { channel: order, ...ike } = SCHEME_WORDS
const closed = { type: 'object', additionalProperties: false } as const

/** The schema of a cluster file. `schemes`: the names that `basis` can have. */
export const clusterFileSchema = (schemes: readonly string[]) => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'A cluster of IPsec gateways, for clustercheck',
  ...closed,
  properties: {
    $schema: { type: 'string' },
    about: { type: 'string', minLength: 1, description: 'One sentence about the cluster.' },
    basis: { enum: schemes, description: 'The scheme from which everything that is absent here is taken.' },
    kind: { enum: KIND, description: 'What the cluster is; policies that say otherwise are refused.' },
    members: { enum: [2, 3], description: 'Members of the cluster.' },
    policies: { ...closed, properties: policies(ike) },
    esp: {
      ...closed,
      properties: {
        told: {
          type: 'string',
          pattern: TOLD.source,
          examples: ['10000 packets', '0.5 s', '10000 packets or 0.5 s', 'never'],
          description:
            "When the other members are told of ESP counters: '10000 packets', '0.5 s', '10000 packets or 0.5 s', or 'never'.",
        },
        rate: {
          type: 'number',
          exclusiveMinimum: 0,
          description: 'Packets a second of one SA; turns seconds into packets.',
        },
        jitter: {
          type: 'number',
          minimum: 0,
          description: 'Seconds by which a message that is due by the clock can be late.',
        },
        jump: width('Sequence numbers that a member skips when it begins to act (RFC 6027 section 3.4).'),
        raise: width(
          'Numbers by which a member that begins to act raises its inbound window (RFC 6027 section 3.5).',
        ),
        window: {
          type: 'integer',
          minimum: 1,
          maximum: 4096,
          description: 'Packets of the receive window (RFC 4303 section 3.4.3).',
        },
        ...policies(ESP_WORDS),
      },
    },
    channel: {
      ...closed,
      properties: {
        order: { enum: valuesOf(order), description: described(order) },
        loses: count(MOST.loses, 'Synch messages that the channel loses in one run.'),
        delays: {
          ...count(MOST.delays, 'Synch messages about packets that may be unread at one time.'),
          minimum: 1,
        },
      },
    },
    failures: {
      ...closed,
      properties: Object.fromEntries(
        Object.entries<FaultWords>(FAULT_WORDS).map(([fault, { means, most }]) => [
          fault,
          most === undefined ? { type: 'boolean', description: means } : count(most, means),
        ]),
      ),
    },
    attacker: {
      enum: ['A0', 'A1', 'A2'],
      description: 'A0 listens, A1 also replays and forges what is not protected, A2 also delays and drops.',
    },
    peers: {
      type: 'array',
      minItems: 1,
      items: { anyOf: [{ enum: Object.keys(PEERS) }, { ...closed, properties: policies(PEER_WORDS) }] },
      description: 'The peers that it must work with.',
    },
    requires: {
      type: 'array',
      minItems: 1,
      items: { type: 'string' },
      description: 'Labels of the properties that it must satisfy; otherwise all.',
    },
    waives: {
      type: 'object',
      additionalProperties: { type: 'string', minLength: 1 },
      description: 'Labels of properties that it need not satisfy, each with the reason.',
    },
    timing: TIMING_SCHEMA,
    searches: {
      type: 'array',
      minItems: 1,
      items: { enum: FOCUS },
      description: 'The searches that judge it; otherwise all that its policies can tell apart.',
    },
  },
})

/** '10000 packets', '0.5 s', or both with 'or' between them. */
export const TOLD = /^(never|([\d,_]+) packets( or ([\d.]+) s)?|([\d.]+) s)$/

/** What `scheme` returns. */
export interface ClusterSource {
  readonly kind: 'cluster-file'
  readonly file: ClusterFile
}

/** Describes a cluster in TypeScript: the default export of a cluster file. */
export const scheme = (file: ClusterFile): ClusterSource => ({ kind: 'cluster-file', file })

/** Whether a value is what `scheme` returns. */
export const isClusterSource = (value: unknown): value is ClusterSource =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  value.kind === 'cluster-file' &&
  'file' in value
