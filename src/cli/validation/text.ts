/**
 * A validation as text: claims, what is newly and still violated, what is no longer put to the test, prices, an
 * unmodified peer, interactions, and what all that rests on; 80 columns suffice.
 */

import type { Assumption } from '../../../properties/validation/assumptions.ts'
import { compact, counted, folded, numberText, secondsText, tabledWithin } from '../../report/text/columns.ts'
import { type ClaimVerdict, type Finding, type JointVerdict, type Row, statusOf, stepsOf } from './claims.ts'
import type { UnjudgedClaim, ValidationVerdict } from './verdicts.ts'

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
      verdict.claims.flatMap((claim) => claimRows(claim, verdict.used.length > 1)),
      '<<<<',
      columns,
      'None is made.',
    ),
    ...sectionOf('Claims of several parts', verdict.joint.map(jointRow), '<<<', columns),
    ...sectionOf('Claims that nothing here judges', verdict.unjudged.map(unjudgedRow), '<<', columns),
    section(
      'Newly violated',
      mergedRows(verdict.broken).map(changeRow),
      '<<<<',
      columns,
      'None: what holds without it holds with it.',
    ),
    remaining(verdict, columns),
    ...sectionOf('No longer put to the test', mergedRows(verdict.lost).map(changeRow), '<<<<', columns),
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
    ...sectionOf(
      'Its actions that are never taken',
      verdict.neverTaken.map((name) => [name]),
      '<',
      columns,
    ),
    section('Rests on', verdict.assumptions.map(assumptionRow), '<<', columns, 'Nothing but the base model.'),
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

/** A claim where what became of it is true: a row for each verdict and length. `named`: whose claim it is is said. */
const claimRows = (
  { extension, claim, scheme, status, rows }: ClaimVerdict,
  named: boolean,
): readonly (readonly string[])[] => {
  const judging = rows.filter((row) => statusOf(row, claim) === status)
  const why = status === 'idle' ? `, nothing to ${claim.claim === 'keeps' ? 'keep' : 'repair'}` : ''
  return mergedRows(judging, ({ scheme }) => scheme).map(({ without, found, searches, attackers }) => [
    WORDS[status],
    `${claim.claim} ${claim.property}`,
    `${findingText(without)} -> ${findingText(found)}`,
    [
      `${scheme}, ${searches.join(', ')}, ${attackers.join(' ')}${why}`,
      named ? `claimed by ${extension}${claim.source ? `, ${claim.source}` : ''}` : claim.source,
    ]
      .filter(Boolean)
      .join('; '),
  ])
}

const unjudgedRow = ({ extension, claim, scheme }: UnjudgedClaim): readonly string[] => [
  `${claim.claim} ${claim.property}`,
  `${scheme}${claim.searches ? `, ${claim.searches.join(', ')}` : ''}; claimed by ${extension}`,
]

/** What the extension does not repair, in one sentence, and where. */
const remaining = ({ remaining: rows, sooner }: ValidationVerdict, columns: number): readonly string[] => {
  const title = 'Still violated'
  const labels = [...new Set(rows.map(({ label }) => label))].sort()
  if (labels.length === 0) return [title, '  Nothing.']
  const fewer = [...new Set(sooner.map(({ label }) => label))].sort()
  const says = [
    `${listed(labels)} ${labels.length === 1 ? 'stays' : 'stay'} violated`,
    ...(fewer.length === 0 ? [] : [`${listed(fewer)} in fewer steps than without`]),
  ].join(', ')
  return [
    title,
    ...folded(`${says}.`, columns - 2, '').map((line) => `  ${line}`),
    ...tabledWithin(mergedRows(rows).map(changeRow), '<<<<', columns - 2).map((line) => `  ${line}`),
  ]
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

const ASSUMED: Readonly<Record<Assumption['kind'], (about: string) => string>> = {
  oracle: (about) => `knows ${about}`,
  losses: (about) => `message ${about}`,
  unjudged: (about) => about,
}

const assumptionRow = ({ kind, about, reason }: Assumption): readonly string[] => [
  ASSUMED[kind](about),
  reason ??
    (kind === 'losses'
      ? 'is lost only where the extension allows it'
      : 'not judged while the extension says that it is busy'),
]

const jointRow = ({ name, scheme, status, parts }: JointVerdict): readonly string[] => {
  const sources = [...new Set(parts.flatMap(({ claim }) => claim.source ?? []))]
  const labels = [...new Set(parts.map(({ claim }) => claim.property))]
  return [WORDS[status], name, [labels.join(' '), scheme, ...sources].join('; ')]
}

/** A row with the searches and attackers of all rows that say the same. */
type Merged<R extends Row = Row> = R & {
  readonly searches: readonly string[]
  readonly attackers: readonly string[]
}

/** What is read of a finding: its verdict and length, or its number. */
const saying = (finding: Finding | undefined): string =>
  finding === undefined ? '-' : [finding.judgement.verdict, finding.judgement.value, stepsOf(finding)].join()

/** Puts rows together that say the same, of one scheme and search unless another key is given. The largest is shown. */
const mergedRows = <R extends Row>(
  rows: readonly R[],
  keyOf: (row: R) => string = ({ scheme, search }) => `${scheme} ${search}`,
): readonly Merged<R>[] => {
  const merged = new Map<string, { row: R; searches: Set<string>; attackers: Set<string> }>()
  for (const row of rows) {
    const { label, search, found, without } = row
    const key = [keyOf(row), label, found.trial.variant, saying(found), saying(without)].join()
    const known = merged.get(key) ?? { row, searches: new Set(), attackers: new Set() }
    if (found.states > known.row.found.states) known.row = row
    known.searches.add(search)
    for (const attacker of found.trial.attackers) known.attackers.add(attacker)
    merged.set(key, known)
  }
  return [...merged.values()].map(({ row, searches, attackers }) => ({
    ...row,
    searches: [...searches],
    attackers: [...attackers].sort(),
  }))
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
      `${new Set(verdict.remaining.map(({ label }) => label)).size} still violated`,
      `${counted(searches, 'search', 'searches')}${cut.length === 0 ? '' : `, ${cut.length} of them cut`}, ${secondsText(seconds)} seconds.`,
    ].join('; '),
    columns,
    '  ',
  )
}
