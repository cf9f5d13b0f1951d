/** What clustercheck design found, as JSON, and the schema of that. */
import { about, count, DRAFT, flag, listOf, number, object, oneOf, text } from '../text/schema-parts.ts'

/** A price of a design; null where nothing was measured. */
export interface PriceJson {
  readonly label: string
  readonly unit: string
  readonly value: number | null
}

/** A policy with the values that a term leaves. */
export interface LiteralJson {
  readonly policy: string
  readonly values: readonly string[]
}

/** When a property holds in a space. */
export interface ConditionJson {
  readonly label: string
  /** Designs by verdict. */
  readonly holds: number
  readonly violated: number
  readonly vacuous: number
  readonly unknown: number
  /** Absent where it holds in all designs, or in none. */
  readonly condition?: {
    /** One of the terms is true, all of whose literals are; or all terms are, by one of their literals. */
    readonly form: 'any' | 'all'
    readonly terms: readonly (readonly LiteralJson[])[]
  }
}

/** A property that falls, the search in which it does, and the bound that was raised for that. */
export interface FallJson {
  readonly label: string
  readonly steps: number
  readonly search: string
  /** Its path in the scope, and its words; absent where none was raised. */
  readonly bound?: string
  readonly words?: string
  readonly from?: number
  readonly to?: number
}

interface ChosenJson {
  /** Its place in the space. */
  readonly design: number
  /** By path. */
  readonly policies: Readonly<Record<string, string>>
  readonly prices: readonly PriceJson[]
  /** What is required and satisfied. */
  readonly met: readonly string[]
}

/** A design that is worth having. */
export interface FrontJson extends ChosenJson {
  readonly missed: readonly string[]
  /** Other designs that satisfy as much and cost as much. */
  readonly alike: number
  /** A cluster file. */
  readonly file: object
  /** Searches by which it was judged again; those that ended, and those that were cut. */
  readonly again: { readonly searches: number; readonly ended: number; readonly undecided: number }
  /** What falls if more goes wrong than is assumed. */
  readonly assumes: readonly FallJson[]
  /** Searches that were repeated on plain states, and what they said otherwise. */
  readonly plain: { readonly searches: number; readonly differing: readonly string[] }
}

/** A design that was on the front and did not stand closer scrutiny. */
export interface FallenJson extends ChosenJson {
  readonly fell: readonly FallJson[]
}

/** What is known of one space. */
export interface DesignJson {
  readonly name: string
  readonly about: string
  readonly scope: string
  readonly free: readonly { readonly policy: string; readonly values: readonly string[] }[]
  readonly designs: number
  readonly contradictory: number
  /** Designs for which there was no time. */
  readonly undecided: number
  readonly searches: {
    /** Of all designs together; those of them that differ; of these those found in the cache, and those that were cut. */
    readonly wanted: number
    readonly different: number
    readonly cached: number
    readonly cut: number
    readonly states: number
    /** By which the front was judged again. */
    readonly raised: number
    readonly raisedCut: number
  }
  readonly required: readonly string[]
  /** What no design satisfies, and is not required for that. */
  readonly never: readonly string[]
  readonly small: readonly string[]
  /** Designs that satisfy all that is required. */
  readonly satisfying: number
  readonly conditions: readonly ConditionJson[]
  readonly front: readonly FrontJson[]
  readonly fallen: readonly FallenJson[]
  readonly points: readonly {
    readonly prices: readonly (number | null)[]
    readonly met: number
    readonly designs: number
  }[]
  /** Whether the time was over, or somebody pressed Ctrl-C, before all was searched. */
  readonly over: boolean
}

/** What `clustercheck design --json` prints. */
export const designJson = (spaces: readonly DesignJson[], clustercheck: string, seconds: number) => ({
  schemaVersion: 1,
  kind: 'design',
  clustercheck,
  spaces,
  run: { seconds },
})

const labels = listOf(text)
const literal = object({ policy: text, values: labels })
const fall = object(
  { label: text, steps: about('of the shortest counterexample', count), search: text },
  { bound: about('its path in the scope', text), words: text, from: count, to: count },
)
const chosen = {
  design: about('its place in the space', count),
  policies: about('the value of each free policy', { type: 'object', additionalProperties: text }),
  prices: listOf(object({ label: text, unit: text, value: { type: ['number', 'null'] } })),
  met: about('what is required and satisfied', labels),
}

/** The JSON schema of it. */
export const DESIGN_SCHEMA = {
  ...DRAFT,
  title: 'What clustercheck design --json prints',
  ...object({
    schemaVersion: oneOf(1),
    kind: oneOf('design'),
    clustercheck: text,
    spaces: listOf(
      object({
        name: text,
        about: text,
        scope: text,
        free: listOf(object({ policy: text, values: labels })),
        designs: count,
        contradictory: about('combinations that contradict themselves', count),
        undecided: about('designs for which there was no time', count),
        searches: object({
          wanted: about('of all designs together', count),
          different: about('of these, each run once', count),
          cached: count,
          cut: count,
          states: count,
          raised: about('by which the front was judged again', count),
          raisedCut: count,
        }),
        required: labels,
        never: about('what no design satisfies, and is not required for that', labels),
        small: labels,
        satisfying: about('designs that satisfy all that is required', count),
        conditions: listOf(
          object(
            { label: text, holds: count, violated: count, vacuous: count, unknown: count },
            {
              condition: about(
                'absent where it holds in all designs, or in none',
                object({
                  form: about(
                    'any: one term, all of its literals; all: every term, one of its literals',
                    oneOf('any', 'all'),
                  ),
                  terms: listOf(listOf(literal)),
                }),
              ),
            },
          ),
        ),
        front: listOf(
          object({
            ...chosen,
            missed: labels,
            alike: about('other designs that satisfy and cost as much', count),
            file: about('a cluster file', { type: 'object' }),
            again: object({ searches: count, ended: count, undecided: count }),
            assumes: about('what falls if more goes wrong than is assumed', listOf(fall)),
            plain: object({ searches: count, differing: labels }),
          }),
        ),
        fallen: about(
          'was on the front until it was judged again',
          listOf(object({ ...chosen, fell: listOf(fall) })),
        ),
        points: listOf(object({ prices: listOf({ type: ['number', 'null'] }), met: count, designs: count })),
        over: about('the time was over before all was searched', flag),
      }),
    ),
    run: object({ seconds: number }),
  }),
}
