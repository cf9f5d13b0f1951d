/** What a search with symmetry gets wrong about a model: against the search of every state, and against the oracle. */
import type { Model } from '../../modelling/model.ts'
import { check, NO_LIMITS, search } from '../../search/breadth-first.ts'
import type { Judgement, Outcome } from '../../search/engine/outcome.ts'
import { packedEngine } from '../../search/packed/packed-engine.ts'
import { classesIn, type Symmetry, symmetryOf } from '../../symmetry/symmetry.ts'
import { factsOf, unproved } from '../disagreements.ts'
import { choicesFrom, engineInTurns } from '../turns.ts'
import { type Orbits, orbitsOf } from './orbits.ts'

/** A model with what is true of it. */
export interface Reference {
  readonly model: Model
  readonly symmetry: Symmetry
  readonly whole: Outcome
  readonly orbits: Orbits
}

/** What is true of a model; undefined when it has more than `states` states. */
export const referenceOf = async (model: Model, states: number): Promise<Reference | undefined> => {
  const limits = { ...NO_LIMITS, states }
  const whole = await check(model, { limits, deadlock: true })
  if (!whole.complete || whole.distinct > states) return undefined
  const symmetry = symmetryOf(model)
  return { model, symmetry, whole, orbits: orbitsOf(model, classesIn(symmetry))! }
}

/** The sentences in which a search with symmetry is wrong. `rewrite` breaks its program. */
export const wrongs = async (
  { model, symmetry, whole, orbits }: Reference,
  exact: boolean,
  rewrite: (text: string) => string = (text) => text,
): Promise<readonly string[]> => {
  // A broken one may find states without end.
  const limits = { ...NO_LIMITS, states: whole.distinct + 1_000 }
  const engine = packedEngine(model, { exact, symmetry, rewrite })
  const outcome = await search(engine, { limits, deadlock: true })
  const helped = await search(
    engineInTurns(model, { exact, symmetry, rewrite }, 2, choicesFrom(whole.distinct)),
    { limits, deadlock: true },
  )
  const { distinct, generated, depth, stuck } = outcome
  const counted = JSON.stringify({ distinct, generated, depth, stuck })
  const sentences = counted === JSON.stringify(orbits) ? [] : [`${counted}, not ${JSON.stringify(orbits)}`]
  const [alone, several] = [outcome, helped].map((o) => JSON.stringify(factsOf(o)))
  if (alone !== several) sentences.push(`with helpers ${several}, not ${alone}`)
  return [
    ...sentences,
    ...outcome.judgements.flatMap((judgement, i) => {
      const [one, other] = [judgement, whole.judgements[i]!].map(verdictOf)
      return one === other ? unproved(model, judgement) : [`${one}, not ${other}`]
    }),
  ]
}

/** What both searches have to say alike: they find different paths of the same length. */
const verdictOf = ({ property, verdict, value, path, situation }: Judgement): string =>
  JSON.stringify({ property, verdict, value, path: path?.length, situation: situation?.length })
