/**
 * Files of expectations: what a repository wants checked, and what it expects of each property. They are written as
 * TypeScript, JavaScript or JSON; `init` writes a first one.
 */
import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { CAPTURE_VERDICTS, type CaptureVerdict } from '../../capture/result.ts'
import { labelOf } from '../../modelling/property.ts'
import { type Declared, propertiesOf, SCOPES, type ScopeName } from '../../search/suite.ts'
import { checkerOf, readJson } from '../files/json.ts'
import { loadModule, looksLikeFile } from '../files/load-file.ts'
import type { SearchSettings } from '../jobs/search-job.ts'
import { sizeOf } from '../options/arguments.ts'
import { unknownName } from '../options/suggestions.ts'
import { UsageError } from '../process/errors.ts'
import { type Target, targetOf } from './targets.ts'

/** What is expected of a property: a verdict, or the number of a measure; with a reason if there is one to give. */
export type Expected = Declared | { readonly verdict: Declared; readonly reason?: string }

/** One target of a file of expectations. */
export interface ConfigTarget {
  /** A scheme, or a file with a model or a cluster, relative to the file of expectations. */
  readonly target: string
  /** Of a scheme. */
  readonly scope?: ScopeName
  /** When a search is cut, as on the command line. */
  readonly limits?: { readonly states?: number; readonly seconds?: number; readonly memory?: string }
  readonly exact?: boolean
  readonly symmetry?: boolean
  readonly deadlock?: boolean
  /** By label. What is not named is expected to be good, or as the scheme or the cluster file says. */
  readonly expect?: Readonly<Record<string, Expected>>
  /** Actions that are never taken. */
  readonly idle?: readonly string[]
}

/** What is expected of a capture; what is not named must not be violated. */
export type CaptureExpected = CaptureVerdict | { readonly verdict: CaptureVerdict; readonly reason?: string }

/** One capture of a file of expectations. */
export interface ConfigCapture {
  /** A file, relative to the file of expectations. */
  readonly capture: string
  /** By label, or by label and SPI: `SEQ-1@0xcfe9d777`. */
  readonly expect?: Readonly<Record<string, CaptureExpected>>
  /** UDP ports of IKE besides 500 and 4500. */
  readonly ikePorts?: readonly number[]
  /** Packets that the replay window of a receiver spans. */
  readonly window?: number
  /** Keys of IKE SAs, in the form of Wireshark's table; relative to the file of expectations. */
  readonly ikev2Keys?: string
  /** Seconds after the first frame from which on violations count. */
  readonly sinceFailover?: number
}

/** What a file of expectations exports as default: targets for `check`, captures for `capture`. */
export interface Config {
  readonly targets?: readonly ConfigTarget[]
  readonly captures?: readonly ConfigCapture[]
}

const DECLARED = {
  anyOf: [{ enum: ['holds', 'violated', 'reached', 'unreached', 'measured', 'vacuous'] }, { type: 'number' }],
}

const CAPTURE_VERDICT = { enum: CAPTURE_VERDICTS }

/** The schema of a file of expectations. */
export const CONFIG_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'What clustercheck is expected to find',
  type: 'object',
  additionalProperties: false,
  anyOf: [{ required: ['targets'] }, { required: ['captures'] }],
  properties: {
    $schema: { type: 'string' },
    captures: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['capture'],
        properties: {
          capture: { type: 'string', minLength: 1 },
          expect: {
            type: 'object',
            additionalProperties: {
              anyOf: [
                CAPTURE_VERDICT,
                {
                  type: 'object',
                  additionalProperties: false,
                  required: ['verdict'],
                  properties: { verdict: CAPTURE_VERDICT, reason: { type: 'string' } },
                },
              ],
            },
          },
          ikePorts: { type: 'array', items: { type: 'integer', minimum: 1, maximum: 65_535 } },
          window: { type: 'integer', minimum: 1 },
          ikev2Keys: { type: 'string', minLength: 1 },
          sinceFailover: { type: 'number', minimum: 0 },
        },
      },
    },
    targets: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['target'],
        properties: {
          target: { type: 'string', minLength: 1 },
          scope: { enum: SCOPES },
          limits: {
            type: 'object',
            additionalProperties: false,
            properties: {
              states: { type: 'integer', minimum: 1 },
              seconds: { type: 'number', exclusiveMinimum: 0 },
              memory: { type: 'string' },
            },
          },
          exact: { type: 'boolean' },
          symmetry: { type: 'boolean' },
          deadlock: { type: 'boolean' },
          expect: {
            type: 'object',
            additionalProperties: {
              anyOf: [
                ...DECLARED.anyOf,
                {
                  type: 'object',
                  additionalProperties: false,
                  required: ['verdict'],
                  properties: { verdict: DECLARED, reason: { type: 'string' } },
                },
              ],
            },
          },
          idle: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  },
} as const

