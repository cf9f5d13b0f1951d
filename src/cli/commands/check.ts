/** `clustercheck check [TARGET]`: one scheme or one file with a model, or what a file of expectations lists. */

import { isTemporal } from '../../modelling/property.ts'
import { resultJson } from '../../report/results/result-json.ts'
import { adviceText } from '../../report/terminal/advice-text.ts'
import { checkText } from '../../report/terminal/check-text.ts'
import { resultText } from '../../report/terminal/result-text.ts'
import { sweepText } from '../../report/terminal/sweep-text.ts'
import { printedProgram } from '../../search/packed/printed-program.ts'
import { ADVICE_OPTIONS, advisedOf } from '../advice/options.ts'
import type { CheckpointSettings } from '../jobs/search-job.ts'
import {
  countOf,
  countUpTo,
  given,
  type RawOptions,
  secondsOf,
  sizeOf,
  workersOf,
} from '../options/arguments.ts'
import { BITSTATE_OPTIONS, bitstateOf, needRoom } from '../options/bitstate.ts'
import type { Command } from '../options/command.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT, exitOf } from '../process/exit-codes.ts'
import { VERSION } from '../process/version.ts'
import { printCauses } from '../results/causes.ts'
import { REPORT_OPTIONS, report, reportsOf, VACUITY, vacuityOf } from '../results/reports.ts'
import { buildHash, CACHE_OPTIONS, cacheOf } from '../saved/cache.ts'
import { prepareCheckpoints, requireCheckpoints } from '../saved/checkpoints.ts'
import { configTargets, foundConfig, readConfig } from '../targets/config.ts'
import { focusOf } from '../targets/focuses.ts'
import { namedScope, SCOPE } from '../targets/schemes.ts'
import { sweptNames } from '../targets/settings.ts'
import { type Target, targetOf } from '../targets/targets.ts'
import { defaultBytes, defaultWorkers, searchTargets } from '../workers/search-run.ts'

export const check: Command = {
  name: 'check',
  sentence: 'Judge every property of one scheme, of the model in a file, or of all that is listed in a file.',
  argument: {
    name: 'TARGET',
    sentence:
      "a scheme's name, or a .ts, .mts, .js or .mjs file whose default export is a model; without it, what clustercheck.config.ts lists is compared with what is expected there",
    count: 'optional',
  },
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
      flags: '--exact',
      sentence: 'compare whole states, also where they do not fit into 62 bits (otherwise: fingerprints)',
    },
    {
      flags: '--symmetry',
      sentence: 'search one state of those that differ in the names of interchangeable identities only',
    },
    { flags: '--deadlock', sentence: 'judge states without successor that the model does not call final' },
    { flags: '--states <count>', sentence: 'stop a search at this many distinct states' },
    { flags: '--seconds <seconds>', sentence: 'stop a search after this time' },
    {
      flags: '--memory <size>',
      sentence:
        'stop a search when its tables have this size, such as 512MB (otherwise: 3/4 of the free memory)',
    },
    ...BITSTATE_OPTIONS,
    { flags: '--workers <count>', sentence: 'threads (otherwise: one per processor)' },
    {
      flags: '--trace',
      sentence: 'print a trace for what is reached or measured as well as for what is violated',
    },
    {
      flags: '--checkpoint <folder>',
      sentence: 'save each search to this folder from time to time, and when it is cut',
    },
    { flags: '--every <seconds>', sentence: 'time between two checkpoints at least (otherwise: 60)' },
    { flags: '--resume <folder>', sentence: 'take searches up from the checkpoints in this folder' },
    {
      flags: '--profile',
      sentence:
        'say what each action costs and which variables multiply the states; each search then has one thread',
    },
    {
      flags: '--causes <count>',
      sentence: 'list up to so many distinct ways in which each violated property fails',
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
  examples: [
    'check single-gateway',
    'check',
    'check my-model.ts --deadlock',
    'check my-model.ts --set managers=3..6',
    'check my-model.ts --states 1000000 --json',
    'check my-model.ts --junit report.xml --sarif report.sarif',
    'check my-model.ts --bitstate 2GB --seconds 3600',
  ],
  async run({ argument, options, terminal }) {
    const limits = {
      states: given(options, 'states', countOf) ?? Infinity,
      seconds: given(options, 'seconds', secondsOf) ?? Infinity,
    }
    const causes = given(options, 'causes', countUpTo(10_000))
    if (causes !== undefined && options.json === true)
      throw new UsageError({ problem: '--causes prints text; it cannot be given with --json.' })
    const memory = given(options, 'memory', sizeOf)
    const bitstate = bitstateOf(options)
    const vacuity = vacuityOf(options)
    const workers = given(options, 'workers', workersOf) ?? defaultWorkers()
    const config = configOf(argument, options)
    const targets = config
      ? await configTargets(config, await readConfig(config))
      : await Promise.all(namesOf(argument, options).map((name) => targetOf(name, namedScope(options))))
    const search = given(options, 'search', (_, text) => text)
    if (options.printProgram === true) {
      terminal.out(await programText(targets, search, options))
      return EXIT.asExpected
    }
    if (search !== undefined)
      throw new UsageError({
        problem: `--search ${search} says whose program to print; --print-program is missing.`,
      })
    refuseRuns(targets, options)
    const saving = savingOf(options, targets)
    const reports = reportsOf(options)
    const searches = targets.reduce((sum, { suite }) => sum + suite.focuses.length, 0)
    const bytes = memory ?? defaultBytes(Math.min(workers, searches))
    needRoom(bitstate, bytes)
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
      workers,
      terminal,
      cache: await cacheOf(options, terminal),
    })
    const reported = suites.map((suite, i) => {
      const { scope } = targets[i]!
      return { suite, ...(scope && { scope }) }
    })
    const advised = await advisedOf(options, { targets, suites, interrupted, workers, bytes, terminal })
    const result = resultJson(reported, {
      advised,
      clustercheck: VERSION,
      command: 'check',
      expected: config ? 'declared' : 'good',
      vacuity,
      interrupted,
      run,
      ...(config && { config }),
    })
    const { columns } = terminal
    const text = (): string =>
      config
        ? resultText(result, columns)
        : targets.length > 1
          ? sweepText(result)
          : checkText(suites[0]!, { columns, witnesses: options.trace === true, vacuity }) +
            (advised ? `\n${adviceText(advised, columns)}` : '')
    report(result, reports, { terminal, text })
    if (causes !== undefined && !interrupted)
      for (const [i, suite] of suites.entries())
        await printCauses(suite, targets[i]!, { most: causes, limits: { ...limits, bytes }, terminal })
    return exitOf(result.outcome)
  },
}

/** The targets of a command line without a file of expectations: several where a parameter has several values. */
const namesOf = (argument: string, options: RawOptions): readonly string[] => {
  const names = given(options, 'set', (_, text) => sweptNames(argument, text)) ?? [argument]
  const odd = FOR_ONE.find((name) => name !== 'set' && options[name] !== undefined)
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
const FOR_ONE = ['set', 'scope', 'checkpoint', 'resume', 'bitstate', 'trace', 'printProgram'] as const

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
