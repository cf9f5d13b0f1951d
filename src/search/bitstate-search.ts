/** The bitstate search: hunts for violations and witnesses where a space does not fit in memory, and proves nothing. */
import type { Model } from '../modelling/model.ts'
import { instancesOf } from '../state/plain.ts'
import { NO_LIMITS, type SearchOptions, search } from './breadth-first.ts'
import type { Judgement, Outcome, Path } from './outcome.ts'
import { type BitstateOptions, bitstateEngine } from './packed/bitstate.ts'
import { packedEngine } from './packed/packed-engine.ts'

/** What is spent on a shorter path for one property. */
const SHORTENING = { ...NO_LIMITS, states: 200_000, seconds: 5 }

/** Searches `model` with bits only, then looks for shorter paths to what was found. Throws `ModelFault`. */
export const hunt = async (
  model: Model,
  bitstate: BitstateOptions,
  options: SearchOptions,
): Promise<Outcome> => {
  const outcome = await search(bitstateEngine(model, bitstate), options)
  const judgements: Judgement[] = []
  for (const judgement of outcome.judgements) {
    const { verdict, kind, path } = judgement
    const shown = verdict === 'reached' || (verdict === 'violated' && kind !== 'deadlock')
    judgements.push(
      shown ? { ...judgement, path: await shorter(model, judgement, path!, options) } : judgement,
    )
  }
  return { ...outcome, judgements }
}

/**
 * The path, or a shorter one that takes no other instances: the shortest such, if a breadth-first search of a bounded
 * number of states over these alone gets that far.
 */
export const shorter = async (
  model: Model,
  { property }: Pick<Judgement, 'property'>,
  path: Path,
  { interrupted = () => false }: Pick<SearchOptions, 'interrupted'> = {},
): Promise<Path> => {
  const [first, ...steps] = path
  const taken = [...new Set(steps)].sort((a, b) => a - b)
  const engine = packedEngine(restricted(model, property, first!, taken), { exact: true })
  const found = () => engine.findings[0]!.shown !== undefined
  const { judgements } = await search(engine, {
    limits: SHORTENING,
    deadlock: false,
    interrupted: () => found() || interrupted(),
  })
  const [, ...fewer] = judgements[0]!.path ?? path
  return judgements[0]!.path && fewer.length < steps.length ? [first!, ...fewer.map((i) => taken[i]!)] : path
}

/** The model with one property only, and with actions that are each one instance. */
const restricted = (model: Model, property: string, initial: number, taken: readonly number[]): Model => {
  const single = (among: Model['actions']) => {
    const instances = instancesOf(among)
    return (number: number): Model['actions'][number] => {
      const { action, choice, text } = instances[number]!
      const { guard, effect } = action
      return {
        name: text,
        choose: {},
        ...(guard && { guard: (s: object) => guard(s, choice) }),
        effect: (d, _, emit) => effect(d, choice, emit),
      }
    }
  }
  return {
    ...model,
    initial: [initial].map(single(model.initial)),
    actions: taken.map(single(model.actions)),
    properties: model.properties.filter(({ name }) => name === property),
  }
}
