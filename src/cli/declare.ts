/**
 * `npm run declare [small|default|large] [SEARCHES]`: searches the matrix of a scope and prints what would be declared
 * of it. For the maintainer who changed the model and has explained every verdict that changed with it. With names of
 * searches, separated by commas, only those are made; of all others that are declared already it is taken over.
 *
 * `npm run declare stability FILES`: prints what is to be kept of results of `clustercheck stability --json`.
 * `npm run declare availability FILES`: prints what is to be kept of results of `clustercheck availability --json`.
 * `npm run declare stability-table FILES`: prints the same as rows of the page about stability.
 */

import { readFileSync } from 'node:fs'
import { declarationsOf } from '../../properties/declared/index.ts'
import { matrixOf } from '../../properties/matrix.ts'
import { labelOf } from '../modelling/property.ts'
import type { AvailabilityJson } from '../report/availability/json.ts'
import { check } from '../search/breadth-first.ts'
import type { Outcome, Verdict } from '../search/engine/outcome.ts'
import type { Flip } from '../search/stability.ts'
import {
  type Declared,
  idleIn,
  joined,
  joinedVerdict,
  SCOPES,
  type ScopeName,
  type Suite,
} from '../search/suite.ts'

const quoted = (text: string): string => `'${text}'`

/** One suite as it is declared. */
const declarationOf = async (
  suite: Suite,
  before: ReturnType<typeof declarationsOf>[string] | undefined,
  wanted: readonly string[] | undefined,
  outcomeOf: (focus: Suite['focuses'][number]) => Promise<Outcome>,
): Promise<string> => {
  const kept = suite.focuses.filter(
    ({ name }) => wanted !== undefined && !wanted.includes(name) && before?.states[name] !== undefined,
  )
  const outcomes: { focus: Suite['focuses'][number]; outcome: Outcome }[] = []
  for (const focus of suite.focuses)
    if (!kept.includes(focus)) outcomes.push({ focus, outcome: await outcomeOf(focus) })
  const counts = suite.focuses.map(({ name }) => {
    const found = outcomes.find(({ focus }) => focus.name === name)?.outcome.distinct
    return `${quoted(name)}: ${found ?? before!.states[name]}`
  })
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
  const told = [...verdicts]
    .filter(([, declared]) => declared !== 'holds')
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(
      ([label, declared]) =>
        `${quoted(label)}: ${typeof declared === 'number' ? declared : quoted(declared)}`,
    )
  const taken = outcomes.flatMap(({ outcome }) =>
    outcome.coverage.filter((one) => one.taken > 0).map(({ action }) => action),
  )
  const idle =
    kept.length > 0
      ? (before!.idle ?? []).filter((action) => !taken.includes(action))
      : idleIn(outcomes.map(({ outcome }) => outcome))
  const never = idle.length === 0 ? '' : `\n    idle: [${idle.map(quoted).join(', ')}],`
  return `  ${quoted(suite.name)}: {\n    states: { ${counts.join(', ')} },\n    verdicts: { ${told.join(', ')} },${never}\n  },`
}

const declare = async (scope: ScopeName, wanted: readonly string[] | undefined): Promise<string> => {
  const found = new Map<string, Outcome>()
  const outcomeOf = async (focus: Suite['focuses'][number]): Promise<Outcome> => {
    const outcome = found.get(focus.key!) ?? (await check(focus.model))
    found.set(focus.key!, outcome)
    return outcome
  }
  const lines: string[] = []
  for (const suite of matrixOf(scope).suites)
    lines.push(await declarationOf(suite, declarationsOf(scope)[suite.name], wanted, outcomeOf))
  return `/** Declared at the ${scope} scope. Written by \`npm run declare\`: read what it changes before you commit it. */
import type { Declarations } from './declaration.ts'

export const at${scope[0]!.toUpperCase()}${scope.slice(1)}: Declarations = {
${lines.join('\n')}
}
`
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

const foundIn = (files: readonly string[]): readonly Found[] =>
  files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Found)

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

const keep = (files: readonly string[]): string => {
  const found = foundIn(files)
  const lines = found.flatMap(({ schemes, by, states }) =>
    schemes.map(({ scheme, properties }) => {
      const rows = properties.map(
        ({ label, held, flips, undecided }) =>
          `      ${quoted(label)}: { held: ${held}, undecided: ${undecided.length}, flips: ${JSON.stringify(flips)} },`,
      )
      return `  ${quoted(scheme)}: {\n    by: ${by},\n    states: ${states},\n    properties: {\n${rows.join('\n')}\n    },\n  },`
    }),
  )
  return `/** What holds at the default scope and falls with a raised bound. Written by \`npm run declare stability\`. */
import type { Kept } from './declaration.ts'

export const STABILITY: Readonly<Record<string, Kept>> = {
${lines.join('\n')}
}
`
}

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
const isScope = (name: string): name is ScopeName => (SCOPES as readonly string[]).includes(name)
if (what === 'stability') process.stdout.write(keep(rest))
else if (what === 'availability') process.stdout.write(availabilityKept(rest))
else if (what === 'stability-table') process.stdout.write(tableOf(rest))
else if (isScope(what)) process.stdout.write(await declare(what, rest[0]?.split(',')))
else
  throw new Error(
    `The scope is ${what}; it must be one of ${SCOPES.join(', ')}, stability, stability-table or availability.`,
  )
