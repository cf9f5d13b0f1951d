/**
 * Answers `clustercheck capture` without a FILE: judges the captures that a file of expectations lists, and compares
 * what is found with what is expected of each.
 */
import { dirname, join } from 'node:path'
import { expectationOf, expecting, VIOLATING } from '../../capture/expectations.ts'
import type { CaptureResult, CaptureVerdict } from '../../capture/result.ts'
import type { Conclusion } from '../../report/results/findings.ts'
import { colouring } from '../../report/text/colours.ts'
import { counted, folded } from '../../report/text/columns.ts'
import { EXIT_COLOURS, exitLine } from '../../report/text/exit-line.ts'
import { given, type RawOptions } from '../options/arguments.ts'
import { unknownName } from '../options/suggestions.ts'
import { UsageError } from '../process/errors.ts'
import { type ExitCode, exitOf } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'
import { type ConfigCapture, foundConfig, readConfig } from '../targets/config.ts'
import { judged, keysOf } from './judge-capture.ts'

/** What is found where something is expected, or where nothing may be. */
interface Compared {
  /** A label, or a label with an SPI. */
  readonly what: string
  readonly found: CaptureVerdict
  readonly declared?: CaptureVerdict
  readonly reason?: string
  /** `cut`: it was not decided. */
  readonly outcome: Conclusion
}

/** One capture. */
interface JudgedCapture {
  readonly file: string
  readonly result: CaptureResult
  readonly compared: readonly Compared[]
  /** Why not all could be judged. */
  readonly unread?: string
}

/** Judges and compares. Throws `UsageError`. */
export const expectedCaptures = async (options: RawOptions, terminal: Terminal): Promise<ExitCode> => {
  const { config, json, ...others } = options
  const [other] = Object.keys(others)
  if (other !== undefined)
    throw new UsageError({
      problem: `--${other.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} is for one FILE, and none was named.`,
    })
  const file = given(options, 'config', (_, path) => path) ?? foundConfig('capture was given no FILE')
  const { captures = [] } = await readConfig(file)
  if (captures.length === 0)
    throw new UsageError({ problem: `capture was given no FILE, and ${file} lists no captures.` })
  const all: JudgedCapture[] = []
  for (const capture of captures) all.push(await judgedCapture(file, capture, terminal))
  const outcome = worst(
    all.flatMap((one) => [...one.compared.map((c) => c.outcome), one.unread ? 'cut' : 'expected']),
  )
  const code = exitOf(outcome)
  if (json === true) terminal.out(jsonText(file, all, outcome))
  else terminal.painted(text(all, outcome, { code, columns: terminal.columns }), colouring(EXIT_COLOURS))
  return code
}

const worst = (outcomes: readonly Conclusion[]): Conclusion =>
  (['unexpected', 'cut'] as const).find((one) => outcomes.includes(one)) ?? 'expected'

const judgedCapture = async (
  config: string,
  { capture, expect = {}, ikePorts = [], window = 64, ikev2Keys, sinceFailover }: ConfigCapture,
  terminal: Terminal,
): Promise<JudgedCapture> => {
  const beside = (path: string): string => join(dirname(config), path)
  const file = beside(capture)
  const { unreadText } = await import('../../report/captures/capture-text.ts')
  const result = await judged(file, {
    ikePorts,
    window,
    keys: ikev2Keys === undefined ? new Map() : await keysOf(beside(ikev2Keys), terminal),
    ...(sinceFailover !== undefined && { since: { time: sinceFailover, relative: true } }),
  })
  const unread = unreadText(result)
  return { file, result, compared: comparedWith(config, capture, result, expect), ...(unread && { unread }) }
}

