/** `clustercheck drill TOKEN`: the steps of a counterexample on real gateways. */

import { isIP } from 'node:net'
import type { Drilled, Repeated } from '../../report/drill/drilled.ts'
import type { LabChoice } from '../drill/run.ts'
import { writeFile } from '../files/output-files.ts'
import { countOf, given, type RawOptions } from '../options/arguments.ts'
import type { Command, Invocation } from '../options/command.ts'
import { JUNIT_FILE, WHOLE_JSON } from '../options/shared.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT, type ExitCode } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'
import { CACHE_OPTIONS } from '../saved/cache.ts'

/** Seconds that one drill may take. */
const SECONDS = 120

export const drill: Command = {
  options: [
    {
      flags: '--plan',
      sentence: 'print the operations that the trace maps to, and what cannot be mapped; nothing is run',
    },
    {
      flags: '--driver <driver>',
      sentence:
        'strongswan-ha, "strongswan-ha libreswan=FOLDER" (libreswan is the peer), model (gateways that are the model), or a command that speaks the driver protocol',
    },
    {
      flags: '--lab <lab>',
      sentence:
        'where the gateways are attached: netns, loopback, or vxlan=ADDRESS on which to listen (otherwise: what the driver needs)',
    },
    { flags: '--all', sentence: 'every counterexample of the schemes, which are searched first' },
    {
      flags: '--scheme <names>',
      sentence: 'with --all: these schemes or cluster files only, such as told-before,synch-sas',
    },
    {
      flags: '--walks <n>',
      sentence: 'instead: this many random walks of the --scheme, which has to explain what is sent',
    },
    { flags: '--seed <n>', sentence: 'with --walks: which walks (otherwise: 1)' },
    { flags: '--runs <n>', sentence: 'times that each is run (otherwise: 1)' },
    { flags: '--seconds <n>', sentence: `seconds that one run may take (otherwise: ${SECONDS})` },
    { flags: '--keep <folder>', sentence: 'keep the captures in this folder' },
    { flags: '--html <file>', sentence: 'write a page of the one run: the model beside the wire' },
    JUNIT_FILE,
    WHOLE_JSON,
    ...CACHE_OPTIONS,
  ],
  async run(invocation) {
    const { Interrupted } = await import('../drill/run.ts')
    try {
      return await drilled(invocation)
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error
      invocation.terminal.line('')
      invocation.terminal.err('Interrupted: what the drill made is removed.\n')
      return EXIT.cut
    }
  },
}

const drilled = async ({ operands, options, terminal }: Invocation): Promise<ExitCode> => {
  const walks = given(options, 'walks', countOf)
  if (walks !== undefined) return walk(walks, operands, options, terminal)
  if (options.seed !== undefined)
    throw new UsageError({ problem: '--seed says which walks; --walks is missing.' })
  const tokens = await tokensOf(operands, options, terminal)
  if (options.plan === true) return printPlans(tokens, options, terminal)
  const { driver, lab } = await gatewaysOf(options)
  const { plannedBy } = await import('../drill/planned.ts')
  const { runDrill } = await import('../drill/run.ts')
  const { fileStem } = await import('../results/counterexamples.ts')
  const keep = given(options, 'keep', (_, path) => path)
  const junit = given(options, 'junit', (_, path) => path)
  const html = given(options, 'html', (_, path) => path)
  const runs = given(options, 'runs', countOf) ?? 1
  if (html !== undefined && (tokens.length !== 1 || runs !== 1))
    throw new UsageError({
      problem: `--html shows one run of one counterexample; ${tokens.length === 1 ? `${runs} runs` : `${tokens.length} counterexamples`} were asked for.`,
    })
  const settings = {
    driver,
    lab,
    seconds: given(options, 'seconds', countOf) ?? SECONDS,
    ...(keep !== undefined && { keep }),
  }
  const all: Repeated[] = []
  for (const [i, token] of tokens.entries()) {
    const planned = await plannedBy(token)
    const { scheme, label } = planned.caption
    const results: Drilled[] = []
    for (let run = 1; run <= runs; run++) {
      terminal.line(`${i + 1} of ${tokens.length}: ${scheme}, ${label}, run ${run} of ${runs}`)
      const name = `${fileStem(scheme, label)}${runs > 1 ? `-${run}` : ''}`
      const result = await runDrill(planned, settings, name)
      results.push({ ...planned, ...result })
      // What cannot be driven cannot be driven another time either.
      if (result.judgement.verdict === 'not drivable') break
    }
    all.push({ runs: results })
  }
  terminal.line('')
  if (junit !== undefined) {
    const { drillsJunit } = await import('../../report/drill/drill-junit.ts')
    writeFile(junit, drillsJunit(all))
  }
  const { drillsText, drillText } = await import('../../report/drill/drill-text.ts')
  const { drillsJson } = await import('../../report/drill/drill-json.ts')
  const only = all.length === 1 && runs === 1 ? all[0]!.runs[0] : undefined
  terminal.out(
    options.json === true
      ? `${JSON.stringify(drillsJson(all), null, 2)}\n`
      : only
        ? drillText(only, terminal.columns)
        : drillsText(all, terminal.columns),
  )
  if (html !== undefined) {
    const { drillPage } = await import('../../explore/pages/drill-page.ts')
    const { pageText } = await import('../files/page-text.ts')
    const report = drillPage(all[0]!.runs[0]!)
    writeFile(html, pageText(`${report.title}: drill`, { report }))
  }
  const { verdictOf } = await import('../../report/drill/drilled.ts')
  const codes = all.map((repeated) => EXIT_OF[verdictOf(repeated).verdict])
  return codes.includes(EXIT.violation)
    ? EXIT.violation
    : codes.includes(EXIT.cut)
      ? EXIT.cut
      : EXIT.asExpected
}

