/**
 * Advice: changes of policies by which a cluster keeps properties that it violates. Sets of changes are looked for at the
 * scope `small`; what is advised was judged by complete searches of everything that judges the cluster, at its scope.
 *
 * Single changes come first. Where none of them is enough, the policies of the shipped schemes of the cluster's kind follow
 * as a whole, from which all is left out that is not needed; then pairs of changes, and triples where they are asked for.
 * Where much is violated, the scheme that is declared to satisfy most of it comes before all.
 */
import { AS_NEEDED, type Change, changesOf } from '../../../model/cluster-files/changes.ts'
import { LAG, lagRule } from '../../../model/cluster-files/scaling.ts'
import type { NamedScheme } from '../../../model/schemes/named-scheme.ts'
import type { AdvisedJson } from '../../report/results/advice.ts'
import type { Scaled, ScopeName } from '../../search/suite.ts'
import type { Verdicts } from '../design/judging.ts'
import type { ClusterData } from '../jobs/search-job.ts'
import { type AdviceOptions, judgeOf, SMALL } from './judge.ts'
import { scoutOf } from './scout.ts'
import { keyOf, unionOf, type Whole, wholesOf } from './sets.ts'
import { isJudged, type JudgedSet, type Shrunk, shrunk } from './shrink.ts'
import {
  type Advice,
  byEffect,
  byWorth,
  type Effect,
  effectOf,
  fewest,
  inOrder,
  isGood,
  repairedBy,
} from './worth.ts'

/** A cluster that violates something. */
export interface Violating extends ClusterData {
  /** What was found at its scope. */
  readonly before: Verdicts
  /** What is to be repaired. */
  readonly violated: readonly string[]
  /** Labels that are asked for; absent: all. */
  readonly only?: readonly string[] | undefined
  /** Its quantities in the units of its owner. */
  readonly scaling?: readonly Scaled[] | undefined
}

/** Sets of few changes that are judged at the scope of the cluster, at the most. */
const FEW = 6
/** Shipped schemes that are shrunk, at the most, beside the likely one. */
const SCHEMES = 2
/** One change seldom repairs more than so much: then the likely scheme is tried before single changes. */
const LITTLE = 4

