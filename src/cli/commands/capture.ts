/** `clustercheck capture FILE`: the monitors of the matrix judge a packet capture. */
import { readFileSync } from 'node:fs'
import type { KeyTable } from '../../capture/ike-keys.ts'
import type { CaptureOptions } from '../../capture/judge.ts'
import type { CaptureResult } from '../../capture/result.ts'
import type { Caption } from '../../report/caption.ts'
import { countOf, given, type RawOptions } from '../arguments.ts'
import { captureInput } from '../capture-input.ts'
import type { Command } from '../command.ts'
import { messageOf, UsageError } from '../errors.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { writeFile } from '../output-files.ts'
import { VERSION } from '../version.ts'

export const capture: Command = {
  name: 'capture',
  sentence: 'Judge a packet capture by the monitors of the matrix.',
  argument: { name: 'FILE', sentence: 'a capture in pcap or pcapng format, also gzip; - is standard input' },
  options: [
    { flags: '--ike-port <ports>', sentence: 'UDP ports of IKE besides 500 and 4500, such as 10500,14500' },
    {
      flags: '--window <packets>',
      sentence: 'packets that the replay window of a receiver spans (otherwise: 64)',
    },
    {
      flags: '--ikev2-keys <file>',
      sentence: "keys of IKE SAs, in the form of Wireshark's ikev2_decryption_table",
    },
    {
      flags: '--since-failover <time>',
      sentence:
        'count violations from this time on: seconds after the first frame, or a date such as 2026-11-23T10:00:00Z',
    },
    {
      flags: '--scheme <scheme>',
      sentence: 'ask instead whether the IKE messages are a behaviour of the model of this scheme',
    },
    {
      flags: '--states <n>',
      sentence: 'with --scheme: states of the model that are kept at one time (otherwise: 50000)',
    },
    {
      flags: '--output <file>',
      sentence: 'draw the first violation into this .svg, .png, .dot or .txt file',
    },
    { flags: '--junit <file>', sentence: 'write the result as JUnit XML' },
    { flags: '--sarif <file>', sentence: 'write the result as SARIF 2.1.0' },
    { flags: '--json', sentence: 'print the whole result as JSON' },
  ],
  examples: ['capture failover.pcap', 'capture failover.pcapng --output violation.svg'],
  async run({ argument, options, terminal }) {
    const scheme = given(options, 'scheme', (_, name) => name)
    if (scheme !== undefined) return explained(argument, scheme, options, terminal)
    if (options.states !== undefined)
      throw new UsageError({ problem: '--states needs --scheme: only a model has states.' })
    const output = given(options, 'output', (_, text) => formatOf(text))
    const wanted = await wantedOf(options)
    const junit = given(options, 'junit', (_, path) => path)
    const sarif = given(options, 'sarif', (_, path) => path)
    const result = await judged(argument, wanted)
    const { captureText } = await import('../../report/capture-text.ts')
    const { captureJson } = await import('../../report/capture-json.ts')
    const { UNDECIDABLE } = await import('../../../properties/capture.ts')
    terminal.out(
      options.json === true
        ? `${JSON.stringify(captureJson(argument, result), null, 2)}\n`
        : captureText(argument, result, UNDECIDABLE, terminal.columns),
    )
    if (junit !== undefined) {
      const { captureJunit } = await import('../../report/capture-junit.ts')
      writeFile(junit, captureJunit(argument, result))
    }
    if (sarif !== undefined) {
      const { captureSarif } = await import('../../report/capture-sarif.ts')
      writeFile(sarif, captureSarif(argument, result, VERSION))
    }
    if (output && !(await drawn(argument, result, output)))
      terminal.err('Nothing is violated, so nothing was drawn.\n')
    return exitOf(result)
  },
}

/** Whether the capture is a behaviour of a scheme; that is all that is answered, and the exit code says it. */
const explained = async (
  file: string,
  name: string,
  options: RawOptions,
  terminal: Parameters<Command['run']>[0]['terminal'],
): Promise<ExitCode> => {
  const other = ['output', 'junit', 'sarif', 'sinceFailover'].find((option) => options[option] !== undefined)
  if (other !== undefined)
    throw new UsageError({
      problem: `--${other === 'sinceFailover' ? 'since-failover' : other} is about violations and cannot be given with --scheme, which asks another question.`,
    })
  const { conformanceOf, exitOfConformance, namedScheme, STATES } = await import('../conformance.ts')
  const scheme = await namedScheme(name)
  const limit = given(options, 'states', countOf) ?? STATES
  const { collector } = await import('../../conformance/collector.ts')
  const seen = collector()
  const result = await judged(file, { ...(await wantedOf(options)), observe: seen.take })
  const conformance = await conformanceOf(scheme, seen, result, limit)
  const { conformanceJson, conformanceText } = await import('../../report/conformance-text.ts')
  terminal.out(
    options.json === true
      ? `${JSON.stringify(conformanceJson(file, conformance), null, 2)}\n`
      : conformanceText(file, conformance, terminal.columns),
  )
  return exitOfConformance(conformance)
}

