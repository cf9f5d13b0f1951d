/**
 * The parameters of a model as a name has them: `model.ts?managers=5&lossy=true`. What is set on the command line becomes a part of the
 * name of the target, so that tokens, the cache and search threads know of it.
 */
import { existsSync } from 'node:fs'
import { isModel, type Model } from '../../modelling/model.ts'
import { domainOf, isParameters, type Parameters, readAs } from '../../modelling/parameters.ts'
import { printable } from '../../modelling/printable.ts'
import { unknownName } from '../options/suggestions.ts'
import { UsageError } from '../process/errors.ts'

/** What is set, as text. */
export type Settings = Readonly<Record<string, string>>

/** Models that one sweep makes at most. */
const MOST_SWEPT = 1_000

/** A name without what is set in it, and that. */
export const settingsIn = (name: string): { readonly file: string; readonly set?: Settings } => {
  const at = name.indexOf('?')
  if (at < 0 || existsSync(name)) return { file: name }
  return { file: name.slice(0, at), set: Object.fromEntries(pairsOf(name.slice(at + 1))) }
}

const pairsOf = (text: string): readonly (readonly [string, string])[] => {
  const pairs = text.split('&').map((pair) => {
    const [name = '', ...value] = pair.split('=')
    if (name === '' || value.length === 0 || value.join('=') === '')
      throw new UsageError({
        problem: `A parameter is set by NAME=VALUE, such as managers=5; it was given '${printable(pair)}'.`,
      })
    return [name, value.join('=')] as const
  })
  const twice = pairs.find(([name], i) => pairs.findIndex(([other]) => other === name) !== i)
  if (twice)
    throw new UsageError({ problem: `The parameter ${printable(twice[0])} is set twice: only one can hold.` })
  return pairs
}

/** The model for what is set. Throws `UsageError`. */
export const madeWith = (value: Model | Parameters, file: string, set: Settings = {}): Model => {
  if (!isParameters(value)) {
    if (Object.keys(set).length === 0) return value
    throw new UsageError({
      problem: `${printable(file)} holds a model without parameters, so ${printable(Object.keys(set)[0]!)} cannot be set.`,
      hint: 'export default parameters({ ... }, (values) => model(...))',
    })
  }
  const values = { ...value.usual }
  for (const [name, text] of Object.entries(set)) {
    const domain = Object.hasOwn(value.domains, name) ? value.domains[name] : undefined
    if (!domain) throw unknownName(`parameter of ${printable(file)}`, name, Object.keys(value.domains))
    const read = readAs(domain, text)
    if (read === undefined)
      throw new UsageError({
        problem: `The parameter ${name} of ${printable(file)} is ${domainOf(domain)}; it was given '${printable(text)}'.`,
      })
    values[name] = read
  }
  const made = value.make(values)
  if (isModel(made)) return made
  throw new UsageError({ problem: `${printable(file)} makes no model for ${settingsText(values)}.` })
}

const settingsText = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')

/** The names of the targets that `--set` asks for: one, or one for each combination of what is swept over. */
export const sweptNames = (file: string, text: string): readonly string[] => {
  let names: readonly string[] = ['']
  for (const [name, values] of pairsOf(text)) {
    const all = valuesIn(values)
    if (names.length * all.length > MOST_SWEPT)
      throw new UsageError({ problem: `--set asks for more than ${MOST_SWEPT} models.` })
    names = names.flatMap((before) =>
      all.map((value) => `${before}${before === '' ? '' : '&'}${name}=${value}`),
    )
  }
  return names.map((settings) => `${file}${file.includes('?') ? '&' : '?'}${settings}`)
}

/** `3..6` and `3,5` are several values. */
const valuesIn = (text: string): readonly string[] =>
  text.split(',').flatMap((part) => {
    const ends = /^(-?\d+)\.\.(-?\d+)$/.exec(part)
    if (!ends) return [part]
    const [first, last] = [Number(ends[1]), Number(ends[2])]
    if (last < first || last - first >= MOST_SWEPT)
      throw new UsageError({
        problem: `A sweep goes from a number up to another, at most ${MOST_SWEPT} of them; it was given '${part}'.`,
      })
    return Array.from({ length: last - first + 1 }, (_, i) => String(first + i))
  })
