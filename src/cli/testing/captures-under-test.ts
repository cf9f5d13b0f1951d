/** For tests: captures as they lie in the folder of fixtures, and judged with the monitors of the matrix. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { captureMonitors, captureSymptoms } from '../../../properties/capture.ts'
import { REMEDIES } from '../../../properties/remedies.ts'
import { frameKeeper, type InOrder, orderScan } from '../../capture/formats/in-order.ts'
import { type CaptureOptions, captureJudge } from '../../capture/judge.ts'
import type { CaptureResult } from '../../capture/result.ts'

/** The bytes of a fixture. */
export const fixture = (name: string): Uint8Array =>
  readFileSync(join(import.meta.dirname, '../../capture/fixtures', name))

/** Judges bytes that come in chunks of `chunk` bytes. */
export const judged = (
  bytes: Uint8Array,
  options: Partial<CaptureOptions> = {},
  chunk = 65_536,
): CaptureResult => {
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, i) =>
    bytes.subarray(i * chunk, (i + 1) * chunk),
  )
  const order = inOrderOf(chunks)
  const judge = captureJudge({
    ...(order && { order }),
    monitors: captureMonitors,
    symptoms: captureSymptoms,
    remedies: REMEDIES,
    ikePorts: [],
    window: 64,
    keys: new Map(),
    ...options,
  })
  if (order) for (const kept of order.frames) judge.take(kept)
  else for (const part of chunks) judge.push(part)
  return judge.end()
}

/** The frames of a capture in the order of time, where they are out of it. */
const inOrderOf = (chunks: readonly Uint8Array[]): InOrder | undefined => {
  const scan = orderScan()
  const keeper = frameKeeper()
  for (const reader of [scan.reader, keeper.next()]) {
    for (const part of chunks) reader.push(part)
    reader.end()
  }
  return scan.isToSort() ? keeper.inOrder() : undefined
}

/** Verdict and count of the findings, by label, of everything that is not clean. */
export const summaryOf = ({ verdicts }: CaptureResult): Readonly<Record<string, string>> =>
  Object.fromEntries(
    verdicts
      .filter(({ verdict }) => verdict === 'violated' || verdict === 'undecided' || verdict === 'sign')
      .map(({ label, certainty, findings }) => [
        label,
        `${certainty} ${findings.reduce((sum, { count }) => sum + count, 0)}`,
      ]),
  )
