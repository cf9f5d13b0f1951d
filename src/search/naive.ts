/**
 * The naive checker: the definition of every verdict, and the first file to read. Plain states, a map from the
 * text of a state to what is known about it, breadth first. The packed search is an optimisation of this.
 */

import type { Model } from '../modelling/model.ts'
import {
  isOverStates,
  isTemporal,
  type Property,
  type Refines,
  type Temporal,
} from '../modelling/property.ts'
import { ask } from '../modelling/tests.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import type { PlainState } from '../state/plain/plain-state.ts'
import { steadyInterpreter } from '../state/plain/steady-interpreter.ts'
import { constraintsOf } from './engine/fair-constraints.ts'
import { aheadIn } from './engine/goals.ts'
import { type Places, placesIn } from './engine/observing.ts'
import type { Verdict } from './engine/outcome.ts'
import { type Watched, watching } from './engine/watching.ts'

/** What the naive checker says. */
export interface NaiveResult {
  readonly distinct: number
  /** States beyond the constraint of the model, which are not expanded. */
  readonly beyond?: number
  readonly generated: number
  readonly depth: number
  readonly stuck: number
  readonly verdicts: { readonly [property: string]: NaiveVerdict }
}

/** A verdict, the number of steps of a shortest path that shows it, and the largest reading of a measure. */
export interface NaiveVerdict {
  readonly verdict: Verdict
  readonly value?: number
  readonly length?: number
}

/** What is known of a state. */
interface Known {
  readonly state: PlainState
  readonly depth: number
  readonly steps: { readonly by: number; readonly to: string }[]
}

/**
 * Explores every reachable state. Meant for small models: there are no limits. What closures say is compared with what they say
 * when they are run again; without `twice` they are taken at their word.
 */
