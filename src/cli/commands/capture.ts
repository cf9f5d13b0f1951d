/** `clustercheck capture FILE`: the monitors of the matrix judge a packet capture. */

import { isIP } from 'node:net'
import { type Expectation, expectationOf } from '../../capture/expectations.ts'
import type { SoFar } from '../../capture/judge.ts'
import type { CaptureResult } from '../../capture/result.ts'
import type { Caption } from '../../report/trace/caption.ts'
import { writeFile } from '../files/output-files.ts'
import { countOf, given, type RawOptions } from '../options/arguments.ts'
import type { Command } from '../options/command.ts'
import { JUNIT_FILE, SARIF_FILE, WHOLE_JSON } from '../options/shared.ts'
import { UsageError } from '../process/errors.ts'
import type { ExitCode } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'
import { VERSION } from '../process/version.ts'
import { exitOf, isStream, judged, judgedTogether, keysOf, type Wanted } from '../results/judge-capture.ts'

export const capture: Command = {
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
      flags: '--cluster <addresses>',
      sentence:
        'addresses of the cluster, such as 192.0.2.1,192.0.2.2 (otherwise: where a station takes over)',
    },
    {
      flags: '--since-failover <time>',
      sentence:
        'count violations from this time on: seconds after the first frame, or a date such as 2026-11-23T10:00:00Z',
    },
    {
      flags: '--follow',
      sentence: 'print findings as they come; an interrupt gives the verdict on what was read',
    },
    {
      flags: '--expect <known>',
      sentence: 'violations that are known and do not count, such as SEQ-1@0xcfe9d777,MID-1',
    },
    {
      flags: '--config <file>',
      sentence: 'without FILE: the file of expectations (otherwise: clustercheck.config.*)',
    },
    {
      flags: '--scheme <scheme>',
      sentence:
        'ask instead whether the IKE messages are a behaviour of the model of this scheme or cluster file',
    },
    {
      flags: '--states <n>',
      sentence: 'with --scheme: states of the model that are kept at one time (otherwise: 50000)',
    },
    {
      flags: '--output <file>',
      sentence: 'draw the first violation into this .svg, .png, .dot or .txt file',
    },
    {
      flags: '--html <file>',
      sentence: 'write one page: verdicts, each violation drawn, sequence numbers over time, outages',
    },
    JUNIT_FILE,
    SARIF_FILE,
    WHOLE_JSON,
  ],
  async run({ argument, operands, options, terminal }) {
    if (argument === '')
      return (await import('../results/expected-captures.ts')).expectedCaptures(options, terminal)
    if (options.config !== undefined)
      throw new UsageError({
        problem: `--config lists what to judge, and ${argument} says it too; only one can.`,
      })
    const scheme = given(options, 'scheme', (_, name) => name)
    const several = operands.length > 1
    const alone = several && ['scheme', 'follow'].find((option) => options[option] !== undefined)
    if (alone)
      throw new UsageError({ problem: `--${alone} takes one capture; ${operands.length} were given.` })
    if (several && operands.includes('-'))
      throw new UsageError({ problem: 'Several captures are files; standard input is one of those given.' })
    if (scheme !== undefined) return explained(argument, scheme, options, terminal)
    if (options.states !== undefined)
      throw new UsageError({ problem: '--states needs --scheme: only a model has states.' })
    const output = given(options, 'output', (_, text) => formatOf(text))
    const junit = given(options, 'junit', (_, path) => path)
    const sarif = given(options, 'sarif', (_, path) => path)
    const html = given(options, 'html', (_, path) => path)
    const known = given(options, 'expect', knownOf) ?? []
    const wanted = await wantedOf(options, terminal)
    const follow = options.follow === true ? await followingOf(options, terminal) : undefined
    const { plotted } = await import('../../capture/plot-points.ts')
    const plot = html === undefined ? undefined : plotted()
    const all = { ...wanted, ...(plot && { watch: plot.take }) }
    const judgedResult = several ? await judgedTogether(operands, all) : await judged(argument, all, follow)
    const { result, unmet } = (await import('../../capture/expectations.ts')).expecting(judgedResult, known)
    for (const { text } of unmet) terminal.err(`${text} was expected, and was not found.\n`)
    const code = exitOf(result, isStream(argument))
    if (options.json === true) {
      const { captureJson } = await import('../../report/captures/capture-json.ts')
      const { jsonPieces } = await import('../../report/text/json-pieces.ts')
      for (const piece of jsonPieces(captureJson(argument, result))) terminal.out(piece)
      terminal.out('\n')
    } else {
      const { captureText } = await import('../../report/captures/capture-text.ts')
      const { captureExitText } = await import('../../report/captures/capture-exit.ts')
      const { coloured } = await import('../../report/captures/capture-colours.ts')
      const { UNDECIDABLE } = await import('../../../properties/capture.ts')
      const last = captureExitText(result, code, isStream(argument))
      terminal.painted(captureText(argument, result, UNDECIDABLE, terminal.columns, last), coloured)
    }
    if (junit !== undefined) {
      const { captureJunit } = await import('../../report/captures/capture-junit.ts')
      writeFile(junit, captureJunit(argument, result))
    }
    if (sarif !== undefined) {
      const { captureSarif } = await import('../../report/captures/capture-sarif.ts')
      writeFile(sarif, captureSarif(argument, result, VERSION))
    }
    if (html !== undefined) {
      const { capturePage } = await import('../../explore/pages/capture-page.ts')
      const { pageText } = await import('../files/page-text.ts')
      const report = capturePage(argument, result, plot!.series())
      writeFile(html, pageText(`${argument}: capture judged`, { report }))
    }
    if (output && !(await drawn(argument, result, output)))
      terminal.err('Nothing is violated, so nothing was drawn.\n')
    return code
  },
}

