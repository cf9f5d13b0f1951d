/**
 * The IKE searches of ten schemes, by us and by Rumur: from the Murphi texts, which are there, to the verdicts, with all that
 * generating, compiling and running take. A verifier fails when something that it looks for is not there, as no violation
 * should be: so its exit code says nothing.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command, Contender } from './contender.ts'
import {
  type Counts,
  countsIn,
  foundIn,
  foundJointlyIn,
  type IkeFound,
  ikeSearches,
  jointly,
  jointMurphiOf,
  murphiOf,
  nameOf,
} from './ike.ts'
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
let agreed: { readonly verdicts: string; readonly counts: string; readonly total: string } | undefined

/** What is run, and what its output says: of each search, and how much was searched in all. */
interface Way {
  prepare(): Command
  found(output: string): { readonly searches: readonly IkeFound[]; readonly total: Counts }
}

const contender = (name: string, { prepare, found }: Way): Contender => ({
  name,
  model: IKE,
  build: async () => {},
  run: async () => {
    const { command, args, folder } = prepare()
    const { output, ...observed } = await observe(command, args, folder)
    const { searches, total } = found(output)
    const said = {
      verdicts: JSON.stringify(searches.map(({ name, verdicts }) => [name, verdicts])),
      counts: JSON.stringify(searches.map(({ distinct, transitions }) => [distinct, transitions])),
      total: JSON.stringify(total),
    }
    agreed ??= said
    // Where searches are counted together, only the total can be compared.
    const compared = searches.some(({ distinct }) => distinct === undefined)
      ? (['verdicts', 'total'] as const)
      : (['verdicts', 'counts', 'total'] as const)
    const odd = compared.find((what) => said[what] !== agreed![what])
    if (odd) throw new Error(`${name} found ${said[odd]}, not ${agreed[odd]}.`)
    return { ...observed, ...total }
  },
})

const added = (all: readonly Partial<Counts>[]): Counts => ({
  distinct: all.reduce((sum, { distinct = Number.NaN }) => sum + distinct, 0),
  transitions: all.reduce((sum, { transitions = Number.NaN }) => sum + transitions, 0),
})

const own = contender('clustercheck, 1 thread', {
  prepare: () => ({
    command: process.execPath,
    args: [join(import.meta.dirname, 'run-ike.js'), ...SCHEMES],
    folder: import.meta.dirname,
  }),
  found: (output) => {
    const searches = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as IkeFound)
    return { searches, total: added(searches) }
  },
})

/** Generates, compiles and runs one text after the other. */
const STEPS = (level: string): string => `set -e
for model in *.m; do
  rumur --deadlock-detection off --pack-state off --threads 1 --output model.c $model
  gcc -std=c11 ${level} -march=native -mcx16 -o verifier model.c -lpthread
  ./verifier || true
  echo END
done`

/** Some texts, each in a file of its own. */
const prepareTexts = (texts: readonly string[], level: string): Command => {
  const folder = newFolder()
  for (const [i, text] of texts.entries())
    writeFileSync(join(folder, `${String(i).padStart(2, '0')}.m`), text)
  return { command: 'sh', args: ['-c', STEPS(level)], folder }
}

/** What the verifiers said, one after the other. */
const partsOf = (output: string): readonly string[] => output.split('END\n').slice(0, -1)

/** A text for each search. */
const oneByOne = (level: string): Contender => {
  const all = ikeSearches(SCHEMES)
  return contender(`Rumur, ${level}`, {
    prepare: () =>
      prepareTexts(
        all.map((search) => murphiOf(search)),
        level,
      ),
    found: (output) => {
      const searches = partsOf(output).map((part, i) => foundIn(part, all[i]!))
      return { searches, total: added(searches) }
    },
  })
}

/** A text for all searches that differ in policies and starts only. */
const together = (level: string): Contender => {
  const all = ikeSearches(SCHEMES)
  const groups = jointly(all)
  return contender(`Rumur, ${level}, ${groups.length} texts for ${all.length} searches`, {
    prepare: () => prepareTexts(groups.map(jointMurphiOf), level),
    found: (output) => {
      const parts = partsOf(output)
      const found = parts.flatMap((part, i) => foundJointlyIn(part, groups[i]!))
      const searches = all.flatMap((search) => found.filter(({ name }) => name === nameOf(search)))
      return { searches, total: added(parts.map(countsIn)) }
    },
  })
}

const LEVELS = ['-O1', '-O2']

/** The first is what the ratios of all others refer to. */
export const ikeContenders = (): readonly Contender[] => [
  own,
  ...(rumur.missing() === undefined ? [...LEVELS.map(oneByOne), ...LEVELS.map(together)] : []),
]
