/** What an extension returns from `policies`: a scheme, each policy of which has a value that the base model knows. */
import { quote } from '../../src/modelling/fault.ts'
import {
  ESP_WORDS,
  PEER_WORDS,
  type PolicyWords,
  SCHEME_WORDS,
  type Value,
  valuesOf,
} from '../cluster-files/vocabulary.ts'
import type { Scheme } from '../constants/scheme.ts'
import { extensionFault } from '../extension-points/extension-fault.ts'

/** Values that a policy can have, in the order in which they are named; `whole number` stands for all of them. */
type Values = readonly (Value | 'whole number')[]

/** The values of each policy of T; of those that are objects, in the same form. */
type ValuesOf<T> = { readonly [P in keyof T]: T[P] extends object ? ValuesOf<T[P]> : Values }

const NUMBER: Values = ['whole number']
const WIDTH: Values = [...NUMBER, 'maximum']

/** The values of policies that have names for them. */
const named = <T extends object>(words: T): { readonly [P in keyof T]: Values } =>
  Object.fromEntries(Object.entries(words).map(([policy, of]) => [policy, valuesOf(of as PolicyWords)])) as {
    readonly [P in keyof T]: Values
  }

/** Every policy of a scheme with its values. */
const POLICY_VALUES: ValuesOf<Scheme> = {
  cluster: [true, false],
  ...named(SCHEME_WORDS),
  esp: { ...named(ESP_WORDS), period: NUMBER, unread: NUMBER, jump: WIDTH, raise: WIDTH },
  peer: named(PEER_WORDS),
}

/** Refuses a scheme that lacks a policy, has one that no scheme has, or a value that means nothing. Throws `ModelFault`. */
export const checkPolicies = (name: string, after: unknown): void =>
  checkValues(name, POLICY_VALUES, after, '')

const checkValues = (name: string, known: object, after: unknown, path: string): void => {
  const fail = (problem: string): never => {
    throw extensionFault(name, problem)
  }
  if (typeof after !== 'object' || after === null || Array.isArray(after))
    fail(
      `returns ${quote(after)} ${path === '' ? 'from policies' : `as the policy '${path.slice(0, -1)}'`}; expected ${path === '' ? 'a scheme' : 'an object'}.`,
    )
  const policies = Object.keys(known)
  for (const policy of Object.keys(after as object))
    if (!policies.includes(policy))
      fail(`returns the policy '${path}${policy}', which no scheme has. Known: ${policies.join(', ')}.`)
  for (const [policy, values] of Object.entries(known)) {
    const value = (after as { readonly [policy: string]: unknown })[policy]
    if (!Array.isArray(values)) {
      checkValues(name, values, value, `${path}${policy}.`)
      continue
    }
    const isNumber = values.includes('whole number') && Number.isInteger(value) && (value as number) >= 0
    if (!isNumber && (value === 'whole number' || !values.includes(value)))
      fail(
        `returns ${quote(value)} as the policy '${path}${policy}'; it is ${values.length > 1 ? 'one of ' : 'a '}${values.join(', ')}.`,
      )
  }
}
