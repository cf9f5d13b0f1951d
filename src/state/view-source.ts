/**
 * The program text of the view classes: objects with the surface of a draft whose accessors read and write
 * slots. One class for each shape, one instance for each place in the state; nothing is allocated later.
 */
import type { RecordOf, Scalar, Schema, SetOf } from '../modelling/schema.ts'
import type { Layout, Message, MessageNode, Node } from './layout.ts'
import { SLOT_BITS, sizeOf } from './layout.ts'
import type { Source } from './source.ts'

/** Messages that one effect may read or take from channels of one shape. */
const HANDED_OUT = 64

/** Writes the view classes of a layout; `S`, `put` and the rest are those of `packed-source.ts`. */
export class ViewWriter {
  readonly #source: Source
  readonly #layout: Layout
  readonly #lines: string[] = []
  readonly #classes = new Map<Schema, string>()
  readonly #codes = new Map<string, string>()
  readonly #messages = new Map<RecordOf, { name: string; encode: readonly string[]; ring: string }>()
  #count = 0
  #scratch = 0

  constructor(source: Source, layout: Layout) {
    this.#source = source
    this.#layout = layout
  }

  /** The text of all classes, and how many slots beyond the state they use for messages handed out. */
  write(): { readonly text: string; readonly scratch: number } {
    for (const root of this.#layout.roots) this.classOf(root)
    return { text: this.#lines.join('\n'), scratch: this.#scratch }
  }

  /** The name of the class for a node. */
  classOf(node: Node): string {
    if (node.kind === 'scalar') throw new TypeError('a scalar has accessors, not a view')
    const known = this.#classes.get(node.schema)
    if (known !== undefined) return known
    const name = `View${this.#count++}`
    this.#classes.set(node.schema, name)
    this.#lines.push(
      node.kind === 'record'
        ? this.#record(name, node)
        : node.kind === 'set'
          ? this.#set(name, node)
          : this.#channel(name, node),
    )
    return name
  }

  #record(name: string, node: Extract<Node, { kind: 'record' }>): string {
    const members: string[] = []
    const accessors: string[] = []
    for (const [field, child] of node.fields) {
      const offset = child.at - node.at
      if (child.kind === 'scalar') accessors.push(this.#accessors(field, child.schema, offset))
      else members.push(`    this[${JSON.stringify(field)}] = new ${this.classOf(child)}($o + ${offset})`)
    }
    return [
      `class ${name} {`,
      `  constructor($o) {`,
      `    this.$o = $o`,
      ...members,
      `  }`,
      ...accessors,
      `}`,
    ].join('\n')
  }

  #accessors(field: string, schema: Scalar, offset: number): string {
    const domain = this.#source.bind('domain', schema)
    const put = sizeOf(schema) <= 1024 ? 'put' : 'putMixed'
    const slot = `this.$o + ${offset}`
    return [
      `  get ${field}() { return ${this.#decode(schema, `S[${slot}]`)} }`,
      `  set ${field}(v) {`,
      `    const x = ${this.#codeOf(schema)}(v)`,
      `    if (x < 0) faults.outside(PATHS[${slot}], v, ${domain})`,
      `    ${put}(${slot}, x)`,
      `  }`,
    ].join('\n')
  }

