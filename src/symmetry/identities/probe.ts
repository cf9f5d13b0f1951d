/**
 * One packed state on which guards, effects and tests can be tried: what the comparison of states needs of a program,
 * be it that of a search or that of `../walker.ts`.
 */
import type { Model } from '../../modelling/model.ts'
import type { PackedNames } from '../../state/codegen/packed.ts'
import type { Instance } from '../../state/plain/instances.ts'

export interface Probe {
  /** The slots of the state, which may be overwritten by those of another. */
  readonly slots: Int32Array
  /** The view of the model's own record. */
  readonly root: object
  /** The slots under a permutation: identity i takes the place of identity moves[i]. Overwritten by the next call. */
  image(moves: Int32Array): Int32Array
  guard(instance: Instance): boolean
  /** Runs an effect; the answer says by property what monitors and measures said of it. */
  effect(instance: Instance): readonly number[]
  /** Takes an effect back. */
  undo(): void
}

/** What a monitor says of a step, as a number. */
export const SAID = { violated: 1, arose: 2 } as const

/**
 * The expression of a probe in the text of a program with a canonical form. `said` is an expression of what was said
 * since it was last asked.
 */
export const probeText = (slots: number, { roots }: PackedNames, said: string): string => `{
  slots: S.subarray(0, ${slots}),
  root: ${roots[0]},
  image(moves) {
    image(moves)
    return V.subarray(0, ${slots})
  },
  guard({ action, choice }) {
    const open = action.guard ? action.guard(${roots[0]}, choice) : true
    undo()
    return open
  },
  effect({ action, choice }) {
    ${said}
    writing = true
    taken = 0
    try {
      action.effect(${roots[0]}, choice, emit)
    } finally {
      writing = false
    }
    return ${said}
  },
  undo,
}`

/** Defines said(), what the text of a search keeps about a step, and forgets it. */
export const saidText = ({ properties }: Model): string => {
  const parts = properties.map((p, bit) => {
    if (p.kind === 'measure') return `READ[${bit}]`
    if (p.kind !== 'monitor') return '0'
    return `((flags >>> ${bit}) & 1) * ${SAID.violated} + ((arisen >>> ${bit}) & 1) * ${SAID.arose}`
  })
  const measured = properties.some((p) => p.kind === 'measure')
  return `
function said() {
  const said = [${parts.join(', ')}]
  flags = 0
  arisen = 0
  ${measured ? 'forgetReadings()' : ''}
  return said
}`
}
