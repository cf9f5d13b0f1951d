/** `clustercheck check TARGET`: one scheme or one file with a model, all its properties. */
import { checkText } from '../../report/check-text.ts'
import { checkJson } from '../../report/result-json.ts'
import { countOf, given, secondsOf, sizeOf } from '../arguments.ts'
import { BITSTATE_OPTIONS, bitstateOf, needRoom } from '../bitstate.ts'
import { printCauses } from '../causes.ts'
import { prepareCheckpoints, requireCheckpoints } from '../checkpoints.ts'
import type { Command } from '../command.ts'
import { UsageError } from '../errors.ts'
import { checkExit } from '../exit-codes.ts'
import { expectationsOf } from '../expectations.ts'
import { namedScope, SCOPE } from '../schemes.ts'
import { defaultBytes, defaultWorkers, searchTargets } from '../searching.ts'
import { targetOf } from '../targets.ts'

export const check: Command = {
  name: 'check',
  sentence: 'Judge every property of one scheme, or of the model in a file.',
  argument: {
    name: 'TARGET',
    sentence: "a scheme's name, or a .ts, .mts, .js or .mjs file whose default export is a model",
  },
  options: [
    SCOPE,
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
    { flags: '--json', sentence: 'print the result as JSON' },
  ],
  examples: [
    'check single-gateway',
    'check my-model.ts --deadlock',
    'check my-model.ts --states 1000000 --json',
    'check my-model.ts --bitstate 2GB --seconds 3600',
  ],
  async run({ argument, options, terminal }) {
    const limits = {
      states: given(options, 'states', countOf) ?? Infinity,
      seconds: given(options, 'seconds', secondsOf) ?? Infinity,
    }
    const causes = given(options, 'causes', countOf)
    if (causes !== undefined && options.json === true)
      throw new UsageError({ problem: '--causes prints text; it cannot be given with --json.' })
    const memory = given(options, 'memory', sizeOf)
    const every = given(options, 'every', secondsOf) ?? 60
    const resume = given(options, 'resume', (_, text) => text)
    const folder = given(options, 'checkpoint', (_, text) => text) ?? resume
    const bitstate = bitstateOf(options)
    const target = await targetOf(argument, namedScope(options))
    if (resume !== undefined) requireCheckpoints(resume, target)
    if (folder !== undefined) prepareCheckpoints(folder)
    const workers = given(options, 'workers', countOf) ?? defaultWorkers()
    const atOnce = Math.min(workers, target.suite.focuses.length)
    const bytes = memory ?? defaultBytes(atOnce)
    needRoom(bitstate, bytes)
    const { suites, interrupted } = await searchTargets([target], {
      settings: {
        exact: options.exact === true || 'free',
        deadlock: options.deadlock === true,
        ...(folder !== undefined && {
          saving: { target: argument, folder, every, ...(resume !== undefined && { resume }) },
        }),
        profile: options.profile === true,
        symmetry: options.symmetry === true,
        limits: { ...limits, bytes },
        ...(bitstate && { bitstate }),
      },
      workers,
      terminal,
    })
    const suite = suites[0]!
    terminal.out(
      options.json === true
        ? `${JSON.stringify(checkJson(suite), null, 2)}\n`
        : checkText(suite, { columns: terminal.columns, witnesses: options.trace === true }),
    )
    if (causes !== undefined && !interrupted)
      await printCauses(suite, target, { most: causes, limits: { ...limits, bytes }, terminal })
    return checkExit(expectationsOf(suites), interrupted)
  },
}
