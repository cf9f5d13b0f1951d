/** What is kept of comparisons with a single gateway: the lines of `transparency.json`, which `npm run declare transparency` writes. */

/** One line of the file: what one search of a scheme finds. */
export interface TransparencyLine {
  readonly scheme: string
  /** A part, what fails where it is not a crash, and the level of the attacker. */
  readonly search: string
  /** By label: a verdict, with the steps of a shortest trace. */
  readonly verdicts: Readonly<Record<string, string>>
}

export interface TransparencyFile {
  readonly $schema: string
  readonly lines: readonly TransparencyLine[]
}
