/**
 * The columns of a class as program text: what a state says of identity number x of the class, in pieces of some bits,
 * and how the same is said of the identity that takes another's place.
 */
import type { Source } from '../../state/codegen/source.ts'
import { SLOT_BITS } from '../../state/layout.ts'
import { classesNamed, type Field, type Position } from '../identities/positions.ts'
import { maskOf, slotText } from './image.ts'
import type { Parts } from './parts.ts'
import { putText } from './put.ts'

/** The columns of one class. `R[x * words + i]` is row i of the column of x. */
export class Columns {
  readonly #source: Source
  readonly #parts: Parts
  readonly #k: number
  readonly #pieces: { readonly word: number; readonly text: string }[] = []
  readonly #updates = new Map<number, string[]>()
  readonly #before: string[] = []
  readonly #own: string[] = []
  #word = 0
  #used = 0

  constructor(source: Source, parts: Parts, k: number) {
    this.#source = source
    this.#parts = parts
    this.#k = k
    for (const position of parts.positions) {
      if (position.owners[0] === k) this.#addOwn(position)
      if (position.owners.length === 0 && classesNamed(position, parts.numbering).has(k))
        for (let place = 0; place < position.places; place++) this.#addNames(position, place)
    }
  }

  get words(): number {
    return this.#word + 1
  }

  get #first(): number {
    return this.#parts.numbering.first[this.#k]!
  }

  /** Reads what the pieces refer to; stands before the loop over x. */
  before(): string {
    return this.#before.join('\n')
  }

  /** The expression of word i of the column of x. */
  wordText(i: number): string {
    const pieces = this.#pieces.filter(({ word }) => word === i)
    return pieces.map(({ text }) => text).join(' | ') || '0'
  }

  /** Writes into the records of x what was in those of r. */
  writeOwn(): string {
    return this.#own.join('\n')
  }

  /** Writes the slots in nobody's record, where ids and sets name identities of the class. */
  writeNames(): string {
    const updates = [...this.#updates].map(
      ([slot, lines]) =>
        `{ let v = S[${slot}]\n${lines.join('\n')}\n${putText(this.#parts.layout.slots[slot]!.hash, String(slot), 'v')} }`,
    )
    return updates.join('\n')
  }

  /** Adds a piece; the answer is the expression of the piece in the column of r. */
  #addPiece(bits: number, read: string): string {
    if (this.#used + bits > SLOT_BITS) {
      this.#word += 1
      this.#used = 0
    }
    const shift = this.#used
    this.#pieces.push({ word: this.#word, text: `(${read}) << ${shift}` })
    this.#used += bits
    // The number of words is known only when all pieces are added.
    return `(R[r * WIDTH + ${this.#word}] >>> ${shift}) & ${2 ** bits - 1}`
  }

  #addOwn(position: Position): void {
    const { layout, numbering, tables } = this.#parts
    const base = slotText(position, numbering, tables, () => 'x')
    for (let s = 0; s < position.places * position.stride; s++) {
      const slot = position.at[0]! + s
      const { bits, hash } = layout.slots[slot]!
      if (bits === 0) continue
      const piece = this.#addPiece(bits, `S[${base} + ${s}]`)
      this.#own.push(putText(hash, `${base} + ${s}`, piece))
    }
  }

  #addNames(position: Position, place: number): void {
    const { classes, numberOf, classOf } = this.#parts.numbering
    const at = position.at[0]! + place * position.stride
    const inClass = ({ values }: Field): boolean =>
      values.some((value) => classOf[numberOf(value)] === this.#k)
    for (const field of position.ids.filter(inClass)) {
      const { slot, shift } = field
      const id = this.#source.name('id')
      const code = `(S[${at + slot}] >>> ${shift}) & ${maskOf(field)}`
      const number = `${this.#parts.tables.identities(field)}[${code}] - ${this.#first}`
      this.#before.push(
        `const ${id} = ${position.kind === 'value' ? number : `S[${at}] === 0 ? -1 : ${number}`}`,
      )
      this.#addPiece(1, `${id} === x ? 1 : 0`)
      this.#update(
        at + slot,
        `if (${id} >= 0 && ${id} < ${classes[this.#k]!.length})`,
        `  v = (v & ${~(maskOf(field) << shift)}) | (${this.#codeOf(field, `PLACE[${id}]`)} << ${shift})`,
      )
    }
    for (const field of position.sets.filter(inClass)) this.#addSet(field, at + field.slot)
  }

  #addSet(field: Field, slot: number): void {
    const { numberOf, classOf } = this.#parts.numbering
    const { shift, values } = field
    const words = Math.ceil(values.length / SLOT_BITS)
    const code = this.#codeOf(field, 'x')
    const read =
      words === 1
        ? `S[${slot}] >>> (${code} + ${shift})`
        : `S[${slot} + (${code} / ${SLOT_BITS} | 0)] >>> (${code} % ${SLOT_BITS})`
    const piece = this.#addPiece(1, `(${read}) & 1`)
    for (let word = 0; word < words; word++) {
      const own = values.reduce<number>(
        (mask, value, bit) =>
          classOf[numberOf(value)] === this.#k && Math.floor(bit / SLOT_BITS) === word
            ? mask | (1 << (bit % SLOT_BITS))
            : mask,
        0,
      )
      const here = words === 1 ? '' : `if ((${code} / ${SLOT_BITS} | 0) === ${word}) `
      const bit = words === 1 ? `${code} + ${shift}` : `${code} % ${SLOT_BITS}`
      this.#update(
        slot + word,
        `v &= ${~(own << shift)}`,
        `for (let x = 0; x < ${this.#parts.numbering.classes[this.#k]!.length}; x++) { const r = ORDER[x]; ${here}v |= (${piece}) << (${bit}) }`,
      )
    }
  }

  /** The code or bit of the identity whose number in the class is an expression. */
  #codeOf(field: Field, number: string): string {
    return `${this.#parts.tables.codes(field)}[${this.#first} + ${number}]`
  }

  #update(slot: number, ...lines: readonly string[]): void {
    this.#updates.set(slot, [...(this.#updates.get(slot) ?? []), ...lines])
  }
}
