/** Several validations as one Markdown table: a row for each extension, with its claims, new violations and prices. */

import type { ClaimVerdict, Row } from './claims.ts'
import { findingText } from './text.ts'
import type { ValidationVerdict } from './verdicts.ts'

/** What a row is made of. */
export interface Validated {
  readonly verdict: ValidationVerdict
  /** How long its searches took on this machine. */
  readonly seconds: number
}

const unique = (texts: readonly string[]): string => [...new Set(texts)].join(', ') || '-'

const ofStatus = (claims: readonly ClaimVerdict[], status: ClaimVerdict['status']): string =>
  unique(
    claims
      .filter((claim) => claim.status === status)
      .map(({ claim, shown }) =>
        status === 'refuted'
          ? `${claim.property} (${shown.found.judgement.path!.length - 1})`
          : status === 'undecided'
            ? `${claim.property} (undecided)`
            : claim.property,
      ),
  )

const changed = (rows: readonly Row[]): string =>
  unique(rows.map(({ label, without, found }) => `${label} ${findingText(without)} to ${findingText(found)}`))

/** Writes the table. Ends in a newline. */
export const overviewText = (all: readonly Validated[]): string => {
  const rows = all.map(({ verdict, seconds }) => {
    const { used, claims, broken, prices, interoperability } = verdict
    const schemes = unique(claims.map(({ scheme }) => scheme))
    const open = ofStatus(claims, 'undecided')
    const refuted = ofStatus(claims, 'refuted')
    return [
      used.map(({ extension }) => `\`${extension.name}\``).join(' '),
      schemes,
      ofStatus(claims, 'confirmed'),
      open === '-' ? refuted : `${refuted}; ${open}`,
      unique(broken.map(({ label, found }) => `${label} (${found.judgement.path!.length - 1})`)),
      changed(prices),
      interoperability.differing.length === 0 ? 'as without' : changed(interoperability.differing),
      String(Math.round(seconds)),
    ]
  })
  const head = ['extension', 'scheme', 'confirmed', 'refuted', 'new', 'prices', 'unmodified peer', 's']
  return `${[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`
}
