/** How often each variable has each of its values: counted once for every state that is expanded. */
import type { Layout, Node } from '../../../state/layout.ts'
import { entropyOf, type VariableProfile } from '../../engine/profile.ts'
import { Contents } from './contents.ts'

/** A variable: some slots in a row. */
interface Variable {
  readonly path: string
  readonly at: number
  readonly slots: number
  /** Values of a slot that is the whole variable, when they are few. */
  readonly few?: number
}

/** A slot of at most so many bits has a count for each value; anything wider is looked up. */
const FEW_BITS = 10

export class ValueCounts {
  states = 0
  readonly #variables: readonly Variable[]
  /** Of variables with few values: their slots, where their counts begin, and all counts. */
  readonly #slots: Int32Array
  readonly #begin: Int32Array
  readonly #counts: Float64Array
  readonly #wide: readonly Contents[]

  /** `names`: the path of each root. */
  constructor(layout: Layout, names: readonly string[]) {
    this.#variables = layout.roots.flatMap((root, i) => variablesOf(root, names[i]!, layout))
    const narrow = this.#variables.filter(({ few }) => few !== undefined)
    this.#slots = Int32Array.from(narrow, ({ at }) => at)
    let end = 0
    this.#begin = Int32Array.from(narrow, ({ few }) => {
      const begin = end
      end += few!
      return begin
    })
    this.#counts = new Float64Array(end)
    this.#wide = this.#variables
      .filter(({ few }) => few === undefined)
      .map(({ at, slots }) => new Contents(at, slots))
  }

  get bytes(): number {
    return this.#wide.reduce((sum, { bytes }) => sum + bytes, this.#counts.byteLength)
  }

  /** Counts the state in the slots. */
  meet(state: Int32Array): void {
    this.states += 1
    const slots = this.#slots
    const begin = this.#begin
    const counts = this.#counts
    for (let k = 0; k < slots.length; k++) {
      const place = begin[k]! + state[slots[k]!]!
      counts[place] = counts[place]! + 1
    }
    for (const contents of this.#wide) contents.meet(state)
  }

  /** In the order of their declaration. */
  get profiles(): readonly VariableProfile[] {
    let narrow = 0
    let wide = 0
    return this.#variables.map(({ path, few }) => {
      const counts =
        few === undefined
          ? this.#wide[wide++]!.counts()
          : this.#counts.subarray(this.#begin[narrow]!, this.#begin[narrow++]! + few)
      const met = counts.filter((count) => count > 0)
      return { path, values: met.length, bits: Number(entropyOf(met, this.states).toFixed(6)) }
    })
  }
}

const variablesOf = (node: Node, path: string, layout: Layout): readonly Variable[] => {
  const { at } = node
  switch (node.kind) {
    case 'record':
      return node.fields.flatMap(([name, field]) =>
        variablesOf(field, path === '' ? name : `${path}.${name}`, layout),
      )
    case 'scalar':
      return [{ path, at, slots: 1, ...fewOf(layout.slots[at]!.bits) }]
    case 'set':
      return [{ path, at, slots: node.slots, ...(node.slots === 1 && fewOf(layout.slots[at]!.bits)) }]
    default:
      return [{ path, at, slots: node.schema.capacity * node.message.slots }]
  }
}

const fewOf = (bits: number): { few?: number } => (bits <= FEW_BITS ? { few: 2 ** bits } : {})
