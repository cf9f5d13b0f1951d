/** What the benchmark runs: models with agreed counts, and the ways of searching that are compared. */
import { failover } from '../../examples/failover.ts'
import { twoPhaseCommit } from '../../examples/two-phase-commit.ts'
import type { Model } from '../../modelling/model.ts'
import type { Engine } from '../../search/engine/engine.ts'
import { RECALL } from '../../search/packed/memoised/read-trees.ts'
import { packedEngine } from '../../search/packed/packed-engine.ts'
import { leadEngine } from '../../search/packed/parallel/lead-engine.ts'
import { plainEngine } from '../../search/plain-engine.ts'
import { threadCrew } from '../../threads/thread-crew.ts'

/** A model with the numbers every search of it must give. */
export interface BenchModel {
  readonly make: () => Model
  readonly distinct: number
  readonly generated: number
  /** Whether the plain engine finishes it in reasonable time. */
  readonly plain: boolean
}

/** Small enough for every engine in every round of `npm run bench`. */
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

/** Further ones that `npm run bench:peers` can compare. */
const FURTHER_MODELS: Readonly<Record<string, BenchModel>> = {
  '2pc-5': { make: () => twoPhaseCommit(5), distinct: 8_832, generated: 58_146, plain: true },
  '2pc-7': { make: () => twoPhaseCommit(7), distinct: 296_448, generated: 2_744_706, plain: false },
  '2pc-9': { make: () => twoPhaseCommit(9), distinct: 10_340_352, generated: 123_558_402, plain: false },
  '2pc-10': { make: () => twoPhaseCommit(10), distinct: 61_515_776, generated: 817_760_258, plain: false },
  'failover-3-3-1': { make: () => failover(3, 3, 1), distinct: 90_697, generated: 696_004, plain: false },
  'failover-5-4-2': {
    make: () => failover(5, 4, 2),
    distinct: 3_219_975,
    generated: 26_824_770,
    plain: false,
  },
  'failover-5-5-2': {
    make: () => failover(5, 5, 2),
    distinct: 5_847_531,
    generated: 51_125_367,
    plain: false,
  },
}

/** The model called `name`, of either list. Throws when there is none. */
export const modelNamed = (name: string): BenchModel => {
  const all = { ...MODELS, ...FURTHER_MODELS }
  const found = all[name]
  if (found === undefined)
    throw new Error(`No model is called '${name}'. Known: ${Object.keys(all).join(', ')}.`)
  return found
}

/** The model called `name`, as helpers in other threads make it for themselves. */
export const makeNamed = (name: string): Model => modelNamed(name).make()

const withHelpers = (name: string, exact: boolean, helpers: number): Engine => {
  const crew = threadCrew(
    { module: import.meta.url, name: 'makeNamed', arguments: [name] },
    helpers,
    () => {},
  )
  return leadEngine(makeNamed(name), { exact, crew })
}

/** The engines by name, each made for the model called so; the number is that of threads. `forgetting`: closures are run every time. */
export const ENGINES: Readonly<Record<string, (name: string) => Engine>> = {
  fingerprint: (name) => packedEngine(makeNamed(name), { exact: false }),
  'fingerprint-2': (name) => withHelpers(name, false, 1),
  forgetting: (name) => packedEngine(makeNamed(name), { exact: false, recall: { ...RECALL, room: 0 } }),
  exact: (name) => packedEngine(makeNamed(name), { exact: true }),
  'exact-2': (name) => withHelpers(name, true, 1),
  plain: (name) => plainEngine(makeNamed(name)),
}
