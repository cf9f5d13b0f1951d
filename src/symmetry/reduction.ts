/** What a search that keeps one state of each orbit does otherwise: the seam between it and this folder. */
import type { ModelFault } from '../modelling/fault.ts'
import type { Model } from '../modelling/model.ts'
import type { PackedNames } from '../state/codegen/packed.ts'
import type { Source } from '../state/codegen/source.ts'
import type { Layout } from '../state/layout.ts'
import { addCanon } from './codegen/canon.ts'
import { Asymmetry, type Concretiser, concretiserOf } from './concrete.ts'
import { Comparison } from './identities/comparison.ts'
import { assumesSymmetry, type Plan, planOf } from './identities/plan.ts'
import { type Probe, probeText, saidText } from './identities/probe.ts'
import { pairIn, randomFrom } from './identities/sample.ts'
import { locatedFault } from './located.ts'
import { classesIn, type Symmetry } from './symmetry.ts'
import { placed } from './walker.ts'

export interface Reduction {
  readonly symmetry: Symmetry
  readonly layout: Layout
  readonly plan: Plan
  /** Whether there are too many permutations for all to be tried. */
  readonly assumes: boolean
  /**
   * Adds canon(), which brings the state in the slots to its representative, PROBE, on which closures can be tried there, and
   * tryExchange(s), which tries an exchange of identities in state s. The text of the packed state stands before it, that of
   * the search around it.
   */
  addTo(source: Source, names: PackedNames): void
  /** A path of representatives as one of reachable states. Throws `ModelFault` when there is none. */
  concrete(path: readonly number[]): readonly number[]
  /** A fault that an instance led to in the representative at the end of a path, told of a reachable state. */
  located(fault: ModelFault, path: readonly number[], instance: number): ModelFault
}

/** Exchanges looked at until one changes the state. */
const ATTEMPTS = 4

/** What a search does otherwise; undefined when no identities are permuted. */
export const reductionOf = (model: Model, symmetry: Symmetry): Reduction | undefined => {
  const classes = classesIn(symmetry)
  if (classes.length === 0) return undefined
  const { layout, paths } = placed(model)
  const plan = planOf(layout, paths, classes)
  const comparison = new Comparison(model, plan.numbering, layout)
  let made: Concretiser | undefined
  const concretiser = (): Concretiser => {
    made ??= concretiserOf(model, classes)
    return made
  }

  /** Tries an exchange in the state in the slots, and leaves them as they are. */
  const audit = (probe: Probe, state: number): void => {
    const random = randomFrom(state)
    let [a, b] = pairIn(classes, random)
    for (let attempt = 1; attempt < ATTEMPTS && !comparison.changes(probe, a, b); attempt++)
      [a, b] = pairIn(classes, random)
    const here = probe.slots.slice()
    const difference = comparison.difference(probe, a, b)
    probe.slots.set(here)
    if (difference !== undefined) throw new Asymmetry(`${difference}.`)
  }

  return {
    symmetry,
    layout,
    plan,
    assumes: assumesSymmetry(plan),
    addTo(source, names) {
      addCanon(source, layout, plan)
      let probe: Probe
      source.let('attach', (own: Probe) => {
        probe = own
      })
      source.let('tryExchange', (state: number) => audit(probe, state))
      source.add(
        saidText(model),
        `const PROBE = ${probeText(layout.slots.length, names, 'said()')}
attach(PROBE)`,
      )
    },
    concrete: (path) => concretiser().path(path),
    located: (fault, path, instance) => locatedFault(model, concretiser(), fault, path, instance),
  }
}
