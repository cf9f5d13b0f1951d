/** The JSON schema of a shard: what each of its searches says, as the program itself keeps it. */
import { PROPERTY_KINDS } from '../../modelling/property.ts'
import { BITSTATE, COMPARED, COVERAGE, PROFILE, SYMMETRY } from '../../report/results/result-schema.ts'
import {
  amount,
  count,
  DRAFT,
  flag,
  listOf,
  number,
  object,
  oneOf,
  text,
} from '../../report/text/schema-parts.ts'

const PATH = { type: 'array', items: count, minItems: 1 }

export const OUTCOME = object(
  {
    judgements: listOf(
      object(
        {
          property: text,
          kind: oneOf(...PROPERTY_KINDS, 'deadlock'),
          verdict: oneOf('holds', 'violated', 'reached', 'unreached', 'measured', 'vacuous', 'unknown'),
        },
        { value: number, path: PATH, missing: text, compared: COMPARED, situation: PATH },
      ),
    ),
    distinct: count,
    generated: count,
    depth: count,
    stuck: count,
    coverage: listOf(COVERAGE),
    complete: flag,
    frontier: count,
    exact: flag,
    missProbability: amount,
    elapsedSeconds: amount,
    bytes: count,
  },
  {
    cut: oneOf('states', 'seconds', 'bytes', 'interrupt', 'bitstate', 'failed'),
    expected: amount,
    beyond: count,
    symmetry: SYMMETRY,
    assumesSymmetry: flag,
    checkedTwice: count,
    profile: PROFILE,
    bitstate: BITSTATE,
  },
)

export const SHARD_SCHEMA = {
  ...DRAFT,
  title: 'A part of the searches of a matrix',
  ...object({
    schemaVersion: { const: 2 },
    kind: { const: 'shard' },
    clustercheck: text,
    build: text,
    scope: oneOf('small', 'default', 'large'),
    shard: object({ index: { type: 'integer', minimum: 1 }, of: { type: 'integer', minimum: 1 } }),
    searches: listOf(object({ name: text, outcome: OUTCOME })),
    run: object({ seconds: amount, cached: count }),
  }),
}
