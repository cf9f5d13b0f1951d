/** What the checkers do not agree on about one model; the comparison behind every agreement test. */
import type { Model } from '../modelling/model.ts'
import { ask } from '../modelling/tests.ts'
import { NO_LIMITS, search } from '../search/breadth-first.ts'
import type { Engine } from '../search/engine/engine.ts'
import type { Judgement, Outcome, Path } from '../search/engine/outcome.ts'
import { replay, shows, type Trace } from '../search/engine/path.ts'
import { checkNaively, type NaiveResult } from '../search/naive.ts'
import type { RecallLimits } from '../search/packed/memoised/read-trees.ts'
import { packedEngine } from '../search/packed/packed-engine.ts'
import { plainEngine } from '../search/plain-engine.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import { choicesFrom, engineInTurns } from './turns.ts'

/** Builds the packed engine under test. */
export type PackedEngineOf = (model: Model, options: { readonly exact: boolean }) => Engine

/** What was compared, and the sentences in which checkers disagree. */
export interface Comparison {
  readonly outcome: Outcome
  readonly disagreements: readonly string[]
}

/** The crews that are compared with the plain engine. */
const CREWS = [
  { helpers: 1, exact: false },
  { helpers: 2, exact: true },
] as const

/** A program that gives up remembering soon, and has little room for it. */
export const FORGETFUL: RecallLimits = { trial: 2, room: 1 << 8, pending: 2 }

const OPTIONS = { limits: NO_LIMITS, deadlock: true }

/** Runs all checkers on a model; undefined when it has more than `states` states. */
export const compare = async (model: Model, states: number): Promise<Comparison | undefined> => {
  const limits = { ...NO_LIMITS, states }
  const fingerprints = await search(packedEngine(model, { exact: false }), { ...OPTIONS, limits })
  if (!fingerprints.complete || fingerprints.distinct > states) return undefined
  const exact = await search(packedEngine(model, { exact: true }), OPTIONS)
  const forgetful = await search(packedEngine(model, { exact: false, recall: FORGETFUL }), OPTIONS)
  const plain = await plainOutcome(model)
  const inTurns = await Promise.all(
    CREWS.map(({ helpers, exact }) =>
      search(
        engineInTurns(model, { exact }, helpers, choicesFrom(fingerprints.generated + helpers)),
        OPTIONS,
      ),
    ),
  )
  return {
    outcome: plain,
    disagreements: [
      ...differences('plain', factsOf(plain), 'packed', factsOf(fingerprints)),
      ...differences('plain', factsOf(plain), 'exact', factsOf(exact)),
      ...differences('plain', factsOf(plain), 'forgetful', factsOf(forgetful)),
      ...inTurns.flatMap((outcome, i) =>
        differences('plain', factsOf(plain), `${CREWS[i]!.helpers} helpers`, factsOf(outcome)),
      ),
      ...differences('plain', briefly(plain), 'naive', naively(checkNaively(model))),
      ...plain.judgements.flatMap((judgement) => unproved(model, judgement)),
    ],
  }
}

/** What the plain engine says about a model. */
export const plainOutcome = (model: Model): Promise<Outcome> => search(plainEngine(model), OPTIONS)

/** Where a packed engine contradicts the plain one. A broken one may find states without end; it is cut. */
export const packedDisagreements = async (
  plain: Outcome,
  packed: PackedEngineOf,
): Promise<readonly string[]> => {
  const limits = { ...NO_LIMITS, states: plain.distinct + 5_000 }
  const found: string[] = []
  for (const exact of [false, true]) {
    const outcome = await search(packed(plain.model, { exact }), { ...OPTIONS, limits })
    found.push(...differences('plain', factsOf(plain), exact ? 'exact' : 'packed', factsOf(outcome)))
  }
  return found
}

type Facts = Readonly<Record<string, unknown>>

/** Everything that two engines have to agree on, paths included: order is fixed. */
export const factsOf = ({
  distinct,
  generated,
  depth,
  stuck,
  complete,
  coverage,
  judgements,
}: Outcome): Facts => ({
  distinct,
  generated,
  depth,
  stuck,
  complete,
  ...Object.fromEntries(coverage.map((row) => [`coverage of ${row.action}`, row])),
  ...Object.fromEntries(judgements.map((judgement) => [`judgement of ${judgement.property}`, judgement])),
})

/** What the naive checker says too. */
const briefly = ({ distinct, generated, depth, stuck, judgements }: Outcome): Facts => ({
  distinct,
  generated,
  depth,
  stuck,
  ...Object.fromEntries(
    judgements
      .filter(({ kind }) => kind !== 'deadlock')
      .map(({ property, verdict, value, path }) => [
        `verdict on ${property}`,
        { verdict, ...(value !== undefined && { value }), ...(path && { length: path.length - 1 }) },
      ]),
  ),
})

const naively = ({ verdicts, ...counts }: NaiveResult): Facts => ({
  ...counts,
  ...Object.fromEntries(Object.entries(verdicts).map(([name, verdict]) => [`verdict on ${name}`, verdict])),
})

export const differences = (one: string, a: Facts, other: string, b: Facts): readonly string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((what) => {
    const [x, y] = [JSON.stringify(a[what]), JSON.stringify(b[what])]
    return x === y ? [] : [`${what}: ${one} says ${x}, ${other} says ${y}`]
  })

/** Paths that do not show, when replayed, what they are said to show. */
export const unproved = (
  model: Model,
  { property, kind, value, path, situation }: Judgement,
): readonly string[] => {
  const wrong: string[] = []
  const trial = (what: string, steps: Path | undefined, proves: (trace: Trace) => boolean) => {
    if (steps && !proves(replay(model, steps))) wrong.push(`${property}: [${steps}] does not show ${what}`)
  }
  if (kind === 'deadlock') trial('a deadlock', path, (trace) => stands(model, trace))
  else trial('the verdict', path, (trace) => shows(trace, property, value))
  trial('the situation', situation, (trace) => arises(model, trace, property))
  return wrong
}

const stands = (model: Model, trace: Trace): boolean => {
  const run = plainInterpreter(model)
  const { state } = trace.steps.at(-1)!
  return !run.instances.some((instance) => run.enabled(state, instance))
}

const arises = (model: Model, trace: Trace, property: string): boolean => {
  const { state, arose } = trace.steps.at(-1)!
  const p = model.properties.find(({ name }) => name === property)
  return p?.kind === 'always' ? !!p.situation && ask(p.situation, state.model) : arose.has(property)
}
