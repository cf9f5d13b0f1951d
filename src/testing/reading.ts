/** What expressions and conditions of the little language say about a state: read as a person would read it. */
import type { BagDraft, QueueDraft, SetDraft } from '../modelling/draft.ts'
import { placeIn } from '../modelling/elements.ts'
import type { MessageSchema, Scalar, Schema } from '../modelling/schema.ts'
import type { Condition, Expression, Message, Ref } from './language.ts'
import { domainOf, indexIn, type Place, type Places } from './schemas.ts'

/** What a program can refer to while it runs. */
export interface Scene {
  /** A draft for statements, a view for conditions. */
  readonly s: object
  /** The index of each parameter's value in its domain. */
  readonly chosen: readonly number[]
  /** The message among the chosen values, and the schema it was made for. */
  readonly message?: { readonly value: unknown; readonly schema: MessageSchema }
  readonly event: number
  readonly emit?: (kind: number, value: number) => void
  readonly judge?: (say: 'violated' | 'arose') => void
  readonly read?: (value: number) => void
}

/** A queue or a bag. */
export type Channel = QueueDraft<unknown> & BagDraft<unknown>
/** A record by field. */
export type Values = Record<string, unknown>

/** Reading the places of one schema. */
export class Reading {
  readonly places: Places

  constructor(places: Places) {
    this.places = places
  }

  /** Whether a condition is true. */
  test(condition: Condition, scene: Scene): boolean {
    switch (condition.is) {
      case 'not':
        return !this.test(condition.of, scene)
      case 'and':
        return condition.of.every((part) => this.test(part, scene))
      case 'or':
        return condition.of.some((part) => this.test(part, scene))
      case 'holdsChosen': {
        const bag = this.bagOfChosen(condition.of, scene)
        return bag?.channel.has(bag.message) ?? false
      }
      case 'holds': {
        const bag = this.channel(this.places.bags, condition.of, scene)
        return bag?.channel.has(this.message(bag.schema.element, condition.message, scene)) ?? false
      }
      case 'firstCopy': {
        const bag = this.channel(this.places.bags, condition.of, scene)
        return bag?.channel.isFirstCopy(this.number(condition.value, scene) % 4) ?? false
      }
      case 'some':
      case 'every': {
        const found = this.channel(this.places.channels, condition.of, scene)
        if (!found) return false
        const wanted = this.number(condition.value, scene)
        return found.channel[condition.is](
          (m) => part(found.schema.element, m, condition.field) % 4 === wanted % 4,
        )
      }
      case 'someOf':
      case 'everyOf': {
        const set = this.set(condition.of, scene)
        if (!set) return false
        const wanted = this.number(condition.value, scene)
        const test = (value: unknown): boolean => set.index(value) % 4 === wanted % 4
        return condition.is === 'someOf' ? set.set.some(test) : set.set.every(test)
      }
      case 'member': {
        const set = this.set(condition.of, scene)
        return set?.set.has(set.value(this.number(condition.value, scene))) ?? false
      }
      case 'less':
        return this.number(condition.of[0], scene) < this.number(condition.of[1], scene)
      case 'equal':
        return this.number(condition.of[0], scene) === this.number(condition.of[1], scene)
      case 'different':
        return this.number(condition.of[0], scene) !== this.number(condition.of[1], scene)
    }
  }

  /** What an expression counts. */
  number(expression: Expression, scene: Scene): number {
    switch (expression.is) {
      case 'constant':
        return expression.n
      case 'event':
        return scene.event
      case 'chosen':
        return scene.chosen[expression.parameter] ?? 0
      case 'sum':
        return this.number(expression.of[0], scene) + this.number(expression.of[1], scene)
      case 'scalar': {
        const place = nth(this.places.scalars, expression.of.nth)
        if (!place) return 0
        return indexIn(place.schema, read(place, expression.of, scene)) % 8
      }
      case 'length':
        return this.channel(this.places.channels, expression.of, scene)?.channel.length ?? 0
      case 'size':
        return this.set(expression.of, scene)?.set.size ?? 0
      case 'count': {
        const bag = this.channel(this.places.bags, expression.of, scene)
        return bag?.channel.count(this.message(bag.schema.element, expression.message, scene)) ?? 0
      }
      case 'countIf':
      case 'found': {
        const found = this.channel(this.places.channels, expression.of, scene)
        if (!found) return 0
        const wanted = this.number(expression.value, scene)
        const test = (m: unknown): boolean => part(found.schema.element, m, 0) % 4 !== wanted % 4
        if (expression.is === 'countIf') return found.channel.count(test)
        const first = found.channel.find(test)
        return first === undefined ? 7 : part(found.schema.element, first, expression.field)
      }
      case 'countOf':
      case 'firstOf':
      case 'sumOf': {
        const set = this.set(expression.of, scene)
        if (!set) return 0
        const wanted = this.number(expression.value, scene)
        const test = (value: unknown): boolean => set.index(value) % 4 !== wanted % 4
        if (expression.is === 'countOf') return set.set.count(test)
        if (expression.is === 'firstOf') {
          const first = set.set.find(test)
          return first === undefined ? 7 : set.index(first) % 8
        }
        let sum = 0
        for (const value of set.set) {
          if (set.index(value) === 3 + wanted) break
          sum += set.index(value)
        }
        return sum % 8
      }
      case 'part': {
        const found = this.channel(this.places.channels, expression.of, scene)
        const message = found?.channel.at(this.number(expression.index, scene) % 4)
        return found && message !== undefined ? part(found.schema.element, message, expression.field) : 0
      }
    }
  }

