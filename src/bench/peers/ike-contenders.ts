/**
 * The IKE searches of ten schemes, by our matrix and by Rumur: from the Murphi texts of all, which are there, to the verdicts, with
 * all that generating, compiling and running take. A verifier fails when something that it looks for is not there, which is
 * what it should find: so its exit code says nothing.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Contender } from './contender.ts'
import { foundIn, type IkeFound, ikeSearches, murphiOf, nameOf } from './ike.ts'
import { observe } from './measure.ts'
import { rumur } from './rumur.ts'
import { newFolder } from './workshop.ts'

/** What the benchmark calls them. */
export const IKE = 'ike'

const SCHEMES = [
  ...['no-synch', 'synch-sas', 'synch-ike', 'acked-counters', 'acked-answers', 'acked-requests'],
  ...['acked-everything', 'acked-no-resynch', 'told-before-in-order', 'reordered-latest'],
]

/** What the first run found, of whichever contender: all others must find the same. */
let agreed: string | undefined

const contender = (
  name: string,
  prepare: () => { readonly command: string; readonly args: readonly string[]; readonly folder: string },
  found: (output: string) => readonly IkeFound[],
): Contender => ({
  name,
  model: IKE,
  build: async () => {},
  run: async () => {
    const { command, args, folder } = prepare()
    const { output, ...observed } = await observe(command, args, folder)
    const all = found(output)
    const said = all.map((one) => JSON.stringify(one)).join('\n')
    agreed ??= said
    if (said !== agreed) throw new Error(`${name} found\n${said}\nnot\n${agreed}`)
    const sum = (of: (one: IkeFound) => number) => all.reduce((total, one) => total + of(one), 0)
    return { ...observed, distinct: sum((one) => one.distinct), transitions: sum((one) => one.transitions) }
  },
})

const own = contender(
  'clustercheck, 1 thread',
  () => ({
    command: process.execPath,
    args: [join(import.meta.dirname, 'run-ike.js'), ...SCHEMES],
    folder: import.meta.dirname,
  }),
  (output) =>
    output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as IkeFound),
)

/** Generates, compiles and runs one text after the other. */
const STEPS = (level: string): string => `set -e
for model in *.m; do
  rumur --deadlock-detection off --pack-state off --threads 1 --output model.c $model
  gcc -std=c11 ${level} -march=native -mcx16 -o verifier model.c -lpthread
  ./verifier || true
  echo END
done`

const byRumur = (level: string): Contender => {
  const searches = ikeSearches(SCHEMES)
  return contender(
    `Rumur, ${level}`,
    () => {
      const folder = newFolder()
      searches.forEach(({ constants }, i) => {
        writeFileSync(join(folder, `${String(i).padStart(2, '0')}.m`), murphiOf(constants))
      })
      return { command: 'sh', args: ['-c', STEPS(level)], folder }
    },
    (output) =>
      output
        .split('END\n')
        .slice(0, -1)
        .map((part, i) => foundIn(part, nameOf(searches[i]!))),
  )
}

/** The first is what the ratios of all others refer to. */
export const ikeContenders = (): readonly Contender[] => [
  own,
  ...(rumur.missing() === undefined ? ['-O0', '-O1', '-O2'].map(byRumur) : []),
]
