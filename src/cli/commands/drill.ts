/** `clustercheck drill TOKEN`: the steps of a counterexample on real gateways. */
import { isIP } from 'node:net'
import type { LabChoice } from '../drill/run.ts'
import { countOf, given, type RawOptions } from '../options/arguments.ts'
import type { Command } from '../options/command.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT, type ExitCode } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'
import { TOKEN } from './replay.ts'

/** Seconds that one drill may take. */
const SECONDS = 120

export const drill: Command = {
  name: 'drill',
  sentence: 'Run a counterexample on a real pair of gateways, and judge what they do.',
  argument: TOKEN,
  options: [
    {
      flags: '--plan',
      sentence: 'print the operations that the trace maps to, and what cannot be mapped; nothing is run',
    },
    {
      flags: '--driver <driver>',
      sentence:
        'strongswan-ha, model (gateways that are the model), or a command that speaks the driver protocol',
    },
    {
      flags: '--lab <lab>',
      sentence:
        'where the gateways are attached: netns, loopback, or vxlan=ADDRESS on which to listen (otherwise: what the driver needs)',
    },
    { flags: '--seconds <n>', sentence: `seconds that a drill may take (otherwise: ${SECONDS})` },
    { flags: '--keep <folder>', sentence: 'keep the captures in this folder' },
    { flags: '--json', sentence: 'print the whole result as JSON' },
  ],
  examples: ['drill TOKEN --plan', 'drill TOKEN --driver strongswan-ha', 'drill TOKEN --driver model'],
  async run({ argument, options, terminal }) {
    const driver = given(options, 'driver', (_, text) => text)
    if (options.plan === true) return printPlan(argument, driver, options, terminal)
    if (driver === undefined)
      throw new UsageError({
        problem: 'drill needs a driver of the gateways, or --plan.',
        hint: 'add --driver strongswan-ha, --driver model, or a command of your own',
      })
    const { plannedBy } = await import('../drill/planned.ts')
    const planned = await plannedBy(argument)
    const { runDrill } = await import('../drill/run.ts')
    const keep = given(options, 'keep', (_, path) => path)
    const result = await runDrill(
      planned,
      {
        driver,
        lab: await labOf(driver, options),
        seconds: given(options, 'seconds', countOf) ?? SECONDS,
        ...(keep !== undefined && { keep }),
      },
      'drill',
    )
    const { drillText } = await import('../../report/drill/drill-text.ts')
    terminal.out(drillText({ ...planned, ...result }, terminal.columns))
    return EXIT_OF[result.judgement.verdict]
  },
}

const EXIT_OF = {
  reproduced: EXIT.violation,
  'not reproduced': EXIT.asExpected,
  'not drivable': EXIT.cut,
} as const

const printPlan = async (
  token: string,
  driver: string | undefined,
  options: RawOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  if (driver !== undefined)
    throw new UsageError({
      problem: '--plan runs nothing, and --driver says what to run; only one can be given.',
    })
  const { plannedBy } = await import('../drill/planned.ts')
  const planned = await plannedBy(token)
  const { planJson, planText } = await import('../../report/drill/plan-text.ts')
  terminal.out(
    options.json === true
      ? `${JSON.stringify(planJson(planned), null, 2)}\n`
      : planText(planned, terminal.columns),
  )
  return planned.plan.gaps.length === 0 ? EXIT.asExpected : EXIT.cut
}

/** Where the gateways of a driver are attached. */
const labOf = async (driver: string, options: RawOptions): Promise<LabChoice> => {
  const { DRIVERS, isShipped } = await import('../drill/run.ts')
  const [program = ''] = driver.split(' ')
  const wanted = given(options, 'lab', labIn)
  return wanted ?? { kind: isShipped(program) ? DRIVERS[program].lab : 'netns' }
}

const labIn = (option: string, text: string): LabChoice => {
  if (text === 'netns' || text === 'loopback') return { kind: text }
  const address = /^vxlan=(.*)$/.exec(text)?.[1]
  if (address !== undefined && isIP(address) === 4) return { kind: 'vxlan', address }
  throw new UsageError({
    problem: `${option} takes netns, loopback, or vxlan= with an IPv4 address, such as vxlan=192.0.2.1; it was given '${text}'.`,
  })
}
