/**
 * The program text of messages: a class that reads one out of its slots, encoders that put one into them, and a
 * function that hands out a copy, which stays as it is while the effect changes the channel.
 */
import type { MessageSchema } from '../../modelling/schema.ts'
import type { Layout, Message, MessageNode } from '../layout.ts'
import { codeOf, decoded } from './scalars.ts'
import type { Source } from './source.ts'
import { viewClass } from './view-class.ts'

/** Messages that one effect may read or take from channels of one shape. */
const HANDED_OUT = 64

/** Names of the text for one shape of message. */
export interface MessageNames {
  /** The class; its constructor takes the first slot. Absent for a scalar, which is read where it is. */
  readonly view?: string
  /** For each slot a function from a message to its value, -1 when a field is outside its domain. */
  readonly encode: readonly string[]
  /** The function from a first slot to a copy of the message there, or to the scalar. */
  readonly hand: string
}

/** Writes the text of messages, once for each shape. */
export class MessageWriter {
  readonly #source: Source
  readonly #layout: Layout
  readonly #known = new Map<MessageSchema, MessageNames>()
  #scratch = 0

  constructor(source: Source, layout: Layout) {
    this.#source = source
    this.#layout = layout
  }

  /** Slots beyond the state that messages handed out take. */
  get scratch(): number {
    return this.#scratch
  }

  /** The names for a shape. */
  namesOf(schema: MessageSchema, message: Message): MessageNames {
    const known = this.#known.get(schema)
    if (known) return known
    const source = this.#source
    const encode = Array.from({ length: message.slots }, (_, slot) => encoder(source, message.root, slot))
    const hand = source.name('hand')
    const { root } = message
    if (root.kind === 'leaf' && root.schema.kind !== 'set') {
      source.add(`function ${hand}(from) { return ${decoded(source, root.schema, fieldText(root, 'from'))} }`)
      const names = { encode, hand }
      this.#known.set(schema, names)
      return names
    }
    const view = messageClass(source, root)
    const first = this.#layout.slots.length + this.#scratch
    this.#scratch += HANDED_OUT * message.slots
    source.add(
      `const ${hand}s = []`,
      `for (let i = 0; i < ${HANDED_OUT}; i++) ${hand}s.push(new ${view}(${first} + i * ${message.slots}))`,
      `function ${hand}(from) {`,
      `  if (taken === ${HANDED_OUT}) faults.tooMuch('reads of messages', ${HANDED_OUT})`,
      `  const to = ${first} + taken * ${message.slots}`,
      ...Array.from({ length: message.slots }, (_, j) => `  S[to + ${j}] = S[readAll(from + ${j})]`),
      `  return ${hand}s[taken++]`,
      `}`,
    )
    const names = { view, encode, hand }
    this.#known.set(schema, names)
    return names
  }
}

const messageClass = (source: Source, node: MessageNode): string => {
  const members: string[] = []
  const accessors: string[] = []
  if (node.kind === 'leaf') {
    const bits = fieldText(node)
    const { schema } = node
    if (schema.kind !== 'set') throw new TypeError('a scalar has accessors, not a view')
    accessors.push(
      `  has(v) { const x = ${codeOf(source, schema)}(v); return x >= 0 && ((${bits} >>> x) & 1) === 1 }`,
      `  get size() { return popcount(${bits}) }`,
    )
  } else
    for (const [name, child] of node.fields)
      if (child.kind === 'leaf' && child.schema.kind !== 'set')
        accessors.push(`  get ${name}() { return ${decoded(source, child.schema, fieldText(child))} }`)
      else members.push(`    this.${name} = new ${messageClass(source, child)}($o)`)
  const name = source.name('Message')
  source.add(viewClass(name, members, accessors))
  return name
}

const encoder = (source: Source, root: MessageNode, slot: number): string => {
  const parts: string[] = slot === 0 ? ['1'] : []
  const checks: string[] = []
  const visit = (node: MessageNode, path: string): void => {
    if (node.kind === 'record') {
      for (const [name, child] of node.fields) visit(child, `${path}.${name}`)
      return
    }
    if (node.packed.slot !== slot) return
    const x = `x${checks.length}`
    if (node.schema.kind === 'set') {
      const values = source.bind('values', node.schema.values)
      checks.push(
        `  let ${x} = 0`,
        `  for (let i = 0; i < ${values}.length; i++) if (${path}.has(${values}[i])) ${x} |= 1 << i`,
      )
    } else checks.push(`  const ${x} = ${codeOf(source, node.schema)}(${path})`, `  if (${x} < 0) return -1`)
    parts.push(`${x} << ${node.packed.shift}`)
  }
  visit(root, 'm')
  const name = source.name('encode')
  source.add([`function ${name}(m) {`, ...checks, `  return ${parts.join(' | ') || '0'}`, `}`].join('\n'))
  return name
}

/** The expression of the code of a field. */
const fieldText = ({ packed, schema }: Extract<MessageNode, { kind: 'leaf' }>, first = 'this.$o'): string => {
  const width = schema.kind === 'set' ? schema.values.length : packed.bits
  const slot = `readPart(${first} + ${packed.slot}, ${packed.shift}, ${width})`
  return `((S[${slot}] >>> ${packed.shift}) & ${2 ** width - 1})`
}
