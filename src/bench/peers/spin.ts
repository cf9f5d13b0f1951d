/**
 * SPIN in five ways. All give the exact counts on both models: they have one process, so that partial order finds
 * nothing to reduce. Not measured: -DHC4, which loses up to a tenth of the states; -DCOLLAPSE, twice as slow and large on
 * states this short; -DNCORE with -DSEP_STATE, which loses states.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { modelNamed } from '../cases/cases.ts'
import { type Contender, contender, numberIn, type Peer, type Printed } from './contender.ts'
import { build, firstLine, instanceOf, missingTool, modelText, newFolder } from './workshop.ts'

/** A way to compile and run a verifier. */
interface Mode {
  readonly name: string
  readonly compile: readonly string[]
  readonly run: readonly string[]
}

const modesFor = (distinct: number): readonly Mode[] => {
  // The chained table is as fast with one slot a state as with eight; the open one of -DBFS_PAR must not fill up.
  const bits = Math.ceil(Math.log2(distinct))
  // Megabytes to reserve: untouched pages cost nothing, and a core that finds its own share full stops the run.
  const reserved = `-DMEMLIM=${1024 + Math.ceil((distinct * 200) / 2 ** 20)}`
  return [
    { name: 'SPIN, depth first', compile: ['-DNOREDUCE'], run: [`-w${bits}`] },
    { name: 'SPIN, depth first, partial order', compile: [], run: [`-w${bits}`] },
    { name: 'SPIN, breadth first', compile: ['-DNOREDUCE', '-DBFS'], run: [`-w${bits}`] },
    {
      name: 'SPIN, depth first, 2 cores',
      compile: ['-DNOREDUCE', '-DNCORE=2', reserved],
      run: [`-w${bits}`],
    },
    {
      // Keeps 96 bits of hash instead of a state.
      name: 'SPIN, breadth first, 2 cores',
      compile: ['-DNOREDUCE', '-DBFS_PAR', reserved],
      run: [`-w${bits + 1}`, '-u2'],
    },
  ]
}

/**
 * Two edits of the generated text, for which SPIN has no option: counts are printed in full, not in eight digits, and
 * the wait for the other core's counters at the end is a millisecond, not a second that SPIN's own clock leaves out.
 */
const editGenerated = (folder: string): void => {
  for (const file of ['pan.c', 'pan.p']) {
    const path = join(folder, file)
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replaceAll('%9.8g', '%9.0f').replaceAll(/\bsleep\(1\)/g, 'usleep(1000)'))
  }
}

const prepare = async (model: string, { compile, run }: Mode) => {
  const folder = newFolder()
  const { family, constants } = instanceOf(model)
  writeFileSync(join(folder, 'model.pml'), modelText(`${family}.pml`))
  const defines = Object.entries(constants).map(([name, value]) => `-D${name}=${value}`)
  await build(folder, 'spin', ['-a', ...defines, 'model.pml'])
  editGenerated(folder)
  const common = ['-w', '-O3', '-march=native', '-DSAFETY']
  await build(folder, 'gcc', [...common, ...compile, '-o', 'pan', 'pan.c'])
  // -E: states without a successor are allowed. -n: no list of unreached states.
  return { command: join(folder, 'pan'), args: ['-E', '-n', ...run], folder }
}

const printed = (output: string): Printed => {
  const distinct = numberIn(output, /(\d+) states, stored/)
  const megabytes = numberIn(output, /([\d.]+)\s+total (?:actual|shared) memory usage/)
  return {
    distinct,
    // SPIN counts the step into the initial state.
    transitions: numberIn(output, /(\d+) transitions \(/) - 1,
    bytesPerState: (megabytes * 2 ** 20) / distinct,
  }
}

const TOOLS = ['spin', 'gcc']

export const spin: Peer = {
  missing: () => missingTool('SPIN', TOOLS),
  versions: () => [firstLine('spin', ['-V']), firstLine('gcc', ['--version'])],
  contenders: (model): readonly Contender[] =>
    modesFor(modelNamed(model).distinct).map((mode) =>
      contender(mode.name, model, () => prepare(model, mode), printed),
    ),
}
