/** The schemes of the matrix, as the command line finds them. */
import { DEFAULT_SCOPE, type Matrix, SCOPES, type ScopeName, type Suite } from '../../search/suite.ts'
import { given, oneOfWords, type RawOptions } from '../options/arguments.ts'
import type { OptionUsage } from '../options/command.ts'

/** The option by which a command takes a scope. */
export const SCOPE: OptionUsage = {
  flags: '--scope <scope>',
  sentence: `how much the searches switch on: ${SCOPES.join(', ')} (otherwise: ${DEFAULT_SCOPE})`,
}

/** The scope that a command is given. */
export const scopeOf = (options: RawOptions): ScopeName => namedScope(options) ?? DEFAULT_SCOPE

/** The same, undefined when none is given. */
export const namedScope = (options: RawOptions): ScopeName | undefined =>
  given(options, 'scope', (option, text) => oneOfWords(option, text, SCOPES))

const known = new Map<ScopeName, Matrix>()

/** The matrix of a scope, always the same. Throws when it names two things alike, or a baseline that is no scheme. */
export const matrixIn = async (scope: ScopeName): Promise<Matrix> => {
  const { matrixOf } = await import('../../../properties/matrix.ts')
  const matrix = known.get(scope) ?? checked(matrixOf(scope))
  known.set(scope, matrix)
  return matrix
}

/** Threads and tokens find schemes and searches by name. */
const checked = (matrix: Matrix): Matrix => {
  const { suites, baseline } = matrix
  const names = suites.flatMap(({ name, focuses }) => [
    name,
    ...focuses.map((focus) => `${name}, ${focus.name}`),
  ])
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined)
    throw new Error(`properties/matrix.ts has two searches or schemes called ${twice}.`)
  if (baseline && !suites.some(({ name }) => name === baseline.suite))
    throw new Error(`properties/matrix.ts has the baseline ${baseline.suite}, which is no scheme.`)
  return matrix
}

/** The search of a scheme; undefined when there is none. */
export const focusIn = (suites: readonly Suite[], scheme: string, focus: string) =>
  suites.find(({ name }) => name === scheme)?.focuses.find(({ name }) => name === focus)
