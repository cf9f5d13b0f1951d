/**
 * `npm run mutate [-- FILES OR FOLDERS] [--sample N | --all] [--seed S] [--report]`: breaks the code in one place after the other, and
 * says which breaks no test notices. Files and folders are of `src/modelling`, `src/state`, `src/search` and `model`; without any, all four.
 * A seeded sample is broken (100 places, of files that are named all). Each result is kept at once in `.mutation/`: run it again to go on
 * where it stopped, or with a larger sample to add to it. `--report` runs nothing and says what is known.
 * `--tests PATTERN` (several, if wished) runs only these test files, and keeps only what they notice: a cheap first round.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installed } from './install.mjs'
import { CHOSEN, KEPT, ROOT } from './places.mjs'
import { report } from './report.mjs'
import { knownResults } from './results.mjs'
import { filesOf, sampleOf } from './sample.mjs'

const stop = (sentence) => {
  console.error(sentence)
  process.exit(2)
}

const parsed = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        sample: { type: 'string' },
        all: { type: 'boolean', default: false },
        seed: { type: 'string', default: '1' },
        tests: { type: 'string', multiple: true },
        report: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    return stop(error.message)
  }
}

const { values, positionals } = parsed()
if (values.sample !== undefined && !/^[1-9]\d{0,5}$/.test(values.sample))
  stop(`--sample is ${JSON.stringify(values.sample)}, and has to be a number from 1 to 999999.`)
if (values.sample !== undefined && values.all)
  stop('--sample and --all contradict each other: give one of them.')
const onlyFiles = positionals.length > 0 && positionals.every((path) => path.endsWith('.ts'))
const size =
  values.all || (onlyFiles && values.sample === undefined) ? Infinity : Number(values.sample ?? 100)

process.chdir(ROOT)
let files
try {
  files = filesOf(positionals)
} catch (error) {
  stop(error.message)
}
const missing = installed()
if (missing !== undefined) stop(missing)

// These import what was just installed.
const { mutantsOf } = await import('./mutants.mjs')
const { run } = await import('./run.mjs')

const all = await mutantsOf(files)
const chosen = sampleOf(all, size, values.seed)
const known = knownResults(chosen)
const open = chosen.filter((mutant) => !known.has(mutant.key))
console.log(
  `${all.length} mutants in ${files.length} files; ${chosen.length} of them chosen with seed ${values.seed}, ${known.size} known, ${open.length} to run.`,
)
if (open.length > 0 && !values.report) {
  mkdirSync(join(ROOT, KEPT), { recursive: true })
  writeFileSync(join(ROOT, CHOSEN), JSON.stringify(open.map(({ key }) => key)))
  if (values.tests !== undefined) process.env.MUTATION_TESTS = values.tests.join(' ')
  await run(open)
}
console.log(report(chosen, knownResults(chosen), chosen.length === all.length))
if (existsSync(join(ROOT, CHOSEN))) writeFileSync(join(ROOT, CHOSEN), '[]')
