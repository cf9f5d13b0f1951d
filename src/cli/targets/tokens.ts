/**
 * Replay tokens: everything that is needed to see a trace again, in one word that a shell leaves alone:
 * `cc1:TARGET:SEARCH:PROPERTY:HASH:STEPS`. The hash tells when the model has changed since. The property of a measure
 * is `LABEL=VALUE`, with what the last step reads. A scheme in another than the default scope is `SCHEME@SCOPE`.
 */
import { createHash } from 'node:crypto'
import type { Action } from '../../modelling/action.ts'
import type { Model } from '../../modelling/model.ts'
import { isListener, labelOf } from '../../modelling/property.ts'
import type { Path } from '../../search/engine/outcome.ts'
import { SCOPES, type ScopeName } from '../../search/suite.ts'
import { UsageError } from '../process/errors.ts'

/** What a token says. */
export interface TokenData {
  /** A scheme's name, or the path of a file relative to the folder in which the trace was made. */
  readonly target: string
  /** The scope of a scheme; absent for the default one, and for files. */
  readonly scope?: ScopeName
  /** The search of the target that found the trace. */
  readonly focus: string
  /** The label of the property. */
  readonly label: string
  /** What the last step reads, when the property is a measure. */
  readonly value?: number
  /** `structureHash` of the model. */
  readonly hash: string
  readonly path: Path
}

const VERSION = 'cc1'
const FORM = `${VERSION}:TARGET:SEARCH:PROPERTY:HASH:STEPS`

/** Writes a token. */
export const tokenOf = ({ target, scope, focus, label, value, hash, path }: TokenData): string => {
  const named = scope === undefined ? encoded(target) : `${encoded(target)}@${scope}`
  const property = value === undefined ? encoded(label) : `${encoded(label)}=${value}`
  return [VERSION, named, encoded(focus), property, hash, path.join('.')].join(':')
}

/** Reads a token. Throws `UsageError` when it is damaged. */
export const tokenData = (token: string): TokenData => {
  const damaged = (what: string): never => {
    throw new UsageError({
      problem: `The token ${what}; a token reads ${FORM}.`,
      hint: 'copy the whole token, from cc1: to the last number',
    })
  }
  const parts = token.trim().split(':')
  if (parts[0] !== VERSION) damaged(`starts with '${parts[0]!.slice(0, 20)}' and not with '${VERSION}:'`)
  if (parts.length !== 6) damaged(`has ${parts.length} parts and not 6`)
  const [, named, focus, property, hash, steps] = parts as [string, string, string, string, string, string]
  const [target, word] = split(named, '@')
  const scope = SCOPES.find((name) => name === word)
  if (word !== undefined && !scope) damaged(`has the scope '${word}', which is none of ${SCOPES.join(', ')}`)
  const [label, reading] = split(property, '=')
  for (const [name, part] of Object.entries({ target, search: focus, property: label }))
    if (part === '') damaged(`names no ${name}`)
  if (!/^[0-9a-f]{8}$/.test(hash)) damaged(`has the hash '${hash}', which is not 8 hexadecimal digits`)
  if (!/^\d{1,9}(\.\d{1,9})*$/.test(steps))
    damaged(`has the steps '${steps}', which are not numbers with dots`)
  const value = reading === undefined ? undefined : Number(reading)
  if (reading === '' || (value !== undefined && !Number.isFinite(value)))
    damaged(`has the value '${reading}', which is no number`)
  try {
    return {
      target: decodeURIComponent(target),
      ...(scope && { scope }),
      focus: decodeURIComponent(focus),
      label: decodeURIComponent(label),
      ...(value !== undefined && { value }),
      hash,
      path: steps.split('.').map(Number),
    }
  } catch {
    return damaged('holds a % that is not followed by two hexadecimal digits')
  }
}

/** What stands before and after the first `sign`, which is encoded everywhere else. */
const split = (text: string, sign: string): readonly [string, string?] => {
  const at = text.indexOf(sign)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

/**
 * Eight hexadecimal digits over what gives a path its meaning: schema, action names, choices and properties.
 * Function bodies do not count: their text differs between a source and its build.
 */
export const structureHash = (model: Model): string => {
  const known = hashes.get(model) ?? hashOf(model)
  hashes.set(model, known)
  return known
}

const hashes = new WeakMap<Model, string>()

const hashOf = (model: Model): string => {
  const actions = (list: readonly Action[]) => list.map((action) => [action.name, placesOf(action)])
  const structure = [
    model.state,
    actions(model.initial),
    actions(model.actions),
    model.properties.map((p) => [p.kind, p.name, labelOf(p), isListener(p) ? p.memory : null]),
  ]
  return createHash('sha256').update(JSON.stringify(structure)).digest('hex').slice(0, 8)
}

/** What is drawn from a channel is numbered by its places, whatever the parameter is called. */
const placesOf = ({ choose, drawn }: Action): Action['choose'] => {
  const isDrawn = (name: string): boolean => ['queue', 'bag'].includes(drawn?.schemas[name]?.kind ?? '')
  const first = Object.keys(choose).find(isDrawn)
  return Object.fromEntries(
    Object.entries(choose).map(([name, domain]) => [name === first ? 'slot' : name, domain]),
  )
}

/** URI encoding that also covers what shells read, and leaves the slashes of a path alone. */
const encoded = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll(/[!'()*~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '/')
