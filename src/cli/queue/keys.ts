/** What is called how on the server. Everything begins with `clustercheck:`. */
import { VERSION } from '../process/version.ts'
import { buildHash } from '../saved/cache.ts'

export const PREFIX = 'clustercheck'

/** What a worker and a sweep must have in common: the same program, and the same major version of Node. */
export interface Program {
  readonly clustercheck: string
  /** A hash of the program and its models. */
  readonly build: string
  /** Such as 22. */
  readonly node: number
}

/** The program that is running. */
export const thisProgram = (): Program => ({
  clustercheck: VERSION,
  build: buildHash(),
  node: Number(process.versions.node.split('.')[0]),
})

/** Whether one can do the work of the other. */
export const isSame = (a: Program, b: Program): boolean => a.build === b.build && a.node === b.node

export const programText = ({ clustercheck, build, node }: Program): string =>
  `clustercheck ${clustercheck}, build ${build}, on Node ${node}`

/** What jobs need: models that every worker has, or code that comes with them. */
export type Need = 'data' | 'code'

/** The queue of the jobs of a program. Workers of another one never see them. */
export const queueName = ({ build, node }: Program, need: Need): string => `${need}-${build}-node${node}`

export const sweepKey = (name: string): string => `${PREFIX}:sweep:${name}`
/** A hash: what has come of each job, by its key. */
export const resultsKey = (name: string): string => `${PREFIX}:sweep:${name}:results`
export const codeKey = (sha: string): string => `${PREFIX}:code:${sha}`
/** A complete result that other sweeps may take. */
export const sharedKey = (identity: string): string => `${PREFIX}:result:${identity}`
/** A sorted set of workers, by when they are forgotten. */
export const WORKERS = `${PREFIX}:workers`
/** A sorted set of sweeps, by when they are forgotten. */
export const SWEEPS = `${PREFIX}:sweeps`

/** How many times a job is begun before it is given up. */
export const TRIES = 3

/** Seconds after which a sweep that nobody has waited for is forgotten, and a shared result. */
export const DAY = 24 * 60 * 60
export const SWEEP_KEPT = 7 * DAY
export const RESULT_KEPT = 30 * DAY

/** Bytes of a job, of the code that comes with one, and of a result, at most. */
export const MOST_JOB = 1 << 20
export const MOST_CODE = 8 << 20
export const MOST_RESULT = 32 << 20
