/** The counterexamples of schemes, found by their searches, of which those that the cache knows are not run again. */
import { DEFAULT_SCOPE } from '../../search/suite.ts'
import type { RawOptions } from '../options/arguments.ts'
import type { Terminal } from '../process/terminal.ts'
import { cacheOf } from '../saved/cache.ts'
import { matrixIn } from '../targets/schemes.ts'
import { targetOf } from '../targets/targets.ts'
import { defaultBytes, defaultWorkers, searchTargets } from '../workers/search-run.ts'

/** Tokens of the violated cells of these schemes, of all without any. Throws `UsageError`, `ModelFault`. */
export const foundTokens = async (
  names: readonly string[],
  options: RawOptions,
  terminal: Terminal,
): Promise<readonly string[]> => {
  const all = names.length > 0 ? names : (await matrixIn(DEFAULT_SCOPE)).suites.map(({ name }) => name)
  const targets = []
  for (const name of all) targets.push(await targetOf(name, undefined))
  const workers = defaultWorkers()
  const { suites } = await searchTargets(targets, {
    settings: {
      exact: 'free',
      deadlock: false,
      profile: false,
      symmetry: false,
      limits: { states: Infinity, seconds: Infinity, bytes: defaultBytes(workers) },
    },
    workers,
    terminal,
    cache: await cacheOf(options, terminal),
  })
  return suites.flatMap(({ properties }) =>
    properties.flatMap(({ verdict, shown }) =>
      verdict.verdict === 'violated' && shown ? [shown.caption.token] : [],
    ),
  )
}
