/**
 * The orbits of a model the slow and obvious way: the naive search, with the least text of a state under all
 * permutations of its identities in place of its text. The definition of what a search with symmetry has to count.
 */
import type { QueueView, SetView } from '../../modelling/draft.ts'
import type { Model } from '../../modelling/model.ts'
import type { Schema } from '../../modelling/schema.ts'
import { plainInterpreter } from '../../state/plain/interpreter.ts'
import type { PlainState } from '../../state/plain/plain-state.ts'

/** What is counted; states are orbits, of which the first state met is expanded. */
export interface Orbits {
  readonly distinct: number
  readonly generated: number
  readonly depth: number
  readonly stuck: number
}

type Naming = ReadonlyMap<string, string>

/** Explores a model; undefined when there are more than `most` orbits. */
export const orbitsOf = (
  model: Model,
  classes: readonly (readonly string[])[],
  most = Infinity,
): Orbits | undefined => {
  const run = plainInterpreter(model)
  const namings = namingsOf(classes)
  const least = (state: PlainState): string =>
    namings.map((naming) => textUnder(run.schema, state, naming)).reduce((a, b) => (a < b ? a : b))
  const known = new Map<string, { readonly state: PlainState; readonly depth: number }>()
  let generated = 0
  let depth = 0
  let stuck = 0
  const arrive = (state: PlainState, at: number): void => {
    generated += 1
    const text = least(state)
    if (!known.has(text)) known.set(text, { state, depth: at })
  }
  for (const instance of run.initial)
    if (run.enabled(run.zero, instance)) arrive(run.step(run.zero, instance).state, 1)
  for (const { state, depth: at } of known.values()) {
    if (known.size > most) return undefined
    depth = at
    const before = generated
    for (const instance of run.instances)
      if (run.enabled(state, instance)) arrive(run.step(state, instance).state, at + 1)
    if (generated === before) stuck += 1
  }
  return { distinct: known.size, generated, depth, stuck }
}

/** Every permutation of all classes, as old name to new name. */
const namingsOf = (classes: readonly (readonly string[])[]): readonly Naming[] =>
  classes.reduce<readonly Naming[]>(
    (namings, names) =>
      namings.flatMap((naming) =>
        ordersOf(names).map((order) => new Map([...naming, ...names.map((n, i) => [n, order[i]!] as const)])),
      ),
    [new Map()],
  )

const ordersOf = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, i) =>
        ordersOf([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
      )

/** The text of a value with its identities renamed. */
export const textUnder = (schema: Schema, value: unknown, naming: Naming): string => {
  const fresh = (name: unknown): unknown => naming.get(name as string) ?? name
  switch (schema.kind) {
    case 'id':
      return String(fresh(value))
    case 'set':
      return `{${schema.values
        .filter((x) => (value as SetView<unknown>).has(x))
        .map((x) => (typeof x === 'string' ? fresh(x) : x))
        .sort()
        .join()}}`
    case 'record':
      return `{${Object.entries(schema.fields)
        .map(([name, field]) => textUnder(field, (value as Record<string, unknown>)[name], naming))
        .join()}}`
    case 'each':
      return `{${schema.identities
        .map(
          (name) =>
            `${fresh(name)}:${textUnder(schema.element, (value as Record<string, unknown>)[name], naming)}`,
        )
        .sort()
        .join()}}`
    case 'queue':
      return `<${messages(schema.element, value, naming).join()}>`
    case 'bag':
      return `[${[...messages(schema.element, value, naming)].sort().join()}]`
    default:
      return String(value)
  }
}

const messages = (element: Schema, channel: unknown, naming: Naming): readonly string[] => {
  const { length } = channel as { length: number }
  return Array.from({ length }, (_, i) => textUnder(element, (channel as QueueView<object>).at(i), naming))
}
