/** The program text of a class whose instances stand for one place in the state. */

/** `members` are set once, when an instance is made; `accessors` read, and may write, at its offset `$o`. */
export const viewClass = (name: string, members: readonly string[], accessors: readonly string[]): string =>
  [
    `class ${name} {`,
    `  constructor($o) {`,
    `    hide(this, '$o', $o)`,
    ...members,
    `    Object.freeze(this)`,
    `  }`,
    ...accessors,
    `}`,
  ].join('\n')
