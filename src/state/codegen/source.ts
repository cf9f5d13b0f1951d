/** A piece of generated program text with the values it refers to. */
export class Source {
  readonly #lines: string[] = []
  readonly #names: string[] = []
  readonly #values: unknown[] = []
  readonly #once = new Map<string, string>()
  #count = 0
  readonly #rewrite: (text: string) => string

  /** `rewrite` changes the text before it runs: for tests that show what a broken piece leads to. */
  constructor(rewrite: (text: string) => string = (text) => text) {
    this.#rewrite = rewrite
  }

  add(...lines: readonly string[]): void {
    this.#lines.push(...lines)
  }

  /** The same text to write to, but for words that are replaced in what is added by it. */
  replacing(pattern: RegExp, by: string): Source {
    const other = new Source()
    other.add = (...lines) => this.add(...lines.map((line) => line.replaceAll(pattern, by)))
    other.bind = (prefix, value) => this.bind(prefix, value)
    other.name = (prefix) => this.name(prefix)
    other.once = (key, prefix, define) => this.once(key, prefix, define)
    return other
  }

  /** Opens a part of the text: a heading and a sentence for those who print the program. */
  part(heading: string, sentence: string): void {
    this.add('', `/** == ${heading} == ${sentence} */`)
  }

  /** Makes `value` known to the text under a name of its own. */
  bind(prefix: string, value: unknown): string {
    const name = `${prefix}${this.#names.length}`
    this.#names.push(name)
    this.#values.push(value)
    return name
  }

  /** Makes `value` known under exactly `name`. */
  let(name: string, value: unknown): void {
    this.#names.push(name)
    this.#values.push(value)
  }

  /** A name that no other call returns, for the text to declare. */
  name(prefix: string): string {
    this.#count += 1
    return `${prefix}_${this.#count}`
  }

  /** Adds a definition once for each key and returns the name it was given. */
  once(key: string, prefix: string, define: (name: string) => string): string {
    const known = this.#once.get(key)
    if (known !== undefined) return known
    const name = this.name(prefix)
    this.#once.set(key, name)
    this.add(define(name))
    return name
  }

  /** Runs the text as the body of a strict function and returns what it returns. */
  run(): unknown {
    // Constants rather than parameters: a compiler may take their values for granted.
    const given = this.#names.map((name, i) => `const ${name} = $given[${i}]`)
    const text = [`'use strict'`, ...given, ...this.#lines].join('\n')
    return new Function('$given', this.#rewrite(text))(this.#values)
  }
}