/** Whether the capture is a behaviour of a scheme; that is all that is answered, and the exit code says it. */
const explained = async (
  file: string,
  name: string,
  options: RawOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const other = ['output', 'junit', 'sarif', 'html', 'expect', 'follow', 'sinceFailover'].find(
    (option) => options[option] !== undefined,
  )
  if (other !== undefined)
    throw new UsageError({
      problem: `--${other === 'sinceFailover' ? 'since-failover' : other} is about violations and cannot be given with --scheme, which asks another question.`,
    })
  const { conformanceOf, exitOfConformance, namedScheme, STATES } = await import('../results/conformance.ts')
  const scheme = await namedScheme(name)
  const limit = given(options, 'states', countOf) ?? STATES
  const { collector } = await import('../../conformance/collector.ts')
  const seen = collector()
  const result = await judged(file, { ...(await wantedOf(options, terminal)), observe: seen.take })
  const conformance = await conformanceOf(scheme, seen, result, limit)
  const { conformanceJson, conformanceText } = await import('../../report/captures/conformance-text.ts')
  const code = exitOfConformance(conformance)
  if (options.json === true) terminal.out(`${JSON.stringify(conformanceJson(file, conformance), null, 2)}\n`)
  else {
    const { coloured } = await import('../../report/captures/capture-colours.ts')
    terminal.painted(conformanceText(file, conformance, terminal.columns, code), coloured)
  }
  return code
}

/** What the command line asks for. */
const wantedOf = async (options: RawOptions, terminal: Terminal): Promise<Wanted> => {
  const keys = given(options, 'ikev2Keys', (_, path) => path)
  const since = given(options, 'sinceFailover', timeOf)
  const cluster = given(options, 'cluster', addressesOf)
  return {
    ikePorts: given(options, 'ikePort', portsOf) ?? [],
    window: given(options, 'window', countOf) ?? 64,
    keys: keys === undefined ? new Map() : await keysOf(keys, terminal),
    ...(since && { since }),
    ...(cluster && { cluster }),
  }
}

const knownOf = (name: string, text: string): readonly Expectation[] =>
  text.split(',').map((one) => {
    const known = expectationOf(one.trim())
    if (known) return known
    throw new UsageError({
      problem: `${name} takes labels of properties, each with an SPI or for every SA, such as SEQ-1@0xcfe9d777,MID-1; it was given '${one}'.`,
    })
  })

/** Tells of findings after each chunk; with --json on standard error, so that the result stays one document. */
const followingOf = async (options: RawOptions, terminal: Terminal): Promise<(soFar: SoFar) => void> => {
  const { following } = await import('../../report/captures/capture-follow.ts')
  return following(
    (line) => (options.json === true ? terminal.err(line) : terminal.out(line)),
    terminal.columns,
  )
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
  const { stories } = await import('../../report/captures/capture-story.ts')
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
    readonly trace: Parameters<typeof import('../../report/pictures/lanes.ts').lanesDot>[0]
    readonly caption: Caption
  },
  format: Format,
): Promise<string | Uint8Array> => {
  if (format === 'txt')
    return (await import('../../report/trace-formats/trace-text.ts')).traceText(trace, caption)
  const dot = (await import('../../report/pictures/lanes.ts')).lanesDot(trace, caption)
  if (format === 'dot') return dot
  const { pngOf, svgOf } = await import('../../report/pictures/render.ts')
  const svg = await svgOf(dot)
  return format === 'svg' ? svg : pngOf(svg)
}

/** Addresses as the capture would have them. */
const addressesOf = (option: string, text: string): readonly string[] =>
  text.split(',').map((address) => {
    const value = address.trim().toLowerCase()
    if (isIP(value) !== 0) return value
    throw new UsageError({
      problem: `${option} takes IP addresses, such as 192.0.2.1,192.0.2.2; it was given '${text}'.`,
      ...(/\.(ya?ml|json|m?[jt]s)$/.test(text) && {
        hint: `to compare with the cluster of a file, give it as --scheme ${text}`,
      }),
    })
  })

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
