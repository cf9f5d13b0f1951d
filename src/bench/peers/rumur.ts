/**
 * Rumur, a checker for Murphi, with one thread and with two. `--pack-state off` makes it a sixth faster for a third
 * more memory; the C options are those that its generated text asks for.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { contender, numberIn, type Peer, type Printed } from './contender.ts'
import { build, firstLine, instanceOf, missingTool, modelText, newFolder, withConstants } from './workshop.ts'

const prepare = async (model: string, threads: number) => {
  const folder = newFolder()
  const { family, constants } = instanceOf(model)
  writeFileSync(join(folder, 'model.m'), withConstants(modelText(`${family}.m`), constants))
  const options = ['--deadlock-detection', 'off', '--pack-state', 'off', '--threads', String(threads)]
  await build(folder, 'rumur', [...options, '--output', 'model.c', 'model.m'])
  const compile = ['-std=c11', '-O3', '-march=native', '-mcx16', '-fwhole-program']
  await build(folder, 'gcc', [...compile, '-o', 'verifier', 'model.c', '-lpthread'])
  return { command: join(folder, 'verifier'), args: [], folder }
}

const printed = (output: string): Printed => ({
  distinct: numberIn(output, /(\d+) states, \d+ rules fired/),
  transitions: numberIn(output, /\d+ states, (\d+) rules fired/),
})

export const rumur: Peer = {
  missing: () => missingTool('Rumur', ['rumur', 'gcc']),
  versions: () => [firstLine('rumur', ['--version'])],
  contenders: (model) =>
    [1, 2].map((threads) =>
      contender(
        `Rumur, ${threads} thread${threads > 1 ? 's' : ''}`,
        model,
        () => prepare(model, threads),
        printed,
      ),
    ),
}