  /** A message of `schema` whose fields take the numbers of `message` in turn. */
  message(schema: MessageSchema, message: Message, scene: Scene): unknown {
    let next = 0
    const build = (field: Schema): unknown => {
      if (field.kind === 'record')
        return Object.fromEntries(Object.entries(field.fields).map(([name, f]) => [name, build(f)]))
      const n = this.number(message[next++ % message.length]!, scene)
      if (field.kind === 'set') return new Set(field.values.filter((_, i) => ((n >> (i % 3)) & 1) === 1))
      return pick(field as Scalar, n)
    }
    return build(schema)
  }

  /** A set, and how a number names one of its values. */
  set(ref: Ref, scene: Scene) {
    const place = nth(this.places.sets, ref.nth)
    if (!place) return undefined
    const { values, element } = place.schema
    const value = (n: number): unknown => {
      if (!element) return values[n < 7 ? n % values.length : values.length - 1]!
      // Any record with these fields will do.
      return JSON.parse(JSON.stringify(values[(n * 5) % values.length]))
    }
    const index = (of: unknown): number => placeIn(place.schema, of)
    return { set: read(place, ref, scene) as SetDraft<unknown>, value, index }
  }

  /** A channel of one kind with its schema. */
  channel<S extends Places['channels'][number]['schema']>(
    among: readonly Place<S>[],
    ref: Ref,
    scene: Scene,
  ): { readonly channel: Channel; readonly schema: S } | undefined {
    const place = nth(among, ref.nth)
    return place && { channel: read(place, ref, scene) as Channel, schema: place.schema }
  }

  /** A bag of the chosen message's schema, and the message. */
  bagOfChosen(ref: Ref, scene: Scene) {
    const { message } = scene
    const bag = this.channel(
      this.places.bags.filter(({ schema }) => schema.element === message?.schema),
      ref,
      scene,
    )
    return bag && message && { ...bag, message: message.value }
  }
}

/** Counts round a list; undefined when it is empty. */
export const nth = <T>(among: readonly T[], n: number): T | undefined => among[n % Math.max(1, among.length)]

/** The record that a place is a field of. */
export const parentOf = ({ path }: Place, ref: Ref, scene: Scene): Values =>
  path.slice(0, -1).reduce<Values>((at, step) => at[nameAt(step, ref, scene)] as Values, scene.s as Values)

/** The name of a place in that record: a field, or an identity. */
export const nameIn = ({ path }: Place, ref: Ref, scene: Scene): string => nameAt(path.at(-1)!, ref, scene)

const nameAt = (step: Place['path'][number], { who }: Ref, { chosen }: Scene): string => {
  if (typeof step === 'string') return step
  const identity = who === 0 ? (chosen[0] ?? 0) : who
  return step[identity % step.length]!
}

const read = (place: Place, ref: Ref, scene: Scene): unknown =>
  parentOf(place, ref, scene)[nameIn(place, ref, scene)]

/** A number as a value of a domain; in large domains small numbers reach far apart, and 7 the largest value. */
export const pick = (schema: Scalar, n: number): unknown => {
  const { size, at } = domainOf(schema)
  if (size <= 8) return at(n % size)
  return at(n % 8 === 7 ? size - 1 : ((n % 8) * 405_003) % size)
}

/** The nth scalar or set of a message as a number. */
export const part = (schema: MessageSchema, message: unknown, n: number): number => {
  const numbers: number[] = []
  const visit = (field: Schema, value: unknown): void => {
    if (field.kind === 'record')
      for (const [name, f] of Object.entries(field.fields)) visit(f, (value as Values)[name])
    else if (field.kind === 'set') numbers.push((value as ReadonlySet<unknown>).size)
    else numbers.push(indexIn(field as Scalar, value) % 8)
  }
  visit(schema, message)
  return numbers[n % numbers.length]!
}
