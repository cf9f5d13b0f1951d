/** What is wrong with what an extension adds, in one sentence each: a name that nothing knows would be a silence. */
import { quote } from '../../src/modelling/fault.ts'
import { extensionFault } from '../extension-points/extension-fault.ts'
import type { Setting } from './extension.ts'
import { MEMBER_HOOK, PEER_HOOK } from './hooks.ts'
import { type ActedBy, NOTHING, type OwnAction, type OwnMessage, type OwnState, type Parts } from './parts.ts'

const PLACE: readonly (keyof OwnState)[] = [
  'member',
  'memberIke',
  'memberChild',
  'peer',
  'peerIke',
  'peerChild',
  'world',
  'synch',
]
const MESSAGE: readonly (keyof OwnMessage)[] = ['to', 'fields', 'capacity']
const ACTION: readonly (keyof OwnAction<never, never, object>)[] = ['name', 'by', 'choose', 'guard', 'effect']
const BY: readonly ActedBy[] = ['member', 'peer', 'attacker', 'environment']
/** Kinds of messages that the base model has. */
const TAKEN = ['request', 'response', 'answer', 'synch', 'esp', 'hint']

/** Fields that messages have without being given them. */
const ENDS = ['sender', 'receiver', 'copied', 'copy']

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const failing =
  (name: string) =>
  (problem: string): never => {
    throw extensionFault(name, problem)
  }

/** What no bound is above: states would have no end. */
const MOST_BOUND = 1000

/** Refuses bounds that are no numbers of something that is bounded. Throws `ModelFault`. */
export const checkBounds = (name: string, bounds: unknown, known: readonly string[]): void => {
  const fail = failing(name)
  if (!isObject(bounds)) fail(`returns ${quote(bounds)} from bounds; expected an object.`)
  for (const [key, value] of Object.entries(bounds as object)) {
    if (!known.includes(key)) fail(`returns '${key}' from bounds. Known: ${known.join(', ')}.`)
    if (!Number.isInteger(value) || value < 0 || value > MOST_BOUND)
      fail(`returns ${quote(value)} as ${key} from bounds; expected a whole number from 0 to ${MOST_BOUND}.`)
  }
}

/** Refuses names of child SAs that cannot be told from others. Throws `ModelFault`. */
export const checkChildren = (name: string, children: unknown): void => {
  const fail = failing(name)
  if (!Array.isArray(children)) fail(`returns ${quote(children)} from children; expected a list.`)
  const all = children as readonly unknown[]
  for (const child of all) {
    // The base model's are a letter with what tells them apart.
    if (typeof child !== 'string' || !/^[a-z]{2}[a-zA-Z]+$/.test(child))
      fail(`returns the child SA ${quote(child)} from children; expected a name of three letters or more.`)
    if (all.indexOf(child) !== all.lastIndexOf(child))
      fail(`returns the child SA ${quote(child)} from children twice.`)
  }
}

/** Refuses parts that the base model cannot take, or would not look at. Throws `ModelFault`. */
export const checkParts = (
  name: string,
  parts: Parts,
  { members, ikes, children }: Pick<Setting, 'members' | 'ikes' | 'children'>,
): void => {
  const fail = failing(name)
  const only = (what: string, value: unknown, known: readonly string[]): void => {
    if (!isObject(value)) fail(`has ${quote(value)} as ${what}; expected an object.`)
    for (const key of Object.keys(value as object))
      if (!known.includes(key)) fail(`has '${key}' in ${what}. Known: ${known.join(', ') || 'none'}.`)
  }
  const aFunction = (what: string, value: unknown): void => {
    if (typeof value !== 'function') fail(`has ${quote(value)} as ${what}; expected a function.`)
  }

  if (!isObject(parts) || !Object.keys(NOTHING).every((key) => key in parts))
    fail('returns something from define that is not what parts(...) returns.')
  only('its parts', parts, Object.keys(NOTHING))
  only('its state', parts.state, PLACE)
  only('its hooks', parts.hooks, ['member', 'peer'])
  for (const [side, names] of [
    ['member', MEMBER_HOOK],
    ['peer', PEER_HOOK],
  ] as const)
    for (const [hook, given] of Object.entries(parts.hooks[side])) {
      if (!(names as readonly string[]).includes(hook))
        fail(`hooks '${hook}' of the ${side}, which is no hook. Known: ${names.join(', ')}.`)
      if (given !== undefined) aFunction(`the hook ${hook}`, given)
    }
  const kinds = Object.keys(parts.messages)
  for (const [kind, message] of Object.entries(parts.messages)) {
    only(`the message '${kind}'`, message, MESSAGE)
    if (TAKEN.includes(kind)) fail(`calls a message '${kind}', which the base model has already.`)
    if (!['cluster', 'peer', 'member'].includes(message.to))
      fail(`sends the message '${kind}' to ${quote(message.to)}; it goes to 'cluster', 'peer' or 'member'.`)
    if (!isObject(message.fields))
      fail(`gives the message '${kind}' no fields; expected an object, {} for none.`)
    for (const field of Object.keys(message.fields))
      if (ENDS.includes(field))
        fail(
          `gives the message '${kind}' a field '${field}', which every message has. Taken: ${ENDS.join(', ')}.`,
        )
    if (!Number.isInteger(message.capacity) || message.capacity < 0)
      fail(`gives the message '${kind}' a capacity of ${quote(message.capacity)}; expected a whole number.`)
    if (typeof parts.receives[kind] !== 'function')
      fail(`has the message '${kind}' and nothing under receives that handles it.`)
  }
  for (const what of ['receives', 'takes', 'answers', 'losable', 'texts'] as const) {
    for (const [kind, given] of Object.entries(parts[what])) {
      if (!kinds.includes(kind))
        fail(`speaks of a message '${kind}' under ${what}. Known: ${kinds.join(', ') || 'none'}.`)
      if (what !== 'answers' && given !== undefined) aFunction(`what ${what} '${kind}'`, given)
    }
  }
  for (const [kind, answers] of Object.entries(parts.answers))
    for (const answer of answers)
      if (!kinds.includes(answer))
        fail(`answers '${kind}' with '${answer}', which is none of its messages. Known: ${kinds.join(', ')}.`)
  if (!isObject(parts.oracles)) fail(`has ${quote(parts.oracles)} as its oracles; expected an object.`)
  for (const [path, reason] of Object.entries(parts.oracles))
    if (typeof reason !== 'string' || reason.trim() === '')
      fail(`gives ${quote(reason)} as the reason of the oracle '${path}'; expected a text.`)
  for (const [kind, picture] of Object.entries(parts.events))
    aFunction(`the picture of the event '${kind}'`, picture)
  const values: { readonly [parameter: string]: readonly unknown[] | undefined } = {
    at: members,
    ike: ikes,
    child: children,
  }
  for (const action of parts.actions) {
    const what = `the action ${quote(action.name)}`
    only(what, action, ACTION)
    aFunction(`the effect of ${what}`, action.effect)
    if (action.guard !== undefined) aFunction(`the guard of ${what}`, action.guard)
    if (!BY.includes(action.by)) fail(`has ${what} by ${quote(action.by)}; it is by one of ${BY.join(', ')}.`)
    only(`what ${what} chooses`, action.choose, ['at', 'ike', 'child', 'number'])
    for (const [parameter, chosen] of Object.entries(action.choose ?? {})) {
      const known = values[parameter]
      for (const value of chosen as readonly unknown[])
        if (known && !known.includes(value))
          fail(`lets ${what} choose ${quote(value)} as ${parameter}. There: ${known.join(', ')}.`)
    }
  }
}
