/** `clustercheck explain NAME`: what a scheme, a property or an extension is, where it comes from, and what is declared of it. */
import { EXTENSIONS } from '../../../model/extensions/index.ts'
import { labelOf } from '../../modelling/property.ts'
import { propertiesOf } from '../../search/suite.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-codes.ts'
import { propertyLines, schemeLines } from '../explained.ts'
import { unknownName } from '../nearest.ts'
import { matrixIn, SCOPE, scopeOf } from '../schemes.ts'
import { extensionLines } from '../validation/explained.ts'

export const explain: Command = {
  name: 'explain',
  sentence:
    'Explain a scheme, a property or an extension: its sentence, its source, what is declared or claimed.',
  argument: { name: 'NAME', sentence: "a scheme's or an extension's name, or a property's label or name" },
  options: [SCOPE],
  examples: ['explain MID-1', 'explain single-gateway', 'explain message-id-sync'],
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
    const extension = lines ? undefined : EXTENSIONS.find(({ name }) => name.toLowerCase() === asked)
    const said = lines ?? (extension && extensionLines(extension, columns))
    if (!said)
      throw unknownName('scheme, property or extension', argument, [
        ...suites.map(({ name }) => name),
        ...properties.map(labelOf),
        ...EXTENSIONS.map(({ name }) => name),
      ])
    terminal.out(`${said.join('\n')}\n`)
    return EXIT.asExpected
  },
}
