/** The plans of all searches, by name. */
import type { FocusName } from '../../model/schemes/named-scheme.ts'
import { addressFocuses } from './addresses.ts'
import { espFocuses } from './esp.ts'
import type { FocusPlan } from './focus.ts'
import { hintFocuses } from './hints.ts'
import { ikeFocuses } from './ike.ts'
import { spiFocuses } from './spi.ts'

/** By the module that they stand in. */
const MODULES = {
  ike: ikeFocuses,
  esp: espFocuses,
  spi: spiFocuses,
  addresses: addressFocuses,
  hints: hintFocuses,
}

export const PLANS: ReadonlyMap<FocusName, FocusPlan> = new Map(
  Object.values(MODULES)
    .flat()
    .map((plan) => [plan.name, plan]),
)

/** The modules, with all that they import, that decide what the search of a plan with some constants is. */
export const sourcesOf = (plan: FocusPlan): readonly string[] => {
  const [name] = Object.entries(MODULES).find(([, plans]) => plans.includes(plan))!
  const ending = import.meta.url.slice(-3)
  return [`../../model/cluster${ending}`, `./${name}${ending}`].map(
    (path) => new URL(path, import.meta.url).href,
  )
}
