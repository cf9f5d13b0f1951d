/** Random walks that were driven, as text and as JSON. */

import { printable } from '../../modelling/printable.ts'
import type { Path } from '../../search/engine/outcome.ts'
import { counted, folded } from '../text/columns.ts'
import { about, count, DRAFT, flag, listOf, object, oneOf, text } from '../text/schema-parts.ts'

/** A walk along which the gateways sent what the scheme does not explain. */
export interface Disagreement {
  readonly path: Path
  readonly steps: readonly string[]
  /** Whether steps were left out as long as it is still not explained. */
  readonly isShrunk: boolean
  /** The first message that is not explained, in words. */
  readonly first: string
}

/** What the gateways did otherwise, in how many walks, and the first of them. */
export interface Otherwise {
  readonly what: string
  readonly count: number
  readonly example: { readonly steps: readonly string[]; readonly sentence: string }
}

export interface Walked {
  readonly scheme: string
  readonly gateways: string
  readonly seed: number
  readonly walks: number
  readonly operations: number
  /** Walks by whether the scheme explains what was sent. */
  readonly counts: Readonly<Record<'explained' | 'not explained' | 'unknown' | 'vacuous', number>>
  /** Walks of which the gateways did every step. */
  readonly followed: number
  /** Of these, those at whose end both list their SAs, and those that differ as the walk says. */
  readonly compared: number
  readonly sameSas: number
  readonly otherwise: readonly Otherwise[]
  readonly disagreements: readonly Disagreement[]
}

export const walksText = (walked: Walked, columns: number): string => {
  const { scheme, gateways, seed, walks, operations, counts, followed, sameSas, compared } = walked
  const lines = [
    `${counted(walks, 'random walk')} of ${printable(scheme)}, seed ${seed}: ${counted(operations, 'operation')}`,
    ...folded(`Driven: ${printable(gateways)}`, columns, '  '),
    '',
    ...Object.entries(counts).flatMap(([verdict, number]) =>
      number === 0 && verdict !== 'explained' ? [] : [`  ${String(number).padStart(5)}  ${WORDS[verdict]}`],
    ),
    `  ${String(followed).padStart(5)}  were followed to the end; the child SAs of both ends are as in the model in ${sameSas} of ${compared}`,
    ...(walked.otherwise.length === 0 ? [] : ['', 'What the gateways did otherwise']),
    ...[...walked.otherwise]
      .sort((a, b) => b.count - a.count)
      .flatMap(({ what, count: number }) =>
        folded(what, columns - 9, '  ').map(
          (line, i) => `  ${(i === 0 ? String(number) : '').padStart(5)}  ${line}`,
        ),
      ),
    ...walked.disagreements.flatMap(({ steps, isShrunk, first }, i) => [
      '',
      `Disagreement ${i + 1}${isShrunk ? ', made small' : ''}: ${printable(first)}`,
      ...steps.map((step, number) => `  ${String(number).padStart(2)}  ${printable(step)}`),
    ]),
  ]
  return `${lines.join('\n')}\n`
}

const WORDS: Readonly<Record<string, string>> = {
  explained: 'are explained by the scheme',
  'not explained': 'are not explained',
  unknown: 'are undecided: more states than may be kept',
  vacuous: 'show no message after the set-up',
}

/** What `clustercheck drill --walks N --json` prints. Fields are added to a version of the schema, never changed. */
export const walksJson = (walked: Walked): object => ({
  schemaVersion: 1,
  command: 'drill --walks',
  ...walked,
})

/** Version 1. */
export const WALKS_SCHEMA = {
  ...DRAFT,
  title: 'What clustercheck drill --walks N --json prints',
  ...object({
    schemaVersion: oneOf(1),
    command: oneOf('drill --walks'),
    scheme: text,
    gateways: text,
    seed: { type: 'integer' },
    walks: count,
    operations: count,
    counts: about(
      'walks by whether the scheme explains what was sent',
      object({ explained: count, 'not explained': count, unknown: count, vacuous: count }),
    ),
    followed: about('walks of which the gateways did every step', count),
    compared: about('of these, those at whose end both list their SAs', count),
    sameSas: about('and those whose SAs differ as the walk says', count),
    otherwise: about(
      'what the gateways did otherwise, in how many walks, and the first of them',
      listOf(object({ what: text, count, example: object({ steps: listOf(text), sentence: text }) })),
    ),
    disagreements: listOf(object({ path: listOf(count), steps: listOf(text), isShrunk: flag, first: text })),
  }),
}
