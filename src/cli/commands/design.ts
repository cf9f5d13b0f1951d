/** `clustercheck design [FILE]`: which designs of a space are worth having, and when each property holds. */

import { SPACE_NAMES, SPACES, type SpaceName } from '../../../model/design/spaces.ts'
import { designJson } from '../../report/design/json.ts'
import { designText } from '../../report/design/text.ts'
import { designFolder, prepareDesigns } from '../design/files.ts'
import { designsIn } from '../design/run.ts'
import { type NamedSpace, readSpace } from '../design/space-file.ts'
import { countOf, given, secondsOf, sizeOf, workersOf } from '../options/arguments.ts'
import { WHOLE_JSON, WORKERS } from '../options/shared.ts'
import { unknownName } from '../options/suggestions.ts'
import { queuedInParts } from '../parts/options.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT } from '../process/exit-codes.ts'
import { VERSION } from '../process/version.ts'
import { CACHE_OPTIONS, cacheOf } from '../saved/cache.ts'
import { SCOPE, scopeOf } from '../targets/schemes.ts'
import { defaultBytes, defaultWorkers } from '../workers/search-run.ts'

/** Distinct states after which a search is cut, where nothing else is asked for: of the space, and of what is judged again. */
const STATES = 2_000_000
const AGAIN_STATES = 60_000

export const design = queuedInParts('design', {
  options: [
    { flags: '--space <names>', sentence: `without FILE: ${SPACE_NAMES.join(', ')} (otherwise: all)` },
    {
      flags: '--write <folder>',
      sentence: 'write the recommended designs as cluster files, pictures, and a page with all of it',
    },
    { flags: '--seconds <seconds>', sentence: 'begin no search after this time' },
    { flags: '--states <count>', sentence: `cut a search after this many states (otherwise: ${STATES})` },
    {
      flags: '--again-states <count>',
      sentence: `cut a search with a raised bound after this many (otherwise: ${AGAIN_STATES})`,
    },
    { flags: '--memory <size>', sentence: 'stop a search when its tables have this size, such as 512MB' },
    SCOPE,
    WORKERS,
    ...CACHE_OPTIONS,
    WHOLE_JSON,
  ],
  async run({ argument, options, terminal, queue }) {
    const scope = scopeOf(options)
    if (scope === 'wide')
      throw new UsageError({ problem: 'Nothing holds at the scope wide, which is for hunts.' })
    const names = given(options, 'space', (_, text) => text)
    const spaces = argument === '' ? spacesNamed(names) : [await fileSpace(argument, names)]
    const folder = given(options, 'write', (_, text) => text)
    if (folder !== undefined) prepareDesigns(folder)
    const workers = given(options, 'workers', workersOf) ?? defaultWorkers()
    const started = performance.now()
    const seconds = given(options, 'seconds', secondsOf) ?? Number.POSITIVE_INFINITY
    const local = await cacheOf(options, terminal)
    const found = await designsIn(spaces, {
      scope,
      states: given(options, 'states', countOf) ?? STATES,
      againStates: given(options, 'againStates', countOf) ?? AGAIN_STATES,
      bytes: given(options, 'memory', sizeOf) ?? (queue ? Number.POSITIVE_INFINITY : defaultBytes(workers)),
      until: started + seconds * 1000,
      workers,
      executor: queue,
      part: queue && 'designs' in queue ? queue.designs : undefined,
      terminal,
      cache: queue ? queue.cached(local) : local,
      onSpace: (space, took) => {
        if (options.json !== true) terminal.out(`${designText(space, terminal.columns, took)}\n`)
      },
    })
    if (folder !== undefined) terminal.err(await designFolder(folder, found))
    if (options.json === true)
      terminal.out(
        `${JSON.stringify(designJson(found, VERSION, (performance.now() - started) / 1000), null, 2)}\n`,
      )
    if (found.some(({ front }) => front.some(({ plain }) => plain.differing.length > 0))) return EXIT.internal
    const asked = spaces.map(({ file }) => file.required !== undefined)
    if (found.some(({ satisfying, over }, i) => asked[i] && satisfying === 0 && !over)) return EXIT.violation
    return found.some(({ over, searches }) => over || searches.cut > 0) ? EXIT.cut : EXIT.asExpected
  },
})

const spacesNamed = (names: string | undefined): readonly NamedSpace[] =>
  (names?.split(',').map((name) => name.trim()) ?? SPACE_NAMES).map((name) => {
    if (!Object.hasOwn(SPACES, name)) throw unknownName('space', name, SPACE_NAMES)
    return { name, file: SPACES[name as SpaceName] }
  })

const fileSpace = (file: string, names: string | undefined): Promise<NamedSpace> => {
  if (names === undefined) return readSpace(file)
  throw new UsageError({ problem: `${file} and --space ${names} both say what to search; only one can.` })
}