  /** The expression of the value whose code is `x`. */
  #decode(schema: Scalar, x: string): string {
    switch (schema.kind) {
      case 'bool':
        return `${x} !== 0`
      case 'range':
        return schema.min === 0 ? x : `${x} + ${schema.min}`
      default:
        if (schema.values.length === 1) return JSON.stringify(schema.values[0])
        if (schema.values.length === 2)
          return `(${x} === 0 ? ${JSON.stringify(schema.values[0])} : ${JSON.stringify(schema.values[1])})`
        return `${this.#once(`values ${JSON.stringify(schema.values)}`, (name) => `const ${name} = ${JSON.stringify(schema.values)}`)}[${x}]`
    }
  }

  /** The name of a function from a value to its code, -1 outside the domain. */
  #codeOf(schema: Scalar | SetOf): string {
    if (schema.kind === 'bool')
      return this.#once(
        'bool',
        (name) => `function ${name}(v) { return v === true ? 1 : v === false ? 0 : -1 }`,
      )
    const numbers = schema.kind === 'range' ? schema : numeric(schema.values)
    if (numbers)
      return this.#once(
        `range ${numbers.min} ${numbers.max}`,
        (name) =>
          `function ${name}(v) { return v >= ${numbers.min} && v <= ${numbers.max} && (v | 0) === v ? v - ${numbers.min} : -1 }`,
      )
    const values = (schema as Exclude<typeof schema, { kind: 'range' }>).values
    return this.#once(`codes ${JSON.stringify(values)}`, (name) =>
      [
        `function ${name}(v) {`,
        `  switch (v) {`,
        ...values.map((value, i) => `    case ${JSON.stringify(value)}: return ${i}`),
        `  }`,
        `  return -1`,
        `}`,
      ].join('\n'),
    )
  }

  /** Writes a definition once and returns its name. */
  #once(key: string, define: (name: string) => string): string {
    const known = this.#codes.get(key)
    if (known !== undefined) return known
    const name = `code${this.#count++}`
    this.#codes.set(key, name)
    this.#lines.push(define(name))
    return name
  }

  #set(name: string, { schema, slots }: Extract<Node, { kind: 'set' }>): string {
    const code = this.#codeOf(schema)
    const domain = this.#source.bind('domain', schema)
    const [word, bit] =
      slots === 1 ? ['this.$o', 'x'] : [`this.$o + (x / ${SLOT_BITS} | 0)`, `x % ${SLOT_BITS}`]
    const all = (each: (slot: string) => string): string[] =>
      Array.from({ length: slots }, (_, i) => each(`this.$o + ${i}`))
    return [
      `class ${name} {`,
      `  constructor($o) { this.$o = $o }`,
      `  has(v) { const x = ${code}(v); return x >= 0 && ((S[${word}] >>> ${bit}) & 1) === 1 }`,
      `  add(v) {`,
      `    const x = ${code}(v)`,
      `    if (x < 0) faults.outside(PATHS[this.$o], v, ${domain})`,
      `    const i = ${word}, b = ${bit}`,
      `    putBit(i, S[i] | (1 << b), b)`,
      `  }`,
      `  delete(v) {`,
      `    const x = ${code}(v)`,
      `    if (x < 0) return`,
      `    const i = ${word}, b = ${bit}`,
      `    putBit(i, S[i] & ~(1 << b), b)`,
      `  }`,
      `  clear() {`,
      `    for (let i = this.$o; i < this.$o + ${slots}; i++)`,
      `      for (let b = 0; S[i] !== 0; b++) putBit(i, S[i] & ~(1 << b), b)`,
      `  }`,
      `  get size() { return ${all((slot) => `popcount(S[${slot}])`).join(' + ')} }`,
      `}`,
    ].join('\n')
  }

  #channel(name: string, node: Extract<Node, { kind: 'queue' | 'bag' }>): string {
    const { schema, message } = node
    const domain = this.#source.bind('domain', schema)
    const shape = this.#messageOf(schema.element, message)
    const k = message.slots
    const words = Array.from({ length: k }, (_, j) => j)
    const put = words.map((j) => (2 ** message.bits[j]! <= 1024 ? 'put' : 'putMixed'))
    const store = (slot: string, value: (j: number) => string): string =>
      words.map((j) => `${put[j]}(${slot} + ${j}, ${value(j)})`).join('; ')
    const encode = words.map((j) => `w${j} = ${shape.encode[j]}(m)`).join(', ')
    const outside = words.map((j) => `w${j} < 0`).join(' || ')
    const equal = (slot: string): string => words.map((j) => `S[${slot} + ${j}] === w${j}`).join(' && ')
    const greater = (slot: string): string =>
      words.reduceRight(
        (rest, j) =>
          rest === ''
            ? `S[${slot} + ${j}] > w${j}`
            : `(S[${slot} + ${j}] > w${j} || (S[${slot} + ${j}] === w${j} && ${rest}))`,
        '',
      )
    const shared = [
      `class ${name} {`,
      `  constructor($o) {`,
      `    this.$o = $o`,
      `    this.$live = []`,
      `    for (let i = 0; i < ${schema.capacity}; i++) this.$live.push(new ${shape.name}($o + i * ${k}))`,
      `  }`,
      `  get length() {`,
      `    let n = 0`,
      `    while (n < ${schema.capacity} && S[this.$o + n * ${k}] !== 0) n++`,
      `    return n`,
      `  }`,
      // An effect gets a copy, as it would from an array, because the place may change under its hands.
      `  at(i) {`,
      `    if (!(i >= 0 && i < ${schema.capacity}) || S[this.$o + i * ${k}] === 0) return undefined`,
      `    return writing ? ${shape.ring}(this.$o + i * ${k}) : this.$live[i]`,
      `  }`,
      `  clear() { for (let i = this.$o; i < this.$o + ${schema.capacity * k}; i += ${k}) { ${store('i', () => '0')} } }`,
      `  removeAt(i) {`,
      `    if (!(i >= 0 && i < ${schema.capacity}) || S[this.$o + i * ${k}] === 0) return`,
      `    const end = this.$o + ${(schema.capacity - 1) * k}`,
      `    let s = this.$o + i * ${k}`,
      `    while (s < end && S[s + ${k}] !== 0) { ${store('s', (j) => `S[s + ${k + j}]`)}; s += ${k} }`,
      `    ${store('s', () => '0')}`,
      `  }`,
      // The slots of a channel are called after its messages: net[0], net[1].
      `  get path() { return PATHS[this.$o].slice(0, -3) }`,
    ]
    const prepare = [
      `    const n = this.length`,
      `    if (n === ${schema.capacity}) faults.overflow(this.path, ${domain})`,
      `    const ${encode}`,
      `    if (${outside}) faults.notAMessage(this.path, m, ${domain})`,
    ]
    const own =
      schema.kind === 'queue'
        ? [
            `  push(m) {`,
            ...prepare,
            `    const s = this.$o + n * ${k}`,
            `    ${store('s', (j) => `w${j}`)}`,
            `  }`,
            `  shift() {`,
            `    const head = this.at(0)`,
            `    if (head !== undefined) this.removeAt(0)`,
            `    return head`,
            `  }`,
          ]
        : [
            `  add(m) {`,
            ...prepare,
            `    let s = this.$o + n * ${k}`,
            `    while (s > this.$o && ${greater(`s - ${k}`)}) { ${store('s', (j) => `S[s - ${k} + ${j}]`)}; s -= ${k} }`,
            `    ${store('s', (j) => `w${j}`)}`,
            `  }`,
            `  remove(m) {`,
            `    const ${encode}`,
            `    for (let i = 0, s = this.$o; i < ${schema.capacity} && S[s] !== 0; i++, s += ${k})`,
            `      if (${equal('s')}) return this.removeAt(i)`,
            `    faults.absent(this.path, m, ${domain}, { length: this.length, at: (i) => this.$live[i] })`,
            `  }`,
            `  has(m) { return this.count(m) > 0 }`,
            `  count(m) {`,
            `    const ${encode}`,
            `    let n = 0`,
            `    for (let i = 0, s = this.$o; i < ${schema.capacity} && S[s] !== 0; i++, s += ${k}) if (${equal('s')}) n++`,
            `    return n`,
            `  }`,
            `  isFirstCopy(i) {`,
            `    if (!(i >= 0 && i < ${schema.capacity})) return false`,
            `    const s = this.$o + i * ${k}`,
            `    return S[s] !== 0 && (i === 0 || ${words.map((j) => `S[s + ${j}] !== S[s + ${j - k}]`).join(' || ')})`,
            `  }`,
          ]
    return [...shared, ...own, `}`].join('\n')
  }

  /** The class of a message, its encoders (one for each slot) and the function that hands out a copy. */
  #messageOf(schema: RecordOf, message: Message): { name: string; encode: readonly string[]; ring: string } {
    const known = this.#messages.get(schema)
    if (known) return known
    const name = this.#messageClass(message.root)
    const encode = Array.from({ length: message.slots }, (_, slot) => this.#encoder(message.root, slot))
    const ring = `hand${this.#count++}`
    const first = this.#layout.slots.length + this.#scratch
    this.#scratch += HANDED_OUT * message.slots
    this.#lines.push(
      [
        `const ${ring}s = []`,
        `for (let i = 0; i < ${HANDED_OUT}; i++) ${ring}s.push(new ${name}(${first} + i * ${message.slots}))`,
        `function ${ring}(from) {`,
        `  if (taken === ${HANDED_OUT}) faults.tooMuch('reads of messages', ${HANDED_OUT})`,
        `  const to = ${first} + taken * ${message.slots}`,
        ...Array.from({ length: message.slots }, (_, j) => `  S[to + ${j}] = S[from + ${j}]`),
        `  return ${ring}s[taken++]`,
        `}`,
      ].join('\n'),
    )
    const made = { name, encode, ring }
    this.#messages.set(schema, made)
    return made
  }

  #messageClass(node: MessageNode): string {
    const members: string[] = []
    const accessors: string[] = []
    if (node.kind === 'leaf') {
      const bits = `${field(node)}`
      const { schema } = node
      if (schema.kind !== 'set') throw new TypeError('a scalar has accessors, not a view')
      accessors.push(
        `  has(v) { const x = ${this.#codeOf(schema)}(v); return x >= 0 && ((${bits} >>> x) & 1) === 1 }`,
        `  get size() { return popcount(${bits}) }`,
      )
    } else
      for (const [name, child] of node.fields)
        if (child.kind === 'leaf' && child.schema.kind !== 'set')
          accessors.push(`  get ${name}() { return ${this.#decode(child.schema, field(child))} }`)
        else members.push(`    this.${name} = new ${this.#messageClass(child)}($o)`)
    const name = `Message${this.#count++}`
    this.#lines.push(
      [
        `class ${name} {`,
        `  constructor($o) {`,
        `    this.$o = $o`,
        ...members,
        `  }`,
        ...accessors,
        `}`,
      ].join('\n'),
    )
    return name
  }

  /** A function from a message to the value of one of its slots, -1 when a field is outside its domain. */
  #encoder(root: MessageNode, slot: number): string {
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
        const values = this.#source.bind('values', node.schema.values)
        checks.push(
          `  let ${x} = 0`,
          `  for (let i = 0; i < ${values}.length; i++) if (${path}.has(${values}[i])) ${x} |= 1 << i`,
        )
      } else checks.push(`  const ${x} = ${this.#codeOf(node.schema)}(${path})`, `  if (${x} < 0) return -1`)
      parts.push(`${x} << ${node.packed.shift}`)
    }
    visit(root, 'm')
    const name = `encode${this.#count++}`
    this.#lines.push(
      [`function ${name}(m) {`, ...checks, `  return ${parts.join(' | ') || '0'}`, `}`].join('\n'),
    )
    return name
  }
}

const field = ({ packed, schema }: Extract<MessageNode, { kind: 'leaf' }>): string => {
  const width = schema.kind === 'set' ? schema.values.length : packed.bits
  return `((S[this.$o + ${packed.slot}] >>> ${packed.shift}) & ${2 ** width - 1})`
}

/** The ends of a set's domain when it is a run of ascending numbers. */
const numeric = (values: readonly (string | number)[]): { min: number; max: number } | undefined => {
  const [first] = values
  if (typeof first !== 'number') return undefined
  return { min: first, max: first + values.length - 1 }
}
