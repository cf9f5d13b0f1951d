/**
 * The proof that a model treats alike what a search with symmetry takes for alike. For every state that is expanded, each
 * instance must do in each image of the state, renamed, what it does in the state, and each test must say the same. What is
 * found is remembered by all that was read of the state and, through the renaming, of its images: a state that agrees with an
 * earlier one in these variables need not be looked at again. So a search that comes to its end has shown for every
 * representative and every permutation what the argument for symmetry supposes.
 */
import type { Model } from '../../modelling/model.ts'
import { testsOf } from '../../modelling/tests.ts'
import type { PackedNames } from '../../state/codegen/packed.ts'
import type { Source } from '../../state/codegen/source.ts'
import type { Layout } from '../../state/layout.ts'
import { type Instance, instancesOf } from '../../state/plain/instances.ts'
import { Asymmetry } from '../../symmetry/concrete.ts'
import { type Tried, tryOut } from '../../symmetry/identities/comparison.ts'
import type { Plan } from '../../symmetry/identities/plan.ts'
import type { Position } from '../../symmetry/identities/positions.ts'
import type { Probe } from '../../symmetry/identities/probe.ts'
import { instancesUnder } from '../../symmetry/identities/renaming.ts'
import type { Reduction } from '../../symmetry/reduction.ts'
import { walkText } from './codegen/recall.ts'
import { Answers } from './memoised/answers.ts'
import { ANSWER, ReadTrees } from './memoised/read-trees.ts'

/** The probe of a search, and what notes its reads. */
export interface OrbitProbe extends Probe {
  startNoting(): void
  stopNoting(): void
  readonly reads: Int32Array
  count(): number
  /** The packed words of the state that is expanded. */
  readonly words: Int32Array
}

/** A permutation that is no identity. */
interface Renaming {
  readonly moves: Int32Array
  readonly instances: Int32Array
  /** For each slot of the image those of the state on which it rests. */
  readonly sources: readonly (readonly number[])[]
  readonly text: string
}

export class OrbitChecks {
  /** Closures by instance, then tests; their trees. */
  readonly answers: Answers
  readonly trees: ReadTrees
  /** Classes of states that were compared with all their images. */
  checked = 0
  readonly #bits: readonly number[]
  readonly #instances: readonly Instance[]
  readonly #tests: ReturnType<typeof testsOf>
  readonly #renamings: readonly Renaming[]
  readonly #noted: Int32Array
  readonly #isNoted: Uint8Array
  #count = 0

