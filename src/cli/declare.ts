/**
 * `npm run declare [small|default|large] [SEARCHES]`: searches the matrix of a scope and writes what was found into
 * `properties/declared/SCOPE.json`. For the maintainer who changed the model: `git diff` shows what changed, and every
 * verdict of it needs an explanation. With names of searches, separated by commas, only those are made; what is
 * declared of all others stays.
 *
 * `npm run declare stability FILES`: writes results of `clustercheck stability --json` into
 * `properties/declared/stability.json`; what is kept of other schemes stays.
 * `npm run declare availability FILES`: prints what is to be kept of results of `clustercheck availability --json`.
 * `npm run declare stability-table FILES`: prints the same as rows of the page about stability.
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SCOPES_DECLARED, type ScopeDeclared } from '../../properties/declared/index.ts'
import {
  type Declaration,
  declarationsIn,
  linesOf,
  type Snapshot,
  textOf,
} from '../../properties/declared/snapshot.ts'
import type { StabilityFile, StabilityLine } from '../../properties/declared/stability.ts'
import { matrixOf } from '../../properties/matrix.ts'
import { labelOf } from '../modelling/property.ts'
import type { AvailabilityJson } from '../report/availability/json.ts'
import { check } from '../search/breadth-first.ts'
import type { Outcome, Verdict } from '../search/engine/outcome.ts'
import type { Flip } from '../search/stability.ts'
import { type Declared, idleIn, joined, joinedVerdict, type Suite } from '../search/suite.ts'
import { checkerOf, readJson } from './files/json.ts'

/** The folder of the files, in the repository and not in the build: npm runs scripts at the root. */
const FOLDER = 'properties/declared'

/** Throws what is wrong with a file of a name, which its schema describes. */
const validated = <T extends { readonly $schema: string }>(name: string, file: T): T => {
  const problem = checkerOf(readJson(join(FOLDER, file.$schema)) as object)(file)
  if (problem) throw new Error(`${join(FOLDER, name)}: ${problem}.`)
  return file
}

const read = <T extends { readonly $schema: string }>(name: string): T =>
  validated(name, readJson(join(FOLDER, name)) as T)

const write = (name: string, file: Snapshot | StabilityFile): void =>
  writeFileSync(join(FOLDER, name), textOf(validated(name, file)))

/** One suite as it is declared. */
const declarationOf = async (
  suite: Suite,
  before: Declaration | undefined,
  wanted: readonly string[] | undefined,
  outcomeOf: (focus: Suite['focuses'][number]) => Promise<Outcome>,
): Promise<Declaration> => {
  const kept = suite.focuses.filter(
    ({ name }) => wanted !== undefined && !wanted.includes(name) && before?.states[name] !== undefined,
  )
  const outcomes: { focus: Suite['focuses'][number]; outcome: Outcome }[] = []
  for (const focus of suite.focuses)
    if (!kept.includes(focus)) outcomes.push({ focus, outcome: await outcomeOf(focus) })
  const states = Object.fromEntries(
    suite.focuses.map(({ name }) => [
      name,
      outcomes.find(({ focus }) => focus.name === name)?.outcome.distinct ?? before!.states[name]!,
    ]),
  )
  const elsewhere = new Set(kept.flatMap(({ model }) => model.properties.map(labelOf)))
  const verdicts = new Map<string, Declared>()
  for (const label of elsewhere) verdicts.set(label, before!.verdicts[label] ?? 'holds')
  for (const { label, property, verdict, value } of joined(suite, outcomes).verdicts) {
    const name = property ? labelOf(property) : label
    const known = verdicts.get(name)
    const found = verdict === 'measured' ? value! : verdict
    verdicts.set(
      name,
      typeof found === 'number' || typeof known === 'number' || known === undefined
        ? found
        : joinedVerdict([known as Verdict, found]),
    )
  }
  const order = Object.keys(suite.expects ?? {})
  const named = [...verdicts]
    .filter(([, declared]) => declared !== 'holds')
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  const taken = outcomes.flatMap(({ outcome }) =>
    outcome.coverage.filter((one) => one.taken > 0).map(({ action }) => action),
  )
  const idle =
    kept.length > 0
      ? before!.idle.filter((action) => !taken.includes(action))
      : idleIn(outcomes.map(({ outcome }) => outcome))
  return { states, verdicts: Object.fromEntries(named), idle }
}