export const checkNaively = (model: Model, { twice = true } = {}): NaiveResult => {
  const run = twice ? steadyInterpreter(model) : plainInterpreter(model)
  const known = new Map<string, Known>()
  const first = new Map<string, number>() // when something was first seen, in steps
  const see = (what: string, depth: number) => first.has(what) || first.set(what, depth)
  const largest = new Map<string, { value: number; length: number }>() // readings
  const beyond = new Set<Known>()
  let generated = 0
  let stuck = 0
  let deepest = 0

  const arrive = (from: PlainState, instance: (typeof run.instances)[number], depth: number): string => {
    const { state, violated, arose, readings } = run.step(from, instance)
    const text = run.text(state)
    generated += 1
    for (const monitor of violated) see(`not ${monitor}`, depth)
    for (const monitor of arose) see(`situation ${monitor}`, depth)
    for (const [measure, value] of readings)
      if (value > (largest.get(measure)?.value ?? -Infinity)) largest.set(measure, { value, length: depth })
    if (!known.has(text)) {
      const one: Known = { state, depth, steps: [] }
      known.set(text, one)
      if (model.constraint && !ask(model.constraint, state.model)) beyond.add(one)
      for (const p of model.properties) {
        if (!isOverStates(p)) continue
        see(ask(p.holds, state.model) ? p.name : `not ${p.name}`, depth)
        if (p.kind === 'always' && (!p.situation || ask(p.situation, state.model)))
          see(`situation ${p.name}`, depth)
      }
    }
    return text
  }

  for (const instance of run.initial) if (run.enabled(run.zero, instance)) arrive(run.zero, instance, 0)
  for (const one of known.values()) {
    const { state, depth, steps } = one
    if (beyond.has(one)) continue
    deepest = depth + 1
    run.instances.forEach((instance, by) => {
      if (run.enabled(state, instance)) steps.push({ by, to: arrive(state, instance, depth + 1) })
    })
    if (steps.length === 0) stuck += 1
  }

  /**
   * A property of runs is violated by a fair run whose end avoids it: the states that it comes back to for ever can all reach each
   * other, and among their steps there is one of each constraint, unless that is impossible in one of them (weak) or all (strong).
   */
  const verdictOnRuns = (p: Temporal): NaiveVerdict => {
    const states = [...known.values()]
    const constraints = constraintsOf(model, p)
    const avoided = new Set(states.filter(({ state }) => !ask(p.holds, state.model)))
    const begins = states.filter((s) =>
      p.kind === 'eventually' ? s.depth === 0 : !p.whenever || ask(p.whenever, s.state.model),
    )
    const changing = (s: Known) => s.steps.filter(({ to }) => known.get(to) !== s)
    const within = (from: Known, allowed: ReadonlySet<Known>): Set<Known> => {
      const found = new Set([from])
      for (const s of found)
        for (const { to } of changing(s)) if (allowed.has(known.get(to)!)) found.add(known.get(to)!)
      return found
    }
    const staysFair = (allowed: ReadonlySet<Known>): boolean => {
      const left = new Set(allowed)
      for (const s of allowed) {
        if (!left.has(s)) continue
        const part = new Set([...within(s, allowed)].filter((t) => within(t, allowed).has(s)))
        for (const t of part) left.delete(t)
        const inside = [...part].flatMap(changing).filter(({ to }) => part.has(known.get(to)!))
        if (inside.length === 0 && changing(s).length > 0) continue
        const possible = (t: Known, counts: readonly boolean[]) => changing(t).some(({ by }) => counts[by])
        const unmet = constraints.filter(
          ({ strength, counts }) =>
            !inside.some(({ by }) => counts[by]) &&
            (strength === 'weak'
              ? [...part].every((t) => possible(t, counts))
              : [...part].some((t) => possible(t, counts))),
        )
        if (unmet.length === 0) return true
        if (unmet.some(({ strength }) => strength === 'weak')) continue
        if (staysFair(new Set([...part].filter((t) => !unmet.some(({ counts }) => possible(t, counts))))))
          return true
      }
      return false
    }
    const violated = begins.some((s) => avoided.has(s) && staysFair(within(s, avoided)))
    return { verdict: violated ? 'violated' : begins.length > 0 ? 'holds' : 'vacuous' }
  }

  /**
   * All that is seen of a model can be seen of its specification: pairs of a state and the set of all places in which the
   * specification can be after what was seen, until that set is empty, or more goals lie ahead of each place than of the state.
   */
  const verdictOnSights = (p: Refines): NaiveVerdict => {
    const watch = watching(model, p.name, p.sees)
    const { initial, after, lost } = placesIn(p)
    const ahead = aheadIn(watch, p)
    const pairs = new Map<string, { readonly at: Watched; readonly places: Places; readonly depth: number }>()
    let any = false
    let refused: number | undefined
    const meet = (
      { to, seen }: { readonly to: Watched; readonly seen: readonly string[] },
      before: Places,
      depth: number,
    ): void => {
      let places = before
      for (const text of seen) {
        any = true
        places = after(places, text)
        if (places.size === 0) refused ??= depth
      }
      const key = JSON.stringify([watch.text(to), [...places.keys()].sort()])
      if (pairs.has(key)) return
      pairs.set(key, { at: to, places, depth })
      if (p.goals && places.size > 0 && lost(places, ahead(to)!)!.length > 0) refused ??= depth
    }
    for (const step of watch.initial()) meet(step, initial(), 0)
    for (const { at, places, depth } of pairs.values()) {
      if (refused !== undefined) return { verdict: 'violated', length: refused }
      for (const step of watch.next(at)) meet(step, places, depth + 1)
    }
    if (refused !== undefined) return { verdict: 'violated', length: refused }
    return { verdict: any ? 'holds' : 'vacuous' }
  }

  const verdictOf = (p: Property): NaiveVerdict => {
    if (p.kind === 'measure')
      return largest.has(p.name) ? { verdict: 'measured', ...largest.get(p.name)! } : { verdict: 'vacuous' }
    if (p.kind === 'sometimes')
      return first.has(p.name) ? { verdict: 'reached', length: first.get(p.name)! } : { verdict: 'unreached' }
    if (p.kind === 'alwaysPossible') {
      const states = [...known.values()]
      const hopeful = new Set(states.filter((s) => ask(p.holds, s.state.model)))
      for (let size = -1; size !== hopeful.size; ) {
        size = hopeful.size
        for (const s of states) if (s.steps.some(({ to }) => hopeful.has(known.get(to)!))) hopeful.add(s)
      }
      const judged = states.filter((s) => !p.whenever || ask(p.whenever, s.state.model))
      const doomed = judged.find((s) => !hopeful.has(s))
      if (doomed) return { verdict: 'violated', length: doomed.depth }
      return { verdict: judged.length > 0 ? 'holds' : 'vacuous' }
    }
    if (isTemporal(p)) return verdictOnRuns(p)
    if (p.kind === 'refines') return verdictOnSights(p)
    const length = first.get(`not ${p.name}`)
    if (length !== undefined) return { verdict: 'violated', length }
    return { verdict: first.has(`situation ${p.name}`) ? 'holds' : 'vacuous' }
  }
  return {
    distinct: known.size - beyond.size,
    ...(model.constraint && { beyond: beyond.size }),
    generated,
    depth: deepest,
    stuck,
    verdicts: Object.fromEntries(model.properties.map((p) => [p.name, verdictOf(p)])),
  }
}
