/** The tests of a model that are no guards, with what a sentence calls them. */
import type { Model } from './model.ts'
import { isOverStates, type Predicate } from './property.ts'

export const testsOf = ({
  properties,
  constraint,
  final,
}: Model): readonly { subject: string; test: Predicate }[] => [
  ...properties.flatMap((p) => {
    if (!isOverStates(p)) return []
    const more = p.kind === 'always' ? p.situation : p.kind === 'sometimes' ? undefined : p.whenever
    return [p.holds, more].flatMap((test) => (test ? [{ subject: `The property ${p.name}`, test }] : []))
  }),
  ...(constraint ? [{ subject: 'The constraint', test: constraint }] : []),
  ...(final ? [{ subject: 'The final test', test: final }] : []),
]

/** Asks a test by itself, as every interpreter does: none sees the property or model that it stands in as `this`. */
export const ask = (test: Predicate, state: object): boolean => test(state)
