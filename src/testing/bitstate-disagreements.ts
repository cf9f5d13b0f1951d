/** Where a bitstate search contradicts the plain engine about one model. */
import { NO_LIMITS, search } from '../search/breadth-first.ts'
import type { Engine } from '../search/engine/engine.ts'
import type { Outcome } from '../search/engine/outcome.ts'
import { differences, unproved } from './disagreements.ts'

/** Runs a bitstate engine. A broken one may find states without end; it is cut. */
export const outcomeOf = (engine: Engine, plain: Outcome): Promise<Outcome> =>
  search(engine, { limits: { ...NO_LIMITS, states: plain.distinct + 5_000 }, deadlock: true })

/** Of an engine whose bits suffice: it finds everything, and calls nothing but what it found known. */
export const bitstateDisagreements = async (plain: Outcome, engine: Engine): Promise<readonly string[]> => {
  const outcome = await outcomeOf(engine, plain)
  return [
    ...differences('plain', expected(plain), 'bitstate', factsOf(outcome)),
    ...outcome.judgements.flatMap((judgement) => unproved(plain.model, judgement)),
  ]
}

/** Of an engine that has too few bits: it claims nothing that there is not. */
export const bitstateInventions = async (plain: Outcome, engine: Engine): Promise<readonly string[]> => {
  const outcome = await outcomeOf(engine, plain)
  const wrong: string[] = []
  if (outcome.distinct > plain.distinct) wrong.push(`${outcome.distinct} of ${plain.distinct} states`)
  if (outcome.cut !== 'bitstate' || outcome.complete) wrong.push('the search passes for a complete one')
  outcome.judgements.forEach(({ property, verdict, value }, i) => {
    const known = plain.judgements[i]!
    if (verdict !== 'unknown' && verdict !== known.verdict)
      wrong.push(`${property} is ${verdict}, not ${known.verdict}`)
    if (value !== undefined && !(value <= known.value!)) wrong.push(`${property} reads ${value}`)
  })
  return [...wrong, ...outcome.judgements.flatMap((judgement) => unproved(plain.model, judgement))]
}

const countsOf = ({ distinct, generated, stuck, coverage }: Outcome) => ({
  distinct,
  generated,
  stuck,
  coverage: coverage.map(({ action, enabled, taken }) => [action, enabled, taken]),
  fresh: coverage.reduce((sum, { fresh }) => sum + fresh, 0),
})

const factsOf = (outcome: Outcome) => ({
  ...countsOf(outcome),
  cut: outcome.cut,
  ...Object.fromEntries(
    outcome.judgements.map(({ property, verdict, value, situation }) => [
      property,
      [verdict, value ?? 'no reading', situation ? 'arose' : 'never arose'],
    ]),
  ),
})

/** What a bitstate search with bits enough says where the plain engine has proved things. */
const expected = (plain: Outcome) => ({
  ...countsOf(plain),
  cut: 'bitstate',
  ...Object.fromEntries(
    plain.judgements.map(({ property, kind, verdict, value, situation }) => [
      property,
      [
        kind !== 'alwaysPossible' && (verdict === 'violated' || verdict === 'reached') ? verdict : 'unknown',
        value ?? 'no reading',
        situation ? 'arose' : 'never arose',
      ],
    ]),
  ),
})
