/** `clustercheck init TARGETS...`: writes a file of expectations from what is found today. */

import { existsSync } from 'node:fs'
import { dirname, relative, sep } from 'node:path'
import { goodVerdict, type JudgedSuite } from '../../report/results/judged-suite.ts'
import { counted } from '../../report/text/columns.ts'
import { DEFAULT_SCOPE, type ScopeName } from '../../search/suite.ts'
import { prepareFile, writeFile } from '../files/output-files.ts'
import { given, type RawOptions, workersOf } from '../options/arguments.ts'
import type { Command } from '../options/command.ts'
import { WORKERS } from '../options/shared.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT } from '../process/exit-codes.ts'
import { CACHE_OPTIONS, cacheOf } from '../saved/cache.ts'
import { CONFIG_NAME, type Config, type ConfigTarget, type Expected } from '../targets/config.ts'
import { namedScope, SCOPE } from '../targets/schemes.ts'
import { isOfFile, type Target, targetOf } from '../targets/targets.ts'
import { defaultBytes, defaultWorkers, searchTargets } from '../workers/search-run.ts'
import { check } from './check.ts'
import { answersOf, writeCluster } from './init-cluster.ts'
import { writeExtension } from './init-extension.ts'

const FILE = `${CONFIG_NAME}.ts`

export const init: Command = {
  options: [
    SCOPE,
    {
      flags: '--output <file>',
      sentence: `the file, in TypeScript or, if it ends in .json, JSON (otherwise: ${FILE})`,
    },
    { flags: '--force', sentence: 'overwrite it' },
    WORKERS,
    ...CACHE_OPTIONS,
    {
      flags: '--extension <name>',
      sentence: 'write <name>.ts, an extension for validate, and search nothing',
    },
    {
      flags: '--cluster <file>',
      sentence: 'ask a dozen questions about a cluster, write this file (.yaml or .json), and check it',
    },
    {
      flags: '--answers <answers>',
      sentence:
        'answers for --cluster, such as basis=synch-ike,members=2; without a terminal nothing more is asked',
    },
  ],
  async run(invocation) {
    const { operands, options, terminal } = invocation
    const cluster = given(options, 'cluster', (_, text) => text)
    const answers = given(options, 'answers', answersOf)
    if (cluster !== undefined) {
      await writeCluster(cluster, operands, answers ?? new Map(), terminal)
      const scope = namedScope(options) ?? FIRST_SCOPE
      terminal.out(`${cluster} is written. A first check of it, at the scope ${scope}:\n\n`)
      const code = await check.run({
        ...invocation,
        argument: cluster,
        operands: [cluster],
        options: checkOptions(options, scope),
      })
      terminal.out(
        `\nThe whole check takes longer, and ends with what would repair the cluster:\n  clustercheck check ${cluster}\n`,
      )
      return code
    }
    if (answers) throw new UsageError({ problem: '--answers is for --cluster <file>, which was not given.' })
    const extension = given(options, 'extension', (_, text) => text)
    if (extension !== undefined) return writeExtension(extension, operands, terminal)
    if (operands.length === 0)
      throw new UsageError({
        problem: 'No target was named; expected TARGETS, --cluster <file> or --extension <name>.',
      })
    const output = given(options, 'output', (_, text) => text) ?? FILE
    if (options.force !== true && existsSync(output))
      throw new UsageError({
        problem: `${output} is there already, and what it expects would be lost.`,
        hint: 'give --force to overwrite it, or another file as --output',
      })
    prepareFile(output)
    const workers = given(options, 'workers', workersOf) ?? defaultWorkers()
    const scope = namedScope(options)
    const targets: Target[] = []
    for (const name of new Set(operands)) targets.push(await targetOf(name, scope))
    const limits = { states: Infinity, seconds: Infinity, bytes: defaultBytes(workers) }
    const { suites } = await searchTargets(targets, {
      settings: { exact: 'free', deadlock: false, limits },
      workers,
      terminal,
      cache: await cacheOf(options, terminal),
    })
    const cut = suites.flatMap(({ outcome }) => outcome.outcomes).find((o) => !o.outcome.complete)
    if (cut) {
      terminal.err(`${output} was not written, since the search ${cut.focus.name} was cut.\n`)
      return EXIT.cut
    }
    const config: Config = { targets: suites.map((suite, i) => configTarget(targets[i]!, suite, output)) }
    writeFile(output, output.endsWith('.json') ? `${JSON.stringify(config, null, 2)}\n` : sourceOf(config))
    const count = suites.reduce((sum, suite) => sum + expected(suite).length, 0)
    terminal.out(
      `${output} expects ${counted(count, 'verdict')}. Read it, and write down why a violation is expected.\n`,
    )
    return EXIT.asExpected
  },
}

const configTarget = ({ name, source, scope }: Target, suite: JudgedSuite, output: string): ConfigTarget => {
  const idle = suite.idle.filter(({ found }) => found).map(({ action }) => action)
  return {
    target: isOfFile(source) ? pathFrom(output, name) : name,
    ...(scope !== undefined && scope !== DEFAULT_SCOPE && { scope }),
    expect: Object.fromEntries(
      expected(suite).map(({ verdict }): [string, Expected] => {
        if (verdict.verdict === 'measured') return [verdict.label, verdict.value!]
        const isGood = verdict.verdict === goodVerdict(verdict.kind)
        return [verdict.label, isGood ? verdict.verdict : { verdict: verdict.verdict, reason: REASON }]
      }),
    ),
    ...(idle.length > 0 && { idle }),
  }
}

/** What a cluster file waives has no verdict that is expected. */
const expected = ({ properties }: JudgedSuite): JudgedSuite['properties'] =>
  properties.filter(({ waived }) => !waived)

const REASON = 'so it was when this file was written'

/** The path of a model as the file of expectations names it. */
const pathFrom = (output: string, path: string): string => {
  const near = relative(dirname(output), path).split(sep).join('/')
  return near.startsWith('.') ? near : `./${near}`
}

const sourceOf = (config: Config): string =>
  `/** What clustercheck is expected to find. Written by \`clustercheck init\`, compared by \`clustercheck check\`. */
import type { Config } from 'clustercheck'

export default ${JSON.stringify(config, null, 2)} satisfies Config
`

/** The first check of a new cluster file takes seconds. */
const FIRST_SCOPE: ScopeName = 'small'

/** What it takes over. */
const checkOptions = ({ workers, cache }: RawOptions, scope: ScopeName): RawOptions => ({
  ...(workers !== undefined && { workers }),
  ...(cache !== undefined && { cache }),
  scope,
  advice: false,
})
