/** Judges a capture that a command names: its bytes, its keys, an interrupt, and the exit code. */
import { readFileSync, statSync } from 'node:fs'
import { isBlind, isViolated } from '../../capture/expectations.ts'
import type { Damage, RawFrame } from '../../capture/formats/records.ts'
import type { CaptureOptions, SoFar } from '../../capture/judge.ts'
import type { KeyTable } from '../../capture/packets/ike-keys.ts'
import type { CaptureResult } from '../../capture/result.ts'
import { captureInput } from '../files/capture-input.ts'
import { messageOf, UsageError } from '../process/errors.ts'
import { EXIT, type ExitCode } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'

/** Whether what is read has no end of its own, so that an interrupt is how it is meant to end. */
export const isStream = (file: string): boolean => file === '-' || !statSync(file).isFile()

/**
 * Signs alone are no violation. What could not be read, could not be told from what is harmless, or was cut off by an
 * interrupt was not judged.
 */
export const exitOf = (result: CaptureResult, stream = false): ExitCode => {
  if (isViolated(result)) return EXIT.violation
  const open = result.verdicts.some(({ verdict }) => verdict === 'undecided')
  const cut = open || result.damage.unreadable > 0 || isBlind(result) || (result.interrupted && !stream)
  return cut ? EXIT.cut : EXIT.asExpected
}

/** How a capture is to be judged, as far as a command decides it. */
export type Wanted = Pick<
  CaptureOptions,
  'ikePorts' | 'window' | 'keys' | 'since' | 'cluster' | 'observe' | 'watch'
>

/** The keys in a file; lines that cannot be used are warned of. Throws `UsageError` when it cannot be read. */
export const keysOf = async (path: string, terminal: Pick<Terminal, 'err'>): Promise<KeyTable> => {
  const { keyTable } = await import('../../capture/packets/ike-keys.ts')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError({
      problem: `${path} cannot be read: ${messageOf(error)}.`,
      hint: 'each line is SPIi,SPIr,SK_ei,SK_er,"cipher",SK_ai,SK_ar,"integrity"',
    })
  }
  const { table, warnings } = keyTable(text)
  for (const warning of warnings) terminal.err(`${path}: ${warning}; it is left out.\n`)
  return table
}

/** The frames of several captures of one event in the order of time, and what of them could not be read. */
const framesOf = async (
  files: readonly string[],
): Promise<{ readonly frames: readonly (readonly [RawFrame, number])[]; readonly damage: Damage }> => {
  const { recordReader } = await import('../../capture/formats/records.ts')
  const frames: [RawFrame, number][] = []
  const all = { unreadable: 0, bytes: 0, cut: false }
  for (const [i, file] of files.entries()) {
    const reader = recordReader((frame) => frames.push([{ ...frame, bytes: frame.bytes.slice() }, i]))
    const { chunks, short } = captureInput(file, new AbortController().signal)
    try {
      for await (const chunk of chunks) reader.push(chunk)
      const { unreadable, bytes, cut } = reader.end(short() !== undefined ? 'short' : 'whole')
      all.unreadable += unreadable
      all.bytes += bytes
      all.cut ||= cut
    } catch (error) {
      throw faultOf(file, error)
    }
  }
  frames.sort(([a], [b]) => a.time - b.time)
  return { frames, damage: all }
}

/** Judges several captures of one event together, such as one at the cluster and one at the peer. */
export const judgedTogether = async (files: readonly string[], wanted: Wanted): Promise<CaptureResult> => {
  const { captureJudge } = await import('../../capture/judge.ts')
  const { captureMonitors, captureSymptoms } = await import('../../../properties/capture.ts')
  const { REMEDIES } = await import('../../../properties/remedies.ts')
  const { frames, damage } = await framesOf(files)
  const judge = captureJudge({
    monitors: captureMonitors,
    symptoms: captureSymptoms,
    remedies: REMEDIES,
    ...wanted,
    damage,
  })
  for (const [i, [frame, capture]] of frames.entries()) judge.take({ ...frame, number: i + 1 }, capture)
  return judge.end('whole')
}

/** What is wrong with a file as a usage error, where it is that. */
const faultOf = (file: string, error: unknown): unknown =>
  error instanceof Error && error.name === 'CaptureFault'
    ? new UsageError({
        problem: `${file === '-' ? 'Standard input' : file} ${error.message}`,
        hint: 'write a capture with tcpdump -w or dumpcap; pcap and pcapng are read, also packed with gzip',
      })
    : error

/** Judges a capture; `follow` is told after each chunk what is known so far. Throws `UsageError`. */
export const judged = async (
  file: string,
  wanted: Wanted,
  follow?: (soFar: SoFar) => void,
): Promise<CaptureResult> => {
  const { captureJudge } = await import('../../capture/judge.ts')
  const { captureMonitors, captureSymptoms } = await import('../../../properties/capture.ts')
  const { REMEDIES } = await import('../../../properties/remedies.ts')
  const judge = captureJudge({
    monitors: captureMonitors,
    symptoms: captureSymptoms,
    remedies: REMEDIES,
    ...wanted,
  })
  const interrupt = new AbortController()
  const stop = (): void => interrupt.abort()
  for (const signal of SIGNALS) process.once(signal, stop)
  const { chunks, short } = captureInput(file, interrupt.signal)
  try {
    for await (const chunk of chunks) {
      judge.push(chunk)
      follow?.(judge.sofar())
      // A file that is there as a whole leaves no time for signals otherwise.
      await new Promise<void>((resolve) => setImmediate(resolve))
      if (interrupt.signal.aborted) break
    }
    return judge.end(interrupt.signal.aborted ? 'interrupted' : short() !== undefined ? 'short' : 'whole')
  } catch (error) {
    throw faultOf(file, error)
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop)
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const
