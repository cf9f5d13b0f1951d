/** Whole states as frozen plain objects: what they hold, the first of them, and how two of them differ. */
import { freeze } from 'immer'
import type { Model } from '../../modelling/model.ts'
import { isListener, type Listener } from '../../modelling/property.ts'
import { type RecordOf, record, type Schema } from '../../modelling/schema.ts'
import { scalarValues } from '../../modelling/values.ts'
import { plainBag, plainQueue, plainSet } from '../channels.ts'
import { type Change, changesBetween } from '../print.ts'

/** A whole state: what the model declares, and the memory of its listeners, which no guard can read. */
export interface PlainState {
  readonly model: object
  readonly memory: { readonly [listener: string]: object }
}

/** An event that an effect emitted. */
export interface WireEvent {
  readonly kind: string
  readonly event: object
}

/** The zero state of a schema at the variable `path`. */
export const zeroOf = (schema: Schema, path = ''): unknown => {
  const below = (name: string, field: Schema) => [name, zeroOf(field, path === '' ? name : `${path}.${name}`)]
  switch (schema.kind) {
    case 'record':
      return Object.fromEntries(Object.entries(schema.fields).map(([name, field]) => below(name, field)))
    case 'each':
      return Object.fromEntries(schema.identities.map((name) => below(name, schema.element)))
    case 'set':
      return plainSet(schema)
    case 'queue':
      return plainQueue(schema, path)
    case 'bag':
      return plainBag(schema, path)
    case 'range':
      return schema.min
    default:
      return scalarValues(schema)[0]
  }
}

/** The schema of a whole state: `model` and `memory`. */
export const wholeSchema = (model: Model): RecordOf =>
  record({ model: model.state, memory: memorySchema(model) })

/** The memory of all listeners, by name. */
export const memorySchema = (model: Model): RecordOf =>
  record(Object.fromEntries(listenersOf(model).map(({ name, memory }) => [name, memory])))

/** The first variable in which two states of a model differ. */
export const firstChange = (model: Model, before: PlainState, after: PlainState): Change | undefined =>
  changesBetween(model.state, before.model, after.model)[0] ??
  changesBetween(memorySchema(model), before.memory, after.memory)[0]

/** The properties of a model that listen to wire events. */
export const listenersOf = (model: Model): readonly Listener[] => model.properties.filter(isListener)

/** A state made elsewhere as one that a guard cannot write to. */
export const frozenState = (state: PlainState): PlainState => freeze(state, true)
