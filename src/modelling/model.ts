/** A model: schema, initial states, actions and properties, checked for being well formed before anything runs it. */
import type { Action } from './action.ts'
import type { Draft, View } from './draft.ts'
import type { Events } from './events.ts'
import { ModelFault } from './fault.ts'
import { labelOf, type Property } from './property.ts'
import type { RecordOf, Schema } from './schema.ts'

/** A checked model. */
export interface Model {
  readonly kind: 'model'
  readonly name: string
  /** One sentence. */
  readonly about?: string
  readonly state: RecordOf
  readonly events?: Events
  /** Each enabled instance, run on the zero state, gives an initial state. */
  readonly initial: readonly Action[]
  readonly actions: readonly Action[]
  readonly properties: readonly Property[]
  /** States that may be without successor; consulted only when deadlocks are searched for. */
  final?(state: object): boolean
}

/** What `model` takes, in the types of its schema. */
export interface ModelBody<S extends RecordOf> {
  readonly about?: string
  readonly state: S
  readonly events?: Events
  /** Absent: the zero state is the initial state. One effect on the zero state, or several as actions. */
  readonly initial?: ((d: Draft<S>) => void) | readonly Action[]
  readonly actions: readonly Action[]
  readonly properties?: readonly Property[]
  readonly final?: (s: View<S>) => boolean
}

/** Defines a model. Throws `ModelFault` when it is not well formed. */
export const model = <S extends RecordOf>(name: string, body: ModelBody<S>): Model => {
  const made = {
    ...body,
    kind: 'model',
    name,
    initial: initialActions(body.initial),
    properties: body.properties ?? [],
  } as unknown as Model
  checkModel(made)
  return made
}

/** Whether `value` is what `model` returns. */
export const isModel = (value: unknown): value is Model =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  value.kind === 'model' &&
  'actions' in value

const initialActions = (initial: unknown): readonly Action[] => {
  if (Array.isArray(initial)) return initial as Action[]
  const effect = (initial ?? (() => {})) as (d: object) => void
  return [{ name: 'init', choose: {}, effect: (d) => effect(d) }]
}

const NAME = /^[A-Za-z][A-Za-z0-9]*$/
/** A slot holds 31 bits; ranges stay within this of zero. */
const LARGEST = 2 ** 29
const MOST_PROPERTIES = 31
/** Two bits of a state's marks for each alwaysPossible property. */
const MOST_POSSIBLE = 8
const MOST_INSTANCES = 65_535
/** Bits of a set inside a message. */
const MOST_IN_MESSAGE_SET = 30

const checkModel = (model: Model): void => {
  const fail = (problem: string, hint?: string): never => {
    throw new ModelFault({ problem, model: model.name, ...(hint !== undefined && { hint }) })
  }
  const unique = (what: string, names: readonly string[]): void => {
    const twice = names.find((name, i) => names.indexOf(name) !== i)
    if (twice !== undefined) fail(`Two ${what} are called '${twice}'; names must differ.`)
  }
  if (model.initial.length === 0)
    fail('The model has no initial state: its list of initial actions is empty.')
  if (model.actions.length === 0) fail('The model has no actions.')
  unique(
    'actions',
    [...model.initial, ...model.actions].map((a) => a.name),
  )
  unique(
    'properties',
    model.properties.map((p) => p.name),
  )
  unique('property labels', model.properties.map(labelOf))
  if (model.properties.length > MOST_PROPERTIES)
    fail(
      `The model has ${model.properties.length} properties; at most ${MOST_PROPERTIES} are judged in one search.`,
    )

  const possible = model.properties.filter((p) => p.kind === 'alwaysPossible').length
  if (possible > MOST_POSSIBLE)
    fail(
      `The model has ${possible} alwaysPossible properties; at most ${MOST_POSSIBLE} are judged in one search.`,
    )

  for (const action of [...model.initial, ...model.actions])
    for (const [parameter, domain] of Object.entries(action.choose)) {
      if (domain.length === 0)
        fail(
          `Parameter '${parameter}' of action '${action.name}' has an empty domain; the action could never fire.`,
          'leave the action out where its domain is empty',
        )
      if (new Set(domain).size !== domain.length)
        fail(`Parameter '${parameter}' of action '${action.name}' lists a value twice.`)
    }
  for (const [what, actions] of [
    ['initial', model.initial],
    ['action', model.actions],
  ] as const) {
    const instances = actions.reduce((sum, action) => sum + countOf(action), 0)
    if (instances > MOST_INSTANCES)
      fail(`The model has ${instances} ${what} instances; at most ${MOST_INSTANCES} can be numbered.`)
  }

  checkSchema(model.state, 'state', fail)
  for (const property of model.properties) {
    if (property.kind !== 'monitor') continue
    checkSchema(property.memory, property.name, fail)
    const known = model.events?.kinds ?? []
    for (const event of Object.keys(property.on))
      if (!known.includes(event))
        fail(
          `Monitor '${property.name}' listens to '${event}', which the model does not emit. Known: ${known.join(', ') || 'none'}.`,
        )
  }
}

/** The number of instances of an action, without listing them. */
const countOf = ({ choose }: Action): number =>
  Object.values(choose).reduce((product, domain) => product * domain.length, 1)

type Fail = (problem: string, hint?: string) => never

const checkSchema = (schema: Schema, path: string, fail: Fail, inMessage = false): void => {
  const nonEmpty = (values: readonly unknown[]): void => {
    if (values.length === 0) fail(`${path} has an empty domain.`)
    if (new Set(values).size !== values.length) fail(`${path} lists a value twice.`)
  }
  switch (schema.kind) {
    case 'bool':
      return
    case 'oneOf':
    case 'id':
      nonEmpty(schema.values)
      return
    case 'set':
      nonEmpty(schema.values)
      if (inMessage && schema.values.length > MOST_IN_MESSAGE_SET)
        fail(
          `${path} has ${schema.values.length} values; a set in a message holds at most ${MOST_IN_MESSAGE_SET}.`,
        )
      return
    case 'range':
      for (const end of [schema.min, schema.max])
        if (!Number.isInteger(end) || Math.abs(end) > LARGEST)
          fail(
            `${path} ranges over ${schema.min}..${schema.max}; both ends must be whole numbers within ${LARGEST} of zero.`,
          )
      if (schema.max < schema.min) fail(`${path} has an empty domain: ${schema.min}..${schema.max}.`)
      return
    case 'record':
      for (const [name, field] of Object.entries(schema.fields)) {
        if (!NAME.test(name)) fail(`Field '${name}' of ${path} is not a name of letters and digits.`)
        if (name in {}) fail(`Field '${name}' of ${path} has a name that every object has.`)
        checkSchema(field, `${path}.${name}`, fail, inMessage)
      }
      return
    case 'each':
      nonEmpty(schema.identities)
      for (const name of schema.identities)
        if (name in {} || name.startsWith('$'))
          fail(`Identity '${name}' of ${path} is a name that objects use for themselves.`)
      if (inMessage) fail(`${path} is a record per identity inside a message; messages are flat.`)
      checkSchema(schema.element, `${path}.*`, fail)
      return
    case 'queue':
    case 'bag':
      if (inMessage) fail(`${path} is a ${schema.kind} inside a message; messages are flat.`)
      if (!Number.isSafeInteger(schema.capacity) || schema.capacity < 0)
        fail(`${path} has capacity ${schema.capacity}; it must be a whole number of messages.`)
      checkSchema(schema.element, `${path}[]`, fail, true)
  }
}
