/** What the workers of a hunt say together. */
import type { Model } from '../modelling/model.ts'
import type { Property } from '../modelling/property.ts'
import type { Verdict } from '../search/engine/outcome.ts'
import { type CoverageData, mergedCoverage } from './coverage.ts'
import { type Ended, type HuntPart, type Sighting, type Small, wanted } from './hunter.ts'

/** What was found of one property; `unknown` where nothing was, for runs cannot say that something never happens. */
export interface Found {
  readonly property: Property
  readonly verdict: Extract<Verdict, 'violated' | 'reached' | 'unknown'>
  /** Present when something was found. */
  readonly small?: Small
  /** The largest reading of a measure: a lower bound. */
  readonly value?: number
  /** Runs in which the situation arose, for properties that have one. */
  readonly arose?: number
  /** Suspected dooms on which a complete search was cut. */
  readonly undecided?: number
}

/** Everything a hunt found out. */
export interface HuntOutcome {
  readonly model: Model
  readonly found: readonly Found[]
  readonly runs: number
  /** Why there were no more: the first of these that any worker says. */
  readonly ended: Ended
  /** Steps of runs, the initial ones included. */
  readonly steps: number
  /** Of the worker that took longest. */
  readonly seconds: number
  /** States whose fate a complete search decided. */
  readonly searched: number
  readonly coverage: CoverageData
}

/** For each property the first sightings of all workers, by number of run: the same however many workers there were. */
export const gathered = (
  model: Model,
  parts: readonly Pick<HuntPart, 'sightings'>[],
): readonly (readonly Sighting[])[] => {
  const most = wanted(model)
  return model.properties.map((_, i) =>
    parts
      .flatMap(({ sightings }) => sightings.filter(({ property }) => property === i))
      .sort((a, b) => a.run - b.run)
      .slice(0, most[i]),
  )
}

const ENDS: readonly Ended[] = ['failed', 'interrupt', 'seconds', 'enough', 'runs']

/** Joins what the workers did with the traces that were made of their sightings, by property. */
export const concluded = (
  model: Model,
  parts: readonly HuntPart[],
  small: readonly (Small | undefined)[],
): HuntOutcome => {
  const sum = (of: (part: HuntPart) => number) => parts.reduce((total, part) => total + of(part), 0)
  const coverage = mergedCoverage(
    model,
    parts.map((part) => part.coverage),
  )
  const found = model.properties.map((property, i): Found => {
    const undecided = sum((part) => part.undecided[i]!)
    const hasSituation = property.kind === 'monitor' || (property.kind === 'always' && property.situation)
    const value = coverage.readings[i]
    return {
      property,
      verdict: !small[i] ? 'unknown' : property.kind === 'sometimes' ? 'reached' : 'violated',
      ...(small[i] && { small: small[i] }),
      ...(value !== undefined && { value }),
      ...(hasSituation && { arose: coverage.arose[i]! }),
      ...(undecided > 0 && { undecided }),
    }
  })
  return {
    model,
    found,
    runs: sum((part) => part.runs),
    ended: ENDS.find((end) => parts.some(({ ended }) => ended === end)) ?? 'runs',
    steps: sum((part) => part.steps),
    seconds: Math.max(0, ...parts.map((part) => part.seconds)),
    searched: sum((part) => part.searched),
    coverage,
  }
}
