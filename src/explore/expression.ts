/**
 * Expressions over a state, as somebody types them: `member.A.up && peer.ike.k0.expects > 1`. They are a small part of the
 * language in which models are written: variables, numbers, words, `!`, `&&`, `||`, `==`, `!=`, `<`, `<=`, `>`, `>=`, `+`,
 * `-`, brackets; `.length` of a channel, `.has(x)` and `.size` of a set, `.some(m => ...)` of a channel. They are read
 * here and never run as a program, so that they can do nothing but look at the state.
 */
import type { Predicate } from '../modelling/property.ts'
import type { RecordOf, Schema } from '../modelling/schema.ts'

/** Characters of an expression, and brackets within each other. */
export const MOST_CHARACTERS = 1_000
const MOST_NESTED = 40

/** An expression that cannot be read; the message is a sentence. */
export class ExpressionError extends Error {}

/** What a part of an expression is, known before it is asked of any state. */
type Kind = 'boolean' | 'number' | 'word'
interface Part {
  readonly kind: Kind
  /** The text, for sentences. */
  readonly text: string
  value(state: object, message?: object): unknown
  /** The words that a variable can be. */
  readonly words?: readonly string[]
}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|('[^']*'|"[^"]*")|(=>|===|!==|==|!=|<=|>=|&&|\|\||[-+!<>().,[\]]))/y

/** Reads an expression over the states of a schema. Throws `ExpressionError`. */
export const expressionOf = (schema: RecordOf, text: string): Predicate => {
  if (text.length > MOST_CHARACTERS)
    throw new ExpressionError(
      `The expression has ${text.length} characters; at most ${MOST_CHARACTERS} are read.`,
    )
  const whole = new Reader(schema, text).whole()
  return (state) => whole.value(state) === true
}

class Reader {
  readonly #schema: RecordOf
  readonly #tokens: readonly string[]
  #at = 0
  #depth = 0
  /** The name that stands for a message, and what it is. */
  #message: { readonly name: string; readonly schema: Schema } | undefined

  constructor(schema: RecordOf, text: string) {
    this.#schema = schema
    this.#tokens = tokensOf(text)
  }

