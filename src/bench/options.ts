/** What the benchmarks that run in rounds are told: `[ROUNDS [MODEL...]] [--only NAME]...`. */
import { parseArgs } from 'node:util'

export interface BenchOptions {
  readonly rounds: number
  readonly models: readonly string[]
  /** Names of what is run; absent: all. */
  readonly only: readonly string[] | undefined
}

/** Reads them off the command line; ends the process when the number of rounds is none. */
export const benchOptions = (defaultRounds: number): BenchOptions => {
  const {
    positionals: [roundsText = String(defaultRounds), ...models],
    values: { only },
  } = parseArgs({ allowPositionals: true, options: { only: { type: 'string', multiple: true } } })
  const rounds = Number(roundsText)
  if (Number.isInteger(rounds) && rounds >= 1) return { rounds, models, only }
  console.error(`The number of rounds is '${roundsText}'; it must be a whole number from 1.`)
  process.exit(2)
}
