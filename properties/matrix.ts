/** The matrix: every clustering scheme with the searches that judge it. */
import { cluster } from '../model/cluster.ts'
import { SCHEMES } from '../model/schemes/index.ts'
import type { FocusName, NamedScheme } from '../model/schemes/named-scheme.ts'
import type { Focus, Suite } from '../src/search/suite.ts'
import { declaredVerdict } from './declared.ts'
import { type FocusPlan, type ScopeName, scopeOf } from './focus.ts'
import { addressFocuses } from './focuses/addresses.ts'
import { espFocuses } from './focuses/esp.ts'
import { hintFocuses } from './focuses/hints.ts'
import { ikeFocuses } from './focuses/ike.ts'
import { spiFocuses } from './focuses/spi.ts'

const PLANS: ReadonlyMap<FocusName, FocusPlan> = new Map(
  [...ikeFocuses, ...espFocuses, ...spiFocuses, ...addressFocuses, ...hintFocuses].map((plan) => [
    plan.name,
    plan,
  ]),
)

/** A search of a scheme at a scope. */
const focusOf = (scheme: NamedScheme, plan: FocusPlan, scopeName: ScopeName): Focus => {
  const constants = { scheme: plan.relevant(scheme.scheme), scope: scopeOf(plan, scopeName, scheme.scheme) }
  const model = cluster(`${scheme.name}, ${plan.name}`, constants, plan.properties(constants))
  return { name: plan.name, about: plan.about, model }
}

/** The searches of a scheme. */
export const focusesOf = (scheme: NamedScheme, scopeName: ScopeName = 'default'): readonly Focus[] =>
  scheme.judgedBy.map((name) => focusOf(scheme, PLANS.get(name)!, scopeName))

/** Every scheme with its searches and declared verdicts. */
export const schemes: readonly Suite[] = SCHEMES.map((scheme): Suite => {
  const focuses = focusesOf(scheme)
  const labels = new Set(focuses.flatMap(({ model }) => model.properties.map((p) => p.label ?? p.name)))
  return {
    name: scheme.name,
    about: scheme.about,
    focuses,
    expects: Object.fromEntries([...labels].map((label) => [label, declaredVerdict(scheme.name, label)])),
  }
})
