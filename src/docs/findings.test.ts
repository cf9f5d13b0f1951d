/**
 * The table of what fails and what repairs it, which is written by hand, and the matrix, against the conditions that
 * `clustercheck design` computes: a scheme that lies in a space must be in both what its policies say.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Design, spaceOf } from '../../model/design/space.ts'
import { SPACES, type SpaceName } from '../../model/design/spaces.ts'
import { SCHEMES } from '../../model/schemes/index.ts'
import type { NamedScheme } from '../../model/schemes/named-scheme.ts'
import { declarationsOf, flipsOf } from '../../properties/declared/index.ts'
import { matrixIn } from '../cli/targets/schemes.ts'
import { labelOf } from '../modelling/property.ts'
import { DEFAULT_SCOPE, type Declared, propertiesOf } from '../search/suite.ts'
import { spacesIn } from './conditions.ts'

const page = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../docs/results', name), 'utf8')

/** The cells of the rows of a table, without its head. */
const rowsOf = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.slice(2, -2).split(' | '))

/* The conditions of the page */

type Values = ReadonlyMap<string, string>
type Test = (values: Values) => boolean

/** Splits at a word that stands outside of brackets. */
const partsOf = (text: string, word: string): readonly string[] => {
  const parts: string[] = ['']
  let depth = 0
  for (const token of text.split(/(?=[()])|(?<=[()])|(?<= and | or )|(?= and | or )/)) {
    if (token === '(') depth += 1
    if (token === ')') depth -= 1
    if (token === word && depth === 0) parts.push('')
    else parts.push(parts.pop()! + token)
  }
  return parts
}

/** Reads `synchIke acknowledged and (merge maximum or order fifo)`. */
const testOf = (text: string): Test => {
  for (const [word, all] of [
    [' or ', false],
    [' and ', true],
  ] as const) {
    const tests = partsOf(text, word)
    if (tests.length === 1) continue
    const each = tests.map(testOf)
    return (values) => (all ? each.every((test) => test(values)) : each.some((test) => test(values)))
  }
  if (text.startsWith('(')) return testOf(text.slice(1, -1))
  if (text === 'always' || text === 'never') return () => text === 'always'
  const [, not, name, wanted = 'true'] = /^(not )?(\w+)(?: (.+))?$/.exec(text)!
  return (values) => {
    const value = values.get(name!)
    if (value === undefined) throw new Error(`no policy is called ${name}`)
    return not ? value === 'false' : wanted.split('/').includes(value)
  }
}

const conditionsOf = (name: SpaceName): ReadonlyMap<string, Test> => {
  const [, part] = page('conditions.md').split(`<!-- space ${name} -->`)
  return new Map(
    rowsOf(part!.split('<!-- /space -->')[0]!).flatMap((row) =>
      row[0]!.split(', ').map((label) => [label, testOf(row.at(-1)!.replaceAll('\\', ''))] as const),
    ),
  )
}

/* Schemes in spaces */

/** Policies that are not about packets from the cluster. */
const NOT_OUTBOUND = [
  ...['synchIke', 'synchCounters', 'carries', 'childrenOnReturn', 'resynchOnHeal', 'spi'],
  ...['esp.learns', 'esp.raise', 'esp.alarms', 'esp.handsOverCounters'],
]
/** Policies that no search of a space reads, by the beginning of their names. */
const UNREAD: Partial<Readonly<Record<SpaceName, readonly string[]>>> = {
  'hot-standby': ['esp.', 'resynchOnHeal'],
  outbound: NOT_OUTBOUND,
  ivs: NOT_OUTBOUND,
}

const flat = (value: object, path = ''): readonly (readonly [string, unknown])[] =>
  Object.entries(value).flatMap(([name, own]) =>
    typeof own === 'object' && own !== null
      ? flat(own, `${path}${name}.`)
      : [[`${path}${name}`, own] as const],
  )

const isWidth = (policy: string): boolean => policy === 'esp.jump' || policy === 'esp.raise'

/** How many numbers a width lacks to what a scheme has; undefined where it is no lower bound of it. */
const lacking = (own: unknown, other: unknown): number | undefined =>
  own === other
    ? 0
    : typeof own === 'number' && typeof other === 'number' && other < own
      ? own - other
      : undefined

