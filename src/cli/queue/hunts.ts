/** The pieces of a hunt as jobs of a sweep. */

import { mergedCoverage } from '../../hunt/coverage.ts'
import type { HuntOptions, HuntPart, HuntSoFar, Sighting, Small } from '../../hunt/hunter.ts'
import { ModelFault } from '../../modelling/fault.ts'
import type { Model } from '../../modelling/model.ts'
import { type Hands, type HandsCallbacks, Left } from '../jobs/executor.ts'
import { sliceName } from '../jobs/hunt-job.ts'
import type { Job } from '../jobs/search-job.ts'
import { UsageError } from '../process/errors.ts'
import { added, NOTHING } from '../workers/hunt-threads.ts'
import { countsIn } from './counts.ts'
import { huntData, type Task } from './job-data.ts'
import { pathProblem, pieceAgainst, type Result } from './result-data.ts'
import type { Sweep } from './sweep.ts'

/** A piece that is to be done. */
interface Piece<T> {
  readonly task: Task
  /** For messages. */
  readonly name: string
  problemOf(result: Result): string | undefined
  /** What came of it; undefined where that is of another kind. */
  of(result: Result): T | undefined
  /** What stands for what a piece would say that was given up. */
  readonly instead: T
}

/** Does the pieces of a hunt in the model of a job. */
export const handsOn = (
  sweep: Sweep,
  { name, source, focus, model }: Job,
  options: HuntOptions,
  { onProgress, onWarning }: HandsCallbacks,
): Hands => {
  const data = huntData(options)
  let made = NOTHING
  const silent = sweep.listen(onProgress)

  const all = <T>(pieces: readonly Piece<T>[], heard: (one: T) => void): Promise<readonly T[]> =>
    new Promise((settle, reject) => {
      const found: (T | undefined)[] = pieces.map(() => undefined)
      const faults: (Error | undefined)[] = pieces.map(() => undefined)
      let left = pieces.length
      const done = (): void => {
        left -= 1
        if (left > 0) return
        // The same one, whatever was heard first.
        const fault = faults.find((one) => one !== undefined)
        if (fault) reject(fault)
        else settle(found as readonly T[])
      }
      sweep.onLeave(() => reject(new Left()))
      if (pieces.length === 0) settle([])
      sweep
        .submit(
          pieces.map(({ task, name: piece, problemOf, of, instead }, i) => ({
            name: piece,
            task,
            problemOf,
            settle: (result) => {
              if (result.kind === 'fault') faults[i] = new ModelFault(result.data)
              else if (result.kind === 'usage') faults[i] = new UsageError(result.data)
              else found[i] = of(result)
              if (found[i] !== undefined) heard(found[i])
              done()
            },
            fail: (reason) => {
              onWarning(`${piece} failed: ${reason}. What it would have shown is unknown.`)
              found[i] = instead
              done()
            },
          })),
        )
        .catch(reject)
    })

  return {
    runs: (slices) =>
      all(
        slices.map((slice) => ({
          name: sliceName(name, slice),
          task: { kind: 'runs', source, focus, options: data, ...slice },
          problemOf: (result) => pieceAgainst(result, model),
          of: (result) => (result.kind === 'part' ? result.part : undefined),
          instead: nothing(model),
        })),
        ({ runs, coverage, sightings }: HuntPart) => {
          made = added([made, { runs, states: coverage.states, sightings: sightings.length }])
        },
      ),
    small: (sightings) =>
      all(
        sightings.map((of) => ({
          name: `${name}, a small trace of ${model.properties[of[0]!.property]!.name}`,
          task: { kind: 'small', source, focus, options: data, sightings: of },
          problemOf: (result) =>
            result.kind === 'small' ? pathProblem(model, of[0]!.property, result.small.path) : undefined,
          of: (result) => (result.kind === 'small' ? result.small : undefined),
          instead: asSeen(of[0]!),
        })),
        () => {},
      ),
    progress: () => ({
      ...added([made, ...sweep.progress().flatMap((one) => progressIn(one) ?? [])]),
      queue: sweep.counts(),
    }),
    stop: () => sweep.leave(),
    end: () => void silent(),
  }
}

/** What was seen, as it was. */
const asSeen = ({ run, path }: Sighting): Small => ({ run, path, minimal: path.length - 1 })

/** Runs that were never made. */
const nothing = (model: Model): HuntPart => ({
  runs: 0,
  ended: 'failed',
  steps: 0,
  sightings: [],
  coverage: mergedCoverage(model, []),
  undecided: model.properties.map(() => 0),
  searched: 0,
  seconds: 0,
})

const progressIn = (data: unknown) => countsIn<HuntSoFar>(data, ['runs', 'states', 'sightings'])
