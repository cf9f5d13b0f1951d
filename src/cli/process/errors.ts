/** Mistakes of whoever calls clustercheck, as data; the text is made in one place. */

/** What is known about a mistake. */
export interface UsageData {
  /** One sentence, subject first, with the value at fault and what was possible. */
  readonly problem: string
  /** One honest next step. */
  readonly hint?: string
}

/** Thrown for a command line, a token or a file that cannot be used. */
export class UsageError extends Error {
  readonly data: UsageData

  constructor(data: UsageData) {
    super(usageText(data))
    this.name = 'UsageError'
    this.data = data
  }
}

/** The text of a mistake. */
export const usageText = ({ problem, hint }: UsageData): string =>
  hint === undefined ? problem : `${problem}\n  hint   ${hint}`

/** Thrown when a search ended without a result, which is a defect of clustercheck or a lack of memory. See `diedIn` for models. */
export class SearchDied extends Error {
  constructor(search: string, reason: string) {
    super(`The search of ${search} ended without a result: ${reason}`)
    this.name = 'SearchDied'
  }
}

/** The message of anything that was thrown, in one line. */
export const messageOf = (thrown: unknown): string => {
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  const line = text.trim().split('\n')[0] ?? ''
  return line === '' ? 'no reason given' : line.replace(/[.\s]+$/, '')
}
