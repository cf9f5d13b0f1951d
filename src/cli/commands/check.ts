/** `clustercheck check [TARGET]`: one scheme or one file with a model, or what a file of expectations lists. */

import { isTemporal } from '../../modelling/property.ts'
import { onlyIn } from '../../report/results/only.ts'
import { resultJson } from '../../report/results/result-json.ts'
import { adviceText } from '../../report/terminal/advice-text.ts'
import { coloured } from '../../report/terminal/check-colours.ts'
import { checkText } from '../../report/terminal/check-text.ts'
import { exitText } from '../../report/terminal/exit-text.ts'
import { quietText, resultText } from '../../report/terminal/result-text.ts'
import { sweepText } from '../../report/terminal/sweep-text.ts'
import { folded } from '../../report/text/columns.ts'
import { printedProgram } from '../../search/packed/printed-program.ts'
import { MOST_STATES } from '../../search/packed/storage/chunks.ts'
import { ADVICE_OPTIONS, adviceFor } from '../advice/options.ts'
import type { CheckpointSettings } from '../jobs/search-job.ts'
import {
  countOf,
  countUpTo,
  given,
  oneOfWords,
  type RawOptions,
  secondsOf,
  sizeOf,
  workersOf,
} from '../options/arguments.ts'
import { BITSTATE_OPTIONS, bitstateOf, needRoom, swarmOf } from '../options/bitstate.ts'
import { SECONDS_AT_MOST, STATES_AT_MOST, WORKERS } from '../options/shared.ts'
import { queuedInParts } from '../parts/options.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT, exitOf } from '../process/exit-codes.ts'
import { VERSION } from '../process/version.ts'
import { printCauses, printSwarm } from '../results/causes.ts'
import { placesOf } from '../results/places.ts'
import { leads, REPORT_OPTIONS, report, reportsOf, VACUITY, vacuityOf } from '../results/reports.ts'
import { prepareUpdate, update } from '../results/update.ts'
import { watch } from '../results/watch.ts'
import { buildHash, CACHE_OPTIONS, cacheOf } from '../saved/cache.ts'
import { prepareCheckpoints, requireCheckpoints } from '../saved/checkpoints.ts'
import { configTargets, foundConfig, readConfig } from '../targets/config.ts'
import { focusOf } from '../targets/focuses.ts'
import { labelsOf, withOnly } from '../targets/only.ts'
import { namedScope, SCOPE } from '../targets/schemes.ts'
import { sweptNames } from '../targets/settings.ts'
import { type Target, targetOf } from '../targets/targets.ts'
import { defaultBytes, defaultWorkers, searchTargets } from '../workers/search-run.ts'

/** A search that keeps states gives each a number. */
const numbered = countUpTo(MOST_STATES)

