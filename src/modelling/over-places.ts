/**
 * Choices that depend on the state: `choose: { m: (s) => s.network }`. Whoever runs a model chooses from fixed domains, so
 * such an action becomes one over the values of a set, or over the places of a queue or a bag: its guard is false where there
 * is no such value, and guard and effect are told of what stands in the place.
 */
import type { Action } from './action.ts'
import type { BagView, QueueView, SetView } from './draft.ts'
import type { Drawn, Source, Values } from './drawn.ts'
import { SHOWN } from './elements.ts'
import { type Fail, ModelFault, quote, thrownText } from './fault.ts'
import type { BagOf, Each, QueueOf, RecordOf, Scalar, Schema, SetOf } from './schema.ts'
import { isThenable } from './thenable.ts'
import { scalarValues } from './values.ts'

type Collected = SetOf | QueueOf | BagOf

/** A collection that may be a strict view. */
interface Strict {
  [SHOWN]?(value: unknown): unknown
}

/** Ways through a source that are tried at most, one for each combination of the scalars that it reads. */
const MOST_WAYS = 10_000

/** The action over fixed domains; one without sources stays as it is. */
export const overPlaces = (action: Action, state: RecordOf, fail: Fail): Action => {
  const { from, guard, effect, by, ...rest } = action
  if (from === undefined) return action
  const choose: Record<string, readonly unknown[]> = {}
  const schemas: Record<string, Collected> = {}
  for (const [name, domain] of Object.entries(action.choose)) {
    const source = from[name]
    if (source === undefined) {
      choose[name] = domain
      continue
    }
    const about = `Parameter '${name}' of action '${action.name}'`
    const found = collectionsOf(state, source, { choose, schemas }, about, fail)
    const [first] = found as [Collected]
    const content = (one: Collected): string => JSON.stringify(one.kind === 'set' ? one.values : one.element)
    const other = found.find((one) => one.kind !== first.kind || content(one) !== content(first))
    if (other)
      fail(
        `${about} is drawn from a ${first.kind} here and a ${other.kind} there, which do not hold the same; expected collections of one kind.`,
      )
    schemas[name] = first
    choose[name] =
      first.kind === 'set'
        ? first.values
        : Array.from(
            { length: Math.max(...(found as QueueOf[]).map(({ capacity }) => capacity)) },
            (_, i) => i,
          )
  }

  const names = Object.keys(choose)
  /** What is chosen; undefined where something is not there. */
  const taken = (s: object, choice: Values, sure: boolean): Values | undefined => {
    const chosen: Values = {}
    for (const name of names) {
      const source = from[name]
      let value = choice[name]
      if (source !== undefined) {
        const collection = source(s, { ...chosen })
        const schema = schemas[name]!
        if (schema.kind === 'set') {
          if (!sure && !(collection as SetView<unknown>).has(value)) return undefined
          if (schema.element) value = (collection as Strict)[SHOWN]?.(value) ?? value
        } else {
          value = (collection as QueueView<unknown>).at(value as number)
          if (value === undefined) return undefined
        }
      }
      chosen[name] = value
    }
    // As one of fixed domains is: a write would be gone after the call.
    return Object.freeze(chosen)
  }
  const bags = names.filter((name) => schemas[name]?.kind === 'bag')
  /** Of equal messages in a bag the first is chosen only. */
  const isFirst = (s: object, choice: Values, chosen: Values): boolean =>
    bags.every((name) => (from[name]!(s, chosen) as BagView<unknown>).isFirstCopy(choice[name] as number))
  const source = Object.entries(from).map(([name, draw]) => `${name}: ${String(draw)}`)
  const written = (closure: unknown): { readonly toString: () => string } => ({
    toString: () => [...source, ...(closure === undefined ? [] : [String(closure)])].join('; '),
  })
  const open = (s: object, choice: object): boolean => {
    const chosen = taken(s, choice as Values, false)
    if (chosen === undefined) return false
    const answer = guard ? guard(s, chosen) : true
    return answer === true ? isFirst(s, choice as Values, chosen) : answer
  }
  const acts = (d: object, choice: object, emit: object): void =>
    effect(d, taken(d, choice as Values, true)!, emit)
  const acting = typeof by === 'function' ? byFixed(action.name, by, schemas) : by
  if (typeof acting === 'function')
    acting(Object.fromEntries(Object.entries(choose).map(([name, [first]]) => [name, first])))
  return {
    ...rest,
    choose,
    ...(acting !== undefined && { by: acting }),
    // Where the text of a closure is shown or compared, it is the author's.
    guard: Object.assign(open, written(guard)),
    effect: Object.assign(acts, written(effect)),
    drawn: { schemas, chosenIn: (s, choice) => taken(s, choice as Values, true) ?? (choice as Values) },
  }
}

