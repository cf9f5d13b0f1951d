/** Where the peers' verifiers are built: temporary folders, the model texts, and the tools on PATH. */
import { execFile, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'

const folders: string[] = []

/** A new temporary folder, there until `removeFolders`. */
export const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'clustercheck-peer-'))
  folders.push(folder)
  return folder
}

export const removeFolders = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/** The text of a model, from the source tree: the compiler does not copy what is not TypeScript. */
export const modelText = (file: string): string => {
  let root = import.meta.dirname
  while (!existsSync(join(root, 'package.json'))) root = dirname(root)
  return readFileSync(join(root, 'src/bench/peers', file), 'utf8')
}

/** Murphi has no preprocessor: the values stand in the text. */
export const withConstants = (text: string, constants: Readonly<Record<string, number>>): string =>
  Object.entries(constants).reduce(
    (result, [name, value]) => result.replace(new RegExp(`^  ${name}: \\d+;`, 'm'), `  ${name}: ${value};`),
    text,
  )

const execute = promisify(execFile)

/** Runs a step of a build. Throws with what the step said when it fails. */
export const build = async (folder: string, command: string, args: readonly string[]): Promise<void> => {
  await execute(command, args, { cwd: folder })
}

const isOnPath = (tool: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK)
      return true
    } catch {
      return false
    }
  })

/** A sentence about the first of these tools that is not on PATH. */
export const missingTool = (peer: string, tools: readonly string[]): string | undefined => {
  const absent = tools.find((tool) => !isOnPath(tool))
  return absent && `${peer} is left out: '${absent}' is not on PATH.`
}

/** The first line that a tool says of itself. */
export const firstLine = (command: string, args: readonly string[]): string => {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  return (stdout || stderr).trim().split('\n')[0]!
}

/** A model of `cases.ts` as the peers have it: the name of the text, and values for its constants. */
export interface Instance {
  readonly family: 'two-phase-commit' | 'failover'
  readonly constants: Readonly<Record<string, number>>
}

/** From a name like '2pc-8' or 'failover-4-4-2', whose numbers are the constants. */
export const instanceOf = (model: string): Instance => {
  const [family, ...numbers] = model.split('-')
  const [first, second, third] = numbers.map(Number)
  return family === '2pc'
    ? { family: 'two-phase-commit', constants: { N: first! } }
    : { family: 'failover', constants: { MAXID: first!, MAXSEQ: second!, MAXFO: third! } }
}
