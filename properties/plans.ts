/** The plans of all searches, by name. */
import type { FocusName } from '../model/schemes/named-scheme.ts'
import type { FocusPlan } from './focus.ts'
import { addressFocuses } from './focuses/addresses.ts'
import { espFocuses } from './focuses/esp.ts'
import { hintFocuses } from './focuses/hints.ts'
import { ikeFocuses } from './focuses/ike.ts'
import { spiFocuses } from './focuses/spi.ts'

export const PLANS: ReadonlyMap<FocusName, FocusPlan> = new Map(
  [...ikeFocuses, ...espFocuses, ...spiFocuses, ...addressFocuses, ...hintFocuses].map((plan) => [
    plan.name,
    plan,
  ]),
)
