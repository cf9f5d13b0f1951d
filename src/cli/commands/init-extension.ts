/** `clustercheck init --extension NAME`: writes a template that validates as it is. */
import { existsSync } from 'node:fs'
import { writeFile } from '../files/output-files.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT, type ExitCode } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'
import { extensionTemplate } from './extension-template.ts'

/** Writes the template into the current folder. Throws `UsageError`. */
export const writeExtension = (name: string, targets: readonly string[], terminal: Terminal): ExitCode => {
  if (targets.length > 0)
    throw new UsageError({
      problem: `--extension searches nothing; it was given the target '${targets[0]}'.`,
    })
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new UsageError({
      problem: `--extension takes a name in lower case with hyphens, such as my-idea; it was given '${name}'.`,
    })
  const file = `${name}.ts`
  if (existsSync(file))
    throw new UsageError({
      problem: `${file} is there already; nothing was written.`,
      hint: 'choose another name',
    })
  writeFile(file, extensionTemplate(name))
  terminal.out(`${file} is written. It validates as it is:\n  clustercheck validate ${file}\n`)
  return EXIT.asExpected
}
