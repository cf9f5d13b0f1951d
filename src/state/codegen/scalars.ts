/** The program text that turns the code of a scalar or of an element of a set, a number from 0, into its value and back. */
import { countOf } from '../../modelling/elements.ts'
import type { RecordOf, Scalar, SetOf } from '../../modelling/schema.ts'
import type { Source } from './source.ts'

/** The expression of the value whose code is the expression `x`. */
export const decoded = (source: Source, schema: Scalar, x: string): string => {
  switch (schema.kind) {
    case 'bool':
      return `${x} !== 0`
    case 'range':
      return schema.min === 0 ? x : `${x} + ${schema.min}`
    default:
      if (schema.values.length === 1) return JSON.stringify(schema.values[0])
      if (schema.values.length === 2)
        return `(${x} === 0 ? ${JSON.stringify(schema.values[0])} : ${JSON.stringify(schema.values[1])})`
      return `${valuesOf(source, schema.values)}[${x}]`
  }
}

/** The expression of the element of a set whose code is `x`. */
export const elementText = (source: Source, { values, element }: SetOf): string => {
  if (element)
    return `${source.once(
      `elements ${JSON.stringify(element)}`,
      'elements',
      (name) => `const ${name} = ${source.bind('elements', values)}`,
    )}[x]`
  const numbers = numeric(values as readonly (string | number)[])
  if (numbers) return `x + ${numbers.min}`
  return `${valuesOf(source, values as readonly string[])}[x]`
}

const valuesOf = (source: Source, values: readonly string[]): string => {
  const list = JSON.stringify(values)
  return source.once(`values ${list}`, 'values', (name) => `const ${name} = ${list}`)
}

/** The name of a function from a value to its code, -1 outside the domain. */
export const codeOf = (source: Source, schema: Scalar | SetOf): string => {
  if (schema.kind === 'set' && schema.element) return recordCode(source, schema.element)
  if (schema.kind === 'bool')
    return source.once(
      'bool',
      'code',
      (name) => `function ${name}(v) { return v === true ? 1 : v === false ? 0 : -1 }`,
    )
  const numbers = schema.kind === 'range' ? schema : numeric(schema.values as readonly (string | number)[])
  if (numbers)
    return source.once(
      `range ${numbers.min} ${numbers.max}`,
      'code',
      (name) =>
        `function ${name}(v) { return v >= ${numbers.min} && v <= ${numbers.max} && (v | 0) === v ? v - ${numbers.min} : -1 }`,
    )
  const values = (schema as Exclude<typeof schema, { kind: 'range' }>).values
  return source.once(`codes ${JSON.stringify(values)}`, 'code', (name) =>
    [
      `function ${name}(v) {`,
      `  switch (v) {`,
      ...values.map((value, i) => `    case ${JSON.stringify(value)}: return ${i}`),
      `  }`,
      `  return -1`,
      `}`,
    ].join('\n'),
  )
}

/** The same for the records of a set: the last field varies fastest, and nothing but the fields counts. */
const recordCode = (source: Source, schema: RecordOf): string => {
  const fields = Object.entries(schema.fields).map(([name, field]) => ({
    name,
    count: countOf(field),
    code: field.kind === 'record' ? recordCode(source, field) : codeOf(source, field as Scalar),
  }))
  return source.once(`records ${JSON.stringify(schema)}`, 'code', (name) =>
    [
      `function ${name}(v) {`,
      `  if (typeof v !== 'object' || v === null) return -1`,
      `  let all = 0, x = 0`,
      ...fields.map(
        ({ name, count, code }) => `  if ((x = ${code}(v.${name})) < 0) return -1; all = all * ${count} + x`,
      ),
      `  return all`,
      `}`,
    ].join('\n'),
  )
}

/** The ends of a set's domain when it is a run of ascending numbers. */
const numeric = (values: readonly (string | number)[]): { min: number; max: number } | undefined => {
  const [first] = values
  if (typeof first !== 'number') return undefined
  return { min: first, max: first + values.length - 1 }
}