/** The values of the design that a scheme is, or of that with the next shorter jump; undefined where it is none. */
const placed = (
  { scheme, bounds }: NamedScheme,
  designs: readonly { readonly design: Design; readonly policies: ReadonlyMap<string, unknown> }[],
  unread: readonly string[],
): Design | undefined => {
  if (bounds?.members !== undefined) return undefined
  const own = flat(scheme)
  let best: { readonly design: Design; readonly lacks: number } | undefined
  for (const { design, policies } of designs) {
    const lacks = own.map(([policy, value]) =>
      unread.some((name) => policy.startsWith(name)) || policies.get(policy) === value
        ? 0
        : isWidth(policy)
          ? lacking(value, policies.get(policy))
          : undefined,
    )
    if (lacks.includes(undefined)) continue
    const sum = lacks.reduce<number>((all, one) => all + one!, 0)
    if (!best || sum < best.lacks) best = { design, lacks: sum }
  }
  return best?.design
}

const kept = spacesIn(page('conditions.md')) as readonly SpaceName[]
const spaces = kept.map((name) => {
  const space = spaceOf(name, SPACES[name], (basis) => SCHEMES.find((scheme) => scheme.name === basis))
  const designs = space.designs.map((design) => ({
    design,
    policies: new Map(flat(design.schemes[0]!.scheme)),
  }))
  /** By label, for each scheme that lies in the space: whether it satisfies the condition. */
  const satisfies = (
    scheme: NamedScheme,
    also: readonly string[] = [],
  ): ((label: string) => boolean) | undefined => {
    const design = placed(scheme, designs, [...UNREAD[name]!, ...also])
    if (!design) return undefined
    const values = new Map(
      space.free.map(({ policy, values }, i) => [
        policy.slice(policy.indexOf('.') + 1),
        String(values[design.at[i]!]),
      ]),
    )
    return (label) => conditions.get(label)!(values)
  }
  const conditions = conditionsOf(name)
  return { name, labels: [...conditions.keys()], satisfies }
})

const { suites } = await matrixIn(DEFAULT_SCOPE)
const declared = declarationsOf(DEFAULT_SCOPE)

/** The labels that each search judges, in some scheme. */
const labelsBySearch = new Map<string, Set<string>>()
for (const { focuses } of suites)
  for (const { name, model } of focuses) {
    const labels = labelsBySearch.get(name) ?? new Set()
    for (const property of model.properties) labels.add(labelOf(property))
    labelsBySearch.set(name, labels)
  }
const judging = (searches: readonly string[], label: string): readonly string[] =>
  searches.filter((search) => labelsBySearch.get(search)?.has(label))

/** A cell of the matrix of a scheme that lies in a space. */
interface Placed {
  readonly space: SpaceName
  readonly scheme: string
  readonly label: string
  /** Whether the condition is true of it. */
  readonly satisfies: boolean
  readonly verdict: Declared
  /** Searches that judge it in the matrix and not in the space, and the other way round. */
  readonly beyond: readonly string[]
  readonly missing: readonly string[]
}

const cells: readonly Placed[] = spaces.flatMap(({ name, labels, satisfies }) =>
  suites.flatMap((suite) => {
    const scheme = SCHEMES.find((one) => one.name === suite.name)!
    const judged = propertiesOf([suite]).map(labelOf)
    return labels
      .filter((label) => judged.includes(label))
      .flatMap((label): readonly Placed[] => {
        // Where SPIs are chosen, every member of these schemes sets up SAs.
        const satisfied = satisfies(scheme, label === 'SPI-1' ? ['ikeBy'] : [])
        if (!satisfied) return []
        const own = judging(scheme.judgedBy, label)
        const its = judging(SPACES[name].fixed.searches, label)
        return [
          {
            space: name,
            scheme: suite.name,
            label,
            satisfies: satisfied(label),
            verdict: declared[suite.name]?.verdicts[label] ?? 'holds',
            beyond: own.filter((search) => !its.includes(search)),
            missing: its.filter((search) => !own.includes(search)),
          },
        ]
      })
  }),
)