  constructor(model: Model, layout: Layout, plan: Plan, names: PackedNames) {
    this.#instances = instancesOf(model.actions)
    this.#tests = testsOf(model)
    this.#bits = layout.slots.map(({ bits }) => bits)
    this.trees = new ReadTrees(names)
    this.answers = new Answers(this.trees, this.#instances.length + this.#tests.length)
    this.#renamings = renamingsOf(model, layout, plan)
    this.#noted = new Int32Array(3 * layout.slots.length)
    this.#isNoted = new Uint8Array(layout.slots.length)
  }

  /** Compares what closure `c` does in the state in the probe with what it does in the images. Throws `Asymmetry`. */
  check(c: number, probe: OrbitProbe, asked: number): void {
    this.checked += 1
    this.#count = 0
    this.#isNoted.fill(0)
    const here = probe.slots.slice()
    try {
      const isWhole =
        c < this.#instances.length ? this.#checkInstance(c, probe, here) : this.#checkTest(c, probe, here)
      probe.slots.set(here)
      if (isWhole)
        this.answers.learn(c, { reads: this.#noted, count: this.#count, words: probe.words }, -2, asked)
    } finally {
      probe.stopNoting()
      probe.slots.set(here)
    }
  }

  #checkTest(c: number, probe: OrbitProbe, here: Int32Array): boolean {
    const { subject, test } = this.#tests[c - this.#instances.length]!
    const ask = (renaming: Renaming | undefined): unknown => {
      probe.startNoting()
      try {
        return test(probe.root)
      } catch {
        return 'no answer'
      } finally {
        probe.undo()
        probe.stopNoting()
        this.#note(probe, renaming)
      }
    }
    const answer = ask(undefined)
    for (const renaming of this.#renamings) {
      probe.slots.set(here)
      probe.slots.set(probe.image(renaming.moves).slice())
      const other = ask(renaming)
      if (other !== answer)
        throw new Asymmetry(
          `${subject} tells identities apart: it is ${String(answer)} and, with ${renaming.text}, ${String(other)}.`,
        )
    }
    return true
  }

  #checkInstance(i: number, probe: OrbitProbe, here: Int32Array): boolean {
    const instance = this.#instances[i]!
    const done = this.#run(probe, instance, undefined)
    let isWhole = true
    for (const renaming of this.#renamings) {
      probe.slots.set(here)
      const there = probe.image(renaming.moves).slice()
      const wanted = this.#imageOf(probe, done, renaming)
      probe.slots.set(there)
      const other = this.#instances[renaming.instances[i]!]!
      const found = this.#run(probe, other, renaming)
      if (isSame(wanted, found)) continue
      // In a bag, whose order depends on the names, another message may stand where this one stood.
      if (!this.#match(instance, probe, here, there, renaming))
        throw new Asymmetry(
          `${instance.action.name} tells identities apart: ${instance.text} is ${textOf(done)} and, with ${renaming.text}, ${other.text} ${typeof found === 'string' || typeof wanted === 'string' ? `is ${textOf(found)}` : 'leads elsewhere'}.`,
        )
      isWhole = false
    }
    return isWhole
  }

  /** Whether the instances of an action do the same together. What is read for that is not remembered. */
  #match(
    { action }: Instance,
    probe: OrbitProbe,
    here: Int32Array,
    there: Int32Array,
    renaming: Renaming,
  ): boolean {
    const all = (slots: Int32Array, of: (done: Tried) => Tried): ReadonlySet<string> =>
      new Set(
        this.#instances.flatMap((instance) => {
          if (instance.action !== action) return []
          probe.slots.set(slots)
          const done = of(this.#run(probe, instance, undefined))
          if (done === 'disabled') return []
          return [typeof done === 'string' ? done : `${done.slots.join(' ')} ${done.said.join(' ')}`]
        }),
      )
    const one = all(here, (done) => this.#imageOf(probe, done, renaming))
    const two = all(there, (done) => done)
    return one.size === two.size && [...one].every((result) => two.has(result))
  }

  #run(probe: OrbitProbe, instance: Instance, renaming: Renaming | undefined): Tried {
    probe.startNoting()
    const done = tryOut(probe, instance)
    probe.stopNoting()
    this.#note(probe, renaming)
    return done
  }

  #imageOf(probe: OrbitProbe, done: Tried, { moves }: Renaming): Tried {
    if (typeof done === 'string') return done
    probe.slots.set(done.slots)
    return { slots: probe.image(moves).slice(), said: done.said }
  }

  /** Notes whole slots of the state on which rests what was read last, each once and in the order of the reads. */
  #note(probe: OrbitProbe, renaming: Renaming | undefined): void {
    const { reads } = probe
    const end = 3 * probe.count()
    for (let k = 0; k < end; k += 3)
      for (const slot of renaming ? renaming.sources[reads[k]!]! : [reads[k]!]) {
        if (this.#isNoted[slot] === 1 || this.#bits[slot] === 0) continue
        this.#isNoted[slot] = 1
        this.#noted[3 * this.#count] = slot
        this.#noted[3 * this.#count + 1] = 0
        this.#noted[3 * this.#count + 2] = this.#bits[slot]!
        this.#count += 1
      }
  }
}

const isSame = (one: Tried, other: Tried): boolean => {
  if (typeof one === 'string' || typeof other === 'string') return one === other
  return (
    one.slots.every((value, i) => value === other.slots[i]) &&
    one.said.every((value, i) => Object.is(value, other.said[i]))
  )
}

