/** Models with constants that whoever checks them may set: each has a domain, so that what is typed is read and checked. */

import type { View } from './draft.ts'
import { type Fail, ModelFault, quote } from './fault.ts'
import type { Model } from './model.ts'
import type { Scalar } from './schema.ts'
import { checkSchema, NAME } from './schema-check.ts'
import { scalarValues } from './values.ts'

type Domains = { readonly [name: string]: Scalar }

/** One value for each parameter. */
export type ValuesOf<D extends Domains> = { readonly [K in keyof D]: View<D[K]> }

type Value = string | number | boolean

/** A model that is made for the values of its parameters, with its types erased. */
export interface Parameters {
  readonly kind: 'parameters'
  readonly domains: Domains
  /** What holds where nothing is set. */
  readonly usual: { readonly [name: string]: Value }
  make(values: { readonly [name: string]: Value }): Model
}

/**
 * Defines a model with parameters. `usual` has the values that hold where nothing is set; what it does not name has the
 * first value of its domain. Throws `ModelFault`.
 */
export const parameters = <const D extends Domains>(
  domains: D,
  make: (values: ValuesOf<D>) => Model,
  usual: Partial<ValuesOf<D>> = {},
): Parameters => {
  const fail: Fail = (problem, hint) => {
    throw new ModelFault({ problem, ...(hint !== undefined && { hint }) })
  }
  for (const [name, domain] of Object.entries(domains)) {
    if (!NAME.test(name))
      fail(`A parameter is called '${name}'; a name is letters and digits, a letter first.`)
    checkSchema(domain, `the parameter ${name}`, fail)
    if (!['bool', 'range', 'oneOf', 'id'].includes(domain.kind))
      fail(`The parameter ${name} is a ${domain.kind}; expected bool, range, oneOf or id.`)
  }
  for (const [name, value] of Object.entries(usual)) {
    const domain = domains[name] ?? fail(`The parameter ${name} has a usual value and no domain.`)
    if (!has(domain, value))
      fail(`The usual value of parameter ${name} is ${quote(value)}; expected ${domainOf(domain)}.`)
  }
  return {
    kind: 'parameters',
    domains,
    usual: Object.fromEntries(
      Object.entries(domains).map(([name, domain]) => [
        name,
        (usual as Readonly<Record<string, Value>>)[name] ?? scalarValues(domain)[0]!,
      ]),
    ),
    make: make as unknown as Parameters['make'],
  }
}

/** Whether `value` is what `parameters` returns. */
export const isParameters = (value: unknown): value is Parameters =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  value.kind === 'parameters' &&
  'make' in value &&
  typeof value.make === 'function'

const has = (domain: Scalar, value: unknown): boolean =>
  domain.kind === 'range'
    ? Number.isInteger(value) && (value as number) >= domain.min && (value as number) <= domain.max
    : scalarValues(domain).includes(value as Value)

/** The values of a parameter in words. */
export const domainOf = (domain: Scalar): string =>
  domain.kind === 'range'
    ? `a whole number from ${domain.min} to ${domain.max}`
    : domain.kind === 'bool'
      ? 'true or false'
      : `one of ${domain.values.join(', ')}`

/** The value that a text stands for; undefined when it stands for none. */
export const readAs = (domain: Scalar, text: string): Value | undefined => {
  const value =
    domain.kind === 'range'
      ? /^-?\d+$/.test(text)
        ? Number(text)
        : undefined
      : domain.kind === 'bool'
        ? { true: true, false: false }[text]
        : text
  return value !== undefined && has(domain, value) ? value : undefined
}
