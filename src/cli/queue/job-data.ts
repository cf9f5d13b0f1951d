/** What a job on the queue is, as data: what is to be done, with which program, and what it is known by. */
import { createHash } from 'node:crypto'
import { FOCUS } from '../../../model/schemes/named-scheme.ts'
import { ATTACKER } from '../../../properties/validation/trials.ts'
import type { HuntOptions, Sighting } from '../../hunt/hunter.ts'
import { count, flag, listOf, number, object, oneOf, text } from '../../report/text/schema-parts.ts'
import { SCOPES } from '../../search/suite.ts'
import { checkerOf } from '../files/json.ts'
import type { SearchSettings, Work } from '../jobs/search-job.ts'
import { CODE_URL } from './code.ts'
import type { Program } from './keys.ts'

/** A number that may be without limit: then it is absent. */
type Finite<T> = { readonly [K in keyof T]?: number }

/** How to search, without what a machine of its own has. */
export interface SettingsData extends Omit<SearchSettings, 'limits' | 'saving'> {
  readonly limits: Finite<SearchSettings['limits']>
}

/** What a hunt is asked for. */
export interface HuntData extends Omit<HuntOptions, 'runs' | 'seconds'> {
  readonly runs?: number
  readonly seconds?: number
}

interface Of {
  readonly source: Work['source']
  readonly focus: string
}

/** What is to be done: a search; some runs of a hunt; or to make small what those have shown of one property. */
export type Task =
  | (Of & { readonly kind: 'search'; readonly settings: SettingsData })
  | (Of & {
      readonly kind: 'runs'
      readonly options: HuntData
      readonly first: number
      readonly every: number
    })
  | (Of & { readonly kind: 'small'; readonly options: HuntData; readonly sightings: readonly Sighting[] })

/** A job. */
export interface JobData {
  readonly schemaVersion: 1
  readonly program: Program
  readonly sweep: string
  /** What it is known by in its sweep. */
  readonly key: string
  /** For messages. */
  readonly name: string
  /** The code that it needs, by SHA-256. */
  readonly code: readonly string[]
  /** What a complete result is known by to all sweeps; absent where it is of no use to others. */
  readonly shared?: string
  readonly task: Task
}

const SHA = { type: 'string', pattern: '^[0-9a-f]{64}$' }
/** Names of sweeps: they are part of keys and of identifiers of jobs. */
export const SWEEP_NAME = /^[a-z][a-z0-9-]{0,47}$/
const SCOPE = oneOf(...SCOPES)
const NAME = { type: 'string', maxLength: 1000 }
const least1 = { type: 'integer', minimum: 1 }

/** Policies and bounds: names, numbers and flags, in groups. What they mean is looked up, and never run. */
const PLAIN = {
  type: 'object',
  additionalProperties: {
    anyOf: [
      flag,
      number,
      { type: 'string', maxLength: 100 },
      { type: 'object', additionalProperties: { $ref: '#/definitions/plain/additionalProperties' } },
    ],
  },
}
const plain = { $ref: '#/definitions/plain' }

const NAMED_SCHEME = object(
  { name: NAME, about: NAME, scheme: plain, judgedBy: listOf(oneOf(...FOCUS)) },
  { bounds: plain },
)

const closed = (schema: ReturnType<typeof object>) => ({ ...schema, additionalProperties: false })

const SOURCE = {
  oneOf: [
    closed(object({ kind: { const: 'scheme' }, name: NAME, scope: SCOPE })),
    closed(object({ kind: { const: 'raised' }, name: NAME, scope: SCOPE, by: least1, labels: listOf(NAME) })),
    closed(
      object(
        { kind: { const: 'module' }, url: CODE_URL },
        { set: { type: 'object', additionalProperties: NAME } },
      ),
    ),
    closed(
      object({
        kind: { const: 'cluster' },
        cluster: closed(object({ schemes: { ...listOf(NAMED_SCHEME), minItems: 1 }, scope: SCOPE })),
      }),
    ),
    closed(
      object({
        kind: { const: 'validation' },
        validation: closed(
          object(
            {
              extensions: listOf(
                closed(
                  object(
                    { name: NAME, chosen: { type: 'object', additionalProperties: NAME } },
                    { url: CODE_URL, text: SHA },
                  ),
                ),
              ),
              schemes: listOf(NAME),
              scope: SCOPE,
              attackers: listOf(oneOf(...ATTACKER)),
            },
            { clusters: listOf(NAMED_SCHEME), searches: listOf(NAME) },
          ),
        ),
      }),
    ),
    closed(
      object({
        kind: { const: 'design' },
        search: closed(
          object(
            { plan: oneOf(...FOCUS), constants: closed(object({ scheme: plain, scope: plain })) },
            { labels: listOf(NAME) },
          ),
        ),
      }),
    ),
  ],
}

