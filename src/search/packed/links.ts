/** What `alwaysPossible` needs of each state: two marks for each such property, and where its steps lead. */
import type { Model } from '../../modelling/model.ts'
import { CHUNK, chunkOf, placeOf } from './chunks.ts'

/** Whether a search keeps edges and marks. */
export const keepsEdges = ({ properties }: Model): boolean =>
  properties.some((p) => p.kind === 'alwaysPossible')

export class Links {
  /** Two bits for each property: holds, judged. */
  readonly #marks: Uint16Array[] = []
  /** Steps that lead to another state. */
  readonly #degrees: Uint16Array[] = []
  readonly #targets: Int32Array[] = []
  #states = 0
  #expanded = 0
  #edges = 0
  #degree = 0
  /** The first of the two bits of a property among the marks. */
  readonly #shift: readonly number[]

  constructor({ properties }: Model) {
    const isPossible = (p: Model['properties'][number]) => p.kind === 'alwaysPossible'
    this.#shift = properties.map((_, i) => properties.slice(0, i).filter(isPossible).length * 2)
  }

  get bytes(): number {
    return CHUNK * (2 * this.#marks.length + 2 * this.#degrees.length + 4 * this.#targets.length)
  }

  /** The marks of a new state. */
  mark(marks: number): void {
    const place = this.#states % CHUNK
    if (place === 0) this.#marks.push(new Uint16Array(CHUNK))
    this.#marks[this.#marks.length - 1]![place] = marks
    this.#states += 1
  }

  /** A step of the state that is being expanded. */
  add(target: number): void {
    const place = this.#edges % CHUNK
    if (place === 0) this.#targets.push(new Int32Array(CHUNK))
    this.#targets[this.#targets.length - 1]![place] = target
    this.#edges += 1
    this.#degree += 1
  }

  /** The state that was being expanded has no more steps. */
  done(): void {
    const place = this.#expanded % CHUNK
    if (place === 0) this.#degrees.push(new Uint16Array(CHUNK))
    this.#degrees[this.#degrees.length - 1]![place] = this.#degree
    this.#expanded += 1
    this.#degree = 0
  }

  /** Whether a state satisfies a property, and whether it is judged by it. */
  marks(state: number, property: number): { readonly holds: boolean; readonly judged: boolean } {
    const marks = this.#marks[chunkOf(state)]![placeOf(state)]! >> this.#shift[property]!
    return { holds: (marks & 1) === 1, judged: (marks & 2) === 2 }
  }

  each(visit: (from: number, to: number) => void): void {
    let edge = 0
    for (let s = 0; s < this.#expanded; s++) {
      const end = edge + this.#degrees[chunkOf(s)]![placeOf(s)]!
      for (; edge < end; edge++) visit(s, this.#targets[chunkOf(edge)]![placeOf(edge)]!)
    }
  }
}
