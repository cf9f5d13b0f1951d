/** Searches a space of designs: what holds when, which designs are worth having, and whether they stand closer scrutiny. */
import type { Design, Space } from '../../../model/design/space.ts'
import type { FocusName } from '../../../model/schemes/named-scheme.ts'
import {
  type DesignSearch,
  designSearches,
  isAssumed,
  modelOfSearch,
  propertiesOfSearch,
  type RaisedSearch,
  raisedSearches,
} from '../../../properties/design/searches.ts'
import { conditionOf } from '../../design/conditions.ts'
import { frontOf } from '../../design/front.ts'
import { labelOf } from '../../modelling/property.ts'
import type {
  ConditionJson,
  DesignJson,
  FallenJson,
  FallJson,
  FrontJson,
  PriceJson,
} from '../../report/design/json.ts'
import { checkNaively } from '../../search/naive.ts'
import type { ScopeName, Verdict } from '../../search/suite.ts'
import { type Judging, type Ran, type Verdicts, verdictsOf } from './judging.ts'

/** What is asked of a space. */
export interface Asked {
  readonly name: string
  readonly about: string
  readonly space: Space
  readonly scope: ScopeName
  /** Searches by which only what is recommended is judged. */
  readonly again: readonly FocusName[]
  /** Labels; absent: all that some design satisfies, and all that is measured. */
  readonly required: readonly string[] | undefined
  readonly small: readonly string[] | undefined
}

/** What the searches of a design say together. */
interface Judged {
  readonly design: Design
  readonly number: number
  readonly verdicts: Verdicts
  readonly ran: readonly Ran[]
}

interface Priced extends Judged {
  readonly met: ReadonlySet<string>
  readonly prices: readonly number[]
}

/** Thrown for a label that no search of the space judges or measures. */
export class UnknownLabel extends Error {
  readonly what: 'property' | 'price'
  readonly label: string
  readonly known: readonly string[]
  constructor(what: 'property' | 'price', label: string, known: readonly string[]) {
    super(`no ${what} ${label}`)
    this.what = what
    this.label = label
    this.known = known
  }
}

/** States of a search that is repeated on plain objects, at the most. */
const PLAIN_STATES = 4_000

/** How often fallen designs make room for others, at the most. */
const ROUNDS = 20

/** Judges all designs of a space. */
export const designed = async (
  { name, about, space, scope, again, required: wanted, small: priced }: Asked,
  { judge, raised }: { readonly judge: Judging; readonly raised: Judging },
): Promise<DesignJson> => {
  const judged = await judgedDesigns(space, scope, judge)
  const wantedSearches = space.designs.reduce(
    (sum, design) =>
      sum + design.schemes.reduce((of, scheme) => of + designSearches(scheme, scope).length, 0),
    0,
  )
  const seen = new Map<string, Verdict | 'price'>()
  for (const { verdicts } of judged)
    for (const [label, { unit, verdict }] of verdicts)
      if (unit !== undefined) seen.set(label, 'price')
      else if (seen.get(label) !== 'holds') seen.set(label, verdict)
  const labels = [...seen].filter(([, kind]) => kind !== 'price').map(([label]) => label)
  const allPrices = [...seen].filter(([, kind]) => kind === 'price').map(([label]) => label)
  need('property', wanted, labels)
  need('price', priced, allPrices)
  const required = wanted ?? labels.filter((label) => seen.get(label) === 'holds')
  const small = priced ?? allPrices
  const designs = judged.map(
    (one): Priced => ({
      ...one,
      met: new Set(
        [...one.verdicts].filter(([, { verdict }]) => verdict === 'holds').map(([label]) => label),
      ),
      prices: small.map((label) => one.verdicts.get(label)?.value ?? Number.POSITIVE_INFINITY),
    }),
  )
  const counts = { ...judge.counts() }
  const { front, fallen } = await standing(designs, required, small, { space, scope, again, judge, raised })
  return {
    name,
    about,
    scope,
    free: space.free.map(({ policy, values }) => ({ policy, values: values.map(String) })),
    designs: space.designs.length,
    contradictory: space.contradictory,
    undecided: space.designs.length - judged.length,
    searches: {
      wanted: wantedSearches,
      different: counts.searches,
      cached: counts.cached,
      cut: counts.cut,
      states: counts.states,
      raised: raised.counts().searches + judge.counts().searches - counts.searches,
      raisedCut: raised.counts().cut + judge.counts().cut - counts.cut,
    },
    required,
    never: wanted ? [] : labels.filter((label) => !required.includes(label)),
    small,
    satisfying: designs.filter(({ met }) => required.every((label) => met.has(label))).length,
    conditions: labels.map((label) => conditionFor(label, designs, space)),
    front,
    fallen,
    points: pointsOf(designs, required, small),
    over: (judge.over() ?? raised.over()) !== undefined,
  }
}

