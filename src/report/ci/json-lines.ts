/**
 * A result as JSON Lines, for programs that read line by line: a line on the run, one for each search, verdict and finding,
 * and one on what it came to. Each has a `kind`; its other fields are those of the result as JSON.
 */
import type { ResultJson } from '../results/result-json.ts'

/** Writes a line for each part. */
export const jsonLinesText = (result: ResultJson): string => {
  const { targets, findings, outcome, run, kind: _, groups: __, comparison, advised, ...settings } = result
  return [
    { kind: 'run', ...settings },
    ...targets.flatMap(({ name: target, searches, verdicts, search, ...about }) => [
      { kind: 'target', target, ...about, ...search },
      ...searches.map((one) => ({ kind: 'search', target, ...one })),
      ...verdicts.map(({ kind: propertyKind, ...one }) => ({
        kind: 'verdict',
        target,
        propertyKind,
        ...one,
      })),
    ]),
    ...findings.map(({ kind: findingKind, ...one }) => ({ kind: 'finding', findingKind, ...one })),
    ...(comparison ? [{ kind: 'comparison', ...comparison }] : []),
    ...(advised ? [{ kind: 'advice', ...advised }] : []),
    { kind: 'end', outcome, ...run },
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('')
}
