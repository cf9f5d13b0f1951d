/** Makes a path smaller while it shows the same, until no step can be left out of it. */
import type { Path } from '../search/engine/outcome.ts'

/**
 * What a path of steps shows: those of its steps that are enabled when their turn comes, up to the one that shows it;
 * undefined when none does.
 */
export type Shows = (steps: Path) => Path | undefined

/** The outcome of a shrinking. */
export interface Shrunk {
  readonly path: Path
  /** Paths that were tried. */
  readonly tried: number
}

/**
 * A path that still shows it and from which no single step can be left out (delta debugging, ddmin): first ever smaller
 * pieces are left out, then single steps until none can be. The first step, which is the initial one, stays.
 */
export const shrink = (path: Path, shows: Shows): Shrunk => {
  let tried = 0
  let now = path
  const without = (from: number, to: number): boolean => {
    tried += 1
    const smaller = shows([...now.slice(0, from), ...now.slice(to)])
    if (!smaller || smaller.length >= now.length) return false
    now = smaller
    return true
  }
  for (let size = (now.length - 1) >> 1; size > 1; size >>= 1)
    for (let to = now.length; to > 1; to = Math.min(to - size, now.length))
      without(Math.max(1, to - size), to)
  for (let at = now.length - 1; at >= 1; ) {
    // What had to stay may go once another step has gone.
    if (without(at, at + 1)) at = now.length - 1
    else at -= 1
  }
  return { path: now, tried }
}
