/**
 * A swarm: bitstate searches of one model with other seeds, which go in other orders and hash otherwise, so that each
 * leaves out other states (Holzmann, Joshi and Groce, "Swarm verification", 2008).
 */
import type { Cut, Judgement, Outcome, Path } from './engine/outcome.ts'
import { coverageIn, joinedVerdict } from './suite.ts'

/** What goes first where searches of a swarm were cut by different things. */
const CUTS: readonly Cut[] = ['failed', 'interrupt', 'bytes', 'seconds', 'states', 'bitstate']

/**
 * What the searches of a swarm say together. Counts are sums: a state that several have met counts once for each. It is
 * never complete.
 */
export const swarmOutcome = (outcomes: readonly Outcome[]): Outcome => {
  const first = outcomes[0]!
  const sum = (of: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0)
  const most = (of: (outcome: Outcome) => number): number => Math.max(...outcomes.map(of))
  const fills = outcomes.flatMap(({ bitstate }) => bitstate ?? [])
  const checkedTwice = sum((outcome) => outcome.checkedTwice ?? 0)
  return {
    model: first.model,
    judgements: first.judgements.map((judgement) =>
      joined(
        outcomes.flatMap(({ judgements }) =>
          judgements.filter(({ property }) => property === judgement.property),
        ),
      ),
    ),
    distinct: sum(({ distinct }) => distinct),
    generated: sum(({ generated }) => generated),
    depth: most(({ depth }) => depth),
    stuck: sum(({ stuck }) => stuck),
    coverage: coverageIn(outcomes),
    complete: false,
    cut: CUTS.find((cut) => outcomes.some((outcome) => outcome.cut === cut)) ?? 'bitstate',
    frontier: sum(({ frontier }) => frontier),
    exact: false,
    missProbability: 1,
    elapsedSeconds: sum(({ elapsedSeconds }) => elapsedSeconds),
    bytes: most(({ bytes }) => bytes),
    ...(checkedTwice > 0 && { checkedTwice }),
    ...(fills[0] && {
      bitstate: {
        ...fills[0],
        set: Math.max(...fills.map(({ set }) => set)),
        omitted: fills.reduce((total, { omitted }) => total + omitted, 0),
        bound: fills.reduce((total, { bound }) => total + bound, 0),
        searches: outcomes.length,
      },
    }),
  }
}

/** The answers for one property: the shortest path of them, and of a measure that to the largest reading. */
const joined = (judgements: readonly Judgement[]): Judgement => {
  const verdict = joinedVerdict(judgements.map((one) => one.verdict))
  const values = judgements.flatMap(({ value }) => value ?? [])
  const value = values.length > 0 ? Math.max(...values) : undefined
  const paths = judgements
    .filter((one) => (value === undefined ? one.verdict === verdict : one.value === value))
    .flatMap(({ path }) => (path ? [path] : []))
    .sort(byLength)
  const [situation] = judgements.flatMap((one) => (one.situation ? [one.situation] : [])).sort(byLength)
  const others = different(paths.slice(1), paths[0])
  return {
    property: judgements[0]!.property,
    kind: judgements[0]!.kind,
    verdict,
    ...(value !== undefined && { value }),
    ...(paths[0] && { path: paths[0] }),
    ...(others.length > 0 && { others }),
    ...(situation && { situation }),
  }
}

const byLength = (a: Path, b: Path): number => a.length - b.length

/** Each path once, and not `known`. */
const different = (paths: readonly Path[], known: Path | undefined): readonly Path[] => {
  const seen = new Set([known?.join()])
  return paths.filter((path) => {
    const key = path.join()
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}
