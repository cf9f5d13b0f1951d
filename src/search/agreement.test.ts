/**
 * Agreement: on random models the naive checker, the plain engine and both packed engines say the same, down to
 * every path. Set CLUSTERCHECK_SEED and CLUSTERCHECK_RUNS to look at other models.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Model } from '../modelling/model.ts'
import type { MessageSchema, Schema } from '../modelling/schema.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import { type Comparison, compare } from '../testing/disagreements.ts'
import { modelOf, recipe } from '../testing/models.ts'

const SEED = Number(process.env.CLUSTERCHECK_SEED ?? 6311)
const RUNS = Number(process.env.CLUSTERCHECK_RUNS ?? 500)
/** Larger models take too long on plain states; of small ones not more than a quarter are compared. */
const LARGEST = 300
const SMALL = 5

test('all checkers agree on random models, and these are worth comparing', { timeout: 900_000 }, async () => {
  const compared: Comparison[] = []
  let small = 0
  await fc.assert(
    fc.asyncProperty(recipe, async (r) => {
      const comparison = await compare(modelOf(r), LARGEST)
      fc.pre(comparison !== undefined)
      expect(comparison.disagreements).toEqual([])
      if (comparison.outcome.distinct <= SMALL) {
        fc.pre(small * 4 < compared.length)
        small += 1
      }
      compared.push(comparison)
    }),
    { seed: SEED, numRuns: RUNS, maxSkipsPerRun: 10, unbiased: true },
  )

  const outcomes = compared.map(({ outcome }) => outcome)
  const share = (test: (outcome: Comparison['outcome']) => boolean) =>
    outcomes.filter(test).length / outcomes.length
  expect(outcomes).toHaveLength(RUNS)
  expect(share(({ distinct }) => distinct > SMALL)).toBeGreaterThan(0.7)
  expect(share(({ distinct }) => distinct > 20)).toBeGreaterThan(0.2)
  expect(share(({ distinct }) => distinct > 100)).toBeGreaterThan(0.03)
  expect(share(({ depth }) => depth > 5)).toBeGreaterThan(0.2)
  for (const kind of KINDS)
    expect(
      share(({ model }) => kindsOf(model.state).has(kind)),
      kind,
    ).toBeGreaterThan(0.1)
  for (const [shape, isIn] of SHAPES)
    expect(
      share(({ model }) => isIn(model)),
      shape,
    ).toBeGreaterThan(0.03)
  const judgements = outcomes.flatMap((outcome) => outcome.judgements)
  for (const [kind, verdict] of VERDICTS)
    expect(
      judgements.filter((j) => j.kind === kind && j.verdict === verdict).length / RUNS,
      `${kind} ${verdict}`,
    ).toBeGreaterThan(0.015)
})

const KINDS = ['bool', 'oneOf', 'range', 'id', 'set', 'record', 'each', 'queue', 'bag'] as const

/** What a schema of one kind holds of another, and what actions do, that must occur as well. */
const SHAPES: readonly (readonly [string, (model: Model) => boolean])[] = [
  [
    'records in records',
    ({ state }) => someSchema(state, (s) => s !== state && s.kind === 'record' && holds(s, 'record')),
  ],
  [
    'channels of scalars',
    ({ state }) =>
      someSchema(state, (s) => (s.kind === 'bag' || s.kind === 'queue') && s.element.kind !== 'record'),
  ],
  ['each in each', ({ state }) => someSchema(state, (s) => s.kind === 'each' && s.element.kind === 'each')],
  [
    'records in messages of bags',
    ({ state }) => someSchema(state, (s) => s.kind === 'bag' && holds(s.element, 'record')),
  ],
  [
    'records in messages of queues',
    ({ state }) => someSchema(state, (s) => s.kind === 'queue' && holds(s.element, 'record')),
  ],
  [
    'sets in messages',
    ({ state }) =>
      someSchema(state, (s) => (s.kind === 'bag' || s.kind === 'queue') && holds(s.element, 'set')),
  ],
  [
    'sets of identities',
    ({ state }) => someSchema(state, (s) => s.kind === 'set' && typeof s.values[0] === 'string'),
  ],
  ['several initial states', (model) => initialStates(model) > 1],
]

const someSchema = (schema: Schema, test: (schema: Schema) => boolean): boolean =>
  test(schema) ||
  (schema.kind === 'record' && Object.values(schema.fields).some((field) => someSchema(field, test))) ||
  ((schema.kind === 'each' || schema.kind === 'queue' || schema.kind === 'bag') &&
    someSchema(schema.element, test))

const holds = (schema: MessageSchema, kind: Schema['kind']): boolean =>
  schema.kind === 'record' && Object.values(schema.fields).some((field) => field.kind === kind)

const initialStates = (model: Model): number => {
  const run = plainInterpreter(model)
  const open = run.initial.filter((instance) => run.enabled(run.zero, instance))
  return new Set(open.map((instance) => run.text(run.step(run.zero, instance).state))).size
}

const VERDICTS = [
  ['always', 'holds'],
  ['always', 'violated'],
  ['always', 'vacuous'],
  ['sometimes', 'reached'],
  ['sometimes', 'unreached'],
  ['alwaysPossible', 'holds'],
  ['alwaysPossible', 'violated'],
  ['alwaysPossible', 'vacuous'],
  ['monitor', 'holds'],
  ['monitor', 'violated'],
  ['monitor', 'vacuous'],
  ['measure', 'measured'],
  ['measure', 'vacuous'],
  ['deadlock', 'holds'],
  ['deadlock', 'violated'],
] as const

/** The kinds that occur in a schema, not counting the state's own record. */
const kindsOf = (schema: Schema, kinds = new Set<Schema['kind']>()): ReadonlySet<Schema['kind']> => {
  const visit = (below: Schema) => kindsOf(below, kinds.add(below.kind))
  if (schema.kind === 'record') Object.values(schema.fields).forEach(visit)
  if (schema.kind === 'each' || schema.kind === 'queue' || schema.kind === 'bag') visit(schema.element)
  return kinds
}
