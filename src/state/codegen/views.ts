/**
 * The program text of the view classes: objects with the surface of a draft whose accessors read and write
 * slots. One class for each shape, one instance for each place in the state; nothing is allocated later.
 */
import type { Scalar, Schema } from '../../modelling/schema.ts'
import { type Layout, type Node, SLOT_BITS, sizeOf } from '../layout.ts'
import { channelClass } from './channels.ts'
import { MessageWriter } from './messages.ts'
import { codeOf, decoded, elementText } from './scalars.ts'
import type { Source } from './source.ts'
import { viewClass } from './view-class.ts'

/** Writes the view classes of a layout; `S`, `put` and the rest are those of `packed.ts`. */
export class ViewWriter {
  readonly #source: Source
  readonly #messages: MessageWriter
  readonly #classes = new Map<Schema, string>()

  constructor(source: Source, layout: Layout) {
    this.#source = source
    this.#messages = new MessageWriter(source, layout)
  }

  /** Slots beyond the state that the views need; known when all classes are written. */
  get scratch(): number {
    return this.#messages.scratch
  }

  /** The name of the class for a node; its text is added when it is first asked for. */
  classOf(node: Node): string {
    if (node.kind === 'scalar') throw new TypeError('a scalar has accessors, not a view')
    const known = this.#classes.get(node.schema)
    if (known !== undefined) return known
    const source = this.#source
    const name = source.name('View')
    this.#classes.set(node.schema, name)
    source.add(
      node.kind === 'record'
        ? this.#record(name, node)
        : node.kind === 'set'
          ? setClass(source, name, node)
          : channelClass(source, name, node, this.#messages.namesOf(node.schema.element, node.message)),
    )
    return name
  }

  #record(name: string, node: Extract<Node, { kind: 'record' }>): string {
    const members: string[] = []
    const properties: string[] = []
    for (const [field, child] of node.fields) {
      const offset = child.at - node.at
      if (child.kind === 'scalar') properties.push(accessors(this.#source, field, child.schema, offset))
      else members.push(`    this[${JSON.stringify(field)}] = new ${this.classOf(child)}($o + ${offset})`)
    }
    return viewClass(name, members, properties)
  }
}

/** Getter and setter of a scalar field. */
const accessors = (source: Source, field: string, schema: Scalar, offset: number): string => {
  const domain = source.bind('domain', schema)
  const put = sizeOf(schema) <= 1024 ? 'put' : 'putMixed'
  const slot = `this.$o + ${offset}`
  // It may be that of an identity, which is any text.
  const name = JSON.stringify(field)
  return [
    `  get ${name}() { return ${decoded(source, schema, `S[readAll(${slot})]`)} }`,
    `  set ${name}(v) {`,
    `    const x = ${codeOf(source, schema)}(v)`,
    `    if (x < 0) faults.outside(PATHS[${slot}], v, ${domain})`,
    `    ${put}(${slot}, x)`,
    `  }`,
  ].join('\n')
}

const setClass = (
  source: Source,
  name: string,
  { schema, slots }: Extract<Node, { kind: 'set' }>,
): string => {
  const code = codeOf(source, schema)
  const domain = source.bind('domain', schema)
  const [word, bit] =
    slots === 1 ? ['this.$o', 'x'] : [`this.$o + (x / ${SLOT_BITS} | 0)`, `x % ${SLOT_BITS}`]
  const all = (each: (slot: string) => string): string[] =>
    Array.from({ length: slots }, (_, i) => each(`this.$o + ${i}`))
  const walk = `for (let x = 0, b = 0; x < ${schema.values.length}; x++) if (b = ${bit}, ((S[readBit(${word}, b)] >>> b) & 1) === 1)`
  const element = elementText(source, schema)
  return [
    `class ${name} {`,
    `  constructor($o) { hide(this, '$o', $o); Object.freeze(this) }`,
    `  has(v) { const x = ${code}(v); return x >= 0 && ((S[readBit(${word}, ${bit})] >>> ${bit}) & 1) === 1 }`,
    `  add(v) {`,
    `    const x = ${code}(v)`,
    `    if (x < 0) faults.outside(PATHS[this.$o], v, ${domain})`,
    `    const b = ${bit}, i = readBit(${word}, b)`,
    `    putBit(i, S[i] | (1 << b), b)`,
    `  }`,
    `  delete(v) {`,
    `    const x = ${code}(v)`,
    `    if (x < 0) return false`,
    `    const b = ${bit}, i = readBit(${word}, b), had = ((S[i] >>> b) & 1) === 1`,
    `    putBit(i, S[i] & ~(1 << b), b)`,
    `    return had`,
    `  }`,
    `  clear() {`,
    `    for (let i = this.$o; i < this.$o + ${slots}; i++)`,
    `      for (let b = 0; S[readAll(i)] !== 0; b++) putBit(i, S[i] & ~(1 << b), b)`,
    `  }`,
    `  *[Symbol.iterator]() { ${walk} { yield ${element} } }`,
    `  some(test) { ${walk} if (testSays(test(${element}))) return true; return false }`,
    `  every(test) { ${walk} if (!testSays(test(${element}))) return false; return true }`,
    `  find(test) { ${walk} if (testSays(test(${element}))) return ${element}; return undefined }`,
    `  count(test) { let n = 0; ${walk} if (testSays(test(${element}))) n++; return n }`,
    `  get size() { return ${all((slot) => `popcount(S[readAll(${slot})])`).join(' + ')} }`,
    `}`,
  ].join('\n')
}