export const check = queuedInParts('check', {
  options: [
    SCOPE,
    {
      flags: '--set <name=value>',
      sentence:
        'set a parameter of the model in a file; of several values, as in managers=3..6 or lossy=true,false, each makes a model, and a table shows all',
      repeats: true,
    },
    { flags: '--config <file>', sentence: 'the file of expectations (otherwise: clustercheck.config.ts)' },
    {
      flags: '--update',
      sentence: 'write what is found into the file of expectations, and show what changed; not in CI',
    },
    {
      flags: '--watch',
      sentence: 'check again whenever a file of the model, the cluster, its extensions or the config changes',
    },
    {
      flags: '--exact',
      sentence: 'compare whole states, also where they do not fit into 62 bits (otherwise: fingerprints)',
    },
    {
      flags: '--symmetry',
      sentence: 'search one state of those that differ in the names of interchangeable identities only',
    },
    {
      flags: '--deadlock',
      sentence: 'check for deadlocks: states without successor that the model does not call final',
    },
    STATES_AT_MOST,
    SECONDS_AT_MOST,
    {
      flags: '--memory <size>',
      sentence:
        'memory for the tables of a search, such as 512MB (otherwise: 3/4 of what is free); what it does not need soon goes to a file, and it stops when the rest does not fit',
    },
    ...BITSTATE_OPTIONS,
    WORKERS,
    {
      flags: '--only <labels>',
      sentence:
        'check these properties only, such as MID-1,SEQ-1; searches that check none of them are not made',
    },
    {
      flags: '--trace',
      sentence:
        'print the trace of every violation, and of what is reached or measured (otherwise: of the first violation)',
    },
    {
      flags: '--quiet',
      sentence: 'print what is not as expected, a line each, and the line that explains the exit code',
    },
    {
      flags: '--expected <verdicts>',
      sentence:
        'good: each violation makes the exit code 1; declared: not one that the scheme or the config declares (otherwise: good for a TARGET, declared for a config)',
    },
    {
      flags: '--checkpoint <folder>',
      sentence: 'save each search to this folder from time to time, and when it is cut',
    },
    { flags: '--every <seconds>', sentence: 'time between two checkpoints at least (otherwise: 60)' },
    { flags: '--resume <folder>', sentence: 'resume searches from the checkpoints in this folder' },
    {
      flags: '--profile',
      sentence:
        'say what each action costs and which variables multiply the states; each search then has one thread',
    },
    {
      flags: '--causes <count>',
      sentence: 'list up to this many distinct ways in which each violated property fails',
    },
    {
      flags: '--print-program',
      sentence: 'print the program that is generated for the search instead of running it',
    },
    { flags: '--search <name>', sentence: 'the search whose program is printed, where there are several' },
    ...ADVICE_OPTIONS,
    ...CACHE_OPTIONS,
    VACUITY,
    ...REPORT_OPTIONS,
  ],
  async run({ argument, options, terminal, queue }) {
    const limits = {
      states: given(options, 'states', options.bitstate === undefined ? numbered : countOf) ?? Infinity,
      seconds: given(options, 'seconds', secondsOf) ?? Infinity,
    }
    const causes = given(options, 'causes', countUpTo(10_000))
    if (causes !== undefined && options.json === true)
      throw new UsageError({ problem: '--causes prints text; it cannot be given with --json.' })
    const memory = given(options, 'memory', sizeOf)
    const bitstate = bitstateOf(options)
    const swarm = swarmOf(options)
    const vacuity = vacuityOf(options)
    const workers = given(options, 'workers', workersOf) ?? defaultWorkers()
    const only = labelsOf(options, 'only')
    if (options.quiet === true && options.trace === true)
      throw new UsageError({ problem: '--quiet prints no trace; it cannot be given with --trace.' })
    if (options.watch === true) return watch(terminal)
    const config = configOf(argument, options)
    if (options.update === true) prepareUpdate(config, options)
    const expected =
      given(options, 'expected', (option, text) => oneOfWords(option, text, ['good', 'declared'] as const)) ??
      (config ? 'declared' : 'good')
    const targets = withOnly(
      config
        ? await configTargets(config, await readConfig(config))
        : await Promise.all(namesOf(argument, options).map((name) => targetOf(name, namedScope(options)))),
      only,
      { deadlock: options.deadlock === true },
    )
    const search = given(options, 'search', (_, text) => text)
    if (options.printProgram === true) {
      terminal.out(await programText(targets, search, options))
      return EXIT.asExpected
    }
    if (search !== undefined)
      throw new UsageError({
        problem: `--search ${search} says whose program to print; --print-program is missing.`,
        hint: `to judge by some properties only, use --only; validate makes one search of an extension`,
      })
    refuseRuns(targets, options)
    const saving = savingOf(options, targets)
    const reports = await reportsOf(options)
    const searches = targets.reduce((sum, { suite }) => sum + suite.focuses.length, 0)
    const bytes = memory ?? (queue ? Infinity : defaultBytes(Math.min(workers, searches)))
    needRoom(bitstate, bytes)
    const local = await cacheOf(options, terminal)
    const { suites, interrupted, run } = await searchTargets(targets, {
      settings: {
        exact: options.exact === true || 'free',
        deadlock: options.deadlock === true,
        ...(saving && { saving }),
        profile: options.profile === true,
        symmetry: options.symmetry === true,
        limits: { ...limits, bytes },
        ...(bitstate && { bitstate }),
      },
      swarm,
      workers,
      executor: queue,
      terminal,
      cache: queue ? queue.cached(local) : local,
    })
    if (options.update === true) return update(config!, suites, terminal)
    const places = leads(reports) ? placesOf(targets, config) : undefined
    const reported = suites.map((suite, i) => {
      const { scope } = targets[i]!
      return {
        suite: only ? onlyIn(suite, only) : suite,
        ...(scope && { scope }),
        places: places?.[i],
      }
    })
    const { columns } = terminal
    const shown = { columns, traces: options.trace === true ? 'all' : 'first' } as const
    const advising = await adviceFor(options, {
      targets,
      suites: reported.map(({ suite }) => suite),
      interrupted,
      only,
    })
    const printsText = !reports.printsJson && !reports.reporter && options.quiet !== true
    // Advice takes its time, and the verdicts are there.
    if (advising && printsText) {
      terminal.painted(`${checkText(reported[0]!.suite, { ...shown, vacuity })}\n`, coloured)
      terminal.err('Looking for what would repair it; --no-advice leaves that out.\n')
    }
    const advised = await advising?.({ workers, bytes, terminal })
    const result = resultJson(reported, {
      advised,
      clustercheck: VERSION,
      command: 'check',
      expected,
      only,
      vacuity,
      interrupted,
      run,
      ...(config && { config }),
    })
    const code = exitOf(result.outcome)
    const how = { ...shown, code }
    const text = (): string => {
      if (options.quiet === true) return quietText(result, how)
      if (config) return resultText(result, how)
      if (targets.length > 1) return sweepText(result)
      const last = exitText(result, code)
      return advised
        ? `${adviceText(advised, columns)}\n${folded(last, columns).join('\n')}\n`
        : checkText(reported[0]!.suite, { ...shown, vacuity, last })
    }
    await report(result, reports, { terminal, text, paint: coloured })
    if (swarm !== undefined && !reports.printsJson)
      for (const [i, suite] of suites.entries()) printSwarm(suite, targets[i]!, terminal)
    if (causes !== undefined && !interrupted)
      for (const [i, suite] of suites.entries())
        await printCauses(suite, targets[i]!, { most: causes, limits: { ...limits, bytes }, terminal })
    return code
  },
})