const comparedWith = (
  config: string,
  capture: string,
  result: CaptureResult,
  expect: NonNullable<ConfigCapture['expect']>,
): readonly Compared[] => {
  const labels = result.verdicts.map(({ label }) => label)
  const declared = Object.entries(expect).map(([what, expected]) => {
    const expectation = expectationOf(what)
    const problem = !expectation
      ? new UsageError({
          problem: `'${what}' is no label of a property with an SPI, such as SEQ-1@0xcfe9d777.`,
        })
      : labels.includes(expectation.label)
        ? undefined
        : unknownName(`property of ${capture}`, expectation.label, labels)
    if (problem) throw new UsageError({ ...problem.data, problem: `${config}: ${problem.data.problem}` })
    const { verdict, reason } =
      typeof expected === 'string' ? { verdict: expected, reason: undefined } : expected
    return { what, expectation: expectation!, declared: verdict, ...(reason !== undefined && { reason }) }
  })
  const named = declared.map(({ what, expectation, declared, ...rest }): Compared => {
    const found =
      expectation.spi === undefined
        ? result.verdicts.find(({ label }) => label === expectation.label)!.verdict
        : verdictOf(expecting(result, [expectation]).result, expectation.label)
    return { what, found, declared, outcome: found === declared ? 'expected' : 'unexpected', ...rest }
  })
  // What is not named must not be violated, and neither must other SAs than those that are.
  const known = declared
    .filter(({ declared }) => declared === 'violated')
    .map(({ expectation }) => expectation)
  const { verdicts } = expecting(result, known).result
  const rest = verdicts
    .filter(({ label }) => !declared.some(({ what }) => what === label))
    .flatMap(({ label, verdict, expected }): readonly Compared[] =>
      verdict === 'violated' && !expected
        ? [{ what: label, found: verdict, outcome: 'unexpected' }]
        : verdict === 'undecided'
          ? [{ what: label, found: verdict, outcome: 'cut' }]
          : [],
    )
  return [...named, ...rest]
}

/** What was found of the SAs that an expectation names. */
const verdictOf = ({ verdicts }: CaptureResult, label: string): CaptureVerdict => {
  const { findings, verdict } = verdicts.find((judged) => judged.label === label)!
  const own = findings.filter(({ expected, certainty }) => expected && certainty !== 'dismissed')
  if (own.length === 0) return verdict === 'violated' || verdict === 'sign' ? 'clean' : verdict
  if (own.some(({ certainty }) => VIOLATING.includes(certainty))) return 'violated'
  return own.some(({ certainty }) => certainty === 'undecided') ? 'undecided' : 'sign'
}

/** A difference, or what is as declared, as a clause. */
const clause = ({ what, found, declared, outcome, reason }: Compared): string => {
  if (outcome === 'expected') return `${what}  ${found}, as declared${reason ? `: ${reason}` : ''}`
  return `${what}: ${found}${declared ? `, declared ${declared}` : ', and nothing is declared of it'}`
}

const text = (
  all: readonly JudgedCapture[],
  outcome: Conclusion,
  { code, columns }: { readonly code: ExitCode; readonly columns: number },
): string => {
  const lines = all.flatMap(({ file, result, compared, unread }) => [
    `${file}: ${counted(result.frames, 'frame')}`,
    ...compared.flatMap((one) => {
      const [first = '', ...rest] = folded(clause(one), columns - 2, '  ').map((line) => `  ${line}`)
      return [one.outcome === 'expected' ? first : `*${first.slice(1)}`, ...rest]
    }),
    ...(unread ? folded(`* NOT READ: ${unread}`, columns, '    ') : []),
    '',
  ])
  const verdicts = counted(all.flatMap(({ compared }) => compared).length, 'verdict')
  const said = {
    expected: `${verdicts} on ${counted(all.length, 'capture')}, as expected`,
    unexpected: `${all.filter((one) => worst(one.compared.map((c) => c.outcome)) === 'unexpected').length} of ${counted(all.length, 'capture')} not as expected`,
    cut: 'not decided, since not all could be read or judged',
  }[outcome]
  return `${[...lines, ...folded(exitLine(code, [said]), columns)].join('\n')}\n`
}

const jsonText = (config: string, all: readonly JudgedCapture[], outcome: Conclusion): string =>
  `${JSON.stringify(
    {
      schemaVersion: 1,
      command: 'capture',
      config,
      outcome,
      captures: all.map(({ file, result: { frames }, compared, unread }) => ({
        file,
        frames,
        compared,
        ...(unread && { unread }),
      })),
    },
    null,
    2,
  )}\n`
