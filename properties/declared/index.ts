/** What is declared of each scheme at each scope: states of each search, and verdicts. What is not named is declared to hold. */
import { createRequire } from 'node:module'
import type { Flip, KeptAvailability, ScopeName } from '../../src/search/suite.ts'
import type { AvailabilityFile } from './availability.ts'
import { type Declarations, declarationsIn, type Snapshot } from './snapshot.ts'
import { flipsIn, type StabilityFile } from './stability.ts'
import type { TransparencyFile, TransparencyLine } from './transparency.ts'
import type { WholeRunsFile, WholeRunsLine } from './whole-runs.ts'

export type { Declaration, Declarations } from './snapshot.ts'

/** A file is read when it is first asked for. */
const read = createRequire(import.meta.url)

/** Scopes with searches that are complete. */
export const SCOPES_DECLARED = ['small', 'default', 'large'] as const
export type ScopeDeclared = (typeof SCOPES_DECLARED)[number]

const declarations = new Map<ScopeName, Declarations>()
let flips: ReturnType<typeof flipsIn> | undefined

/** What is declared at a scope, by scheme. Nothing is declared where no search is complete. */
export const declarationsOf = (scope: ScopeName): Declarations => {
  if (scope === 'wide') return {}
  const known = declarations.get(scope) ?? declarationsIn((read(`./${scope}.json`) as Snapshot).lines)
  declarations.set(scope, known)
  return known
}

/** The bounds with which a verdict of the default scope does not hold any more, by label. */
export const flipsOf = (scheme: string, scope: ScopeName): Readonly<Record<string, readonly Flip[]>> => {
  if (scope !== 'default') return {}
  flips ??= flipsIn((read('./stability.json') as StabilityFile).lines)
  return flips[scheme] ?? {}
}

/** How long clusters are down under the default timing, by scheme. */
export const declaredAvailability = (): Readonly<Record<string, KeptAvailability>> =>
  Object.fromEntries(
    (read('./availability.json') as AvailabilityFile).lines.map(({ scheme, ...kept }) => [scheme, kept]),
  )

/** What comparisons with a single gateway find, by scheme and search. */
export const declaredTransparency = (): Readonly<
  Record<string, Readonly<Record<string, TransparencyLine['verdicts']>>>
> => {
  const found: Record<string, Record<string, TransparencyLine['verdicts']>> = {}
  for (const { scheme, search, verdicts } of (read('./transparency.json') as TransparencyFile).lines) {
    found[scheme] ??= {}
    found[scheme][search] = verdicts
  }
  return found
}

/** What searches of whole runs find, by scheme. */
export const declaredWholeRuns = (): Readonly<Record<string, WholeRunsLine['verdicts']>> =>
  Object.fromEntries(
    (read('./whole-runs.json') as WholeRunsFile).lines.map(({ scheme, verdicts }) => [scheme, verdicts]),
  )
