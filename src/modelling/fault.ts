/** Faults of a model: what the checker refuses to search, as data; the text is made in one place. */

import { printable } from './printable.ts'

/** What is known about a fault. */
export interface FaultData {
  /** One sentence, subject first, with the two values that disagree. */
  readonly problem: string
  readonly model?: string
  /** The action instance, as printed. */
  readonly step?: string
  /** The variable concerned, such as `member.A.sent`. */
  readonly variable?: string
  /** Names of the steps that led here, the first an initial state. */
  readonly path?: readonly string[]
  readonly hint?: string
}

/** Thrown for a model that is not well formed: a value outside its domain, a guard that writes, a duplicate name. */
export class ModelFault extends Error {
  readonly data: FaultData

  constructor(data: FaultData) {
    super(faultText(data))
    this.name = 'ModelFault'
    this.data = data
  }

  /** The same fault with more known about it; what was known stays. */
  with(more: Partial<FaultData>): ModelFault {
    return new ModelFault({ ...more, ...this.data })
  }
}

/** Refuses a model; throws. */
export type Fail = (problem: string, hint?: string) => never

/** The text of a fault: the problem, then where it happened. */
export const faultText = ({ problem, model, step, path, hint }: FaultData): string => {
  const lines = [problem]
  if (model !== undefined) lines.push(`  model  ${model}`)
  if (step !== undefined) lines.push(`  in     ${step}`)
  if (path && path.length > 0) lines.push(`  after  ${path.join(', ')}`)
  if (hint !== undefined) lines.push(`  hint   ${hint}`)
  return lines.join('\n')
}

/** Shows a value in a sentence: strings quoted, everything else as written in code. */
export const quote = (value: unknown): string => {
  if (typeof value === 'string') return `'${printable(value)}'`
  if (value instanceof Set) return `{${[...value].join(', ')}}`
  if (typeof value === 'object' && value !== null) {
    try {
      return JSON.stringify(value)
    } catch {
      return 'an object that cannot be shown'
    }
  }
  return String(value)
}

/** What was thrown, in one line. A model may throw anything, also what throws when it is looked at. */
export const thrownText = (thrown: unknown): string => {
  try {
    const text = thrown instanceof Error ? String(thrown.message) : quote(thrown)
    return text.replace(/\.$/, '')
  } catch {
    return 'something that cannot be shown'
  }
}

/** Refuses fields that nothing reads: in JavaScript no compiler finds a misspelt name. Throws `ModelFault`. */
export const checkFields = (what: string, body: object, known: readonly string[]): void => {
  const odd = Object.keys(body).find((field) => !known.includes(field))
  if (odd !== undefined)
    throw new ModelFault({
      problem: `${what} has a field ${quote(odd)}, which nothing reads. Known: ${known.join(', ')}.`,
    })
}
