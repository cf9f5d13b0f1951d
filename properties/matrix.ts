/** The matrix: every clustering scheme with the searches that judge it, and what is declared of them. */
import { cluster } from '../model/cluster.ts'
import { SCHEMES } from '../model/schemes/index.ts'
import type { NamedScheme } from '../model/schemes/named-scheme.ts'
import { labelOf, type Property } from '../src/modelling/property.ts'
import {
  type Focus,
  focusOf,
  type Group,
  type Matrix,
  type ScopeName,
  type Suite,
} from '../src/search/suite.ts'
import { type Declaration, declarationsOf, declaredAvailability, flipsOf } from './declared/index.ts'
import { boundedBy, scopeOf } from './focuses/focus.ts'
import { PLANS, sourcesOf } from './focuses/plans.ts'
import { SMALLEST, smallestText } from './smallest.ts'
import { comparisons } from './transparency/kept.ts'

/** Columns by section of RFC 6027. */
const GROUPS: readonly Group[] = [
  {
    title: 'IKE counters (RFC 6027 3.3)',
    labels: ['MID-1', 'MID-2', 'MID-3', 'MID-4', 'MID-5', 'MID-6', 'MID-7'],
  },
  {
    title: 'Missing synch messages, anomalies that the peer sees (RFC 6027 3.2, 3.6, 2)',
    labels: ['LIV-1c', 'LIV-1p', 'LIV-1e', 'CHD-1', 'ANO-1'],
  },
  {
    title: 'Packets from and to the cluster (RFC 6027 3.4, 3.5, 3.7, 3.7.1)',
    labels: ['SEQ-1', 'SEQ-2o', 'SEQ-2i', 'SEQ-3', 'ESN-1', 'RPL-1', 'IV-1'],
  },
  {
    title: 'Addresses, SPIs, attackers (RFC 6027 3.8, 3.9, 4)',
    labels: ['TRN-2', 'ADR-1', 'ADR-2', 'REC-1', 'SPI-1', 'DoS-1h', 'DoS-1r', 'DoS-1e', 'SYN-1'],
  },
  {
    title: 'What it costs',
    labels: [
      'synch/exch',
      'acks/exch',
      'waits/exch',
      'recover',
      'synch/1000',
      'lost-out',
      'lost-in',
      'extra-SAs',
    ],
  },
]

/** What the single gateway promises and a cluster must not lose: RFC 6027 section 4. */
const SECURITY = [
  ...['MID-1', 'MID-2', 'MID-3', 'MID-4', 'MID-5'],
  ...['SEQ-1', 'RPL-1', 'IV-1', 'SPI-1', 'DoS-1h', 'DoS-1r', 'DoS-1e', 'SYN-1'],
]

/** The plans by which a scheme is judged, each with the constants of its model at a scope. */
export const plansOf = (scheme: NamedScheme, scopeName: ScopeName) =>
  scheme.judgedBy.flatMap((name) => {
    const plan = PLANS.get(name)!
    if (scopeName === 'small' && plan.small === 'skipped') return []
    if ((plan.wide === true) !== (scopeName === 'wide')) return []
    const constants = {
      scheme: plan.relevant(scheme.scheme),
      scope: boundedBy(scopeOf(plan, scopeName, scheme.scheme), scheme.bounds),
    }
    return [{ plan, constants }]
  })

/** The searches of a scheme. */
export const focusesOf = (scheme: NamedScheme, scopeName: ScopeName = 'default'): readonly Focus[] =>
  plansOf(scheme, scopeName).map(({ plan, constants }) =>
    focusOf({
      name: plan.name,
      about: plan.about,
      key: `${plan.name} ${JSON.stringify(constants)}`,
      sources: sourcesOf(plan),
      make: () =>
        cluster(`${scheme.name}, ${plan.name}`, constants, plan.properties(constants).map(withSmallest)),
    }),
  )

/** The property with what `explain` says of it. */
const withSmallest = (property: Property): Property => {
  const smallest = SMALLEST[labelOf(property)]
  return smallest ? { ...property, smallest: smallestText(smallest) } : property
}

/** The labels by which a scheme is judged. */
export const labelsOf = (scheme: NamedScheme, scopeName: ScopeName): readonly string[] => [
  ...new Set(
    plansOf(scheme, scopeName).flatMap(({ plan, constants }) => plan.properties(constants).map(labelOf)),
  ),
]

/** Declared of a scheme that has no line. */
const NOTHING: Declaration = { states: {}, verdicts: {}, idle: [] }

/** Every scheme with its searches at a scope, and what is declared of it. */
export const matrixOf = (scopeName: ScopeName): Matrix => {
  const declarations = declarationsOf(scopeName)
  return {
    suites: SCHEMES.filter((scheme) => plansOf(scheme, scopeName).length > 0).map((scheme): Suite => {
      const { states, verdicts, idle } = declarations[scheme.name] ?? NOTHING
      return {
        name: scheme.name,
        about: scheme.about,
        focuses: focusesOf(scheme, scopeName),
        // Nothing is declared where no search is complete.
        ...(scopeName !== 'wide' && {
          expects: Object.fromEntries(
            labelsOf(scheme, scopeName).map((label) => [label, verdicts[label] ?? 'holds']),
          ),
          states,
          idle,
          flips: flipsOf(scheme.name, scopeName),
        }),
      }
    }),
    groups: GROUPS,
    baseline: { suite: 'single-gateway', labels: SECURITY },
    comparisons: comparisons(),
    availability: declaredAvailability(),
  }
}