const textOf = (done: Tried): string => (typeof done === 'string' ? done : 'enabled')

const ordersOf = (n: number): readonly (readonly number[])[] =>
  n === 0
    ? [[]]
    : ordersOf(n - 1).flatMap((order) =>
        Array.from({ length: n }, (_, at) => [...order.slice(0, at), n - 1, ...order.slice(at)]),
      )

/** Every permutation but the one that leaves all as it is. */
const renamingsOf = (model: Model, layout: Layout, { numbering, positions }: Plan): readonly Renaming[] => {
  const { classes, first, names } = numbering
  const under = instancesUnder(model.actions)
  let all: readonly (readonly number[])[] = [[]]
  classes.forEach(({ length }, k) => {
    const orders = ordersOf(length)
    all = all.flatMap((before) => orders.map((order) => [...before, ...order.map((x) => first[k]! + x)]))
  })
  return all
    .filter((moves) => moves.some((to, i) => to !== i))
    .map((moves) => {
      const goes = new Map(names.map((name, i) => [name, names[moves[i]!]!]))
      const moved = names.filter((name) => goes.get(name) !== name)
      return {
        moves: Int32Array.from(moves),
        instances: under((name) => goes.get(name) ?? name),
        sources: sourcesOf(layout, positions, classes, first, moves),
        text: `${moved.map((name) => `${name} as ${goes.get(name)}`).join(', ')}`,
      }
    })
}

const sourcesOf = (
  { slots }: Layout,
  positions: readonly Position[],
  classes: readonly (readonly string[])[],
  first: readonly number[],
  moves: readonly number[],
): readonly (readonly number[])[] => {
  const sources: (readonly number[])[] = slots.map((_, slot) => [slot])
  for (const { owners, at, kind, places, stride, ids, sets } of positions) {
    const size = places * stride
    // The messages of a bag that name identities are sorted anew, and a large set goes over several slots.
    const together =
      (kind === 'bag' && ids.length + sets.length > 0) || sets.some(({ values }) => values.length > 31)
    at.forEach((slot, index) => {
      let rest = index
      let image = 0
      let weight = 1
      for (let o = owners.length - 1; o >= 0; o--) {
        const k = owners[o]!
        const { length } = classes[k]!
        image += (moves[first[k]! + (rest % length)]! - first[k]!) * weight
        rest = Math.floor(rest / length)
        weight *= length
      }
      const all = Array.from({ length: size }, (_, q) => slot + q)
      for (let q = 0; q < size; q++) sources[at[image]! + q] = together ? all : [slot + q]
    })
  }
  return sources
}

/** Adds auditOrbit(s), which is called for each state that is expanded, with its number; canon() and PROBE stand before it. */
export const addOrbitChecks = (
  source: Source,
  model: Model,
  { layout, plan, assumes }: Reduction,
  names: PackedNames,
): OrbitChecks | undefined => {
  const checks = assumes ? undefined : new OrbitChecks(model, layout, plan, names)
  source.let('orbits', checks)
  source.add(`
let orbitProbe = undefined
/** Looks at every closure of which it is not known that it treats all images of the state alike. */
function auditOrbit(s) {
  try {
    ${checks ? PROVED : 'if (s < 256 || (s & 63) === 0) { sync(); tryExchange(s) }'}
  } finally {
    lo = lo0
    hi = hi0
  }
}`)
  return checks
}

const PROVED = `orbitProbe ??= { ...PROBE, startNoting, stopNoting, reads: READS, count: () => reads, words: W }
    const roots = orbits.answers.roots
    for (let c = 0; c < roots.length; c++) {
      const N = orbits.trees.nodes
      ${walkText('roots[c]', 'W')}
      if (t < ${ANSWER.run}) continue
      sync()
      orbits.check(c, orbitProbe, s)
    }`
