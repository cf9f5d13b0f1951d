/** A validation as text: claims, what is newly violated, prices, an unmodified peer, interactions; 80 columns suffice. */
import { compact, counted, folded, numberText, secondsText, tabledWithin } from '../../report/columns.ts'
import type { ClaimVerdict, Finding, JointVerdict, Row } from './claims.ts'
import type { ValidationVerdict } from './verdicts.ts'

/** What is known beside the verdicts. */
export interface ValidationTextOptions {
  readonly columns: number
  readonly seconds: number
  readonly searches: number
  /** How a row's counterexample is seen again. */
  replay(finding: Finding): string
}

/** Writes the report. Ends in a newline. */
export const validationText = (verdict: ValidationVerdict, options: ValidationTextOptions): string => {
  const { columns } = options
  const parts = [
    heading(verdict, columns),
    section(
      'Claims',
      verdict.claims.map((claim) => claimRow(claim, verdict.used.length > 1)),
      '<<<<',
      columns,
      'None is made.',
    ),
    ...sectionOf('Claims of several parts', verdict.joint.map(jointRow), '<<<', columns),
    section(
      'Newly violated',
      mergedRows(verdict.broken).map(changeRow),
      '<<<<',
      columns,
      'None: what holds without it holds with it.',
    ),
    ...sectionOf(
      'Violated only with an attacker',
      mergedRows(verdict.attacks).map(changeRow),
      '<<<<',
      columns,
    ),
    ...interactions(verdict, columns),
    ...sectionOf('Repaired beyond the claims', mergedRows(verdict.repaired).map(changeRow), '<<<<', columns),
    section('Prices', mergedRows(verdict.prices).map(changeRow), '<<<<', columns, 'None changes.'),
    interoperability(verdict, columns),
    ...replays(verdict, options),
    totals(verdict, options),
  ]
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

const heading = ({ used }: ValidationVerdict, columns: number): readonly string[] =>
  used.flatMap(({ extension, parameters }) => {
    const chosen = Object.entries(parameters).map(([key, value]) => `${key} ${value}`)
    return [
      ...folded(`${extension.name} (${extension.source}): ${extension.about}`, columns, '  '),
      ...(chosen.length === 0 ? [] : folded(`  ${chosen.join(', ')}`, columns, '    ')),
    ]
  })

const section = (
  title: string,
  rows: readonly (readonly string[])[],
  aligned: string,
  columns: number,
  none: string,
): readonly string[] => [
  title,
  ...(rows.length === 0
    ? [`  ${none}`]
    : tabledWithin(rows, aligned, columns - 2).map((line) => `  ${line}`)),
]

/** A section that is there only if it has rows. */
const sectionOf = (
  title: string,
  rows: readonly (readonly string[])[],
  aligned: string,
  columns: number,
): readonly (readonly string[])[] => (rows.length === 0 ? [] : [section(title, rows, aligned, columns, '')])

/** What a search says of a property: `holds 100k`, `violated 9`, a number. */
export const findingText = (finding: Finding | undefined): string => {
  if (!finding) return 'not judged'
  const { judgement, states } = finding
  const { verdict, value, path } = judgement
  if (value !== undefined) return numberText(value)
  if (verdict === 'violated') return `violated ${path!.length - 1}`
  return verdict === 'holds' ? `holds ${compact(states)}` : verdict
}

const WORDS: Readonly<Record<ClaimVerdict['status'], string>> = {
  confirmed: 'confirmed',
  refuted: 'REFUTED',
  undecided: 'undecided',
  idle: 'idle',
  vacuous: 'vacuous',
}

/** A refuted claim is shown where it is; any other, over everything that judges it. `named`: whose claim it is is said. */
const claimRow = (
  { extension, claim, scheme, status, rows, shown }: ClaimVerdict,
  named: boolean,
): readonly string[] => {
  const judging = status === 'refuted' ? [shown] : rows
  const searches = [...new Set(judging.map(({ search }) => search))]
  const attackers = [...new Set(judging.flatMap(({ found }) => found.trial.attackers))].sort()
  const why = status === 'idle' ? `, nothing to ${claim.claim === 'keeps' ? 'keep' : 'repair'}` : ''
  return [
    WORDS[status],
    `${claim.claim} ${claim.property}`,
    `${findingText(shown.without)} -> ${findingText(shown.found)}`,
    [
      `${scheme}, ${searches.join(', ')}, ${attackers.join(' ')}${why}`,
      named ? `claimed by ${extension}${claim.source ? `, ${claim.source}` : ''}` : claim.source,
    ]
      .filter(Boolean)
      .join('; '),
  ]
}

const jointRow = ({ name, scheme, status, parts }: JointVerdict): readonly string[] => {
  const sources = [...new Set(parts.flatMap(({ claim }) => claim.source ?? []))]
  const labels = [...new Set(parts.map(({ claim }) => claim.property))]
  return [WORDS[status], name, [labels.join(' '), scheme, ...sources].join('; ')]
}

/** A row with the attackers of all rows that say the same. */
type Merged<R extends Row = Row> = R & { readonly attackers: readonly string[] }

const mergedRows = <R extends Row>(rows: readonly R[]): readonly Merged<R>[] => {
  const merged = new Map<string, { row: R; attackers: Set<string> }>()
  for (const row of rows) {
    const { scheme, search, label, found } = row
    const value = found.judgement.value
    const key = [scheme, search, label, found.trial.variant, value].join()
    const known = merged.get(key) ?? { row, attackers: new Set() }
    for (const attacker of found.trial.attackers) known.attackers.add(attacker)
    merged.set(key, known)
  }
  return [...merged.values()].map(({ row, attackers }) => ({ ...row, attackers: [...attackers].sort() }))
}

const changeRow = ({ scheme, search, label, without, found, attackers }: Merged): readonly string[] => [
  label,
  `${findingText(without)} -> ${findingText(found)}`,
  `${scheme}, ${search}`,
  `${attackers.join(' ')}${found.trial.variant === 'unmodified' ? ', unmodified peer' : ''}`,
]

/** What is violated with none alone, and what one promises and the others undo. */
const interactions = (
  { used, interactions: found }: ValidationVerdict,
  columns: number,
): readonly (readonly string[])[] => {
  if (used.length < 2) return []
  if (found.length === 0)
    return [['Interactions', '  None: what holds with each alone holds with all together.']]
  const rows = mergedRows(found).map(({ alone, claimedBy, without, ...row }) => [
    ...changeRow(alone ? { ...row, without: alone } : row),
    claimedBy === undefined ? 'with each alone' : `with ${claimedBy} alone`,
  ])
  return sectionOf('Interactions: violated together, and kept alone', rows, '<<<<<', columns)
}

const interoperability = (
  { interoperability: { rows, differing } }: ValidationVerdict,
  columns: number,
): readonly string[] => {
  const title = 'With a peer that does not support it'
  if (rows === 0) return [title, '  The peer need not support it.']
  return section(
    title,
    mergedRows(differing).map(changeRow),
    '<<<<',
    columns,
    `All ${rows} verdicts are those without the extension.`,
  )
}

/** How what is refuted and newly violated is seen again; in one line each, so that they can be copied. */
const replays = (
  { claims, broken }: ValidationVerdict,
  { replay }: ValidationTextOptions,
): readonly (readonly string[])[] => {
  const bad = [
    ...claims.filter(({ status }) => status === 'refuted').map(({ shown }) => shown.found),
    ...mergedRows(broken).map(({ found }) => found),
  ]
  const seen = [...new Set(bad)]
  return seen.length === 0
    ? []
    : [['Replay', ...seen.map((finding) => `  ${finding.label}: clustercheck replay ${replay(finding)}`)]]
}

const totals = (
  verdict: ValidationVerdict,
  { seconds, searches, columns }: ValidationTextOptions,
): readonly string[] => {
  const { claims, broken, cut } = verdict
  const count = (status: ClaimVerdict['status']) => claims.filter((claim) => claim.status === status).length
  const said = (['confirmed', 'refuted', 'undecided', 'idle', 'vacuous'] as const)
    .filter((status) => count(status) > 0)
    .map((status) => `${count(status)} ${status}`)
  return folded(
    [
      `${counted(claims.length, 'claim')}${said.length === 0 ? '' : `: ${said.join(', ')}`}`,
      `${mergedRows(broken).length} newly violated`,
      `${counted(searches, 'search', 'searches')}${cut.length === 0 ? '' : `, ${cut.length} of them cut`}, ${secondsText(seconds)} seconds.`,
    ].join('; '),
    columns,
    '  ',
  )
}
