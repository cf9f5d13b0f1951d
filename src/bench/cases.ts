/** What the benchmark runs: models with agreed counts, and the ways of searching that are compared. */
import { failover } from '../examples/failover.ts'
import { twoPhaseCommit } from '../examples/two-phase-commit.ts'
import type { Model } from '../modelling/model.ts'
import type { Engine } from '../search/engine.ts'
import { packedEngine } from '../search/packed/packed-engine.ts'
import { plainEngine } from '../search/plain-engine.ts'

/** A model with the numbers every search of it must give. */
export interface BenchModel {
  readonly make: () => Model
  readonly distinct: number
  readonly generated: number
  /** Whether the plain engine finishes it in reasonable time. */
  readonly plain: boolean
}

export const MODELS: Readonly<Record<string, BenchModel>> = {
  '2pc-6': { make: () => twoPhaseCommit(6), distinct: 50_816, generated: 402_306, plain: true },
  '2pc-8': { make: () => twoPhaseCommit(8), distinct: 1_745_408, generated: 18_507_778, plain: false },
  'failover-2-2-1': { make: () => failover(2, 2, 1), distinct: 7_716, generated: 49_285, plain: true },
  'failover-4-4-2': {
    make: () => failover(4, 4, 2),
    distinct: 1_182_024,
    generated: 9_501_624,
    plain: false,
  },
}

export const ENGINES: Readonly<Record<string, (model: Model) => Engine>> = {
  fingerprint: (model) => packedEngine(model, { exact: false }),
  exact: (model) => packedEngine(model, { exact: true }),
  plain: plainEngine,
}
