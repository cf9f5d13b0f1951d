/** Where mutation testing keeps what it needs, from the root of the tree. */
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..')
/** Ignored by git. */
export const KEPT = '.mutation'
/** Copies of the tree in which the tests run; outside of node_modules, where Vitest looks for no tests. */
export const SANDBOX = `${KEPT}/sandbox`
/** The keys of the mutants to run. */
export const CHOSEN = `${KEPT}/chosen.json`
/** What became of each mutant, one a line. */
export const RESULTS = `${KEPT}/results.jsonl`
