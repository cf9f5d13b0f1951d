/** The result of `hunt` as JSON with a versioned schema. Fields are added to a version, never changed. */
import { DistinctSample } from '../../hunt/distinct.ts'
import { labelOf } from '../../modelling/property.ts'
import { type Hunted, type HuntReported, neverTaken, tracedOf } from './hunt-text.ts'

const SCHEMA_VERSION = 1

/** The result of `hunt` in JSON. */
export const huntJson = (reported: HuntReported): object => ({
  schemaVersion: SCHEMA_VERSION,
  target: reported.target,
  seed: reported.seed,
  length: reported.length,
  ...(reported.workers !== undefined && { workers: reported.workers }),
  ...(reported.slices !== undefined && { slices: reported.slices }),
  hunts: reported.hunts.map((hunted) => huntedJson(reported, hunted)),
})

const huntedJson = (reported: HuntReported, hunted: Hunted): object => {
  const { outcome, focus } = hunted
  const { found, runs, steps, seconds, searched, coverage } = outcome
  const sample = new DistinctSample()
  sample.merge(coverage.sample)
  return {
    name: focus.name,
    runs,
    ...(reported.runs !== undefined && { runsAsked: reported.runs }),
    ended: outcome.ended,
    steps,
    seconds: Number(seconds.toFixed(3)),
    searchesFromDooms: searched,
    states: coverage.states,
    distinct: { met: sample.estimate.met, estimated: sample.estimate.all },
    statesAskedForAllGuards: coverage.asked,
    actions: coverage.actions,
    neverTaken: neverTaken(outcome),
    verdicts: found.map((one) => {
      const { property, verdict, small, value, arose, undecided } = one
      const trace = small && tracedOf(reported, hunted, one)
      const [initial = '', ...taken] = trace?.trace.steps.map(({ instance }) => instance.text) ?? []
      return {
        property: property.name,
        label: labelOf(property),
        kind: property.kind,
        verdict,
        ...(value !== undefined && { atLeast: value }),
        ...(arose !== undefined && { runsWithSituation: arose }),
        ...(undecided !== undefined && { undecided }),
        ...(small &&
          trace && {
            run: small.run,
            minimal: small.minimal,
            trace: { length: taken.length, token: trace.caption.token, initial, steps: taken },
          }),
      }
    }),
  }
}
