/** What the page of a trace knows of each step, as plain data. */
import { isListener, isOverStates } from '../../modelling/property.ts'
import type { Trace } from '../../search/engine/path.ts'
import { plainInterpreter } from '../../state/plain.ts'
import { changesBetween, leavesOf } from '../../state/print.ts'
import type { Caption } from '../trace/caption.ts'
import type { Part } from '../trace/causal-core.ts'
import { changeTexts } from '../trace/changes.ts'
import { stretchesOf } from '../trace/folds.ts'
import { happeningsOf, happeningText } from '../trace/happenings.ts'
import { insightOf } from '../trace/insight.ts'

type Variable = readonly [path: string, value: string]

/** One step. */
export interface StepData {
  readonly action: string
  readonly part: Part
  /** The events, whether each is one of those that clash, and what the monitor said of it. */
  readonly events: readonly { readonly text: string; readonly clash: boolean; readonly said: string }[]
  readonly changes: readonly string[]
  /** The variables that changed, with their new values. */
  readonly values: readonly Variable[]
  /** What changed in the memory of the monitor. */
  readonly memory: readonly string[]
  /** The tests of the property after the step. */
  readonly conditions: readonly (readonly [phrase: string, holds: boolean])[]
  /** Numbers of the instances that could be taken after the step and were not. */
  readonly enabled: readonly number[]
  /** The first step of the row of the picture in which it stands. */
  readonly row: number
}

/** A whole trace. */
export interface TraceData {
  /** Every variable after step 0. */
  readonly initial: readonly Variable[]
  readonly instances: readonly string[]
  readonly steps: readonly StepData[]
}

/** Collects what the page shows; `unfolded` as the picture is. */
export const traceData = (trace: Trace, caption: Caption, unfolded: boolean): TraceData => {
  const { model, steps, zero, path } = trace
  const insight = insightOf(trace, caption)
  const { clash, parts, records } = insight
  const story = happeningsOf(trace)
  const property = model.properties.find(({ name }) => name === caption.property)
  const listener = property && isListener(property) ? property : undefined
  const run = plainInterpreter(model)
  const rows = model.events && !unfolded ? stretchesOf(trace, insight, story) : []
  const rowOf = (step: number): number =>
    rows.find(({ from, to }) => from <= step && step <= to)?.from ?? step

  const saidOf = (step: number, index: number): string => {
    const { heard, violated, arose } = records[step]!.judged[index]!
    if (!listener) return ''
    return violated ? 'violates the property' : arose ? 'the situation arises' : heard ? 'judged' : ''
  }
  const conditionsAt = (state: object): StepData['conditions'] => {
    if (!property || !isOverStates(property)) return []
    const more =
      property.kind === 'always'
        ? property.situation
        : property.kind === 'sometimes'
          ? undefined
          : property.whenever
    const tests = [
      ['the property is true here', property.holds] as const,
      ...(more
        ? [[property.kind === 'always' ? 'the situation it speaks of' : 'judged here', more] as const]
        : []),
      ...Object.entries(property.conditions ?? {}),
    ]
    return tests.map(([phrase, test]) => [phrase, test(state)] as const)
  }

  return {
    initial: steps[0] ? leavesOf(model.state, steps[0].state.model) : [],
    instances: run.instances.map(({ text }) => text),
    steps: steps.map(({ instance, state }, step): StepData => {
      const before = steps[step - 1]?.state ?? zero
      const memory = listener
        ? changesBetween(listener.memory, before.memory[listener.name], state.memory[listener.name])
        : []
      return {
        action: instance.text,
        part: parts[step]!,
        events: story[step]!.map((happening, index) => ({
          text: happeningText(happening),
          clash: clash.some((e) => e.step === step && e.index === index),
          said: saidOf(step, index),
        })),
        changes: changeTexts(trace, step),
        values:
          step === 0
            ? []
            : changesBetween(model.state, before.model, state.model).map((c) => [c.path, c.after] as const),
        memory: memory.map((c) => `${c.path} ${c.before} -> ${c.after}`),
        conditions: conditionsAt(state.model),
        enabled: run.instances.flatMap((other, number) =>
          number !== path[step + 1] && run.enabled(state, other) ? [number] : [],
        ),
        row: rowOf(step),
      }
    }),
  }
}
