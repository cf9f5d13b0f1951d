/** The program text of queues and bags: their messages stand in slots, an empty place is zero. */
import type { Node } from '../layout.ts'
import type { MessageNames } from './messages.ts'
import type { Source } from './source.ts'

/** The text of the class of a channel. */
export const channelClass = (
  source: Source,
  name: string,
  { schema, message }: Extract<Node, { kind: 'queue' | 'bag' }>,
  shape: MessageNames,
): string => {
  const domain = source.bind('domain', schema)
  const k = message.slots
  const words = Array.from({ length: k }, (_, j) => j)
  const put = words.map((j) => (2 ** message.bits[j]! <= 1024 ? 'put' : 'putMixed'))
  const store = (slot: string, value: (j: number) => string): string =>
    words.map((j) => `${put[j]}(${slot} + ${j}, ${value(j)})`).join('; ')
  const encode = words.map((j) => `w${j} = ${shape.encode[j]}(m)`).join(', ')
  const outside = words.map((j) => `w${j} < 0`).join(' || ')
  const equal = (slot: string): string =>
    words.map((j) => `S[readAll(${slot} + ${j})] === w${j}`).join(' && ')
  const greater = (slot: string): string =>
    words.reduceRight(
      (rest, j) =>
        rest === ''
          ? `S[readAll(${slot} + ${j})] > w${j}`
          : `(S[readAll(${slot} + ${j})] > w${j} || (S[${slot} + ${j}] === w${j} && ${rest}))`,
      '',
    )
  // The lowest bit of a message's first slot says that there is one.
  const present = (slot: string): string => `S[readPart(${slot}, 0, 1)] !== 0`
  const hand = (i: string): string => `${shape.hand}(this.$o + ${i} * ${k})`
  const live = (i: string): string => (shape.view === undefined ? hand(i) : `this.$live[${i}]`)
  const shown = (i: string): string =>
    shape.view === undefined ? hand(i) : `(writing ? ${hand(i)} : ${live(i)})`
  const walk = `for (let i = 0; i < ${schema.capacity} && ${present(`this.$o + i * ${k}`)}; i++)`
  const shared = [
    `class ${name} {`,
    `  constructor($o) {`,
    `    hide(this, '$o', $o)`,
    ...(shape.view === undefined
      ? []
      : [
          `    hide(this, '$live', [])`,
          `    for (let i = 0; i < ${schema.capacity}; i++) this.$live.push(new ${shape.view}($o + i * ${k}))`,
        ]),
    `    Object.freeze(this)`,
    `  }`,
    `  get length() {`,
    `    let n = 0`,
    `    while (n < ${schema.capacity} && ${present(`this.$o + n * ${k}`)}) n++`,
    `    return n`,
    `  }`,
    // An effect gets a copy, as it would from an array, because the place may change under its hands.
    `  at(i) {`,
    `    if (!(i >= 0 && i < ${schema.capacity} && (i | 0) === i) || !(${present(`this.$o + i * ${k}`)})) return undefined`,
    `    return ${shown('i')}`,
    `  }`,
    `  *[Symbol.iterator]() { ${walk} yield ${shown('i')} }`,
    `  some(test) { ${walk} if (testSays(test(${shown('i')}))) return true; return false }`,
    `  every(test) { ${walk} if (!testSays(test(${shown('i')}))) return false; return true }`,
    `  find(test) { ${walk} { const m = ${shown('i')}; if (testSays(test(m))) return m } return undefined }`,
    `  ${schema.kind === 'queue' ? 'count' : '$countIf'}(test) { let n = 0; ${walk} if (testSays(test(${shown('i')}))) n++; return n }`,
    `  clear() { for (let i = this.$o; i < this.$o + ${schema.capacity * k}; i += ${k}) { ${store('i', () => '0')} } }`,
    `  removeAt(i) {`,
    `    if (!(i >= 0 && i < ${schema.capacity} && (i | 0) === i) || !(${present(`this.$o + i * ${k}`)})) return`,
    `    const end = this.$o + ${(schema.capacity - 1) * k}`,
    `    let s = this.$o + i * ${k}`,
    `    while (s < end && ${present(`s + ${k}`)}) { ${store('s', (j) => `S[readAll(s + ${k + j})]`)}; s += ${k} }`,
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
          `    while (s > this.$o && ${greater(`s - ${k}`)}) { ${store('s', (j) => `S[readAll(s - ${k} + ${j})]`)}; s -= ${k} }`,
          `    ${store('s', (j) => `w${j}`)}`,
          `  }`,
          `  remove(m) {`,
          `    const ${encode}`,
          `    for (let i = 0, s = this.$o; i < ${schema.capacity} && ${present('s')}; i++, s += ${k})`,
          `      if (${equal('s')}) return this.removeAt(i)`,
          `    faults.absent(this.path, m, ${domain}, { length: this.length, at: (i) => ${live('i')} })`,
          `  }`,
          `  has(m) { return this.count(m) > 0 }`,
          `  count(m) {`,
          `    if (typeof m === 'function') return this.$countIf(m)`,
          `    const ${encode}`,
          `    let n = 0`,
          `    for (let i = 0, s = this.$o; i < ${schema.capacity} && ${present('s')}; i++, s += ${k}) if (${equal('s')}) n++`,
          `    return n`,
          `  }`,
          `  isFirstCopy(i) {`,
          `    if (!(i >= 0 && i < ${schema.capacity} && (i | 0) === i)) return false`,
          `    const s = this.$o + i * ${k}`,
          `    return ${present('s')} && (i === 0 || ${words.map((j) => `S[readAll(s + ${j})] !== S[readAll(s + ${j - k})]`).join(' || ')})`,
          `  }`,
        ]
  return [...shared, ...own, `}`].join('\n')
}