const need = (
  what: 'property' | 'price',
  labels: readonly string[] | undefined,
  known: readonly string[],
): void => {
  const unknown = labels?.find((label) => !known.includes(label))
  if (unknown !== undefined) throw new UnknownLabel(what, unknown, known)
}

/** The designs all of whose searches were run. Searches of one kind are run together, the first kind first. */
export const judgedDesigns = async (
  { designs }: Space,
  scope: ScopeName,
  judge: Judging,
): Promise<readonly Judged[]> => {
  const searches = designs.map(({ schemes }) => schemes.flatMap((scheme) => designSearches(scheme, scope)))
  const plans = [...new Set(searches.flatMap((of) => of.map(({ plan }) => plan)))]
  const ran = new Map<DesignSearch, Ran | undefined>()
  for (const plan of plans) {
    const of = searches.flatMap((own) => own.filter((one) => one.plan === plan))
    for (const [i, one] of (await judge.ranOf(of)).entries()) ran.set(of[i]!, one)
  }
  return designs.flatMap((design, i): readonly Judged[] => {
    const own = searches[i]!.map((search) => ran.get(search))
    if (own.some((one) => one === undefined)) return []
    const all = own as readonly Ran[]
    return [{ design, number: i, ran: all, verdicts: verdictsOf(all) }]
  })
}

const conditionFor = (label: string, designs: readonly Judged[], { free }: Space): ConditionJson => {
  const verdictOf = ({ verdicts }: Judged) => verdicts.get(label)?.verdict
  const decided = designs.filter((one) => verdictOf(one) !== 'unknown')
  const count = (verdict: Verdict) => designs.filter((one) => verdictOf(one) === verdict).length
  const condition = conditionOf(
    decided.map((one) => ({ at: one.design.at, holds: verdictOf(one) === 'holds' })),
    free.map(({ values }) => values.length),
  )
  return {
    label,
    holds: count('holds'),
    violated: count('violated'),
    vacuous: count('vacuous'),
    unknown: count('unknown'),
    ...(condition && {
      condition: {
        form: condition.form,
        terms: condition.terms.map((term) =>
          term.map(({ policy, values }) => ({
            policy: free[policy]!.policy,
            values: values.map((value) => String(free[policy]!.values[value])),
          })),
        ),
      },
    }),
  }
}

/** What a closer look takes. */
interface Looking extends Pick<Asked, 'space' | 'scope' | 'again'> {
  readonly judge: Judging
  readonly raised: Judging
}

/** The front of those that stand; one that falls makes room for what it was better than. */
const standing = async (
  designs: readonly Priced[],
  required: readonly string[],
  small: readonly string[],
  how: Looking,
): Promise<{ readonly front: readonly FrontJson[]; readonly fallen: readonly FallenJson[] }> => {
  const fallen: FallenJson[] = []
  const looked = new Map<number, FrontJson | FallenJson>()
  let left = designs
  for (let round = 0; ; round++) {
    const groups = frontOf(left, required)
    const fresh = groups.map(simplest).filter(({ number }) => !looked.has(number))
    // All together: threads are started once.
    await how.judge.ranOf(fresh.flatMap((one) => longerOf(one, metOf(one, required), how)))
    await how.raised.ranOf(
      fresh.flatMap((one) => higherOf(one, metOf(one, required)).map(({ search }) => search)),
    )
    const rows: FrontJson[] = []
    const down = new Set<number>()
    for (const group of groups) {
      const one = simplest(group)
      const found = looked.get(one.number) ?? (await lookedAt(one, group.length, required, small, how))
      looked.set(one.number, found)
      if ('fell' in found) {
        fallen.push(found)
        down.add(one.number)
      } else rows.push({ ...found, alike: group.length - 1 })
    }
    if (down.size === 0 || round === ROUNDS || how.raised.over()) return { front: rows, fallen }
    left = left.filter(({ number }) => !down.has(number))
  }
}

/** Of designs that are equal in all that counts the one with the simplest policies. */
const simplest = (group: readonly Priced[]): Priced => {
  const weight = ({ design }: Priced): number => design.at.reduce((sum, value) => sum + value, 0)
  return group.reduce((best, one) => (weight(one) < weight(best) ? one : best))
}

