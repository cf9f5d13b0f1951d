/** Runs the explorer until the terminal that started it ends it. */
import { plotted } from '../../capture/plot-points.ts'
import type { StartView } from '../../explore/page-data.ts'
import { capturePage } from '../../explore/pages/capture-page.ts'
import type { ReportView } from '../../explore/report-view.ts'
import type { ScopeName } from '../../search/suite.ts'
import { looksLikeFile } from '../files/load-file.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT, type ExitCode } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'
import { VERSION } from '../process/version.ts'
import { judged } from '../results/judge-capture.ts'
import type { Cache } from '../saved/cache.ts'
import { focusOf } from '../targets/focuses.ts'
import { targetOf } from '../targets/targets.ts'
import { tokenData } from '../targets/tokens.ts'
import { defaultBytes, SIGNALS } from '../workers/search-run.ts'
import { openBrowser } from './browser.ts'
import { exportTo } from './export.ts'
import { beginning, Places } from './places.ts'
import { answering } from './requests.ts'
import { serve } from './server.ts'
import { Threads } from './threads.ts'

/** How the explorer is started. */
export interface ExploreOptions {
  readonly host: string
  readonly port: number
  /** Whether a browser is opened. */
  readonly opens: boolean
  readonly scope: ScopeName | undefined
  readonly search: string | undefined
  /** Where results are looked up and kept. */
  readonly cache: Cache | undefined
}

/** Captures are known by the ends of their names. */
const CAPTURE = /\.p?cap(ng)?(\.gz)?$/i

/** Searches that may run at one time, for their share of memory. */
const SEARCHES = 4

/** Serves until a signal comes. Throws `UsageError` or `ModelFault`. */
export const explored = async (
  operands: readonly string[],
  options: ExploreOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const places = new Places()
  const start = await startOf(operands, options, places)
  const files = operands.filter(
    (operand) => !isToken(operand) && !CAPTURE.test(operand) && looksLikeFile(operand),
  )
  const threads = new Threads()
  const server = await serve(
    options,
    answering({ start, places, threads, bytes: defaultBytes(SEARCHES), files, cache: options.cache }),
  )
  const ended = new Promise<void>((settle) => {
    for (const signal of SIGNALS) process.once(signal, () => settle())
  })
  terminal.out(`${server.address}\n`)
  terminal.err('Ctrl-C ends it; whoever has the whole address can drive it.\n')
  const removeFile = options.opens ? openBrowser(server.address) : () => {}
  await ended
  removeFile()
  server.close()
  for (const text of threads.end()) terminal.err(`${text}\n`)
  return EXIT.asExpected
}

const isToken = (operand: string): boolean => /^cc\d+:/.test(operand)

/** Lets in what the command line names; the first of it is opened. */
const startOf = async (
  operands: readonly string[],
  { scope, search }: ExploreOptions,
  places: Places,
): Promise<StartView> => {
  const [first] = operands
  let token: string | undefined
  let report: StartView['report']
  for (const operand of operands) {
    if (isToken(operand)) {
      // Damage is said here, not on the page.
      places.give(tokenData(operand).target)
      await places.opened(operand)
      if (operand === first) token = operand
    } else if (CAPTURE.test(operand)) {
      if (operand !== first)
        throw new UsageError({ problem: `A capture is explored alone; ${operand} comes after ${first}.` })
      report = await reportOf(operand)
    } else {
      places.give(operand)
      const target = await places.target(operand, scope)
      if (operand === first) {
        const { focuses } = target.suite
        token = beginning(target, focusOf(target.name, focuses, search ?? focuses[0]!.name))
      }
    }
  }
  return { version: VERSION, ...(token !== undefined && { token }), ...(report && { report }) }
}

/** Judges a capture. Throws `UsageError`. */
const reportOf = async (file: string): Promise<ReportView> => {
  const plot = plotted()
  const result = await judged(file, { ikePorts: [], window: 64, keys: new Map(), watch: plot.take })
  return capturePage(file, result, plot.series())
}

/** Writes a page with the graph of a target. Throws `UsageError` or `ModelFault`. */
export const exported = async (
  operand: string,
  folder: string,
  { scope, search }: Pick<ExploreOptions, 'scope' | 'search'>,
  terminal: Terminal,
): Promise<ExitCode> => {
  if (isToken(operand) || CAPTURE.test(operand))
    throw new UsageError({
      problem: `--export takes a scheme or a file with a model or cluster; it was given ${operand}.`,
    })
  const isScheme = !looksLikeFile(operand)
  const target = await targetOf(operand, scope ?? (isScheme ? 'small' : undefined))
  const { focuses } = target.suite
  const focus = focusOf(target.name, focuses, search ?? focuses[0]!.name)
  await exportTo(folder, target, focus, terminal)
  return EXIT.asExpected
}
