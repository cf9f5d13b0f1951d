/**
 * `npm run declare [small|default|large] [SEARCHES]`: searches the matrix of a scope and writes what was found into
 * `properties/declared/SCOPE.json`. For the maintainer who changed the model: `git diff` shows what changed, and every
 * verdict of it needs an explanation. With names of searches, separated by commas, only those are made; what is
 * declared of all others stays.
 *
 * `npm run declare stability FILES` and `npm run declare availability FILES`: write results of `clustercheck stability
 * --json` and `clustercheck availability --json`. `npm run declare transparency [SCHEMES]` and `npm run declare whole-runs
 * [SCHEMES]` make the searches themselves. Each writes the file of its name in `properties/declared/`; what is kept of other
 * schemes stays.
 * `npm run declare stability-table FILES`: prints results of `stability` as rows of the page about it.
 */
import { SCOPES_DECLARED, type ScopeDeclared } from '../../properties/declared/index.ts'
import { declareAvailability } from './declare/availability.ts'
import { declareMatrix } from './declare/matrix.ts'
import { declareStability, stabilityTable } from './declare/stability.ts'
import { declareTransparency } from './declare/transparency.ts'
import { declareWholeRuns } from './declare/whole-runs.ts'

type Declares = (rest: readonly string[]) => void | Promise<void>

const named = (rest: readonly string[]): readonly string[] | undefined => (rest.length > 0 ? rest : undefined)

const DECLARES: Readonly<Record<string, Declares>> = {
  ...Object.fromEntries(
    SCOPES_DECLARED.map((scope: ScopeDeclared): readonly [string, Declares] => [
      scope,
      ([searches]) => declareMatrix(scope, searches?.split(',')),
    ]),
  ),
  stability: declareStability,
  availability: declareAvailability,
  transparency: (schemes) => declareTransparency(named(schemes)),
  'whole-runs': (schemes) => declareWholeRuns(named(schemes)),
  'stability-table': (files) => void process.stdout.write(stabilityTable(files)),
}

const [what = 'default', ...rest] = process.argv.slice(2)
if (!Object.hasOwn(DECLARES, what))
  throw new Error(`What is declared is ${what}; it must be one of ${Object.keys(DECLARES).join(', ')}.`)
await DECLARES[what]!(rest)