const SETTINGS = closed(
  object(
    {
      exact: oneOf(true, false, 'free'),
      deadlock: flag,
      limits: closed(object({}, { states: count, seconds: number, bytes: count })),
    },
    {
      lean: flag,
      profile: flag,
      symmetry: flag,
      bitstate: closed(object({ bytes: count, hashes: least1, depth: least1, seed: count })),
    },
  ),
)

const HUNT = closed(
  object(
    {
      seed: count,
      length: least1,
      weights: { type: 'object', additionalProperties: count },
    },
    { runs: count, seconds: number },
  ),
)

const SIGHTING = object({ property: count, run: count, path: listOf(count) })

const of = { source: SOURCE, focus: NAME }
const TASK = {
  oneOf: [
    closed(object({ kind: { const: 'search' }, ...of, settings: SETTINGS })),
    closed(object({ kind: { const: 'runs' }, ...of, options: HUNT, first: count, every: least1 })),
    closed(
      object({
        kind: { const: 'small' },
        ...of,
        options: HUNT,
        sightings: { ...listOf(SIGHTING), minItems: 1 },
      }),
    ),
  ],
}

export const JOB_SCHEMA = {
  definitions: { plain: PLAIN },
  ...closed(
    object(
      {
        schemaVersion: { const: 1 },
        program: object({ clustercheck: text, build: text, node: count }),
        sweep: { type: 'string', pattern: SWEEP_NAME.source },
        key: SHA,
        name: NAME,
        code: listOf(SHA),
        task: TASK,
      },
      { shared: { type: 'string', maxLength: 200 } },
    ),
  ),
}

/** What is wrong with the data of a job, as the end of a sentence; undefined when nothing is. */
export const jobProblem = checkerOf(JOB_SCHEMA)

const finite = <T extends Readonly<Record<string, number>>>(numbers: T): Finite<T> =>
  Object.fromEntries(Object.entries(numbers).filter(([, value]) => Number.isFinite(value))) as Finite<T>

/** Settings as data; what is saved where is of this machine. */
export const settingsData = ({ saving: _, limits, ...how }: SearchSettings): SettingsData => ({
  ...how,
  limits: finite({ ...limits }),
})

/** Settings again, on a machine that has so many bytes for a search. */
export const settingsOf = ({ limits, ...how }: SettingsData, bytes: number): SearchSettings => ({
  ...how,
  limits: {
    states: limits.states ?? Number.POSITIVE_INFINITY,
    seconds: limits.seconds ?? Number.POSITIVE_INFINITY,
    bytes: Math.min(limits.bytes ?? Number.POSITIVE_INFINITY, bytes),
  },
})

/** The same of a hunt. */
export const huntData = ({ runs, seconds, ...how }: HuntOptions): HuntData => ({
  ...how,
  ...finite({ runs, seconds }),
})

export const huntOptionsOf = ({ runs, seconds, ...how }: HuntData): HuntOptions => ({
  ...how,
  runs: runs ?? Number.POSITIVE_INFINITY,
  seconds: seconds ?? Number.POSITIVE_INFINITY,
})

/** What a job is known by: a hash of all that it depends on. */
export const keyOf = (program: Program, task: Task): string =>
  createHash('sha256')
    .update(JSON.stringify({ build: program.build, node: program.node, task }))
    .digest('hex')

/** The identifier of a job. */
export const jobId = (sweep: string, key: string): string => `${sweep}.${key}`