const declare = async (scope: ScopeDeclared, wanted: readonly string[] | undefined): Promise<void> => {
  const file = `${scope}.json`
  const before = read<Snapshot>(file)
  const declarations = declarationsIn(before.lines)
  const found = new Map<string, Outcome>()
  const outcomeOf = async (focus: Suite['focuses'][number]): Promise<Outcome> => {
    const outcome = found.get(focus.key!) ?? (await check(focus.model))
    found.set(focus.key!, outcome)
    return outcome
  }
  const lines: Snapshot['lines'][number][] = []
  for (const suite of matrixOf(scope).suites)
    lines.push(
      ...linesOf(suite.name, await declarationOf(suite, declarations[suite.name], wanted, outcomeOf)),
    )
  write(file, { ...before, lines })
}

interface Found {
  readonly by: number
  readonly states: number
  readonly schemes: readonly {
    readonly scheme: string
    readonly properties: readonly {
      readonly label: string
      readonly held: number
      readonly flips: readonly Flip[]
      readonly undecided: readonly object[]
    }[]
  }[]
}

const foundIn = (files: readonly string[]): readonly Found[] => files.map((file) => readJson(file) as Found)

/** A row for each scheme and for what falls together: with which bounds, in how many steps, and what was left open. */
const tableOf = (files: readonly string[]): string =>
  foundIn(files)
    .flatMap(({ schemes, states }) =>
      schemes.flatMap(({ scheme, properties }) => {
        const rows = new Map<string, { readonly labels: string[]; held: number; undecided: number }>()
        for (const { label, flips, held, undecided } of properties) {
          const falls = flips
            .map(({ words, from, to, steps, search }) => `${words} ${from} to ${to}: ${steps} (${search})`)
            .join('; ')
          const row = rows.get(falls) ?? { labels: [], held: 0, undecided: 0 }
          row.labels.push(label)
          row.held += held
          row.undecided += undecided.length
          rows.set(falls, row)
        }
        return [...rows].map(
          ([falls, { labels, held, undecided }]) =>
            `| \`${scheme}\` | ${labels.join(', ')} | ${falls || 'none found'} | ${held} | ${undecided} | ${states} |\n`,
        )
      }),
    )
    .join('')

const keep = (files: readonly string[]): void => {
  const found = foundIn(files).flatMap(({ schemes, by, states }) =>
    schemes.flatMap(({ scheme, properties }): readonly StabilityLine[] => [
      { scheme, by, states },
      ...properties.flatMap(({ label: property, held, flips, undecided }) => [
        { scheme, property, held, undecided: undecided.length },
        ...flips.map((flip) => ({ scheme, property, ...flip })),
      ]),
    ]),
  )
  const before = read<StabilityFile>('stability.json')
  const names = [...new Set([...before.lines, ...found].map(({ scheme }) => scheme))]
  const lines = names.flatMap((name) => {
    const of = found.filter(({ scheme }) => scheme === name)
    return of.length > 0 ? of : before.lines.filter(({ scheme }) => scheme === name)
  })
  write('stability.json', { ...before, lines })
}

const quoted = (text: string): string => `'${text}'`

/** A result is kept to five digits: more are not the same on every machine. */
const availabilityKept = (files: readonly string[]): string => {
  const digits = (value: number): number => Number(value.toPrecision(5))
  const targets = files.flatMap(
    (file) =>
      (JSON.parse(readFileSync(file, 'utf8')) as { readonly targets: readonly AvailabilityJson[] }).targets,
  )
  const lines = targets.map(({ name, chain, traffic, ike, packets, dooms }) => {
    const seconds = `{ traffic: ${digits(traffic.alone)}, ike: ${digits(ike.alone)} }`
    const nines = `{ traffic: ${digits(traffic.nines)}, withPackets: ${digits(packets.nines)}, ike: ${digits(ike.nines)} }`
    return `  ${quoted(name)}: {\n    states: ${chain.states},\n    seconds: ${seconds},\n    doomed: ${digits(dooms * 1e6)},\n    nines: ${nines},\n  },`
  })
  return `/** What \`clustercheck availability\` computes of schemes under the default timing. Written by \`npm run declare availability\`. */
import type { KeptAvailability } from '../../src/search/suite.ts'

export const AVAILABILITY: Readonly<Record<string, KeptAvailability>> = {
${lines.join('\n')}
}
`
}

const [what = 'default', ...rest] = process.argv.slice(2)
const isScope = (name: string): name is ScopeDeclared => (SCOPES_DECLARED as readonly string[]).includes(name)
if (what === 'stability') keep(rest)
else if (what === 'availability') process.stdout.write(availabilityKept(rest))
else if (what === 'stability-table') process.stdout.write(tableOf(rest))
else if (isScope(what)) await declare(what, rest[0]?.split(','))
else
  throw new Error(
    `The scope is ${what}; it must be one of ${SCOPES_DECLARED.join(', ')}, stability, stability-table or availability.`,
  )
