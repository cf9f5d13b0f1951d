/** What Stryker is given: it knows ranges of lines, so single mutants are picked out here, and each result is kept at once. */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin'
import { fromOne, keyOf } from './mutants.mjs'
import { CHOSEN, ROOT } from './places.mjs'
import { keep } from './results.mjs'

const chosen = () => new Set(JSON.parse(readFileSync(join(ROOT, CHOSEN), 'utf8')))

class OnlyChosen {
  async init() {
    this.keys = chosen()
  }

  /** In one group: asked one by one, thousands would take long. */
  async group(mutants) {
    return [mutants.map(({ id }) => id)]
  }

  async check(mutants) {
    const judged = (mutant) =>
      this.keys.has(keyOf(fromOne(mutant)))
        ? { status: 'passed' }
        : { status: 'compileError', reason: 'not in the sample' }
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, judged(mutant)]))
  }
}

class Kept {
  constructor() {
    this.keys = chosen()
    this.done = 0
  }

  onMutantTested(result) {
    const key = keyOf(result)
    if (!this.keys.has(key)) return
    // What some of the tests have not noticed, others may.
    if (process.env.MUTATION_TESTS === undefined || result.status === 'Killed')
      keep(key, relative(ROOT, result.fileName), result.status, result.statusReason?.split('\n')[0])
    this.done += 1
    console.log(
      `${this.done} of ${this.keys.size}: ${result.status.toLowerCase()}  ${key.replace(/\s+/g, ' ').slice(0, 150)}`,
    )
  }
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.Checker, 'chosen', OnlyChosen),
  declareClassPlugin(PluginKind.Reporter, 'kept', Kept),
]
