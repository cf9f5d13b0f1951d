/** Which stretches of a long trace a picture leaves out, so that what matters fits on a page. */
import type { Trace } from '../../search/engine/path.ts'
import type { Happening } from './happenings.ts'
import type { Insight } from './insight.ts'

/** A trace with more steps than this is folded. */
export const MOST_STEPS = 30
/** Of a folded trace: so many first and last steps are shown, and so many of the latest that matter. */
const FIRST = 2
const LAST = 6
const SOURCES = 10
const GRAVE = 6

/** Steps from one to another, both included, that stand in one row: a single one, or a stretch that is left out. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** The rows of a picture. A stretch of one step is never left out. */
export const stretchesOf = (
  { steps }: Pick<Trace, 'steps'>,
  { clash, parts }: Pick<Insight, 'clash' | 'parts'>,
  story: readonly (readonly Happening[])[],
): readonly Stretch[] => {
  const numbers = steps.map((_, step) => step)
  if (numbers.length <= MOST_STEPS) return numbers.map((step) => ({ from: step, to: step }))
  const isGrave = (step: number): boolean => story[step]!.some((h) => h.shape === 'mark' && h.grave)
  const shown = new Set([
    ...numbers.slice(0, FIRST),
    ...numbers.slice(-LAST),
    ...clash.map(({ step }) => step),
    ...numbers.filter((step) => parts[step] === 'source').slice(-SOURCES),
    ...numbers.filter((step) => parts[step] !== 'outside' && isGrave(step)).slice(-GRAVE),
  ])
  const rows: Stretch[] = []
  for (const step of numbers) {
    const open = rows.at(-1)
    if (open && !shown.has(step) && !shown.has(open.to)) rows[rows.length - 1] = { from: open.from, to: step }
    else rows.push({ from: step, to: step })
  }
  return rows
}
