/** The engine over plain states: the naive checker's way of storing, with the bookkeeping of a full search. */
import type { Model } from '../modelling/model.ts'
import { type Instance, type PlainState, plainInterpreter } from '../state/plain.ts'
import type { Engine, Finding, Findings } from './engine.ts'

/** Builds the engine. Every effect and guard is run twice and must agree with itself. */
export const plainEngine = (model: Model): Engine => {
  const run = plainInterpreter(model, { twice: true })
  const known = new Map<string, number>()
  const states: { readonly state: PlainState; readonly by: Finding }[] = []
  const edges: (readonly [number, number])[] = []
  const findings: Findings[] = model.properties.map(() => ({}))
  const coverage = model.actions.map((action) => ({ action: action.name, enabled: 0, taken: 0, fresh: 0 }))
  const row = new Map(model.actions.map((action, i) => [action, coverage[i]!]))
  let generated = 0
  let stuck = 0
  let deadlock: number | undefined

  const arrive = (from: number, state: PlainState, instance: Instance, number: number): void => {
    const step = run.step(state, instance)
    const by = { from, instance: number }
    generated += 1
    model.properties.forEach(({ name }, i) => {
      if (step.violated.has(name)) findings[i]!.shown ??= by
      if (step.arose.has(name)) findings[i]!.situation ??= by
    })
    const text = run.text(step.state)
    const to = known.get(text) ?? states.length
    if (from >= 0 && to !== from) edges.push([from, to])
    if (to < states.length) return
    known.set(text, to)
    states.push({ state: step.state, by })
    const covered = row.get(instance.action)
    if (covered) covered.fresh += 1
    model.properties.forEach((p, i) => {
      if (p.kind === 'always' && !p.holds(step.state.model)) findings[i]!.shown ??= by
      if (p.kind === 'always' && p.situation?.(step.state.model)) findings[i]!.situation ??= by
      if (p.kind === 'sometimes' && p.holds(step.state.model)) findings[i]!.shown ??= by
    })
  }

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
    get stuck() {
      return stuck
    },
    get deadlock() {
      return deadlock
    },
    start() {
      run.initial.forEach((instance, i) => {
        if (run.enabled(run.zero, instance)) arrive(-1, run.zero, instance, i)
      })
    },
    expand(from, to) {
      for (let s = from; s < to; s++) {
        const { state } = states[s]!
        let any = false
        let last: object | undefined
        run.instances.forEach((instance, i) => {
          if (!run.enabled(state, instance)) return
          any = true
          const covered = row.get(instance.action)!
          covered.taken += 1
          if (last !== instance.action) covered.enabled += 1
          last = instance.action
          arrive(s, state, instance, i)
        })
        if (any) continue
        stuck += 1
        if (!model.final?.(state.model)) deadlock ??= s
      }
    },
    cameBy: (state) => states[state]!.by,
    marks(state, property) {
      const p = model.properties[property]!
      if (p.kind !== 'alwaysPossible') throw new TypeError(`${p.name} is not an alwaysPossible property`)
      const { model: s } = states[state]!.state
      return { holds: p.holds(s), judged: p.whenever?.(s) ?? true }
    },
    eachEdge: (visit) => edges.forEach(([from, to]) => visit(from, to)),
  }
}
