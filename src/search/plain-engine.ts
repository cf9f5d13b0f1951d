/** The engine over plain states: the naive checker's way of storing, with the bookkeeping of a full search. */

import type { Model } from '../modelling/model.ts'
import { isOverStates, type OfGraph, ofGraph, type Predicate } from '../modelling/property.ts'
import { ask } from '../modelling/tests.ts'
import type { Instance } from '../state/plain/instances.ts'
import type { PlainState } from '../state/plain/plain-state.ts'
import { steadyInterpreter } from '../state/plain/steady-interpreter.ts'
import { asFault } from '../state/running-faults.ts'
import type { Engine, Finding, Findings } from './engine/engine.ts'
import { Levels } from './engine/levels.ts'
import { namesTo } from './engine/path.ts'
import { BlockStates } from './packed/storage/block.ts'

/** Builds the engine. Every effect and guard is run twice and must agree with itself. */
export const plainEngine = (model: Model): Engine => {
  const run = steadyInterpreter(model)
  const known = new Map<string, number>()
  const states: { readonly state: PlainState; readonly by: Finding }[] = []
  const edges: (readonly [from: number, to: number, instance: number])[] = []
  const findings: Findings[] = model.properties.map(() => ({}))
  const coverage = model.actions.map((action) => ({ action: action.name, enabled: 0, taken: 0, fresh: 0 }))
  const row = new Map(model.actions.map((action, i) => [action, coverage[i]!]))
  const levels = new Levels()
  const blocks = new BlockStates(run.instances.length)
  let generated = 0
  let beyond = 0
  let lastWithin = -1
  let stuck = 0
  let deadlock: number | undefined

  const arrive = (from: number, state: PlainState, instance: Instance, number: number): void => {
    const step = run.step(state, instance)
    const by = { from, instance: number }
    generated += 1
    model.properties.forEach(({ name }, i) => {
      if (step.violated.has(name)) findings[i]!.shown ??= by
      if (step.arose.has(name)) findings[i]!.situation ??= by
      const reading = step.readings.get(name)
      if (reading !== undefined && reading > (findings[i]!.value ?? -Infinity))
        findings[i] = { shown: by, value: reading }
    })
    const text = run.text(step.state)
    const to = known.get(text) ?? states.length
    if (from >= 0 && to !== from) edges.push([from, to, number])
    if (to < states.length) return
    known.set(text, to)
    states.push({ state: step.state, by })
    const covered = row.get(instance.action)
    const { constraint } = model
    if (constraint && !run.ask(step.state, 'The constraint', constraint)) beyond += 1
    else {
      lastWithin = to
      if (covered) covered.fresh += 1
    }
    model.properties.forEach((p, i) => {
      if (!isOverStates(p)) return
      const ask = (test: Predicate) => run.ask(step.state, `The property ${p.name}`, test)
      const holds = ask(p.holds)
      if (p.kind === 'always' && !holds) findings[i]!.shown ??= by
      if (p.kind === 'always' && p.situation && ask(p.situation)) findings[i]!.situation ??= by
      if (p.kind === 'sometimes' && holds) findings[i]!.shown ??= by
      if ('whenever' in p && p.whenever) ask(p.whenever)
    })
  }

  /** Runs a piece of the search; a fault says where it happened. */
  const located = <T>(from: number, instance: Instance, piece: () => T): T => {
    try {
      return piece()
    } catch (cause) {
      const path = namesTo({ cameBy }, from, run.initial, run.instances)
      throw asFault(cause).with({ model: model.name, step: instance.text, path })
    }
  }
  const cameBy = (state: number): Finding => states[state]!.by
  /** Takes an instance when it is enabled. */
  const tries = (from: number, state: PlainState, instance: Instance, number: number): boolean =>
    located(from, instance, () => {
      if (!run.enabled(state, instance)) return false
      arrive(from, state, instance, number)
      return true
    })

  const judged = ofGraph(model.properties)
  const bitsOf = (test: (p: OfGraph) => boolean): number =>
    judged.reduce((bits, p, i) => bits | (test(p) ? 1 << i : 0), 0)

  return {
    model,
    exact: true,
    findings,
    coverage,
    get distinct() {
      return states.length
    },
    get generated() {
      return generated
    },
    // An estimate: plain states share structure, and the heap does not say what one costs.
    get bytes() {
      return states.length * 2_000
    },
    get beyond() {
      return beyond
    },
    get lastWithin() {
      return lastWithin
    },
    get stuck() {
      return stuck
    },
    get deadlock() {
      return deadlock
    },
    start() {
      run.initial.forEach((instance, i) => {
        tries(-1, run.zero, instance, i)
      })
      levels.start(states.length)
    },
    get expanded() {
      return levels.expanded
    },
    get depth() {
      return levels.depth
    },
    get levelSizes() {
      return levels.sizes
    },
    advance() {
      const from = levels.expanded
      const to = Math.min(from + blocks.after(levels.sizeBefore(from)), levels.end)
      for (let s = from; s < to; s++) {
        const { state } = states[s]!
        let any = false
        let last: object | undefined
        run.instances.forEach((instance, i) => {
          if (!tries(s, state, instance, i)) return
          any = true
          const covered = row.get(instance.action)!
          covered.taken += 1
          if (last !== instance.action) covered.enabled += 1
          last = instance.action
        })
        const { constraint, final } = model
        if (any || (constraint && !run.ask(state, 'The constraint', constraint))) continue
        stuck += 1
        if (!final || !run.ask(state, 'The final test', final)) deadlock ??= s
      }
      levels.done(to, states.length)
    },
    close() {},
    cameBy,
    // It is the plain interpreter.
    crossCheck() {},
    graph: {
      holds: (state) => bitsOf((p) => ask(p.holds, states[state]!.state.model)),
      judges: (state) => bitsOf((p) => !p.whenever || ask(p.whenever, states[state]!.state.model)),
      spread(hopes) {
        let changed = false
        for (const [from, to] of edges) {
          const hope = hopes[from]! | hopes[to]!
          if (hope !== hopes[from]) changed = true
          hopes[from] = hope
        }
        return changed
      },
      steps() {
        const first = new Uint32Array(levels.expanded + 1)
        let step = 0
        for (let s = 0; s < levels.expanded; s++) {
          first[s] = step
          while (edges[step]?.[0] === s) step += 1
        }
        first[levels.expanded] = step
        return { first, target: (i) => edges[i]![1], instance: (i) => edges[i]![2] }
      },
    },
  }
}