/** Looks for changes that repair what is violated. */
export const advise = async (
  { schemes, scope, before, violated, only, scaling = [] }: Violating,
  options: AdviceOptions,
): Promise<AdvisedJson> => {
  const { budget } = options
  const { scheme, bounds } = schemes[0] as NamedScheme
  const judge = judgeOf(schemes, options)
  const changes = changesOf(scheme, bounds).map((change) => inUnits(change, scaling))
  const singles = changes.filter(({ alone }) => alone)
  const given = new Map<string, Advice>()
  const schemesTried = { sets: 0, judged: 0 }

  const [found] = await judge.verdictsAt([[]], SMALL)
  const small: Verdicts = isJudged(found) ? found : new Map()
  const seen = violated.filter((label) => small.get(label)?.verdict === 'violated')
  const scouts = [scoutOf(judge, singles, seen, SMALL)]
  const [scout] = scouts as [(typeof scouts)[number]]
  const wholes = wholesOf(scheme, changes, violated, scope)
  const [likely] = wholes
  if (likely && violated.length > LITTLE) await judgedWhole(likely)
  await scout.grow()
  const enough = scout.found.filter(({ verdicts }) => isGood(verdicts, small, violated)).slice(0, FEW)
  await judged(enough)
  const isDone = [...given.values()].some(
    ({ set, repairs, breaks }) => set.length === 1 && repairs.length === violated.length && !breaks[0],
  )
  if (!isDone) {
    for (const whole of await wholesWorthShrinking()) await judgedWhole(whole)
    while (scout.tried.length < budget.changes && !judge.over()) await scout.grow()
    // What no small search violates is looked for where it is violated.
    const unseen = violated.filter((label) => !seen.includes(label))
    if (unseen.length > 0 && scope !== SMALL) {
      scouts.push(scoutOf(judge, singles, unseen, scope))
      await scouts[1]!.grow()
    }
    const few = fewest(
      scouts.flatMap((one) => one.found),
      violated,
    ).slice(0, FEW)
    const missing = few.filter(({ verdicts }) => repairedBy(verdicts, unrepaired()).length > 0)
    await judged(missing)
    await judgedTogether()
    await judged(few.filter((one) => !missing.includes(one)))
  }
  const tried = scouts.flatMap((one) => one.tried)
  const over = judge.over()
  return {
    scope,
    advice: inOrder([...given.values()]).map(({ set: _, ...json }) => json),
    unrepaired: unrepaired(),
    tried: judge.sets(),
    searches: judge.searches(),
    sizes: tried,
    schemes: schemesTried,
    budget,
    cut: over !== undefined || [...tried, schemesTried].some((one) => one.judged < one.sets),
    ...(over && { over }),
  }

  function unrepaired(): readonly string[] {
    const repaired = new Set([...given.values()].flatMap(({ repairs }) => repairs))
    return violated.filter((label) => !repaired.has(label))
  }

  function give(shrunken: Shrunk, where: ScopeName, of?: string): void {
    const { set, verdicts, minimal } = shrunken
    const advice: Advice = {
      set,
      changes: set.map(({ policy, from, to, means }) => ({ policy, from, to, means })),
      ...(of !== undefined && { scheme: of }),
      scope: where,
      minimal,
      ...effectOf(verdicts, where === scope ? before : small, violated, only),
    }
    const known = given.get(keyOf(set))
    if (advice.repairs.length > 0 && (!known || known.scope !== scope)) given.set(keyOf(set), advice)
  }

  /** Judges sets that were found at a scope at that of the cluster. */
  async function judged(sets: readonly Shrunk[]): Promise<void> {
    const answers = await judge.verdictsAt(
      sets.map(({ set }) => set),
      scope,
    )
    for (const [i, one] of sets.entries()) {
      const answer = answers[i]
      const { set } = one
      if (!isJudged(answer)) give(one, SMALL)
      else if (set.length === 1) give({ ...one, verdicts: answer }, scope)
      else give(await shrunk(judge, { set, verdicts: answer }, repairedBy(answer, violated), scope), scope)
    }
  }

  /** The schemes that repair most of what is not repaired yet. */
  async function wholesWorthShrinking(): Promise<readonly Whole[]> {
    if (seen.length === 0) return given.size === 0 ? wholes.slice(0, 1) : []
    const answers = await judge.verdictsAt(
      wholes.map(({ set }) => set),
      SMALL,
    )
    const fitting = wholes.flatMap((whole, i) => {
      const verdicts = answers[i]
      return isJudged(verdicts) ? [{ ...whole, verdicts, effect: effectOf(verdicts, small, seen) }] : []
    })
    schemesTried.sets = answers.filter((answer) => answer !== 'contradictory').length
    schemesTried.judged = fitting.length
    const worth: typeof fitting = []
    const byOthers = new Set([...given.values()].flatMap(({ repairs }) => repairs))
    for (const one of fitting.sort((a, b) => byEffect(a.effect, b.effect) || a.set.length - b.set.length)) {
      if (worth.length === SCHEMES || one.effect.repairs.every((label) => byOthers.has(label))) continue
      worth.push(one)
      for (const label of one.effect.repairs) byOthers.add(label)
      for (const { verdicts } of scout.found)
        for (const label of repairedBy(verdicts, seen)) byOthers.add(label)
    }
    return worth
  }

  /** Shrinks a scheme at the scope `small`, and then at that of the cluster. */
  async function judgedWhole({ scheme: of, set }: Whole): Promise<void> {
    const [verdicts] = await judge.verdictsAt([set], SMALL)
    const less =
      seen.length > 0 && isJudged(verdicts)
        ? await shrunk(judge, { set, verdicts }, repairedBy(verdicts, seen), SMALL)
        : undefined
    const [answer] = await judge.verdictsAt([set], scope)
    if (isJudged(answer)) {
      const repaired = repairedBy(answer, violated)
      give(await shrunk(judge, { set, verdicts: answer }, repaired, scope, less?.set), scope, of)
    } else if (less) give(less, SMALL, of)
  }

  /** Adds to the best advice others that repair what it does not, as long as more is repaired by all together. */
  async function judgedTogether(): Promise<void> {
    const [best, ...others] = [...given.values()].filter((one) => one.scope === scope).sort(byWorth)
    if (!best) return
    let together: JudgedSet & { readonly effect: Effect } = { ...best, verdicts: new Map(), effect: best }
    for (;;) {
      const sets = others
        .filter(({ repairs }) => repairs.some((label) => !together.effect.repairs.includes(label)))
        .map(({ set }) => unionOf([together.set, set]))
      const answers = await judge.verdictsAt(sets, scope)
      const [more] = sets
        .flatMap((set, i) => {
          const verdicts = answers[i]
          return isJudged(verdicts)
            ? [{ set, verdicts, effect: effectOf(verdicts, before, violated, only) }]
            : []
        })
        .filter(({ effect }) => effect.repairs.length > together.effect.repairs.length)
        .sort((a, b) => byEffect(a.effect, b.effect))
      if (!more) break
      together = more
    }
    if (together.set === best.set) return
    const repaired = repairedBy(together.verdicts, violated)
    give(await shrunk(judge, together, repaired, scope), scope, best.scheme)
  }
}

/** A change of a width with the numbers of the file instead of those of the searches. */
const inUnits = (change: Change, scaling: readonly Scaled[]): Change => {
  const realOf = (quantity: string) => scaling.find((row) => row.quantity === quantity)?.real
  const from = realOf(change.policy.replace('esp.', '')) ?? change.from
  if (change.to !== AS_NEEDED) return { ...change, from }
  return { ...change, from, to: `${AS_NEEDED}, ${realOf(LAG) ?? lagRule('count')}` }
}
