/** Judges a capture that a command names: its bytes, its keys, an interrupt, and the exit code. */
import { readFileSync, statSync } from 'node:fs'
import { isBlind, isViolated } from '../../capture/expectations.ts'
import type { InOrder } from '../../capture/formats/in-order.ts'
import type { Ending } from '../../capture/formats/records.ts'
import type { CaptureJudge, CaptureOptions, SoFar } from '../../capture/judge.ts'
import type { KeyTable } from '../../capture/packets/ike-keys.ts'
import type { CaptureResult } from '../../capture/result.ts'
import { captureInput } from '../files/capture-input.ts'
import { messageOf, UsageError } from '../process/errors.ts'
import { EXIT, type ExitCode } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'

/** Whether what is read has no end of its own, so that an interrupt is how it is meant to end. */
export const isStream = (file: string): boolean =>
  file === '-' || statSync(file, { throwIfNoEntry: false })?.isFile() === false

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

/** The frames of captures in the order of time; until `interrupt` is raised. */
const framesOf = async (files: readonly string[], interrupt: AbortSignal): Promise<InOrder> => {
  const { frameKeeper } = await import('../../capture/formats/in-order.ts')
  const keeper = frameKeeper()
  for (const file of files) await read(file, keeper.next(), interrupt)
  return keeper.inOrder()
}

/** Hands the bytes of a capture to a reader. */
const read = async (
  file: string,
  reader: { push(chunk: Uint8Array): void; end(ending?: Ending): void },
  interrupt: AbortSignal,
): Promise<void> => {
  const { chunks, short } = captureInput(file, interrupt)
  try {
    for await (const chunk of chunks) {
      reader.push(chunk)
      await breath()
      if (interrupt.aborted) break
    }
    reader.end(endingOf(interrupt, short()))
  } catch (error) {
    throw faultOf(file, error)
  }
}

const endingOf = (interrupt: AbortSignal, short: string | undefined): Ending =>
  interrupt.aborted ? 'interrupted' : short === undefined ? 'whole' : 'short'

/** A file that is there as a whole leaves no time for signals otherwise. */
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const judgeOf = async (wanted: Partial<CaptureOptions> & Wanted): Promise<CaptureJudge> => {
  const { captureJudge } = await import('../../capture/judge.ts')
  const { captureMonitors, captureSymptoms } = await import('../../../properties/capture.ts')
  const { REMEDIES } = await import('../../../properties/remedies.ts')
  return captureJudge({
    monitors: captureMonitors,
    symptoms: captureSymptoms,
    remedies: REMEDIES,
    ...wanted,
  })
}

/** Frames between which there is time for signals. */
const STRETCH = 4096

/** Judges captures in the order of time: one whose frames are out of it, or several of one event. */
const judgedInOrder = async (
  files: readonly string[],
  wanted: Wanted,
  interrupt: AbortSignal,
): Promise<CaptureResult> => {
  const order = await framesOf(files, interrupt)
  const judge = await judgeOf({ ...wanted, order })
  for (const [i, kept] of order.frames.entries()) {
    judge.take(kept)
    if (i % STRETCH === 0) await breath()
    if (interrupt.aborted) break
  }
  return judge.end(endingOf(interrupt, undefined))
}

/** Judges several captures of one event together, such as one at the cluster and one at the peer. */
export const judgedTogether = (files: readonly string[], wanted: Wanted): Promise<CaptureResult> =>
  interruptible((interrupt) => judgedInOrder(files, wanted, interrupt))

/** Whether the frames of a capture are out of order, and memory holds them. */
const isToSort = async (file: string, interrupt: AbortSignal): Promise<boolean> => {
  const { orderScan } = await import('../../capture/formats/in-order.ts')
  const scan = orderScan()
  await read(file, scan.reader, interrupt)
  return scan.isToSort()
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
export const judged = (
  file: string,
  wanted: Wanted,
  follow?: (soFar: SoFar) => void,
): Promise<CaptureResult> =>
  interruptible(async (interrupt) => {
    if (!follow && !isStream(file) && (await isToSort(file, interrupt)))
      return judgedInOrder([file], wanted, interrupt)
    const judge = await judgeOf(wanted)
    let result: CaptureResult | undefined
    await read(
      file,
      {
        push(chunk) {
          judge.push(chunk)
          follow?.(judge.sofar())
        },
        end(ending) {
          result = judge.end(ending)
        },
      },
      interrupt,
    )
    return result!
  })

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Runs what a signal interrupts: it gives the verdict on what was read. */
const interruptible = async <T>(run: (interrupt: AbortSignal) => Promise<T>): Promise<T> => {
  const interrupt = new AbortController()
  const stop = (): void => interrupt.abort()
  for (const signal of SIGNALS) process.once(signal, stop)
  try {
    return await run(interrupt.signal)
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop)
  }
}
