/** What a property says after a step of a walk, in a word or two. */
import type { Property } from '../modelling/property.ts'
import { withUnit } from '../report/text/columns.ts'
import type { PropertyView } from './protocol.ts'

export interface Saying {
  readonly text: string
  readonly bad: boolean
  /** Whether this step violates it, or is the first after which it is false. */
  readonly violates: boolean
}

/** What a step says of a property: of one that listens what it heard, of another whether it holds after it. */
export interface Heard {
  readonly violated?: boolean
  readonly arose?: boolean
  readonly reading?: number | undefined
  readonly holds?: boolean
}

/** What it says; `before`: what it said a step earlier. */
export const sayingOf = (
  kind: Property['kind'],
  { violated = false, arose = false, reading, holds = false }: Heard,
  before?: Saying,
): Saying => {
  const said = (text: string, bad = false, violates = false): Saying => ({ text, bad, violates })
  if (kind === 'refines') return said('judged by a search')
  if (kind === 'monitor' || kind === 'step') {
    if (violated) return said('violated', true, true)
    if (before?.bad) return said('violated before', true)
    return said(arose || before?.text === ARISEN ? ARISEN : 'not violated')
  }
  if (kind === 'measure') {
    const old = before && before.text !== NO_READING ? Number(before.text) : undefined
    if (reading === undefined && old === undefined) return said(NO_READING)
    return said(String(Math.max(reading ?? -Infinity, old ?? -Infinity)))
  }
  if (kind === 'always') return said(holds ? 'true' : 'false', !holds, !holds && !before?.bad)
  return said(holds ? 'true here' : 'false here')
}

const ARISEN = 'its situation arose'
/** What a measure says before its first reading. */
const NO_READING = 'no reading'

/** What is known of a property without a walk. */
export interface PropertyAbout extends Pick<PropertyView, 'label' | 'name' | 'sentence' | 'source'> {
  readonly kind: Property['kind']
  readonly unit: string
}

/** A property at the end of a walk, of which `says` are its sayings after each step. */
export const propertyView = (
  { unit, ...about }: PropertyAbout,
  says: readonly Saying[],
  conditions: PropertyView['conditions'],
): PropertyView => {
  const { text, bad } = says.at(-1)!
  return {
    ...about,
    says: about.kind === 'measure' && text !== NO_READING ? withUnit(Number(text), unit) : text,
    bad,
    violatedAt: says.flatMap(({ violates }, step) => (violates ? [step] : [])),
    conditions,
  }
}
