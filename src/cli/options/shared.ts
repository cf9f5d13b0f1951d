/** Options that several commands have, with the same meaning. */
import type { OptionUsage } from './command.ts'

export const WORKERS: OptionUsage = {
  flags: '--workers <count>',
  sentence: 'threads (otherwise: one per processor)',
}
export const STATES_AT_MOST: OptionUsage = {
  flags: '--states <count>',
  sentence: 'stop a search at this many distinct states',
}
export const SECONDS_AT_MOST: OptionUsage = {
  flags: '--seconds <seconds>',
  sentence: 'stop a search after this time',
}
export const WHOLE_JSON: OptionUsage = { flags: '--json', sentence: 'print the whole result as JSON' }
export const JUNIT_FILE: OptionUsage = { flags: '--junit <file>', sentence: 'write the result as JUnit XML' }
export const SARIF_FILE: OptionUsage = {
  flags: '--sarif <file>',
  sentence: 'write the result as SARIF 2.1.0',
}
export const OUTPUT_FILE: OptionUsage = {
  flags: '--output <file>',
  sentence: 'write to this file rather than to standard output',
}
export const THEME: OptionUsage = { flags: '--theme <theme>', sentence: 'light (otherwise) or dark' }
