/** A hunt by one worker, which is what several do together. */
import type { Model } from '../modelling/model.ts'
import { Hunter, type HuntOptions } from './hunter.ts'
import { concluded, gathered, type HuntOutcome } from './outcome.ts'

/** What a hunt is asked for where nobody says. */
export const HUNT: HuntOptions = {
  seed: 1,
  length: 64,
  weights: {},
  runs: Number.POSITIVE_INFINITY,
  seconds: 10,
}

/** Explores a model at random and makes small traces of what that shows. Throws `ModelFault`. */
export const hunt = (
  model: Model,
  { interrupted = () => false, ...options }: Partial<HuntOptions> & { interrupted?: () => boolean } = {},
): HuntOutcome => {
  const hunter = new Hunter(model, { ...HUNT, ...options })
  const part = hunter.hunt(0, 1, interrupted)
  const small = gathered(model, [part]).map((of) => (of.length > 0 ? hunter.trace(of) : undefined))
  return concluded(model, [part], small)
}