/** Rows of the table whose schemes lie in a space, with the properties that the section is about. */
const ROWS: Readonly<Record<string, readonly [SpaceName, readonly string[]]>> = {
  '3.2 lost state': ['hot-standby', ['LIV-1c', 'LIV-1p']],
  '3.3 IKE counters': ['hot-standby', ['MID-1', 'MID-2', 'MID-3', 'MID-4', 'LIV-1c', 'LIV-1p']],
  '3.4 outbound counters': ['outbound', ['SEQ-1']],
  '3.6 missing messages': ['hot-standby', ['CHD-1']],
  '3.7.1 IVs': ['ivs', ['IV-1']],
  '3.9 SPIs': ['hot-standby', ['SPI-1']],
}

/** The labels that a row is about; the others of its schemes are those of other rows. */
const ABOUT: Readonly<Record<string, RegExp>> = {
  '3.2 lost state': /^(MID|LIV|CHD)/,
  '3.3 IKE counters': /^(MID|LIV|CHD)/,
  '3.4 outbound counters': /^(SEQ-1|SEQ-2o|IV|ESN)/,
  '3.5 inbound counters': /^(RPL|SEQ-2i)/,
  '3.6 missing messages': /^CHD/,
}

/** How a cell names the bound that must not be raised. */
const NAMED: Readonly<Record<string, RegExp>> = {
  members: /two members|assumptions of 3\.3/,
  handovers: /hand(ed )?over|assumptions of 3\.3/,
  synchLosses: /\blost\b/,
  crashes: /takeover|failure|fails|after one,/,
  attacker: /\bA2\b/,
}

/** What contradicts, and is explained in the page of the conditions. */
const EXPLAINED = ['esp-to-maximum', 'esp-told-jump', 'spi-shared-acked']

describe('the table of what fails and what repairs it', () => {
  const rows = rowsOf(page('findings.md'))
  /** Where a row says of a scheme what the conditions do not say of its policies. */
  const said = Object.entries(ROWS).flatMap(([title, [space, labels]]) => {
    const row = rows.find(([cell]) => cell === title)
    return ([1, 2] as const).flatMap((column) =>
      [...row![column]!.matchAll(/`([a-z0-9-]+)`/g)].flatMap(([, scheme]) => {
        const own = cells.filter(
          (cell) => cell.space === space && cell.scheme === scheme && labels.includes(cell.label),
        )
        const good = own.every(({ satisfies }) => satisfies)
        return own.length === 0 ? [] : [{ scheme: scheme!, agrees: good === (column === 2) }]
      }),
    )
  })

  it('is what the computed conditions say, but for what is explained', () => {
    expect(kept).toEqual(Object.keys(UNREAD))
    expect(said.length).toBeGreaterThan(20)
    const contradictions = said.filter(({ agrees }) => !agrees).map(({ scheme }) => scheme)
    expect([...new Set(contradictions)].sort()).toEqual(EXPLAINED)
    const [, explanations] = page('conditions.md').split('\n## Where this differs')
    for (const scheme of EXPLAINED) expect(explanations).toContain(`\`${scheme}\``)
  })

  it('names in each repair the bounds which it does not survive when they are raised', () => {
    const rests = rows.flatMap(([title, , repair]) =>
      [...repair!.matchAll(/`([a-z0-9-]+)`/g)].flatMap(([, scheme]) =>
        Object.entries(flipsOf(scheme!, DEFAULT_SCOPE))
          .filter(([label]) => ABOUT[title!]?.test(label) ?? true)
          .flatMap(([, flips]) => flips.map(({ bound }) => ({ title, scheme, bound, repair: repair! }))),
      ),
    )
    expect(rests.length).toBeGreaterThan(40)
    for (const { bound } of rests) expect(Object.keys(NAMED)).toContain(bound)
    const unsaid = rests.filter(({ bound, repair }) => !NAMED[bound]!.test(repair))
    expect(new Set(unsaid.map(({ title, scheme, bound }) => `${title}: ${scheme}, ${bound}`))).toEqual(
      new Set(),
    )
  })
})

describe('the matrix', () => {
  it('is what the computed conditions say, where the same searches judge', () => {
    const same = cells.filter(({ satisfies, verdict, beyond, missing }) => {
      if (verdict === 'holds') return satisfies || missing.length === 0
      return !satisfies || beyond.length === 0
    })
    expect(same.length).toBeGreaterThan(150)
    const contradictions = same.filter(({ satisfies, verdict }) => satisfies !== (verdict === 'holds'))
    expect(contradictions.map(({ scheme, label }) => `${scheme} ${label}`)).toEqual([
      'spi-shared-acked SPI-1',
    ])
  })
})
