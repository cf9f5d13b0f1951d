/** `clustercheck list`: the schemes of the matrix, their searches and their properties, and extensions with their parameters. */
import { EXTENSIONS } from '../../../model/extensions/index.ts'
import { labelOf } from '../../modelling/property.ts'
import { modelLines } from '../../report/terminal/model-text.ts'
import { tabledWithin } from '../../report/text/columns.ts'
import { propertiesOf, type Suite } from '../../search/suite.ts'
import type { RawOptions } from '../options/arguments.ts'
import type { Command } from '../options/command.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT, type ExitCode } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'
import { matrixIn, namedScope, SCOPE, scopeOf } from '../targets/schemes.ts'
import { targetOf } from '../targets/targets.ts'

export const list: Command = {
  options: [SCOPE],
  async run({ argument, options, terminal }) {
    if (argument !== '') return listFile(argument, options, terminal)
    const { suites } = await matrixIn(scopeOf(options))
    terminal.out(listText(suites, terminal.columns))
    return EXIT.asExpected
  },
}

const listFile = async (file: string, options: RawOptions, terminal: Terminal): Promise<ExitCode> => {
  const { suite, source, parameters } = await targetOf(file, namedScope(options))
  if (source.kind !== 'module')
    throw new UsageError({ problem: `${suite.name} is no file with a model; explain says what it is.` })
  const lines = modelLines(suite.focuses[0]!.model, parameters, { columns: terminal.columns, fully: false })
  terminal.out(`${lines.join('\n')}\n`)
  return EXIT.asExpected
}

/** What several schemes have in common is listed once. */
const listText = (suites: readonly Suite[], columns: number): string => {
  const searches = new Map(suites.flatMap(({ focuses }) => focuses).map(({ name, about }) => [name, about]))
  const lines = [
    'Schemes',
    ...indented(
      suites.map(({ name, about }) => [name, about]),
      columns,
    ),
    '',
    'Searches',
    ...indented([...searches], columns),
    '',
    'Properties',
    ...indented(
      propertiesOf(suites).map((p) => [labelOf(p), p.kind, p.name]),
      columns,
    ),
    '',
    'Extensions, for validate and for check SCHEME+EXTENSION',
    ...indented(
      EXTENSIONS.flatMap(({ name, about, parameters }) => [
        [name, about],
        ...Object.entries(parameters).map(([parameter, values]) => [`  ${parameter}`, values.join(', ')]),
      ]),
      columns,
    ),
  ]
  return `${lines.join('\n')}\n`
}

const indented = (rows: readonly (readonly string[])[], columns: number): readonly string[] =>
  tabledWithin(rows, '<<<', columns - 2).map((line) => `  ${line}`)
