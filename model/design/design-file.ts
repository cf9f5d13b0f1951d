/** What a design file holds: what is fixed of a cluster, what is free, what is required and what is to be small. */

import { type ClusterFile, clusterFileSchema } from '../cluster-files/cluster-file.ts'
import {
  ESP_WORDS,
  type EspPoliciesByName,
  type PolicyWords,
  SCHEME_WORDS,
  valuesOf,
} from '../cluster-files/vocabulary.ts'
import type { FocusName } from '../constants/focus-name.ts'
import type { Scheme } from '../constants/scheme.ts'

/** Values to try, or all that there are. */
export type Tried<T> = readonly T[] | 'all'

/** The policies of T, each with the values to try. */
type Free<T> = { readonly [P in keyof T]?: Tried<T[P]> }

/** A space of designs. */
export interface DesignFile {
  /** The JSON schema, for editors. */
  readonly $schema?: string
  /** One sentence. */
  readonly about?: string
  /** What all designs have in common, and what judges them. */
  readonly fixed?: ClusterFile
  /** What differs from design to design, where a cluster file would state it. The first value is the simplest. */
  readonly free: {
    readonly policies?: Free<Omit<Scheme, 'cluster' | 'esp' | 'peer' | 'channel'>>
    readonly esp?: Free<EspPoliciesByName> & {
      readonly told?: readonly string[]
      readonly jump?: readonly (number | 'maximum')[]
      readonly raise?: readonly (number | 'maximum')[]
    }
    readonly channel?: { readonly order?: Tried<Scheme['channel']> }
  }
  /** Searches by which only what is recommended is judged: those that take long. */
  readonly again?: readonly FocusName[]
  /** Labels of the properties that a design must satisfy; otherwise all that are judged. */
  readonly required?: readonly string[]
  /** Labels of the prices that are to be small; otherwise all that are measured. */
  readonly small?: readonly string[]
}

const { channel: order, ...ike } = SCHEME_WORDS
const closed = { type: 'object', additionalProperties: false } as const

const tried = (words: PolicyWords) => ({
  anyOf: [
    { const: 'all' },
    { type: 'array', minItems: 1, uniqueItems: true, items: { enum: valuesOf(words) } },
  ],
  description: `${words.asks} (${words.section})`,
})

const policies = (table: Readonly<Record<string, PolicyWords>>) =>
  Object.fromEntries(Object.entries(table).map(([name, words]) => [name, tried(words)]))

/** The schema of a design file. `schemes`: the names that a basis can have. */
export const designFileSchema = (schemes: readonly string[]) => {
  const { $schema, title: _, ...fixed } = clusterFileSchema(schemes)
  const { told, jump, raise } = fixed.properties.esp.properties as Readonly<Record<string, object>>
  const values = (items: object | undefined) => ({
    type: 'array',
    minItems: 1,
    uniqueItems: true,
    items: items!,
  })
  const labels = (description: string) => ({
    type: 'array',
    minItems: 1,
    uniqueItems: true,
    items: { type: 'string' },
    description,
  })
  return {
    $schema,
    title: 'A space of designs, for clustercheck design',
    ...closed,
    required: ['free'],
    properties: {
      $schema: { type: 'string' },
      about: { type: 'string', minLength: 1, description: 'One sentence about the space.' },
      fixed: { ...fixed, description: 'A cluster file: what all designs have in common.' },
      free: {
        ...closed,
        minProperties: 1,
        description: 'Policies with the values to try, the simplest first, or all.',
        properties: {
          policies: { ...closed, properties: policies(ike) },
          esp: {
            ...closed,
            properties: {
              told: values(told),
              jump: values(jump),
              raise: values(raise),
              ...policies(ESP_WORDS),
            },
          },
          channel: { ...closed, properties: { order: tried(order) } },
        },
      },
      again: {
        ...fixed.properties.searches,
        description: 'Searches by which only what is recommended is judged: those that take long.',
      },
      required: labels('Labels of the properties that a design must satisfy; otherwise all that are judged.'),
      small: labels('Labels of the prices that are to be small; otherwise all that are measured.'),
    },
  }
}
