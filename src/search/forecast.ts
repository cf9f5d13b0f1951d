/**
 * How large a search will be, from the growth of its levels. A level is so many times as large as the one before it;
 * the logarithm of this ratio falls nearly linearly in the logarithm of the level's number, through zero at the
 * largest level, until a level is empty. A line through it, late levels weighing more, is extrapolated.
 *
 * A second line, in the number of the level itself, falls sooner. Where the two lead to sums that are far apart, the
 * levels do not yet say where they go: there is no forecast until they hardly grow, and then the last few tell it.
 */

/** What is known of a running search. */
export interface Growth {
  /** States of each level, up to the one being expanded. */
  readonly levelSizes: readonly number[]
  readonly distinct: number
  readonly expanded: number
  readonly bytes: number
  readonly elapsedSeconds: number
}

/** What the whole search will come to, if its levels go on as they do. */
export interface Forecast {
  /** Distinct states. */
  readonly states: number
  readonly bytes: number
  readonly secondsLeft: number
}

const FEWEST_LEVELS = 6
/** The weight of a level in that of the next one. */
const FADING = 0.8
/** The same where only the last few levels count, and the growth at which they may. */
const FADING_SOON = 0.5
const HARDLY = 1.25
/** How far the two forecasts may be apart, as a factor. */
const AGREEMENT = 2
/** Levels after which an extrapolation is given up. */
const MOST_LEVELS = 10_000

/** The forecast of a search; undefined when there is no ground for one. */
export const forecastOf = (growth: Growth): Forecast | undefined => {
  const { levelSizes, distinct, expanded, bytes, elapsedSeconds } = growth
  if (levelSizes.length < FEWEST_LEVELS || expanded === 0) return undefined
  const sum = sumOf(levelSizes)
  if (sum === undefined) return undefined
  const states = Math.max(Math.round(sum), distinct)
  return {
    states,
    bytes: Math.round((bytes / distinct) * states),
    secondsLeft: (elapsedSeconds / expanded) * (states - expanded),
  }
}

const sumOf = (sizes: readonly number[]): number | undefined => {
  const steady = extrapolated(sizes, Math.log, FADING)
  const falling = extrapolated(sizes, Number, FADING)
  if (steady !== undefined && falling !== undefined)
    if (Math.max(steady, falling) <= AGREEMENT * Math.min(steady, falling)) return steady
  const growth = sizes.at(-1)! / sizes.at(-2)!
  return growth < HARDLY ? extrapolated(sizes, Number, FADING_SOON) : undefined
}

/** The states of all levels when the logarithm of their ratios is linear in `scale` of the level; undefined when it rises. */
const extrapolated = (
  sizes: readonly number[],
  scale: (level: number) => number,
  fading: number,
): number | undefined => {
  const { slope, at } = lineThrough(
    sizes.slice(1).map((size, i) => ({
      x: scale(i + 1),
      y: Math.log(size / sizes[i]!),
      weight: fading ** (sizes.length - i),
    })),
  )
  if (!(slope < 0)) return undefined
  let size = sizes.at(-1)!
  let sum = sizes.reduce((total, known) => total + known, 0)
  for (let level = sizes.length; size >= 1; level++) {
    if (level > MOST_LEVELS || sum > Number.MAX_SAFE_INTEGER) return undefined
    size *= Math.exp(at(scale(level)))
    sum += size
  }
  return sum
}

interface Point {
  readonly x: number
  readonly y: number
  readonly weight: number
}

/** The line with the least weighted squares. */
const lineThrough = (points: readonly Point[]) => {
  const mean = (of: (point: Point) => number): number =>
    points.reduce((sum, point) => sum + point.weight * of(point), 0) /
    points.reduce((sum, { weight }) => sum + weight, 0)
  const [x, y] = [mean((p) => p.x), mean((p) => p.y)]
  const slope = mean((p) => (p.x - x) * (p.y - y)) / mean((p) => (p.x - x) ** 2)
  return { slope, at: (place: number) => y + slope * (place - x) }
}
