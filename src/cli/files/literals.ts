/**
 * Values written as literals in JSON, JavaScript or TypeScript, with the places at which they stand in the text. So a
 * file can be changed without touching its comments, and a line of it can be named.
 */

/** A value and its place: from `start` up to and without `end`. */
export interface Literal {
  readonly start: number
  readonly end: number
  /** Absent where something else than a literal stands, such as a call. */
  readonly value?: string | number | boolean | null
  /** Of an object, in order. */
  readonly entries?: readonly Entry[]
  /** Of a list. */
  readonly items?: readonly Literal[]
}

/** One property of an object. */
export interface Entry {
  readonly key: string
  /** Where the key begins. */
  readonly start: number
  readonly literal: Literal
}

/** The value of a property of an object. */
export const entryOf = (literal: Literal | undefined, key: string): Literal | undefined =>
  literal?.entries?.find((entry) => entry.key === key)?.literal

/** The line of a place in a text; the first is 1. */
export const lineAt = (text: string, place: number): number => text.slice(0, place).split('\n').length

/**
 * The object that a module exports as default, or that a JSON file holds; undefined where it is not written as one:
 * `export default {...}`, `export default defineConfig({...})`, or a constant that is exported so.
 */
export const exportedObject = (text: string, isJson: boolean): Literal | undefined => {
  if (isJson) return objectAt(text, 0)
  const code = withoutComments(text)
  const exported = /\bexport\s+default\s+/.exec(code)
  if (!exported) return undefined
  const place = exported.index + exported[0].length
  const name = /^([A-Za-z_$][\w$]*)\s*(\()?/.exec(code.slice(place))
  if (!name) return objectAt(text, place)
  if (name[2] !== undefined) return objectAt(text, place + name[0].length)
  const declared = new RegExp(`\\b(?:const|let|var)\\s+${name[1]!.replaceAll('$', '\\$')}\\b[^=]*=\\s*`).exec(
    code,
  )
  return declared ? objectAt(text, declared.index + declared[0].length) : undefined
}

/** The text with spaces for its comments, so that places stay what they are. */
export const withoutComments = (text: string): string =>
  text.replaceAll(/(["'`])(?:\\[\s\S]|(?!\1)[^\\])*\1|\/\/.*|\/\*[\s\S]*?\*\//g, (found) =>
    found.startsWith('/') ? found.replaceAll(/[^\n]/g, ' ') : found,
  )

const objectAt = (text: string, place: number): Literal | undefined => {
  try {
    const found = new Reader(text, place).value()
    return found.entries ? found : undefined
  } catch (error) {
    if (error instanceof NotLiteral) return undefined
    throw error
  }
}

/** Something stands there that this does not know how to read. */
class NotLiteral extends Error {}

const SPACE = /(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*/y
const STRING = /"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'/y
const NUMBER = /-?(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][+-]?\d+)?/y
const WORD = /[A-Za-z_$][\w$]*/y
/** What may follow a value: its type. */
const TYPED = /(?:\s+(?:as|satisfies)\s+[\w.]+(?:\[\])?)+/y

class Reader {
  readonly #text: string
  #place: number

  constructor(text: string, place: number) {
    this.#text = text
    this.#place = place
  }

  value(): Literal {
    this.#take(SPACE)
    const start = this.#place
    const literal = this.#unplaced()
    const end = this.#place
    this.#take(TYPED)
    return { start, end, ...literal }
  }

  #unplaced(): Omit<Literal, 'start' | 'end'> {
    const sign = this.#text[this.#place]
    if (sign === '{') return { entries: this.#listed('}', () => this.#entry()) }
    if (sign === '[') return { items: this.#listed(']', () => this.value()) }
    const string = this.#take(STRING)
    if (string !== undefined) return { value: stringOf(string) }
    const number = this.#take(NUMBER)
    if (number !== undefined) return { value: Number(number.replaceAll('_', '')) }
    const word = this.#take(WORD)
    if (word === 'true' || word === 'false') return { value: word === 'true' }
    if (word === 'null') return { value: null }
    throw new NotLiteral()
  }

  #entry(): Entry {
    const start = this.#place
    const string = this.#take(STRING)
    const key = string === undefined ? this.#take(WORD) : stringOf(string)
    this.#take(SPACE)
    if (key === undefined || this.#text[this.#place] !== ':') throw new NotLiteral()
    this.#place += 1
    return { key, start, literal: this.value() }
  }

  /** Items up to the closing sign, separated by commas; one may stand behind the last. */
  #listed<T>(closing: string, read: () => T): readonly T[] {
    const items: T[] = []
    this.#place += 1
    for (;;) {
      this.#take(SPACE)
      if (this.#text[this.#place] === closing) break
      items.push(read())
      this.#take(SPACE)
      if (this.#text[this.#place] === ',') this.#place += 1
      else if (this.#text[this.#place] !== closing) throw new NotLiteral()
    }
    this.#place += 1
    return items
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#place
    const [found] = pattern.exec(this.#text) ?? []
    if (found === undefined) return undefined
    this.#place += found.length
    return found
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  0: '\0',
}

const stringOf = (quoted: string): string =>
  quoted
    .slice(1, -1)
    .replaceAll(
      /\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|(\r?\n)|([\s\S]))/g,
      (_, long, unit, byte, end, sign) => {
        const code = (long ?? unit ?? byte) as string | undefined
        if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16))
        return end !== undefined ? '' : (ESCAPES[sign as string] ?? (sign as string))
      },
    )

/** The plain value of a literal. */
export const plainOf = ({ value, entries, items }: Literal): unknown =>
  entries
    ? Object.fromEntries(entries.map(({ key, literal }) => [key, plainOf(literal)]))
    : items
      ? items.map(plainOf)
      : value

/** A part of a text and what is to stand there instead. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The text with these changes, none of which overlap. */
export const edited = (text: string, edits: readonly Edit[]): string =>
  [...edits]
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce((sum, { start, end, text: by }) => sum.slice(0, start) + by + sum.slice(end), text)

/** The change that adds `added`, texts of entries or items, to the end of an object or a list. */
export const appending = (text: string, literal: Literal, added: readonly string[]): Edit => {
  const parts = literal.entries?.map(({ start, literal: { end } }) => ({ start, end })) ?? literal.items ?? []
  const [first, last] = [parts[0], parts.at(-1)]
  if (!first || !last) {
    const [before, after] = literal.entries ? ['{ ', ' }'] : ['[', ']']
    return { start: literal.start, end: literal.end, text: before + added.join(', ') + after }
  }
  const start = typedEnd(text, last.end)
  SPACE.lastIndex = start
  const comma = start + (SPACE.exec(text)?.[0].length ?? 0)
  const hasComma = text[comma] === ','
  const end = hasComma ? comma + 1 : start
  const before = `${text.slice(start, hasComma ? comma : start)},`
  const after = hasComma ? ',' : ''
  const margin = text.slice(text.lastIndexOf('\n', last.start) + 1, last.start)
  const isBelow = /^\s*$/.test(margin) && text.slice(literal.start, first.start).includes('\n')
  if (!isBelow) return { start, end, text: `${before} ${added.join(', ')}${after}` }
  // A comment behind the last one on its line stays with it.
  const comment = /^[ \t]*(?:\/\/.*|\/\*.*?\*\/)/.exec(text.slice(end, literal.end - 1))?.[0] ?? ''
  return {
    start,
    end: end + comment.length,
    text: `${before}${comment}${added.map((one) => `\n${margin}${one}`).join(',')}${after}`,
  }
}

const typedEnd = (text: string, end: number): number => {
  TYPED.lastIndex = end
  return end + (TYPED.exec(text)?.[0].length ?? 0)
}
