/** The result of `hunt` as text: what was found, what was covered, and the traces. */

import { DistinctSample } from '../../hunt/distinct.ts'
import type { Found, HuntOutcome } from '../../hunt/outcome.ts'
import { isTemporal, labelOf, type Property } from '../../modelling/property.ts'
import { replay, type Trace } from '../../search/engine/path.ts'
import type { Focus } from '../../search/suite.ts'
import { captionOf, type MakeToken } from '../results/judged-suite.ts'
import { type QueueProgress, queueTexts } from '../terminal/progress.ts'
import {
  compact,
  counted,
  folded,
  grouped,
  secondsText,
  tabledNumbers,
  tabledWithin,
} from '../text/columns.ts'
import { type Caption, valueText } from '../trace/caption.ts'
import { traceText } from '../trace-formats/trace-text.ts'

/** What one hunt found in one search of a target. */
export interface Hunted {
  readonly focus: Focus
  readonly outcome: HuntOutcome
}

/** What was hunted, and how. */
export interface HuntReported {
  /** As named on the command line. */
  readonly target: string
  readonly about: string
  readonly hunts: readonly Hunted[]
  readonly seed: number
  readonly length: number
  /** Threads of this process; absent where others made the runs. */
  readonly workers?: number
  /** The parts in which the runs were made, where somebody asked for that. */
  readonly slices?: number
  /** Asked for in each search; absent where nobody did. */
  readonly runs?: number
  readonly tokenOf: MakeToken
}

/** What is shown. */
export interface HuntTextOptions {
  readonly columns: number
  /** Show the witnesses of what is reached as well. */
  readonly witnesses: boolean
}

