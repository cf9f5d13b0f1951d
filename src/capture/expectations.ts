/**
 * What is known of a capture beforehand: violations of a property by an SA that are expected, so that only others count.
 */
import type { Certainty, Finding } from './evidence/findings.ts'
import type { CaptureResult } from './result.ts'

/** A known violation: of a property, by the SAs with an SPI or by all. */
export interface Expectation {
  /** As it was written: `SEQ-1@0xcfe9d777`. */
  readonly text: string
  readonly label: string
  /** Hexadecimal digits without `0x` and zeros in front; undefined for every SA. */
  readonly spi?: string
}

/** What makes a verdict `violated`. */
export const VIOLATING: readonly Certainty[] = ['certain', 'unless negotiated again', 'if counter mode']

const SPI = /^(?:0x)?[0-9a-f]{1,16}$/i

/** Reads `SEQ-1@0xcfe9d777`, or `SEQ-1` for every SA. Undefined when it is neither. */
export const expectationOf = (text: string): Expectation | undefined => {
  const [label = '', spi, more] = text.split('@')
  if (label === '' || more !== undefined || (spi !== undefined && !SPI.test(spi))) return undefined
  return { text, label, ...(spi !== undefined && { spi: bare(spi) }) }
}

const bare = (spi: string): string =>
  spi
    .toLowerCase()
    .replace(/^0x/, '')
    .replace(/^0+(?=.)/, '')

/** Whether an SA has an SPI; those of IKE are listed by their first eight digits and may be given whole. */
const hasSpi = (subject: string, spi: string): boolean =>
  [...subject.toLowerCase().matchAll(/0x([0-9a-f]+)|([0-9a-f]{8})\.\./g)].some(([, esp, ike]) =>
    esp === undefined
      ? bare(spi.padStart(16, '0').slice(0, 8)) === bare(ike!) || spi === bare(ike!)
      : bare(esp) === spi,
  )

const matches = ({ label, spi }: Expectation, finding: Finding): boolean =>
  label === finding.label && (spi === undefined || hasSpi(finding.subject, spi))

/** Marks what was expected in a result; the expectations that nothing met. */
export const expecting = (
  result: CaptureResult,
  expectations: readonly Expectation[],
): { readonly result: CaptureResult; readonly unmet: readonly Expectation[] } => {
  if (expectations.length === 0) return { result, unmet: [] }
  const met = new Set<Expectation>()
  const verdicts = result.verdicts.map((judged) => {
    const findings = judged.findings.map((finding) => {
      const found = expectations.filter((expectation) => matches(expectation, finding))
      for (const one of found) met.add(one)
      return found.length > 0 ? { ...finding, expected: true } : finding
    })
    const expected =
      judged.verdict === 'violated' &&
      findings.every(({ certainty, expected }) => expected || !VIOLATING.includes(certainty))
    return { ...judged, findings, ...(expected && { expected }) }
  })
  return { result: { ...result, verdicts }, unmet: expectations.filter((one) => !met.has(one)) }
}

/** Whether something is violated that was not expected. */
export const isViolated = ({ verdicts }: CaptureResult): boolean =>
  verdicts.some(({ verdict, expected }) => verdict === 'violated' && !expected)

/**
 * Whether nothing could be judged: no IKE and no ESP was found, and something was not read in which they may be.
 */
export const isBlind = ({ packets, unopened, skipped, incompleteDatagrams }: CaptureResult): boolean =>
  packets.esp + packets.ike === 0 &&
  (Object.keys(unopened).length > 0 || (skipped.malformed ?? 0) > 0 || incompleteDatagrams > 0)
