/** `clustercheck explain NAME`: what a scheme, a property or an extension is, where it comes from, and what is declared of it. */

import { policyRows } from '../../../model/cluster-files/policy-rows.ts'
import { EXTENSIONS } from '../../../model/extensions/index.ts'
import { labelOf } from '../../modelling/property.ts'
import { modelLines } from '../../report/terminal/model-text.ts'
import { propertiesOf } from '../../search/suite.ts'
import { looksLikeFile } from '../files/load-file.ts'
import type { RawOptions } from '../options/arguments.ts'
import type { Command } from '../options/command.ts'
import { unknownName } from '../options/suggestions.ts'
import { EXIT, type ExitCode } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'
import {
  clusterLines,
  comparedLines,
  comparedPropertyLines,
  policyLines,
  propertyLines,
  schemeLines,
} from '../results/explained.ts'
import { extensionIn } from '../targets/extensions.ts'
import { matrixIn, namedScope, SCOPE, scopeOf } from '../targets/schemes.ts'
import { settingsIn } from '../targets/settings.ts'
import { namedClusters, targetOf } from '../targets/targets.ts'
import { extensionLines } from '../validation/explained.ts'

export const explain: Command = {
  options: [SCOPE],
  async run({ argument, options, terminal }) {
    const scope = scopeOf(options)
    if (looksLikeFile(settingsIn(argument).file)) return explainFile(argument, options, terminal)
    const matrix = await matrixIn(scope)
    const { suites, comparisons } = matrix
    const asked = argument.toLowerCase()
    const suite = suites.find(({ name }) => name.toLowerCase() === asked)
    const { columns } = terminal
    const properties = suite ? [] : propertiesOf(suites)
    const property = properties.find((p) => [labelOf(p), p.name].some((n) => n.toLowerCase() === asked))
    const labels = [...new Set(comparisons?.columns.map((column) => column.property.label))]
    // By its own label or by that of one of its columns.
    const compared = comparisons?.columns.find((column) =>
      [column.label, column.property.label].some((label) => label.toLowerCase() === asked),
    )?.property.label
    const lines = suite
      ? [
          ...schemeLines(suite, matrix, { scope, columns }),
          ...comparedLines(suite.name, comparisons, columns),
          ...policyLines(policyRows((await namedClusters(suite.name, scope))[0]!.scheme), columns),
        ]
      : property
        ? propertyLines(property, suites, { scope, columns })
        : compared && comparedPropertyLines(compared, comparisons!, suites, columns)
    const extension = lines ? undefined : EXTENSIONS.find(({ name }) => name.toLowerCase() === asked)
    const said = lines ?? (extension && extensionLines(extension, columns))
    if (!said)
      throw unknownName('scheme, property or extension', argument, [
        ...suites.map(({ name }) => name),
        ...properties.map(labelOf),
        ...labels,
        ...EXTENSIONS.map(({ name }) => name),
      ])
    terminal.out(`${said.join('\n')}\n`)
    return EXIT.asExpected
  },
}

const explainFile = async (file: string, options: RawOptions, terminal: Terminal): Promise<ExitCode> => {
  const { file: path } = settingsIn(file)
  const extension = /\.[cm]?[jt]s$/i.test(path) ? await extensionIn(path) : undefined
  if (extension) {
    terminal.out(`${extensionLines(extension, terminal.columns).join('\n')}\n`)
    return EXIT.asExpected
  }
  const { suite, source, parameters } = await targetOf(file, namedScope(options))
  if (source.kind !== 'cluster') {
    const { model } = suite.focuses[0]!
    const lines = modelLines(model, parameters, { columns: terminal.columns, fully: true })
    terminal.out(`${lines.join('\n')}\n`)
    return EXIT.asExpected
  }
  const policies = policyRows(source.cluster.schemes[0]!.scheme)
  terminal.out(`${clusterLines(suite, policies, terminal.columns).join('\n')}\n`)
  return EXIT.asExpected
}