/** Writes the result of `hunt`. Ends in a newline. */
export const huntText = (reported: HuntReported, { columns, witnesses }: HuntTextOptions): string => {
  const { target, about, hunts, seed, length } = reported
  const title = about === target ? about : `${target}: ${about}`
  const parts = [
    folded(title, columns),
    ...hunts.flatMap((hunted) => [
      folded(`${hunted.focus.name}: ${hunted.focus.about}`, columns),
      verdicts(hunted.outcome, columns),
      folded(effortText(hunted.outcome, reported), columns),
      fewerText(hunted.outcome, reported).flatMap((text) => folded(text, columns)),
      actions(hunted.outcome, columns),
    ]),
    folded(
      `Random runs prove nothing: what was not found is unknown. Again: --seed ${seed} --length ${length}.`,
      columns,
    ),
    ...hunts.flatMap((hunted) =>
      hunted.outcome.found
        .filter(({ verdict }) => verdict === 'violated' || (witnesses && verdict === 'reached'))
        .map((found) => {
          const { trace, caption } = tracedOf(reported, hunted, found)
          return [traceText(trace, caption, { columns }).trimEnd()]
        }),
    ),
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

/** The trace of what was found, replayed. */
export const tracedOf = (
  { target, tokenOf }: Pick<HuntReported, 'target' | 'tokenOf'>,
  { focus, outcome }: Hunted,
  { property, verdict, small }: Found,
): { readonly trace: Trace; readonly caption: Caption } => ({
  trace: replay(outcome.model, small!.path),
  caption: captionOf(target, focus, property, {
    verdict,
    token: tokenOf(focus, labelOf(property), small!.path),
  }),
})

const verdicts = ({ found, runs }: HuntOutcome, columns: number): readonly string[] =>
  tabledWithin(
    found.map((one) => [one.verdict, labelOf(one.property), supportOf(one, runs)]),
    '<<<',
    columns,
  )

const supportOf = ({ property, small, value, arose, undecided }: Found, runs: number): string => {
  if (small) {
    const { path, minimal, run } = small
    const shorter = minimal > path.length - 1 ? `; ${minimal} before shorter ones were looked for` : ''
    return `after ${counted(path.length - 1, 'step')}, first in run ${grouped(run)}${shorter}`
  }
  if (property.kind === 'measure')
    return value === undefined ? 'no reading' : `at least ${valueText(value, property.unit)}`
  if (property.kind === 'refines') return 'compares with a specification, which check does'
  if (isTemporal(property)) return 'speaks of whole runs, which end too soon here; check judges it'
  return `not found in ${counted(runs, 'run')}${situationText(property, arose)}${undecided ? `; ${counted(undecided, 'suspected doom')} not decided` : ''}`
}

const situationText = (property: Property, arose: number | undefined): string =>
  arose === undefined || property.kind === 'sometimes'
    ? ''
    : arose === 0
      ? '; the situation that it speaks of never arose'
      : `; its situation arose in ${grouped(arose)}`

/** Runs, steps, rate, and how many states that were. */
const effortText = (outcome: HuntOutcome, { length, workers, slices }: HuntReported): string => {
  const { runs, steps, seconds, coverage, searched } = outcome
  // Of slices it is known how long the longest took, and not how many went on at one time.
  const parts = slices ?? workers ?? 1
  const rate = seconds > 0 ? Math.round(steps / seconds / parts) : 0
  const { met, all } = estimateOf(outcome)
  return [
    `${counted(runs, 'run')} of at most ${counted(length, 'step')}, ${counted(steps, 'step')} in ${secondsText(seconds)} s`,
    ` by ${counted(parts, slices === undefined ? 'thread' : 'slice')} (${grouped(rate)} a second each)`,
    searched > 0 ? `; ${counted(searched, 'complete search', 'complete searches')} from suspected dooms` : '',
    `. About ${compact(all)} distinct states, estimated from ${compact(Math.floor(coverage.states / 16))} looked at, of which about ${compact(met)} differ.`,
  ].join('')
}

/** Why there were fewer runs than were asked for; nothing when there were as many, or nobody asked. */
const fewerText = (
  { runs, ended }: HuntOutcome,
  { runs: asked }: Pick<HuntReported, 'runs'>,
): readonly string[] =>
  asked === undefined || runs >= asked
    ? []
    : [
        `Of the ${counted(asked, 'run')} asked for ${grouped(runs)} ${runs === 1 ? 'was' : 'were'} made: ${ENDS[ended]}.`,
      ]

const ENDS: Readonly<Record<HuntOutcome['ended'], string>> = {
  runs: 'there were no more',
  enough: 'every property that runs can violate had been violated often enough to make a small trace',
  seconds: 'time was up',
  interrupt: 'the hunt was interrupted',
  failed: 'a part of them failed each time that it was tried',
}

const estimateOf = ({ coverage }: HuntOutcome) => {
  const sample = new DistinctSample()
  sample.merge(coverage.sample)
  return sample.estimate
}

/** Actions that no run took, of those that runs may take. */
export const neverTaken = ({ coverage }: HuntOutcome): readonly string[] =>
  coverage.actions.filter(({ taken }) => taken === 0).map(({ action }) => action)

const actions = (outcome: HuntOutcome, columns: number): readonly string[] => {
  const { coverage } = outcome
  const share = (enabled: number): string =>
    coverage.asked === 0 ? '-' : `${((enabled / coverage.asked) * 100).toFixed(1)}%`
  const rows = coverage.actions.map(({ action, fault, enabled, taken }) => [
    action,
    fault ? 'fault' : '',
    share(enabled),
    grouped(taken),
  ])
  const never = neverTaken(outcome)
  return [
    ...tabledNumbers(
      [['action', '', `enabled in (of ${compact(coverage.asked)} states)`, 'taken'], ...rows],
      '<<>>',
      columns,
    ),
    ...(never.length > 0 ? ['', ...folded(`Never taken: ${never.join(', ')}.`, columns)] : []),
  ]
}

/** The live line of a running hunt. */
export const huntProgressText = (
  name: string,
  {
    runs,
    states,
    sightings,
    queue,
  }: {
    readonly runs: number
    readonly states: number
    readonly sightings: number
    readonly queue?: QueueProgress
  },
): string =>
  [
    name,
    ...(queue ? queueTexts(queue) : []),
    counted(runs, 'run'),
    counted(states, 'state'),
    counted(sightings, 'sighting'),
  ].join('  ')
