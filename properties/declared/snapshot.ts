/** A snapshot of declared verdicts: the lines of its file, and what they say of each scheme. */
import type { Declared, ScopeName, Verdict } from '../../src/search/suite.ts'

/** What is declared of one scheme at one scope. */
export interface Declaration {
  /** Distinct states by name of focus. */
  readonly states: Readonly<Record<string, number>>
  /** Verdicts other than `holds`, and the numbers of measures, by label. */
  readonly verdicts: Readonly<Record<string, Declared>>
  /** Actions that none of its searches takes. */
  readonly idle: readonly string[]
}

export type Declarations = Readonly<Record<string, Declaration>>

/** One line of a file: what it says is true of one scheme. */
export type Line = { readonly scheme: string } & (
  | { readonly search: string; readonly states: number }
  | { readonly verdict: Verdict; readonly properties: readonly string[] }
  | { readonly measures: Readonly<Record<string, number>> }
  | { readonly idle: readonly string[] }
)

/** The file of a scope. */
export interface Snapshot {
  readonly $schema: string
  readonly scope: ScopeName
  readonly lines: readonly Line[]
}

/** What the lines say, by scheme. */
export const declarationsIn = (lines: readonly Line[]): Declarations => {
  const found: Record<
    string,
    { states: Record<string, number>; verdicts: Record<string, Declared>; idle: readonly string[] }
  > = {}
  for (const line of lines) {
    found[line.scheme] ??= { states: {}, verdicts: {}, idle: [] }
    const of = found[line.scheme]!
    if ('search' in line) of.states[line.search] = line.states
    else if ('verdict' in line) for (const label of line.properties) of.verdicts[label] = line.verdict
    else if ('measures' in line) Object.assign(of.verdicts, line.measures)
    else of.idle = line.idle
  }
  return found
}

/** The lines that say this of a scheme. */
export const linesOf = (scheme: string, { states, verdicts, idle }: Declaration): readonly Line[] => {
  const byVerdict = new Map<Verdict, string[]>()
  const measures: Record<string, number> = {}
  for (const [label, declared] of Object.entries(verdicts))
    if (typeof declared === 'number') measures[label] = declared
    else byVerdict.set(declared, [...(byVerdict.get(declared) ?? []), label])
  return [
    ...Object.entries(states).map(([search, count]): Line => ({ scheme, search, states: count })),
    ...[...byVerdict].sort().map(([verdict, properties]): Line => ({ scheme, verdict, properties })),
    ...(Object.keys(measures).length > 0 ? [{ scheme, measures }] : []),
    ...(idle.length > 0 ? [{ scheme, idle }] : []),
  ]
}

/** A file of lines as text: one line of text for each, so that a difference shows what changed of which scheme. */
export const textOf = ({ lines, ...head }: { readonly lines: readonly object[] }): string =>
  `{\n${Object.entries(head)
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)},\n`)
    .join('')}"lines": [\n${lines.map(spaced).join(',\n')}\n]\n}\n`

/** JSON on one line, with a space where a reader wants one. */
const spaced = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([name, inner]) => `${JSON.stringify(name)}: ${spaced(inner)}`)
    .join(', ')}}`
}
