/**
 * `npm run declare [small|default|large]`: searches the matrix of a scope and prints what would be declared of it.
 * For the maintainer who changed the model and has explained every verdict that changed with it.
 */
import { matrixOf } from '../../properties/matrix.ts'
import { labelOf } from '../modelling/property.ts'
import { check } from '../search/breadth-first.ts'
import type { Outcome } from '../search/outcome.ts'
import { type Declared, idleIn, joined, SCOPES, type ScopeName } from '../search/suite.ts'

const scope = (process.argv[2] ?? 'default') as ScopeName
if (!SCOPES.includes(scope)) throw new Error(`The scope is ${scope}; it must be one of ${SCOPES.join(', ')}.`)

const name = `at${scope[0]!.toUpperCase()}${scope.slice(1)}`
const found = new Map<string, Outcome>()
const lines: string[] = []
for (const suite of matrixOf(scope).suites) {
  const outcomes: { focus: (typeof suite.focuses)[number]; outcome: Outcome }[] = []
  for (const focus of suite.focuses) {
    const outcome = found.get(focus.key!) ?? (await check(focus.model))
    found.set(focus.key!, outcome)
    outcomes.push({ focus, outcome })
  }
  const states = outcomes.map(({ focus, outcome }) => `${quoted(focus.name)}: ${outcome.distinct}`)
  const verdicts = joined(suite, outcomes)
    .verdicts.map(({ label, property, verdict, value }): [string, Declared] => [
      property ? labelOf(property) : label,
      verdict === 'measured' ? value! : verdict,
    ])
    .filter(([, declared]) => declared !== 'holds')
    .map(
      ([label, declared]) =>
        `${quoted(label)}: ${typeof declared === 'number' ? declared : quoted(declared)}`,
    )
  const idle = idleIn(outcomes.map(({ outcome }) => outcome)).map(quoted)
  const never = idle.length === 0 ? '' : `\n    idle: [${idle.join(', ')}],`
  lines.push(
    `  ${quoted(suite.name)}: {\n    states: { ${states.join(', ')} },\n    verdicts: { ${verdicts.join(', ')} },${never}\n  },`,
  )
}

function quoted(text: string): string {
  return `'${text}'`
}

process.stdout.write(`/** Declared at the ${scope} scope. Written by \`npm run declare\`: read what it changes before you commit it. */
import type { Declarations } from './declaration.ts'

export const ${name}: Declarations = {
${lines.join('\n')}
}
`)
