/** For tests: captures as they lie in the folder of fixtures, and judged with the monitors of the matrix. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { captureMonitors, captureSymptoms } from '../../../properties/capture.ts'
import { REMEDIES } from '../../../properties/remedies.ts'
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
  const judge = captureJudge({
    monitors: captureMonitors,
    symptoms: captureSymptoms,
    remedies: REMEDIES,
    ikePorts: [],
    window: 64,
    keys: new Map(),
    ...options,
  })
  for (let at = 0; at < bytes.length; at += chunk) judge.push(bytes.subarray(at, at + chunk))
  return judge.end()
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