/** Signs alone are no violation; what could not be read, or not be told from what is harmless, was not judged. */
export const exitOf = ({ verdicts, damage }: CaptureResult): ExitCode => {
  if (verdicts.some(({ verdict }) => verdict === 'violated')) return EXIT.violation
  const isOpen = damage.unreadable > 0 || verdicts.some(({ verdict }) => verdict === 'undecided')
  return isOpen ? EXIT.cut : EXIT.asExpected
}

type Wanted = Pick<CaptureOptions, 'ikePorts' | 'window' | 'keys' | 'since' | 'observe'>

/** What the command line asks for. */
const wantedOf = async (options: RawOptions): Promise<Wanted> => {
  const keys = given(options, 'ikev2Keys', (_, path) => path)
  const since = given(options, 'sinceFailover', timeOf)
  return {
    ikePorts: given(options, 'ikePort', portsOf) ?? [],
    window: given(options, 'window', countOf) ?? 64,
    keys: keys === undefined ? new Map() : await keysOf(keys),
    ...(since && { since }),
  }
}

/** The keys in a file. Throws `UsageError` when it cannot be used. */
const keysOf = async (path: string): Promise<KeyTable> => {
  const { keyTable } = await import('../../capture/ike-keys.ts')
  try {
    return keyTable(readFileSync(path, 'utf8'))
  } catch (error) {
    const fault = error instanceof Error && error.name === 'CaptureFault'
    throw new UsageError({
      problem: fault ? `${path} ${error.message}` : `${path} cannot be read: ${messageOf(error)}.`,
      hint: 'each line is SPIi,SPIr,SK_ei,SK_er,"cipher",SK_ai,SK_ar,"integrity"',
    })
  }
}

const judged = async (file: string, wanted: Wanted): Promise<CaptureResult> => {
  const { captureJudge } = await import('../../capture/judge.ts')
  const { CaptureFault } = await import('../../capture/fault.ts')
  const { captureMonitors, captureSymptoms } = await import('../../../properties/capture.ts')
  const judge = captureJudge({ monitors: captureMonitors, symptoms: captureSymptoms, ...wanted })
  const { chunks, short } = captureInput(file)
  try {
    for await (const chunk of chunks) judge.push(chunk)
    return judge.end(short() !== undefined)
  } catch (error) {
    if (!(error instanceof CaptureFault)) throw error
    throw new UsageError({
      problem: `${file === '-' ? 'Standard input' : file} ${error.message}`,
      hint: 'write a capture with tcpdump -w or dumpcap; pcap and pcapng are read, also packed with gzip',
    })
  }
}

type Format = 'svg' | 'png' | 'dot' | 'txt'
interface Output {
  readonly path: string
  readonly format: Format
}

const formatOf = (path: string): Output => {
  const format = /\.(svg|png|dot|txt)$/i.exec(path)?.[1]?.toLowerCase() as Format | undefined
  if (!format)
    throw new UsageError({
      problem: `--output takes a .svg, .png, .dot or .txt file; it was given '${path}'.`,
    })
  return { path, format }
}

/** Draws the first violation; whether there is one. */
const drawn = async (file: string, result: CaptureResult, { path, format }: Output): Promise<boolean> => {
  const { stories } = await import('../../report/capture-story.ts')
  const story = stories(file, result)[0]
  if (!story) return false
  writeFile(path, await pictureOf(story, format))
  return true
}

const pictureOf = async (
  {
    trace,
    caption,
  }: {
    readonly trace: Parameters<typeof import('../../report/lanes.ts').lanesDot>[0]
    readonly caption: Caption
  },
  format: Format,
): Promise<string | Uint8Array> => {
  if (format === 'txt') return (await import('../../report/trace-text.ts')).traceText(trace, caption)
  const dot = (await import('../../report/lanes.ts')).lanesDot(trace, caption)
  if (format === 'dot') return dot
  const { pngOf, svgOf } = await import('../../report/render.ts')
  const svg = await svgOf(dot)
  return format === 'svg' ? svg : pngOf(svg)
}

const portsOf = (option: string, text: string): readonly number[] =>
  text.split(',').map((port) => {
    const value = Number(port)
    if (port.trim() === '' || !Number.isInteger(value) || value < 1 || value > 65_535)
      throw new UsageError({
        problem: `${option} takes UDP ports from 1 to 65535, such as 10500,14500; it was given '${text}'.`,
      })
    return value
  })

/** Seconds after the first frame, or a date. */
const timeOf = (option: string, text: string): { readonly time: number; readonly relative: boolean } => {
  const seconds = Number(text)
  if (text.trim() !== '' && Number.isFinite(seconds) && seconds >= 0)
    return { time: seconds, relative: seconds < 1e8 }
  const date = Date.parse(text)
  if (Number.isNaN(date))
    throw new UsageError({
      problem: `${option} takes seconds after the first frame or a date such as 2026-11-23T10:00:00Z; it was given '${text}'.`,
    })
  return { time: date / 1000, relative: false }
}