/** The targets of a command line without a file of expectations: several where a parameter has several values. */
const namesOf = (argument: string, options: RawOptions): readonly string[] => {
  const names = given(options, 'set', (_, text) => sweptNames(argument, text)) ?? [argument]
  const odd = [...FOR_ONE, 'trace' as const].find((name) => name !== 'set' && options[name] !== undefined)
  if (names.length > 1 && odd !== undefined)
    throw new UsageError({
      problem: `--set makes ${names.length} models, and --${flagOf(odd)} is for one.`,
    })
  return names
}

/** The generated program of one search of the one target. */
const programText = (
  [target]: readonly Target[],
  search: string | undefined,
  options: RawOptions,
): Promise<string> =>
  printedProgram(focusOf(target!.name, target!.suite.focuses, search).model, {
    exact: options.exact === true || 'free',
    symmetry: options.symmetry === true,
    profile: options.profile === true,
  })

/** Properties of whole runs need all states and steps. */
const refuseRuns = (targets: readonly Target[], { symmetry, bitstate }: RawOptions): void => {
  const option = symmetry === true ? '--symmetry' : bitstate !== undefined ? '--bitstate' : undefined
  if (option === undefined) return
  for (const { suite } of targets)
    for (const { model } of suite.focuses) {
      const compared = model.properties.find(({ kind }) => kind === 'refines')
      if (compared)
        throw new UsageError({
          problem: `${compared.name} compares a model with its specification, for which all states and steps are kept; ${option} does not keep them.`,
          hint: `leave ${option} out, or the property`,
        })
      const found = model.properties.find(isTemporal)
      if (found)
        throw new UsageError({
          problem: `${found.name} is a property of whole runs (${found.kind}), for which all states and steps are kept; ${option} does not keep them.`,
          hint: `leave ${option} out, or the property`,
        })
    }
}

/** What makes sense for one target only. */
const FOR_ONE = ['set', 'scope', 'checkpoint', 'resume', 'bitstate', 'printProgram'] as const

const flagOf = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

/** The file of expectations, where no target is named. */
const configOf = (target: string, options: RawOptions): string | undefined => {
  const named = given(options, 'config', (_, text) => text)
  if (target !== '') {
    if (named === undefined) return undefined
    throw new UsageError({ problem: `${target} and --config ${named} both say what to check; only one can.` })
  }
  const config = named ?? foundConfig()
  const odd = FOR_ONE.find((name) => options[name] !== undefined)
  if (odd === undefined) return config
  throw new UsageError({ problem: `--${flagOf(odd)} is for one TARGET, and none was named.` })
}

/** Where the searches of the one target are saved and taken up. */
const savingOf = (options: RawOptions, [target]: readonly Target[]): CheckpointSettings | undefined => {
  const every = given(options, 'every', secondsOf) ?? 60
  const resume = given(options, 'resume', (_, text) => text)
  const folder = given(options, 'checkpoint', (_, text) => text) ?? resume
  if (folder === undefined && options.every !== undefined)
    throw new UsageError({
      problem: '--every says how often --checkpoint or --resume saves; neither was given.',
    })
  if (folder === undefined) return undefined
  if (resume !== undefined) requireCheckpoints(resume, target!)
  prepareCheckpoints(folder)
  return { target: target!.name, folder, every, build: buildHash(), ...(resume !== undefined && { resume }) }
}
