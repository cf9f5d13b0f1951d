/** `clustercheck explain NAME`: what a scheme or a property is, where it comes from, and what is declared of it. */
import { labelOf } from '../../modelling/property.ts'
import { propertiesOf } from '../../search/suite.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { propertyLines, schemeLines } from '../explained.ts'
import { unknownName } from '../nearest.ts'
import { matrixIn, SCOPE, scopeOf } from '../schemes.ts'

export const explain: Command = {
  name: 'explain',
  sentence: 'Explain a scheme or a property: its sentence, its source, what is declared of it.',
  argument: { name: 'NAME', sentence: "a scheme's name, or a property's label or name" },
  options: [SCOPE],
  examples: ['explain MID-1', 'explain single-gateway'],
  async run({ argument, options, terminal }) {
    const scope = scopeOf(options)
    const matrix = await matrixIn(scope)
    const { suites } = matrix
    const asked = argument.toLowerCase()
    const suite = suites.find(({ name }) => name.toLowerCase() === asked)
    const { columns } = terminal
    const properties = suite ? [] : propertiesOf(suites)
    const property = properties.find((p) => [labelOf(p), p.name].some((n) => n.toLowerCase() === asked))
    const lines = suite
      ? schemeLines(suite, matrix, { scope, columns })
      : property && propertyLines(property, suites, { scope, columns })
    if (!lines)
      throw unknownName('scheme or property', argument, [
        ...suites.map(({ name }) => name),
        ...properties.map(labelOf),
      ])
    terminal.out(`${lines.join('\n')}\n`)
    return EXIT.asExpected
  },
}
