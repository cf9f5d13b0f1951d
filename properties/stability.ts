/**
 * How far a verdict carries: each bound of the scope of a search is raised, one at a time, and what held is judged
 * again. A bound cuts runs off, so a violation needs no higher bound to stay; what holds may fall with the next one.
 */
import { cluster } from '../model/cluster.ts'
import type { Scope } from '../model/constants/constants.ts'
import { SCHEMES } from '../model/schemes/index.ts'
import { labelOf } from '../src/modelling/property.ts'
import { type Focus, focusOf, type ScopeName } from '../src/search/suite.ts'
import { declarationsOf } from './declared/index.ts'
import { type FocusPlan, scopeOf } from './focuses/focus.ts'
import { PLANS } from './focuses/plans.ts'
import { withBounds, wordsOf } from './smallest.ts'

/** One bound of one search, raised. */
export interface Raised {
  readonly focus: Focus
  /** The search of the matrix. */
  readonly search: string
  /** Path of the bound in the scope, and its words. */
  readonly bound: string
  readonly words: string
  readonly from: number
  readonly to: number
}

/** What an attacker can do, by rank. */
const ATTACKER = ['A0', 'A1', 'A2'] as const
/** Faults that are raised also where a search has none: it says nothing of them, and a reader may think it does. */
const FAULTS = ['crashes', 'returns', 'handovers', 'synchLosses']
/** No limit of a run, but the width of a number or of a window, or nothing where it is raised alone. */
const NO_BOUND = ['window', 'esp.window', 'esp.wireBits', 'esp.from', 'spi.values', 'attacker']
/** Bounds that cannot be raised further. */
export const MOST: Readonly<Record<string, number>> = {
  members: 3,
  'spi.peers': 2,
  'addresses.renewals': 1,
  attacker: 2,
}

const numbersIn = (scope: object, path = ''): readonly (readonly [string, number])[] =>
  Object.entries(scope).flatMap(([name, value]: [string, unknown]) => {
    const at = path === '' ? name : `${path}.${name}`
    if (typeof value === 'number') return [[at, value] as const]
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? numbersIn(value, at) : []
  })

/** The bounds of a scope that can be raised, with the value of each. */
export const boundsIn = (scope: Scope, cluster: boolean): readonly (readonly [string, number])[] => [
  ...numbersIn(scope).filter(
    ([path, value]) =>
      !NO_BOUND.includes(path) &&
      (value > 0 || (cluster && FAULTS.includes(path))) &&
      (cluster || (!FAULTS.includes(path) && path !== 'members' && path !== 'synch')),
  ),
  ...(scope.esp.outbound + scope.esp.inbound > 0
    ? ([['attacker', ATTACKER.indexOf(scope.attacker)]] as const)
    : []),
]

export const raise = (scope: Scope, path: string, to: number): Scope =>
  path === 'attacker' ? { ...scope, attacker: ATTACKER[to]! } : withBounds(scope, { [path]: to })

/** The labels of a scheme that are declared to hold; none of one that only hunts look at. */
export const heldBy = (scheme: string, scopeName: ScopeName): readonly string[] => {
  const verdicts = declarationsOf(scopeName)[scheme]?.verdicts ?? {}
  const labels = searchesOf(scheme, scopeName).flatMap(({ plan, constants }) =>
    plan
      .properties(constants)
      .filter(({ kind }) => kind !== 'measure')
      .map(labelOf),
  )
  return [...new Set(labels)].filter((label) => (verdicts[label] ?? 'holds') === 'holds')
}

const searchesOf = (name: string, scopeName: ScopeName) => {
  const { scheme, judgedBy } = SCHEMES.find((one) => one.name === name)!
  return judgedBy
    .map((focus) => PLANS.get(focus)!)
    .filter((plan) => plan.wide !== true && !(scopeName === 'small' && plan.small === 'skipped'))
    .map((plan) => ({
      plan,
      constants: { scheme: plan.relevant(scheme), scope: scopeOf(plan, scopeName, scheme) },
    }))
}

/** Every search of a scheme that judges one of the labels, with each of its bounds raised by so much. */
export const raisedOf = (
  name: string,
  scopeName: ScopeName,
  by: number,
  labels: readonly string[],
): readonly Raised[] =>
  searchesOf(name, scopeName).flatMap(({ plan, constants }) => {
    const judging = plan.properties(constants).filter((p) => labels.includes(labelOf(p)))
    if (judging.length === 0) return []
    return boundsIn(constants.scope, constants.scheme.cluster).flatMap(([bound, from]) => {
      const to = from + by
      if (to > (MOST[bound] ?? Number.POSITIVE_INFINITY)) return []
      const scope = raise(constants.scope, bound, to)
      return [{ ...raisedFocus(name, plan, { scheme: constants.scheme, scope }, bound, to, labels), from }]
    })
  })

const raisedFocus = (
  name: string,
  plan: FocusPlan,
  constants: Parameters<FocusPlan['properties']>[0],
  bound: string,
  to: number,
  labels: readonly string[],
): Omit<Raised, 'from'> => {
  const words = wordsOf(bound)
  const focus = focusOf({
    name: `${plan.name}, ${bound} ${to}`,
    about: `${plan.about}; ${words}: ${to}`,
    key: `${plan.name} ${JSON.stringify(constants)} ${labels.join()}`,
    make: () =>
      cluster(
        `${name}, ${plan.name}, ${bound} ${to}`,
        constants,
        plan.properties(constants).filter((p) => labels.includes(labelOf(p))),
      ),
  })
  return { focus, search: plan.name, bound, words, to }
}
