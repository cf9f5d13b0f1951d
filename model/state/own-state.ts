/** The state that extensions add to that of the base model: fields, their zero values, and their end in a crash. */
import { ModelFault } from '../../src/modelling/fault.ts'
import { bag, type Fields, oneOf, range, record, type Schema } from '../../src/modelling/schema.ts'
import { type Constants, membersOf } from '../constants/constants.ts'
import { extensionFault } from '../extension-points/extension-fault.ts'
import { type Extended, partsOf } from '../extension-points/extensions.ts'
import type { OwnState } from '../extension-points/parts.ts'

/** The fields with those that extensions add to them at a place. A name that is there already is refused. */
export const withOwn = <F extends Fields>(constants: Extended, place: keyof OwnState, fields: F): F => {
  const all: { [name: string]: Schema } = { ...fields }
  for (const { name, parts } of partsOf(constants))
    for (const [field, schema] of Object.entries(parts.state[place] ?? {})) {
      refuseClash(all, name, field, place)
      all[field] = schema
    }
  return all as F
}

/** The messages of extensions, as fields of the state. */
export const withMessages = <F extends Fields>(constants: Constants, fields: F): F => {
  const all: { [name: string]: Schema } = { ...fields }
  const copied = range(0, constants.scope.attacker === 'A0' ? 0 : 1)
  const member = oneOf(...membersOf(constants))
  for (const { name, parts } of partsOf(constants))
    for (const [kind, message] of Object.entries(parts.messages)) {
      refuseClash(all, name, kind, 'messages')
      const ends = message.to === 'member' && { sender: member, receiver: member }
      all[kind] = bag(record({ ...message.fields, ...ends, copied }), message.capacity)
    }
  return all as F
}

const refuseClash = (known: object, name: string, field: string, place: string): void => {
  if (field in known)
    throw extensionFault(
      name,
      `adds '${field}' to ${place}, where there is a '${field}' already: in the base model or in another extension.`,
    )
}

/** Whether extensions add fields at a place. */
export const hasOwn = (constants: Extended, place: keyof OwnState): boolean =>
  partsOf(constants).some(({ parts }) => Object.keys(parts.state[place] ?? {}).length > 0)

/** The zero values of the fields at a place. */
export const zeroOf = (constants: Extended, place: keyof OwnState): { [name: string]: unknown } =>
  Object.fromEntries(
    partsOf(constants).flatMap(({ parts }) =>
      Object.entries(parts.state[place] ?? {}).map(([name, schema]) => [name, zero(name, schema)]),
    ),
  )

const zero = (name: string, schema: Schema): unknown => {
  switch (schema.kind) {
    case 'bool':
      return false
    case 'range':
      return schema.min
    case 'oneOf':
    case 'id':
      return schema.values[0]
    default:
      throw new ModelFault({
        problem: `Field '${name}' of an extension is a ${schema.kind}; expected a scalar here.`,
      })
  }
}

/** Sets the fields that extensions have added at a place back. */
export const resetOwn = (constants: Extended, place: keyof OwnState, draft: object): void => {
  for (const { parts } of partsOf(constants))
    for (const [name, schema] of Object.entries(parts.state[place] ?? {})) {
      const own = draft as { [name: string]: unknown }
      if (schema.kind === 'set') (own[name] as { clear(): void }).clear()
      else own[name] = zero(name, schema)
    }
}

type PerSa = { readonly [sa: string]: object }

/** A crash: what extensions keep of a member is gone, of itself, of its IKE SAs (`ike`) or of its child SAs (`child`). */
export const forgetOwn = (constants: Extended, me: object): void => {
  if (!constants.extensions) return
  resetOwn(constants, 'member', me)
  if ('ike' in me) for (const sa of Object.values(me.ike as PerSa)) resetOwn(constants, 'memberIke', sa)
  if ('child' in me) for (const sa of Object.values(me.child as PerSa)) resetOwn(constants, 'memberChild', sa)
}
