/** One packed state that is walked by hand: the program text below the search, without visited set and store. */
import type { Model } from '../modelling/model.ts'
import type { Judge, Meter } from '../modelling/property.ts'
import { addPackedState, type PackedFaults } from '../state/codegen/packed.ts'
import { Source } from '../state/codegen/source.ts'
import { plainOf } from '../state/decode.ts'
import { layoutOf } from '../state/layout.ts'
import type { Instance } from '../state/plain/instances.ts'
import { listenersOf, type PlainState } from '../state/plain/plain-state.ts'

interface Program {
  readonly roots: readonly object[]
  readonly slots: Int32Array
  begin(): void
  keep(): void
  undo(): void
  hash(): readonly [number, number]
  pack(words: Int32Array): void
  unpack(words: Int32Array): void
}

/** A packed state and what can be done with it. */
export interface Walker {
  enabled(instance: Instance): boolean
  /** Runs the effect of an instance and stays in the state it leads to. */
  step(instance: Instance): void
  /** Runs the effect of an instance and takes it back. */
  stepAndUndo(instance: Instance): void
  state(): PlainState
  /** The slots of the state, and its hash. */
  slots(): readonly number[]
  hash(): string
  /** Packs the state, forgets it and reads it back, which computes the hash afresh. */
  reload(): void
}

/** A walker in the zero state. */
export const walkerOf = (model: Model): Walker => {
  const listeners = listenersOf(model)
  const layout = layoutOf([
    { path: '', schema: model.state },
    ...listeners.map(({ name, memory }) => ({ path: name, schema: memory })),
  ])
  const source = new Source()
  const { roots, words } = addPackedState(source, layout, faults)
  source.add(`return {
  roots: [${roots.join(', ')}],
  slots: S.subarray(0, ${layout.slots.length}),
  begin() { writing = true; taken = 0 },
  keep() { writing = false; logN = 0 },
  undo() { writing = false; undo() },
  hash: () => [lo, hi],
  pack: (words) => pack(words, 0),
  unpack: (words) => unpack(words, 0),
}`)
  const program = source.run() as Program
  const [root, ...memories] = program.roots as [object, ...object[]]
  const judge: Judge & Meter = { violated: () => {}, arose: () => {}, reads: () => {} }
  const emit = Object.fromEntries(
    (model.events?.kinds ?? []).map((kind) => [
      kind,
      (event: object) => {
        listeners.forEach(({ on }, i) => {
          on[kind]?.(memories[i]!, event, judge)
        })
      },
    ]),
  )
  const run = ({ action, choice }: Instance): void => {
    program.begin()
    action.effect(root, choice, emit)
  }

  return {
    enabled: ({ action, choice }) => action.guard?.(root, choice) ?? true,
    step(instance) {
      run(instance)
      program.keep()
    },
    stepAndUndo(instance) {
      run(instance)
      program.undo()
    },
    state: () => ({
      model: plainOf(model.state, root, '') as object,
      memory: Object.fromEntries(
        listeners.map(({ name, memory }, i) => [name, plainOf(memory, memories[i], name) as object]),
      ),
    }),
    slots: () => [...program.slots],
    hash: () => program.hash().join(' '),
    reload() {
      const packed = new Int32Array(words)
      program.pack(packed)
      program.slots.fill(0)
      program.unpack(packed)
    },
  }
}

const raise = (): never => {
  throw new Error('a random model does not lead to faults')
}
const faults: PackedFaults = {
  outside: raise,
  notAMessage: raise,
  overflow: raise,
  absent: raise,
  tooMuch: raise,
}
