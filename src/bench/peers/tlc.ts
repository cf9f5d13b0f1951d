/** TLC with two workers, when the environment variable TLA2TOOLS names its jar. */
import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { contender, numberIn, type Peer, type Printed } from './contender.ts'
import { firstLine, instanceOf, missingTool, modelText, newFolder } from './workshop.ts'

const MODULE = { 'two-phase-commit': 'TwoPhaseCommit', failover: 'Failover' } as const

const jar = (): string => resolve(process.env.TLA2TOOLS ?? '')

const prepare = async (model: string) => {
  const folder = newFolder()
  const { family, constants } = instanceOf(model)
  const module = MODULE[family]
  writeFileSync(join(folder, `${module}.tla`), modelText(`${module}.tla`))
  const values = Object.entries(constants).map(([name, value]) => `  ${name} = ${value}`)
  const lines = ['CONSTANTS', ...values, 'SPECIFICATION Spec', 'INVARIANT Holds', '']
  writeFileSync(join(folder, `${module}.cfg`), lines.join('\n'))
  // -deadlock switches the search for deadlocks off.
  const options = ['-workers', '2', '-deadlock', '-config', `${module}.cfg`, module]
  return {
    command: 'java',
    args: ['-XX:+UseParallelGC', '-cp', jar(), 'tlc2.TLC', ...options],
    folder,
  }
}

const printed = (output: string): Printed => ({
  distinct: numberIn(output, /^\d+ states generated, (\d+) distinct states found, 0 states left/m),
  // TLC counts the initial state.
  transitions: numberIn(output, /^(\d+) states generated, \d+ distinct states found, 0 states left/m) - 1,
})

export const tlc: Peer = {
  missing: () => {
    if (process.env.TLA2TOOLS === undefined)
      return 'TLC is left out: the environment variable TLA2TOOLS does not name its jar.'
    if (!existsSync(jar())) return `TLC is left out: there is no file ${jar()}, which TLA2TOOLS names.`
    return missingTool('TLC', ['java'])
  },
  versions: () => [firstLine('java', ['-cp', jar(), 'tlc2.TLC']), firstLine('java', ['-version'])],
  contenders: (model) => [contender('TLC, 2 workers', model, () => prepare(model), printed)],
}