  whole(): Part {
    if (this.#tokens.length === 0) throw new ExpressionError('The expression is empty.')
    const part = this.#either()
    if (this.#at < this.#tokens.length)
      throw new ExpressionError(
        `The expression has '${this.#next}' where it should end or go on with && or ||.`,
      )
    return needed(part, 'boolean')
  }

  get #next(): string {
    return this.#tokens[this.#at] ?? ''
  }

  #take(token: string): boolean {
    if (this.#next !== token) return false
    this.#at += 1
    return true
  }

  #need(token: string): void {
    if (this.#take(token)) return
    throw new ExpressionError(
      `The expression has ${this.#next === '' ? 'nothing more' : `'${this.#next}'`} where '${token}' should be.`,
    )
  }

  #either(): Part {
    this.#depth += 1
    if (this.#depth > MOST_NESTED)
      throw new ExpressionError(`The expression is nested more than ${MOST_NESTED} deep.`)
    let left = this.#both()
    while (this.#take('||')) left = joined(left, this.#both(), '||', (a, b) => a === true || b() === true)
    this.#depth -= 1
    return left
  }

  #both(): Part {
    let left = this.#compared()
    while (this.#take('&&')) left = joined(left, this.#compared(), '&&', (a, b) => a === true && b() === true)
    return left
  }

  #compared(): Part {
    const left = this.#sum()
    const sign = this.#next
    const same = sign === '==' || sign === '==='
    if (same || sign === '!=' || sign === '!==') {
      this.#at += 1
      return equal(left, this.#sum(), same)
    }
    const test = ORDER[sign]
    if (!test) return left
    this.#at += 1
    const [a, b] = [needed(left, 'number'), needed(this.#sum(), 'number')]
    return {
      kind: 'boolean',
      text: `${a.text} ${sign} ${b.text}`,
      value: (s, m) => test(a.value(s, m) as number, b.value(s, m) as number),
    }
  }

  #sum(): Part {
    let left = this.#single()
    while (this.#next === '+' || this.#next === '-') {
      const way = this.#next === '+' ? 1 : -1
      this.#at += 1
      const [a, b] = [needed(left, 'number'), needed(this.#single(), 'number')]
      left = {
        kind: 'number',
        text: `${a.text} ${way > 0 ? '+' : '-'} ${b.text}`,
        value: (s, m) => (a.value(s, m) as number) + way * (b.value(s, m) as number),
      }
    }
    return left
  }

  #single(): Part {
    if (this.#next === '!' || this.#next === '-') {
      const isNot = this.#next === '!'
      this.#at += 1
      this.#depth += 1
      if (this.#depth > MOST_NESTED)
        throw new ExpressionError(`The expression is nested more than ${MOST_NESTED} deep.`)
      const part = needed(this.#single(), isNot ? 'boolean' : 'number')
      this.#depth -= 1
      return isNot
        ? { kind: 'boolean', text: `!${part.text}`, value: (s, m) => part.value(s, m) !== true }
        : { kind: 'number', text: `-${part.text}`, value: (s, m) => -(part.value(s, m) as number) }
    }
    if (this.#take('(')) {
      const part = this.#either()
      this.#need(')')
      return { ...part, text: `(${part.text})` }
    }
    const token = this.#next
    this.#at += 1
    if (token === '') throw new ExpressionError('The expression ends where a variable or a value should be.')
    if (/^\d/.test(token)) return { kind: 'number', text: token, value: () => Number(token) }
    if (/^['"]/.test(token)) {
      const word = token.slice(1, -1)
      return { kind: 'word', text: token, value: () => word }
    }
    if (token === 'true' || token === 'false')
      return { kind: 'boolean', text: token, value: () => token === 'true' }
    if (!/^\w/.test(token))
      throw new ExpressionError(`The expression has '${token}' where a variable or a value should be.`)
    return this.#variable(token)
  }

  #variable(first: string): Part {
    const isMessage = this.#message?.name === first
    // A model may begin its variables with s, as its guards do.
    const root = first === 's' && !Object.hasOwn(this.#schema.fields, 's') && this.#next === '.'
    let schema: Schema = isMessage ? this.#message!.schema : this.#schema
    let text = first
    const names: string[] = []
    const go = (name: string): void => {
      schema = below(schema, name, names.join('.') || (isMessage ? first : 'The state'))
      names.push(name)
    }
    if (!isMessage && !root) go(first)
    for (;;) {
      const get = (s: object, m?: object): unknown => reached(isMessage ? m! : s, names)
      if (this.#take('[')) {
        const index = this.#next
        this.#at += 1
        this.#need(']')
        if (!/^['"]/.test(index))
          throw new ExpressionError(`${text} is followed by [${index}]; a name in quotes should be there.`)
        text += `[${index}]`
        go(index.slice(1, -1))
        continue
      }
      if (this.#next !== '.') return scalar(schema, text, get)
      this.#at += 1
      const name = this.#next
      this.#at += 1
      text += `.${name}`
      if (schema.kind === 'set' || schema.kind === 'queue' || schema.kind === 'bag')
        return this.#of(schema, name, text, get)
      go(name)
    }
  }

  /** What can be asked of sets and channels. */
  #of(
    schema: Extract<Schema, { kind: 'set' | 'queue' | 'bag' }>,
    name: string,
    text: string,
    get: (s: object, m?: object) => unknown,
  ): Part {
    if (schema.kind === 'set') {
      if (name === 'size') {
        // A set tells whether it has something, and no more.
        const count = (set: Has) => schema.values.filter((value) => set.has(value)).length
        return { kind: 'number', text, value: (s, m) => count(get(s, m) as Has) }
      }
      if (name === 'has' && !schema.element) {
        this.#need('(')
        const part = this.#sum()
        this.#need(')')
        const kind = typeof schema.values[0] === 'number' ? 'number' : 'word'
        const asked = needed(part, kind)
        return {
          kind: 'boolean',
          text: `${text}(${asked.text})`,
          value: (s, m) => {
            const value = asked.value(s, m)
            return schema.values.includes(value as never) && (get(s, m) as Has).has(value)
          },
        }
      }
      if (!schema.element)
        throw new ExpressionError(`${text} is not there; of a set there are .has(x) and .size.`)
    } else if (name === 'length')
      return { kind: 'number', text, value: (s, m) => (get(s, m) as Channel).length }
    if (name === 'some' || name === 'every') {
      if (this.#message)
        throw new ExpressionError(`${text} is within another .some or .every; one can be asked.`)
      this.#need('(')
      const named = this.#next
      this.#at += 1
      if (!/^[A-Za-z_]/.test(named))
        throw new ExpressionError(`${text} is followed by '(${named}'; a name and => should be there.`)
      this.#need('=>')
      this.#message = { name: named, schema: schema.element! }
      const test = needed(this.#either(), 'boolean')
      this.#message = undefined
      this.#need(')')
      const wanted = name === 'some'
      return {
        kind: 'boolean',
        text: `${text}(${named} => ${test.text})`,
        value: (s) => {
          for (const one of heldIn(schema, get(s)))
            if ((test.value(s, one) === true) === wanted) return wanted
          return !wanted
        },
      }
    }
    const [what, count] = schema.kind === 'set' ? ['set of records', '.size'] : ['channel', '.length']
    throw new ExpressionError(
      `${text} is not there; of a ${what} there are ${count}, .some(m => ...) and .every(m => ...).`,
    )
  }
}

interface Has {
  has(value: unknown): boolean
}
interface Channel {
  readonly length: number
  at(index: number): object
}

/** The messages of a channel, or the records of a set. */
const heldIn = (schema: Schema, value: unknown): readonly object[] =>
  schema.kind === 'set'
    ? (schema.values as readonly object[]).filter((one) => (value as Has).has(one))
    : Array.from({ length: (value as Channel).length }, (_, i) => (value as Channel).at(i))

const ORDER: Readonly<Record<string, ((a: number, b: number) => boolean) | undefined>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

const tokensOf = (text: string): readonly string[] => {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const from = TOKEN.lastIndex
    const found = TOKEN.exec(text)
    if (!found)
      throw new ExpressionError(
        `The expression has '${text.slice(from).trim()[0]}', which is no part of an expression here.`,
      )
    tokens.push(found[0].trim())
  }
  return tokens
}

const below = (schema: Schema, name: string, where: string): Schema => {
  const names =
    schema.kind === 'record' ? Object.keys(schema.fields) : schema.kind === 'each' ? schema.identities : []
  if (!names.includes(name))
    throw new ExpressionError(
      `${where} has no '${name}'; it has ${names.length === 0 ? 'no parts' : `${names.slice(0, 20).join(', ')}${names.length > 20 ? ', ...' : ''}`}.`,
    )
  return schema.kind === 'record'
    ? schema.fields[name]!
    : (schema as Extract<Schema, { kind: 'each' }>).element
}

const reached = (value: object, names: readonly string[]): unknown =>
  names.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], value)

const scalar = (schema: Schema, text: string, value: Part['value']): Part => {
  switch (schema.kind) {
    case 'bool':
      return { kind: 'boolean', text, value }
    case 'range':
      return { kind: 'number', text, value }
    case 'oneOf':
    case 'id':
      return { kind: 'word', text, value, words: schema.values }
    case 'set':
      throw new ExpressionError(
        `${text} is a set; ask it ${schema.element ? '.some(m => ...)' : '.has(x)'} or .size.`,
      )
    case 'queue':
    case 'bag':
      throw new ExpressionError(`${text} is a channel; ask it .length or .some(m => ...).`)
    case 'each':
      throw new ExpressionError(`${text} has parts: ${schema.identities.slice(0, 20).join(', ')}.`)
    default:
      throw new ExpressionError(`${text} has parts: ${Object.keys(schema.fields).slice(0, 20).join(', ')}.`)
  }
}

const NAMES: Readonly<Record<Kind, string>> = { boolean: 'true or false', number: 'a number', word: 'a word' }

const needed = (part: Part, kind: Kind): Part => {
  if (part.kind === kind) return part
  throw new ExpressionError(`${part.text} is ${NAMES[part.kind]} where ${NAMES[kind]} should be.`)
}

const joined = (
  left: Part,
  right: Part,
  sign: string,
  test: (a: unknown, b: () => unknown) => boolean,
): Part => {
  const [a, b] = [needed(left, 'boolean'), needed(right, 'boolean')]
  return {
    kind: 'boolean',
    text: `${a.text} ${sign} ${b.text}`,
    value: (s, m) => test(a.value(s, m), () => b.value(s, m)),
  }
}

const equal = (a: Part, b: Part, same: boolean): Part => {
  if (a.kind !== b.kind)
    throw new ExpressionError(`${a.text} is ${NAMES[a.kind]} and ${b.text} is ${NAMES[b.kind]}.`)
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const word = one.words && !other.words ? other.value({}) : undefined
    if (word !== undefined && !one.words!.includes(word as string))
      throw new ExpressionError(`${one.text} is never '${word}'; it is one of ${one.words!.join(', ')}.`)
  }
  return {
    kind: 'boolean',
    text: `${a.text} ${same ? '==' : '!='} ${b.text}`,
    value: (s, m) => (a.value(s, m) === b.value(s, m)) === same,
  }
}
