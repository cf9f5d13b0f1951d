/**
 * The searches by which extensions are validated: each search of an extension, with each attacker, for each scheme,
 * without the extension, with it, and with a peer that does not support it; of several, with each alone as well.
 */
import { cluster } from '../../model/cluster.ts'
import type { Constants, Scheme, Scope } from '../../model/constants/constants.ts'
import { hasEsp } from '../../model/constants/esp-policies.ts'
import { extended } from '../../model/extending/compose.ts'
import type { OwnSearch } from '../../model/extending/extension.ts'
import { extensionActions } from '../../model/extending/own-actions.ts'
import type { PeerSupport, Used } from '../../model/extending/used-extension.ts'
import { partsOf } from '../../model/extension-points/extensions.ts'
import type { FocusName, NamedScheme } from '../../model/schemes/named-scheme.ts'
import type { Model } from '../../src/modelling/model.ts'
import type { Property } from '../../src/modelling/property.ts'
import type { ScopeName } from '../../src/search/suite.ts'
import { boundedBy, quiet, scopeOf } from '../focuses/focus.ts'
import { PLANS } from '../focuses/plans.ts'
import { judgeable, withOwnProperties } from './applicable-properties.ts'
import { type Assumption, assumptionsOf } from './assumptions.ts'

export const ATTACKER = ['A0', 'A1', 'A2'] as const
export type Attacker = (typeof ATTACKER)[number]

/** What takes part: nothing, all extensions, all with an unmodified peer, or one alone, by name. */
export type Variant = 'without' | 'with' | 'unmodified' | `only ${string}`

/** One search. */
export interface Trial {
  readonly scheme: string
  readonly search: string
  readonly attackers: readonly Attacker[]
  readonly variant: Variant
  /** What its verdicts rest on beyond the base model. */
  readonly assumptions: readonly Assumption[]
  /** Actions that extensions add. */
  readonly ownActions: readonly string[]
  /** Unique among the trials of a validation. */
  readonly name: string
  readonly about: string
  /** Made when it is first asked for. */
  readonly model: Model
}

/** What is validated. */
export interface Validation {
  readonly used: readonly Used[]
  readonly schemes: readonly NamedScheme[]
  readonly scope: ScopeName
  readonly attackers: readonly Attacker[]
}

/** A search of the matrix by its name, or one that an extension brings along. */
const searchOf = (search: FocusName | OwnSearch, scopeName: ScopeName) => {
  if (typeof search !== 'string')
    return {
      name: search.name,
      about: search.about,
      relevant: (scheme: Scheme) => scheme,
      scope: (_: Scheme): Scope => ({ ...quiet, ...search.scope }),
      attackers: search.attackers ?? ATTACKER,
      properties: judgeable,
    }
  const plan = PLANS.get(search)!
  return {
    name: plan.name as string,
    about: plan.about,
    relevant: plan.relevant,
    scope: (scheme: Scheme): Scope => scopeOf(plan, scopeName, scheme),
    attackers: ATTACKER,
    properties: (constants: Constants): readonly Property[] => plan.properties(constants),
  }
}

/** The names of the searches of some extensions, each once. */
const searchesOf = (used: readonly Used[]): readonly (FocusName | OwnSearch)[] => {
  const all = used.flatMap(({ extension }) => extension.searches)
  const nameOf = (search: FocusName | OwnSearch) => (typeof search === 'string' ? search : search.name)
  return all.filter((search, i) => all.findIndex((other) => nameOf(other) === nameOf(search)) === i)
}

/** Attackers that make no difference are one: without packets, hints and messages of extensions nothing can be copied. */
const grouped = (
  attackers: readonly Attacker[],
  { scope }: Constants,
  ownMessages: boolean,
): readonly (readonly Attacker[])[] => {
  const packets = hasEsp(scope.esp)
  const copies = packets || scope.hints > 0 || ownMessages
  if (!copies) return attackers.length === 0 ? [] : [attackers]
  if (packets) return attackers.map((attacker) => [attacker])
  const active = attackers.filter((attacker) => attacker !== 'A0')
  return [attackers.filter((attacker) => attacker === 'A0'), active].filter((group) => group.length > 0)
}

const variantsOf = (used: readonly Used[]): readonly (readonly [Variant, readonly Used[], PeerSupport])[] => [
  ['without', [], 'supports'],
  ['with', used, 'supports'],
  ...(used.some(({ extension }) => extension.negotiation === 'both')
    ? ([['unmodified', used, 'unmodified']] as const)
    : []),
  ...(used.length > 1 ? used.map((one) => [`only ${one.extension.name}`, [one], 'supports'] as const) : []),
]

/** The searches of a validation, in a fixed order. */
export const trialsOf = ({ used, schemes, scope: scopeName, attackers }: Validation): readonly Trial[] =>
  schemes.flatMap((scheme) =>
    searchesOf(used).flatMap((search) =>
      variantsOf(used).flatMap(([variant, using, support]) =>
        trialsOfVariant(scheme, searchOf(search, scopeName), { variant, using, support, attackers }),
      ),
    ),
  )

const trialsOfVariant = (
  { name: scheme, scheme: policies, bounds }: NamedScheme,
  search: ReturnType<typeof searchOf>,
  {
    variant,
    using,
    support,
    attackers,
  }: {
    readonly variant: Variant
    readonly using: readonly Used[]
    readonly support: PeerSupport
    readonly attackers: readonly Attacker[]
  },
): readonly Trial[] => {
  const constantsFor = (attacker: Attacker): Constants =>
    extended(
      {
        scheme: search.relevant(policies),
        scope: { ...boundedBy(search.scope(policies), bounds), attacker },
      },
      using,
      support,
    )
  const one = constantsFor('A0')
  const assumptions = assumptionsOf(one)
  const ownActions = extensionActions(one).map((action) => action.name)
  const ownMessages = partsOf(one).some(({ parts }) => Object.keys(parts.messages).length > 0)
  // What is not as the extension has it first, for faults.
  const chosen = using.flatMap(({ extension, parameters }) =>
    Object.entries(parameters)
      .filter(([key, value]) => value !== extension.parameters[key]![0])
      .map(([key, value]) => `${key}=${value}`),
  )
  // A name, and a token with it, means the same search whichever attackers were asked for.
  const groups = grouped(search.attackers, one, ownMessages)
  return groups.flatMap((group): readonly Trial[] => {
    const asked = group.filter((attacker) => attackers.includes(attacker))
    if (asked.length === 0) return []
    const name = [scheme, search.name, variant, group.join('+')].join(', ')
    let made: Model | undefined
    const trial: Trial = {
      scheme,
      search: search.name,
      attackers: asked,
      variant,
      assumptions,
      ownActions,
      name,
      about: search.about,
      get model() {
        if (made) return made
        const constants = constantsFor(group[0]!)
        const properties = withOwnProperties(constants, search.properties(constants))
        made = cluster([name, ...chosen].join(', '), constants, properties)
        return made
      },
    }
    return [trial]
  })
}
