/** `clustercheck init --extension NAME`: writes a template that validates as it is. */
import { existsSync } from 'node:fs'
import { given } from '../arguments.ts'
import type { Command } from '../command.ts'
import { UsageError } from '../errors.ts'
import { EXIT } from '../exit-codes.ts'
import { extensionTemplate } from '../extension-template.ts'
import { writeFile } from '../output-files.ts'

export const init: Command = {
  name: 'init',
  sentence: 'Write a file to start from: an extension.',
  options: [{ flags: '--extension <name>', sentence: 'the name of the extension; its file is <name>.ts' }],
  examples: ['init --extension my-idea'],
  async run({ options, terminal }) {
    const name = given(options, 'extension', (_, text) => text)
    if (name === undefined)
      throw new UsageError({ problem: 'Nothing was named to start; expected --extension <name>.' })
    const file = writeExtension(name)
    terminal.out(`${file} is written. It validates as it is:\n  clustercheck validate ${file}\n`)
    return EXIT.asExpected
  },
}

/** Writes the template into the current folder and returns its name. Throws `UsageError`. */
export const writeExtension = (name: string): string => {
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
  return file
}