const problemIn = checkerOf(CONFIG_SCHEMA)

/** The name of a file of expectations without its extension, and the extensions that are looked for, in this order. */
export const CONFIG_NAME = 'clustercheck.config'
const EXTENSIONS = ['.ts', '.mts', '.js', '.mjs', '.json'] as const

/** The file of expectations in the current folder. Throws `UsageError` when there is none, or more than one. */
export const foundConfig = (why = 'check was given no TARGET'): string => {
  const there = EXTENSIONS.map((extension) => CONFIG_NAME + extension).filter((file) => existsSync(file))
  if (there.length === 1) return there[0]!
  throw new UsageError(
    there.length === 0
      ? {
          problem: `${why}, and there is no ${CONFIG_NAME}.ts (${EXTENSIONS.slice(1).join(', ')}) in this folder that lists some.`,
          hint: 'name a scheme or a file with a model, or let clustercheck init write what is expected',
        }
      : { problem: `There are ${there.join(' and ')}: only one of them can say what is expected.` },
  )
}

/** Reads a file of expectations. Throws `UsageError`. */
export const readConfig = async (file: string): Promise<Config> => {
  const value = file.endsWith('.json')
    ? readJson(file)
    : (await loadModule(file, 'a file of expectations')).exports.default
  const problem = problemIn(value)
  if (problem !== undefined)
    throw new UsageError({ problem: `${file} does not say what is expected: ${problem}.` })
  return value as Config
}

/**
 * The targets of a file of expectations, each with what is expected of it. Throws `UsageError` for a target, a property
 * or an action that does not exist, or `ModelFault`.
 */
export const configTargets = async (file: string, { targets = [] }: Config): Promise<readonly Target[]> => {
  if (targets.length === 0)
    throw new UsageError({ problem: `${file} lists captures only; clustercheck capture judges them.` })
  const found: Target[] = []
  for (const one of targets) {
    const target = await expectingTarget(file, one)
    if (found.some(({ name }) => name === target.name))
      throw new UsageError({ problem: `${file} lists the target ${target.name} twice.` })
    found.push({ ...target, listed: found.length })
  }
  return found
}

const expectingTarget = async (file: string, one: ConfigTarget): Promise<Target> => {
  const name = looksLikeFile(one.target) ? beside(file, one.target) : one.target
  const target = await targetOf(name, one.scope)
  const { suite } = target
  const { expect = {}, idle, limits = {} } = one
  const labels = suite.expects ? Object.keys(suite.expects) : propertiesOf([suite]).map(labelOf)
  const judged = one.deadlock ? [...labels, 'Deadlock'] : labels
  for (const label of Object.keys(expect))
    if (!judged.includes(label)) throw named(file, unknownName(`property of ${name}`, label, judged))
  if (idle) {
    const actions = [
      ...new Set(suite.focuses.flatMap(({ model }) => model.actions.map((action) => action.name))),
    ]
    for (const action of idle)
      if (!actions.includes(action)) throw named(file, unknownName(`action of ${name}`, action, actions))
  }
  const reasons = Object.entries(expect).flatMap(([label, expected]) =>
    typeof expected === 'object' && expected.reason !== undefined ? [[label, expected.reason] as const] : [],
  )
  const declared = Object.entries(expect).map(
    ([label, expected]) => [label, typeof expected === 'object' ? expected.verdict : expected] as const,
  )
  return {
    ...target,
    suite: {
      ...suite,
      expects: { ...suite.expects, ...Object.fromEntries(declared) },
      reasons: Object.fromEntries(reasons),
      ...(suite.waives && { waives: without(suite.waives, Object.keys(expect)) }),
      ...(idle && { idle }),
    },
    settings: settingsOf(one),
    limits: {
      ...(limits.states !== undefined && { states: limits.states }),
      ...(limits.seconds !== undefined && { seconds: limits.seconds }),
      ...(limits.memory !== undefined && { bytes: sizeOf(`${file}: memory`, limits.memory) }),
    },
  }
}

/** What a cluster file waives, but for what the file of expectations says itself. */
const without = (waives: Readonly<Record<string, string>>, labels: readonly string[]) =>
  Object.fromEntries(Object.entries(waives).filter(([label]) => !labels.includes(label)))

const settingsOf = ({ exact, symmetry, deadlock }: ConfigTarget): Partial<SearchSettings> => ({
  ...(exact && { exact }),
  ...(symmetry && { symmetry }),
  ...(deadlock && { deadlock }),
})

/** A path as seen from the current folder. */
const beside = (file: string, path: string): string => {
  const joined = join(dirname(file), path)
  return relative('.', joined).startsWith('..') ? joined : relative('.', joined)
}

const named = (file: string, { data }: UsageError): UsageError =>
  new UsageError({ ...data, problem: `${file}: ${data.problem}` })
