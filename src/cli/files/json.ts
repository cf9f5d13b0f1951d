/** JSON from elsewhere: read from a file, and held against a schema, with one sentence that says what is wrong. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Ajv, ErrorObject, ValidateFunction } from 'ajv'
import { quote, thrownText } from '../../modelling/fault.ts'
import { nearest } from '../options/suggestions.ts'
import { messageOf, UsageError } from '../process/errors.ts'
import { noteRead } from './read-files.ts'

/** Reads a file of text. Throws `UsageError`. */
export const readText = (file: string): string => {
  noteRead(file)
  try {
    // Some editors begin a file with a mark of its order of bytes.
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new UsageError({ problem: `${file} cannot be read: ${messageOf(error)}.` })
  }
}

/** Reads a file of JSON. Throws `UsageError`. */
export const readJson = (file: string): unknown => {
  const text = readText(file)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError({ problem: `${file} is no JSON: ${messageOf(error)}.` })
  }
}

/** Says what is wrong with a value; undefined when nothing is. */
export type Checker = (value: unknown) => string | undefined

/** Makes a checker of a schema; the schema is compiled when it is first used. */
export const checkerOf = (schema: object): Checker => {
  let validate: ValidateFunction | undefined
  return (value) => {
    validate ??= compilerOf().compile(schema)
    try {
      if (validate(value)) return undefined
    } catch (error) {
      // What a program exports may have getters that throw.
      return `reading it threw ${thrownText(error)}`
    }
    // Where it is none of several, the one that fits longest was meant: what is wrong lies deepest there.
    const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'oneOf')
    const depths = errors.map(({ instancePath }) => instancePath.split('/').length)
    const first = errors[depths.indexOf(Math.max(...depths))]
    if (!first) return problemOf(validate.errors![0]!)
    return (
      severalOf(errors.filter(({ instancePath }) => instancePath === first.instancePath)) ?? problemOf(first)
    )
  }
}

/** Read when there is something to check: most runs check nothing. With the keyword `callable`, for values that are no JSON. */
const compilerOf = (): Ajv => {
  const ajv = createRequire(import.meta.url)('ajv') as typeof import('ajv')
  return new ajv.Ajv({ verbose: true, strict: false }).addKeyword({
    keyword: 'callable',
    validate: (_: true, value: unknown) => typeof value === 'function',
    error: { message: 'must be a function' },
  })
}

/** What is wrong where a value may be of several kinds and is of none; undefined where one kind is meant. */
const severalOf = (errors: readonly ErrorObject[]): string | undefined => {
  const kinds = errors.map(({ keyword, params }) => {
    if (keyword === 'type') return `${params.type}`
    if (keyword === 'enum') return `one of ${(params.allowedValues as unknown[]).join(', ')}`
    return keyword === 'const' ? shown(params.allowedValue) : ''
  })
  const [first] = errors
  if (!first || kinds.length < 2 || kinds.includes('')) return undefined
  return `${placeOf(first)} is ${shown(first.data)}; it must be ${[...new Set(kinds)].join(', or ')}`
}

const placeOf = ({ instancePath }: ErrorObject): string =>
  instancePath === '' ? 'the whole' : instancePath.slice(1).replaceAll('/', '.')

const problemOf = (error: ErrorObject): string => {
  const { keyword, params, message, data, parentSchema } = error
  const place = placeOf(error)
  if (keyword === 'additionalProperties') {
    const name = String(params.additionalProperty)
    const known = Object.keys((parentSchema?.properties as object | undefined) ?? {})
    const near = nearest(name, known)
    const meant = near.length === 0 ? '' : `; did you mean '${near[0]}'`
    return `${place} has '${name}', but takes ${known.join(', ')}${meant}`
  }
  if (keyword === 'enum')
    return `${place} is ${shown(data)}; it must be one of ${(params.allowedValues as unknown[]).join(', ')}`
  if (keyword === 'const') return `${place} is ${shown(data)}; it must be ${shown(params.allowedValue)}`
  const examples = keyword === 'pattern' && (parentSchema?.examples as unknown[] | undefined)
  if (examples) return `${place} is ${shown(data)}; it reads ${examples.map(shown).join(', ')}`
  if (keyword === 'required') return `${place} has no '${params.missingProperty}'`
  return `${place} is ${shown(data)}; it ${message}`
}

const shown = (value: unknown): string => {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'bigint') return `${value}n`
  return value === undefined ? 'undefined' : quote(value)
}