/** Judges a design with each bound of its searches raised, and on plain objects. */
const lookedAt = async (
  one: Priced,
  alike: number,
  required: readonly string[],
  small: readonly string[],
  { space, scope, again, judge, raised }: Looking,
): Promise<FrontJson | FallenJson> => {
  const { design, number, ran } = one
  const met = metOf(one, required)
  const higher = higherOf(one, met)
  const above = await raised.ranOf(higher.map(({ search }) => search))
  const falls = (assumed: boolean): readonly FallJson[] =>
    above.flatMap((found, i) =>
      isAssumed(higher[i]!.bound) === assumed
        ? violations(found).map((said) => ({ ...said, ...flipOf(higher[i]!) }))
        : [],
    )
  const longer = await judge.ranOf(longerOf(one, met, { scope, again }))
  const fell = [
    ...longer.flatMap((found) => violations(found).map((said) => ({ ...said, search: found!.search.plan }))),
    ...falls(false),
  ]
  const base = {
    design: number,
    policies: Object.fromEntries(
      space.free.map(({ policy, values }, i) => [policy, String(values[design.at[i]!])]),
    ),
    prices: small.map((label, i): PriceJson => {
      const unit = one.verdicts.get(label)?.unit ?? ''
      return { label, unit, value: Number.isFinite(one.prices[i]) ? one.prices[i]! : null }
    }),
    met,
  }
  if (fell.length > 0) return { ...base, fell }
  const ended = [...longer, ...above].filter((found) => found?.complete === true).length
  return {
    ...base,
    missed: required.filter((label) => !met.includes(label)),
    alike,
    file: design.file,
    again: {
      searches: longer.length + above.length,
      ended,
      undecided: longer.length + above.length - ended,
    },
    assumes: falls(true),
    plain: plainly(ran),
  }
}

const metOf = ({ met }: Priced, required: readonly string[]): readonly string[] =>
  required.filter((label) => met.has(label))

/** The searches of a design that take long, for what it satisfies. */
const longerOf = (
  { design }: Priced,
  met: readonly string[],
  { scope, again }: Pick<Asked, 'scope' | 'again'>,
): readonly DesignSearch[] =>
  design.schemes
    .flatMap((named) => designSearches({ ...named, judgedBy: again }, scope))
    .map((search) => ({
      ...search,
      labels: propertiesOfSearch(search)
        .map(labelOf)
        .filter((label) => met.includes(label)),
    }))
    .filter(({ labels }) => labels.length > 0)

/** The searches of a design with each bound raised. */
const higherOf = ({ ran }: Priced, met: readonly string[]): readonly RaisedSearch[] =>
  ran.flatMap(({ search }) => raisedSearches(search, met))

const violations = (found: Ran | undefined) =>
  (found?.said ?? []).flatMap(({ label, verdict, steps }) =>
    verdict === 'violated' ? [{ label, steps: steps ?? 0 }] : [],
  )

const flipOf = ({ search: { plan }, bound, words, from, to }: RaisedSearch) => ({
  search: plan,
  bound,
  words,
  from,
  to,
})

/** Repeats the small searches on plain objects, by the definition of every verdict. */
const plainly = (ran: readonly Ran[]): FrontJson['plain'] => {
  const small = ran.filter(({ complete, distinct }) => complete && distinct <= PLAIN_STATES)
  const differing = small.flatMap(({ search, distinct, said }) => {
    const model = modelOfSearch(search)
    const plain = checkNaively(model, { twice: false })
    const wrong = said.filter(({ label, verdict, value }) => {
      const property = model.properties.find((one) => labelOf(one) === label)!
      const found = plain.verdicts[property.name]
      return found?.verdict !== verdict || found.value !== value
    })
    return [
      ...wrong.map(({ label }) => `${search.plan} ${label}`),
      ...(plain.distinct === distinct ? [] : [`${search.plan} states`]),
    ]
  })
  return { searches: small.length, differing }
}

/** What a picture shows: for each set of prices and number of requirements that are met, how many designs. */
const pointsOf = (
  designs: readonly Priced[],
  required: readonly string[],
  small: readonly string[],
): DesignJson['points'] => {
  const points = new Map<string, { prices: readonly (number | null)[]; met: number; designs: number }>()
  for (const { met, prices } of designs) {
    const count = required.filter((label) => met.has(label)).length
    const key = [...prices, count].join()
    const known = points.get(key)
    if (known) known.designs += 1
    else
      points.set(key, {
        prices: small.map((_, i) => (Number.isFinite(prices[i]) ? prices[i]! : null)),
        met: count,
        designs: 1,
      })
  }
  return [...points.values()]
}
