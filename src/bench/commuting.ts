/**
 * `npm run commuting [-- STATES]`: what partial order reduction could save at best. In every state of the smaller
 * searches of the matrix it groups the enabled steps so that steps of different groups commute there and neither
 * disables the other. A reduction may leave out a group only if it commutes also with what comes later, and must not
 * put anything off for ever; both are left out of account, so the real gain is smaller.
 */
import { matrixOf } from '../../properties/matrix.ts'
import type { Model } from '../modelling/model.ts'
import { isListener } from '../modelling/property.ts'
import { type Instance, type PlainState, plainInterpreter } from '../state/plain.ts'
import { fixed, median } from './statistics.ts'

interface Step {
  readonly instance: Instance
  readonly text: string
  readonly state: PlainState
  /** Whether it shows a property something. */
  readonly isVisible: boolean
}

/** The smallest group of invisible steps, or all steps where there is none. */
type Reduce = (steps: readonly Step[]) => readonly Step[]

const commuting = (model: Model) => {
  const run = plainInterpreter(model)
  const tests = model.properties.flatMap((p) => (isListener(p) ? [] : [p.holds]))
  const shows = ({ model: state }: PlainState): string => tests.map((holds) => holds(state)).join()

  const stepsFrom = (state: PlainState, instances: readonly Instance[]): readonly Step[] =>
    instances
      .filter((instance) => run.enabled(state, instance))
      .map((instance) => {
        const { state: next, violated, arose, readings } = run.step(state, instance)
        const isVisible =
          violated.size + arose.size + readings.size > 0 || (tests.length > 0 && shows(state) !== shows(next))
        return { instance, state: next, text: run.text(next), isVisible }
      })

  const commute = (a: Step, b: Step): boolean =>
    run.enabled(a.state, b.instance) &&
    run.enabled(b.state, a.instance) &&
    run.text(run.step(a.state, b.instance).state) === run.text(run.step(b.state, a.instance).state)

  const smallestGroup: Reduce = (steps) => {
    const groups: Step[][] = []
    for (const step of steps) {
      const tied = groups.filter((group) => group.some((other) => !commute(step, other)))
      for (const group of tied) groups.splice(groups.indexOf(group), 1)
      groups.push([...tied.flat(), step])
    }
    const invisible = groups.filter((group) => group.every(({ isVisible }) => !isVisible))
    return invisible.sort((a, b) => a.length - b.length)[0] ?? steps
  }

  const statesOf = (reduce: Reduce, most: number): number => {
    const known = new Map<string, PlainState>()
    for (const { text, state } of stepsFrom(run.zero, run.initial)) known.set(text, state)
    for (const state of known.values()) {
      for (const { text, state: next } of reduce(stepsFrom(state, run.instances))) known.set(text, next)
      if (known.size > most) return Number.POSITIVE_INFINITY
    }
    return known.size
  }
  return {
    all: (most: number) => statesOf((steps) => steps, most),
    reduced: () => statesOf(smallestGroup, Infinity),
  }
}

/** The model without what its monitors and measures remember. */
const unmonitored = (model: Model): Model => ({
  ...model,
  properties: model.properties.filter((p) => !isListener(p)),
})

const most = Number(process.argv[2] ?? 2000)
if (!Number.isInteger(most) || most < 1) {
  console.error(`The number of states is '${process.argv[2]}'; it must be a whole number from 1.`)
  process.exit(2)
}
const shares = new Map<string, { monitored: number[]; not: number[] }>()
const seen = new Set<string>()
for (const suite of matrixOf('small').suites) {
  for (const focus of suite.focuses) {
    if (focus.key !== undefined && seen.has(focus.key)) continue
    if (focus.key !== undefined) seen.add(focus.key)
    const [monitored, not] = [focus.model, unmonitored(focus.model)].map((model) => {
      const { all, reduced } = commuting(model)
      const states = all(most)
      return Number.isFinite(states) ? reduced() / states : undefined
    })
    if (monitored === undefined || not === undefined) continue
    const share = shares.get(focus.name) ?? { monitored: [], not: [] }
    share.monitored.push(monitored)
    share.not.push(not)
    shares.set(focus.name, share)
  }
}
console.log('search            searches  states left at best  without memories of monitors')
for (const [name, { monitored, not }] of shares)
  console.log(
    `${name.padEnd(20)} ${String(monitored.length).padStart(5)} ${fixed(median(monitored)).padStart(20)} ${fixed(median(not)).padStart(28)}`,
  )
const [a, b] = [[...shares.values()].flatMap((s) => s.monitored), [...shares.values()].flatMap((s) => s.not)]
console.log(
  `${'all'.padEnd(20)} ${String(a.length).padStart(5)} ${fixed(median(a)).padStart(20)} ${fixed(median(b)).padStart(28)}`,
)
