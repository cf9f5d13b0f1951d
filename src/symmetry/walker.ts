/** A packed state that is walked by hand: for the sample on which symmetry is tried, and for concrete traces. */
import { ModelFault } from '../modelling/fault.ts'
import type { Model } from '../modelling/model.ts'
import { addPackedState, type PackedFaults } from '../state/codegen/packed.ts'
import { Source } from '../state/codegen/source.ts'
import { absent, notAMessage, outside } from '../state/conforms.ts'
import { type Layout, layoutOf } from '../state/layout.ts'
import { listenersOf } from '../state/plain/plain-state.ts'
import { addCanon } from './codegen/canon.ts'
import { type Plan, planOf } from './identities/plan.ts'
import { type Probe, probeText, SAID } from './identities/probe.ts'

/** A packed state with what identities it permutes. */
export interface Walker extends Probe {
  readonly plan: Plan
  /** Brings the state to its representative; the answer says whose place each identity has taken. */
  represent(): Int32Array
}

/** The layout of a model's state and memories, and the paths of its roots. */
export const placed = (model: Model): { readonly layout: Layout; readonly paths: readonly string[] } => {
  const roots = [
    { path: '', schema: model.state },
    ...listenersOf(model).map(({ name, memory }) => ({ path: name, schema: memory })),
  ]
  return { layout: layoutOf(roots), paths: roots.map(({ path }) => path) }
}

/** A walker in the zero state. */
export const walkerOf = (model: Model, classes: readonly (readonly string[])[]): Walker => {
  const { layout, paths } = placed(model)
  const plan = planOf(layout, paths, classes)
  const source = new Source()
  const names = addPackedState(source, layout, faults)
  const said = Array<number>(model.properties.length).fill(0)
  source.let(
    'emit',
    emitOf(model, () => memories, said),
  )
  source.let('said', () => {
    const now = [...said]
    forget(model, said)
    return now
  })
  source.add('const from = -1')
  addCanon(source, layout, plan)
  source.add(`return {
  memories: [${names.roots.slice(1).join(', ')}],
  probe: ${probeText(layout.slots.length, names, 'said()')},
  represent() {
    for (let i = 0; i < WENT.length; i++) WENT[i] = i
    canon()
    logN = 0
    return WENT
  },
}`)
  const { memories, probe, represent } = source.run() as {
    readonly memories: readonly object[]
    readonly probe: Probe
    represent(): Int32Array
  }
  forget(model, said)
  return { ...probe, plan, represent }
}

const forget = ({ properties }: Model, said: number[]): void => {
  properties.forEach((p, i) => {
    said[i] = p.kind === 'measure' ? -Infinity : 0
  })
}

/** The emit object: hands events to the listeners and notes what they say. */
const emitOf = (model: Model, memories: () => readonly object[], said: number[]): object => {
  const listeners = listenersOf(model).map((listener, i) => {
    const at = model.properties.indexOf(listener)
    const judge = {
      violated: () => {
        said[at]! |= SAID.violated
      },
      arose: () => {
        said[at]! |= SAID.arose
      },
      reads: (value: number) => {
        said[at] = Math.max(said[at]!, value)
      },
    }
    return { on: listener.on, i, judge }
  })
  return Object.fromEntries(
    (model.events?.kinds ?? []).map((kind) => [
      kind,
      (event: object) => {
        for (const { on, i, judge } of listeners) on[kind]?.(memories()[i]!, event, judge)
      },
    ]),
  )
}

const raise = (fault: ModelFault): never => {
  throw fault
}
const faults: PackedFaults = {
  outside: (path, value, schema) => raise(outside(path, value, schema)),
  notAMessage: (path, message, schema) => raise(notAMessage(path, message, schema)),
  overflow: (path, schema) => raise(outside(path, undefined, schema)),
  absent: (path, message, schema, bag) => raise(absent(path, message, schema, bag)),
  tooMuch: (what, limit) => raise(new ModelFault({ problem: `One effect made more than ${limit} ${what}.` })),
}
