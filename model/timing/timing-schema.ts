/** The part `timing` of a cluster file, as a JSON schema. */
import {
  DEFAULT_TIMING,
  MOST_RETRANSMISSIONS,
  TIMING_WORDS,
  type Timing,
  type TimingWords,
} from './timing.ts'

const schemaOf = (name: keyof Timing, { means, unit, source }: TimingWords): object => {
  const value = DEFAULT_TIMING[name]
  const description = `${means}; ${unit === 's' ? 'seconds' : unit === 'chance' ? 'a chance from 0 to 1' : unit}. Otherwise ${JSON.stringify(
    Array.isArray(value)
      ? value.map((wait) => Number(wait.toFixed(2)))
      : Number.isFinite(value)
        ? Number((value as number).toPrecision(6))
        : value,
  )}: ${source}.`
  if (typeof value === 'boolean') return { type: 'boolean', description }
  if (Array.isArray(value))
    return {
      type: 'array',
      items: { type: 'number', exclusiveMinimum: 0 },
      minItems: 1,
      maxItems: MOST_RETRANSMISSIONS + 1,
      description,
    }
  if (unit === 'chance') return { type: 'number', minimum: 0, exclusiveMaximum: 1, description }
  if (unit === 'SAs') return { type: 'integer', minimum: 1, description }
  return { type: 'number', minimum: 0, description }
}

/** Every number is optional. */
export const TIMING_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  description: 'How often things happen and how long they take, for clustercheck availability.',
  properties: Object.fromEntries(
    Object.entries(TIMING_WORDS).map(([name, words]) => [name, schemaOf(name as keyof Timing, words)]),
  ),
}
