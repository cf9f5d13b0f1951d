/** What a model consists of: its parameters, variables, actions and properties, in words. Nothing is searched. */
import type { Action } from '../../modelling/action.ts'
import type { Model } from '../../modelling/model.ts'
import { domainOf, type Parameters } from '../../modelling/parameters.ts'
import { printable } from '../../modelling/printable.ts'
import { labelOf, type Property } from '../../modelling/property.ts'
import type { Schema } from '../../modelling/schema.ts'
import { folded, tabledWithin } from '../text/columns.ts'

/** What is shown of a model. */
export interface ModelTextOptions {
  readonly columns: number
  /** What its properties say and what its actions choose from, and not only what they are called. */
  readonly fully: boolean
}

/** A model as lines. */
export const modelLines = (
  { name, about, state, events, actions, properties }: Model,
  parameters: Parameters | undefined,
  { columns, fully }: ModelTextOptions,
): readonly string[] => {
  const section = (title: string, rows: readonly (readonly string[])[]): readonly string[] =>
    rows.length === 0
      ? []
      : [
          '',
          title,
          ...tabledWithin(
            rows.map((row) => row.map(printable)),
            '<<<',
            columns - 2,
          ).map((line) => `  ${line}`),
        ]
  return [
    name,
    ...(about === undefined ? [] : folded(about, columns)),
    ...section(
      'Parameters, for --set',
      Object.entries(parameters?.domains ?? {}).map(([parameter, domain]) => [
        parameter,
        `usually ${parameters!.usual[parameter]}`,
        domainOf(domain),
      ]),
    ),
    ...section(
      'State',
      Object.entries(state.fields).map(([field, schema]) => [
        field,
        fully ? schemaText(schema) : schema.kind,
      ]),
    ),
    ...section(
      'Actions',
      actions.map((action) => [action.name, fully ? choicesText(action) : '', action.fault ? 'a fault' : '']),
    ),
    ...section('Events', fully ? (events?.kinds ?? []).map((kind) => [kind]) : []),
    ...section(
      'Properties',
      properties.map((p) => [labelOf(p), p.kind, fully ? sentenceOf(p) : '']),
    ),
  ]
}

const sentenceOf = (p: Property): string =>
  [
    p.sentence ?? (labelOf(p) === p.name ? '' : p.name),
    ...(p.source === undefined ? [] : [`(${p.source})`]),
    ...(p.kind === 'refines'
      ? [`specification: ${p.specification.name}${p.goals ? ', with goals' : ''}`]
      : []),
  ]
    .filter((part) => part !== '')
    .join(' ')

const choicesText = ({ choose, drawn }: Action): string =>
  Object.entries(choose)
    .map(([parameter, domain]) => {
      const from = drawn?.schemas[parameter]
      if (from) return `${parameter}: from ${schemaText(from)}`
      return `${parameter}: ${domain.length > MOST ? `${domain.length} values` : domain.map(valueText).join(', ')}`
    })
    .join('; ')

/** Values that are listed at most. */
const MOST = 8

const valueText = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)

/** A schema in words. */
const schemaText = (schema: Schema): string => {
  const listed = (values: readonly unknown[]): string =>
    values.length > MOST ? `${values.length} values` : values.join(', ')
  switch (schema.kind) {
    case 'bool':
      return 'true or false'
    case 'range':
      return `${schema.min}..${schema.max}`
    case 'oneOf':
    case 'id':
      return listed(schema.values)
    case 'set':
      return `a set of ${schema.element ? schemaText(schema.element) : listed(schema.values)}`
    case 'record':
      return `{ ${Object.entries(schema.fields)
        .map(([name, field]) => `${name}: ${schemaText(field)}`)
        .join('; ')} }`
    case 'each':
      return `for each of ${listed(schema.identities)}: ${schemaText(schema.element)}`
    default:
      return `a ${schema.kind} of up to ${schema.capacity}: ${schemaText(schema.element)}`
  }
}