/** The tokens that are given, or those of all counterexamples. */
const tokensOf = async (
  operands: readonly string[],
  options: RawOptions,
  terminal: Terminal,
): Promise<readonly string[]> => {
  const schemes = given(options, 'scheme', (_, text) => text.split(',').map((name) => name.trim()))
  if (options.all === true) {
    if (operands.length > 0)
      throw new UsageError({ problem: `--all and ${operands[0]} both say what to drill; only one can.` })
    const { foundTokens } = await import('../drill/found.ts')
    return foundTokens(schemes ?? [], options, terminal)
  }
  if (schemes !== undefined)
    throw new UsageError({
      problem: '--scheme says of what --all finds the counterexamples; --all is missing.',
    })
  if (operands.length === 0)
    throw new UsageError({
      problem: 'drill needs the token of a counterexample, or --all.',
      hint: 'clustercheck check prints a token with each violation',
    })
  return operands
}

const EXIT_OF = {
  reproduced: EXIT.violation,
  'not reproduced': EXIT.asExpected,
  'not drivable': EXIT.cut,
} as const

const printPlans = async (
  tokens: readonly string[],
  options: RawOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  if (options.driver !== undefined)
    throw new UsageError({
      problem: '--plan runs nothing, and --driver says what to run; only one can be given.',
    })
  const { plannedBy } = await import('../drill/planned.ts')
  const { planJson, plansText, planText } = await import('../../report/drill/plan-text.ts')
  const planned = []
  for (const token of tokens) planned.push(await plannedBy(token))
  const [only] = planned
  terminal.out(
    options.json === true
      ? `${JSON.stringify(planJson(planned), null, 2)}\n`
      : planned.length === 1
        ? planText(only!, terminal.columns)
        : plansText(planned, terminal.columns),
  )
  return planned.every(({ plan }) => plan.gaps.length === 0) ? EXIT.asExpected : EXIT.cut
}

/** The gateways that are driven, and where they are attached. */
const gatewaysOf = async (
  options: RawOptions,
): Promise<{ readonly driver: string; readonly lab: LabChoice }> => {
  const driver = given(options, 'driver', (_, text) => text)
  if (driver === undefined)
    throw new UsageError({
      problem: 'drill needs a driver of the gateways, or --plan.',
      hint: 'add --driver strongswan-ha, --driver model, or a command of your own',
    })
  const { DRIVERS, isShipped } = await import('../drill/run.ts')
  const [program = ''] = driver.split(' ')
  const lab = given(options, 'lab', labIn)
  return { driver, lab: lab ?? { kind: isShipped(program) ? DRIVERS[program].lab : 'netns' } }
}

/** Seconds for making a walk small that is not explained. */
const SHRINKING = 180

/** Random walks of one scheme; whether all are explained. */
const walk = async (
  walks: number,
  operands: readonly string[],
  options: RawOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const other = ['all', 'plan', 'runs', 'keep', 'html', 'junit'].find((name) => options[name] !== undefined)
  if (other !== undefined || operands.length > 0)
    throw new UsageError({
      problem: `--walks drives random walks, and ${other === undefined ? operands[0] : `--${other}`} is about counterexamples; only one can be given.`,
    })
  const name = given(options, 'scheme', (_, text) => text)
  if (name === undefined)
    throw new UsageError({ problem: '--walks needs the --scheme whose walks are driven.' })
  const { driver, lab } = await gatewaysOf(options)
  const { namedScheme } = await import('../results/conformance.ts')
  const { driveWalks } = await import('../drill/walks.ts')
  const walked = await driveWalks({
    driver,
    lab,
    seconds: given(options, 'seconds', countOf) ?? SECONDS,
    scheme: await namedScheme(name),
    walks,
    seed: given(options, 'seed', countOf) ?? 1,
    shrinking: SHRINKING,
    onWalk: (done) => terminal.line(`walk ${done + 1} of ${walks}`),
  })
  terminal.line('')
  const { walksJson, walksText } = await import('../../report/drill/walks-text.ts')
  terminal.out(
    options.json === true
      ? `${JSON.stringify(walksJson(walked), null, 2)}\n`
      : walksText(walked, terminal.columns),
  )
  if (walked.counts['not explained'] > 0) return EXIT.violation
  return walked.counts.unknown > 0 ? EXIT.cut : EXIT.asExpected
}

const labIn = (option: string, text: string): LabChoice => {
  if (text === 'netns' || text === 'loopback') return { kind: text }
  const address = /^vxlan=(.*)$/.exec(text)?.[1]
  if (address !== undefined && isIP(address) === 4) return { kind: 'vxlan', address }
  throw new UsageError({
    problem: `${option} takes netns, loopback, or vxlan= with an IPv4 address, such as vxlan=192.0.2.1; it was given '${text}'.`,
  })
}
