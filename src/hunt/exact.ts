/**
 * The shortest path that shows a property and takes no other instances than those that are given: a breadth-first search
 * of a bounded number of states over these alone.
 */
import type { Model } from '../modelling/model.ts'
import type { Path } from '../search/engine/outcome.ts'
import { type Restricted, shortestOver } from '../search/restricted.ts'
import type { Dooms } from './doom.ts'
import type { Runs } from './runs.ts'
import type { Walker } from './walker.ts'

/** States of one search at most; by number and not by time, so that its result is the same on every machine. */
const MOST_STATES = 300_000
/** The same for dooms, of which each may take a search of its own. */
const MOST_STEPS_TO_DOOM = 30_000
const MOST_SEARCHES_FOR_DOOM = 60

/** The instances that some paths take, ascending. */
export const takenBy = (paths: readonly Path[]): readonly number[] =>
  [...new Set(paths.flatMap((path) => path.slice(1)))].sort((a, b) => a - b)

/** A path shorter than `path` from the same initial instance, or `path`. */
export const shortest = (model: Model, property: string, path: Path, instances: readonly number[]): Path => {
  const restricted: Restricted = { initial: path[0]!, instances, property }
  return shortestOver(model, restricted, { states: MOST_STATES, length: path.length - 2 }) ?? path
}

/** The same for an `alwaysPossible` property: states in the order of a breadth-first search, each judged. */
export const shortestDoom = (
  walker: Walker,
  runs: Runs,
  dooms: Dooms,
  path: Path,
  instances: readonly number[],
): Path => {
  const known = new Set<number>()
  const searches = dooms.searches + MOST_SEARCHES_FOR_DOOM
  let level: Path[] = [path.slice(0, 1)]
  let steps = 0
  const isDoomed = (to: Path): boolean => {
    runs.retrace(to)
    return dooms.isJudged() && dooms.fateOf(to) === 'doomed'
  }
  if (path.length > 1 && isDoomed(level[0]!)) return level[0]!
  for (let length = 2; length < path.length && level.length > 0; length++) {
    const next: Path[] = []
    for (const from of level)
      for (const number of instances) {
        steps += 1
        if (steps > MOST_STEPS_TO_DOOM || dooms.searches > searches) return path
        runs.retrace(from)
        if (!walker.isEnabled(walker.instances[number]!)) continue
        const to = [...from, number]
        runs.retrace(to)
        const hash = walker.hash()
        if (known.has(hash)) continue
        known.add(hash)
        if (isDoomed(to)) return to
        next.push(to)
      }
    level = next
  }
  return path
}