/** Who acts is known of a choice alone, so it cannot depend on a message. */
const byFixed =
  (action: string, by: (choice: object) => string, schemas: Drawn['schemas']) =>
  (choice: object): string => {
    const fixed: Values = { ...choice }
    for (const [name, { kind }] of Object.entries(schemas))
      if (kind !== 'set')
        Object.defineProperty(fixed, name, {
          get: () => {
            throw new ModelFault({
              problem: `Who acts in action '${action}' was asked of ${name}, which depends on the state; it is a function of the parameters with fixed domains.`,
            })
          },
        })
    return by(fixed)
  }

interface Before {
  readonly choose: { readonly [parameter: string]: readonly unknown[] }
  readonly schemas: { readonly [parameter: string]: Collected }
}

/** Every collection that a source can name: it is run once for each combination of the scalars that it reads. */
const collectionsOf = (
  state: RecordOf,
  source: Source,
  { choose, schemas }: Before,
  about: string,
  fail: Fail,
): readonly Collected[] => {
  const found = new Set<Collected>()
  const trail: { readonly values: readonly unknown[]; at: number }[] = []
  for (let ways = 0; ; ways++) {
    if (ways === MOST_WAYS)
      fail(
        `${about} is drawn from one of more than ${MOST_WAYS} collections; expected one that few scalars name.`,
      )
    const known = new Map<string, unknown>()
    let depth = 0
    const decide = (path: string, values: () => readonly unknown[]): unknown => {
      if (known.has(path)) return known.get(path)
      if (depth === trail.length) trail.push({ values: values(), at: 0 })
      const { values: all, at } = trail[depth]!
      depth += 1
      known.set(path, all[at])
      return all[at]
    }
    const collections = new Map<unknown, Collected>()
    const stand = (schema: Schema, path: string): unknown => {
      switch (schema.kind) {
        case 'record':
        case 'each':
          return standing(schema, path, stand)
        case 'set':
        case 'queue':
        case 'bag': {
          const one = new Proxy(
            {},
            {
              get: (_, name) => {
                throw new ModelFault({
                  problem: `it reads ${path}.${String(name)}, and a collection is named by scalars alone`,
                })
              },
            },
          )
          collections.set(one, schema)
          return one
        }
        default:
          return decide(path, () =>
            sizeOf(schema) > MOST_WAYS ? Array(MOST_WAYS + 1) : scalarValues(schema),
          )
      }
    }
    const chosen = Object.defineProperties(
      {},
      Object.fromEntries(
        Object.entries(choose).map(([name, values]) => [
          name,
          {
            get: () => {
              const kind = schemas[name]?.kind ?? 'set'
              if (kind === 'set') return decide(`choice ${name}`, () => values)
              throw new ModelFault({ problem: `it reads ${name}, which is a message of a ${kind} itself` })
            },
          },
        ]),
      ),
    )
    let named: unknown
    try {
      named = source(stand(state, '') as object, chosen)
    } catch (thrown) {
      const why = thrown instanceof ModelFault ? thrown.data.problem : thrownText(thrown)
      fail(`${about} is drawn from nothing that can be found before a search: ${why}.`)
    }
    if (isThenable(named))
      fail(`${about} is drawn from something asynchronous; it is what the function returns.`, HINT)
    const collection = collections.get(named)
    if (collection === undefined)
      fail(`${about} is drawn from ${shown(named)}; expected a set, a queue or a bag of the state.`, HINT)
    found.add(collection!)
    trail.length = depth
    while (trail.length > 0 && trail.at(-1)!.at === trail.at(-1)!.values.length - 1) trail.pop()
    if (trail.length === 0) return [...found]
    trail.at(-1)!.at += 1
  }
}

const HINT = 'write m: (s) => s.network, and say in the guard which of them may be chosen'

const shown = (value: unknown): string =>
  typeof value === 'object' && value !== null ? 'a record' : quote(value)

const sizeOf = (schema: Scalar): number =>
  schema.kind === 'range' ? schema.max - schema.min + 1 : scalarValues(schema).length

/** What stands for a record while it is found out what a source names. */
const standing = (
  schema: RecordOf | Each,
  path: string,
  stand: (schema: Schema, path: string) => unknown,
): object => {
  const fields: readonly (readonly [string, Schema])[] =
    schema.kind === 'record'
      ? Object.entries(schema.fields)
      : schema.identities.map((name) => [name, schema.element] as const)
  return Object.defineProperties(
    {},
    Object.fromEntries(
      fields.map(([name, field]) => [
        name,
        { enumerable: true, get: () => stand(field, path === '' ? name : `${path}.${name}`) },
      ]),
    ),
  )
}
