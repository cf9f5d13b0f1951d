/** Searches spaces of designs, one after the other; what one has searched the next need not. */
import { spaceOf } from '../../../model/design/space.ts'
import { SCHEMES } from '../../../model/schemes/index.ts'
import type { DesignJson } from '../../report/design/json.ts'
import type { ScopeName } from '../../search/suite.ts'
import { unknownName } from '../options/suggestions.ts'
import { UsageError } from '../process/errors.ts'
import type { Elsewhere } from '../queue/options.ts'
import { designed, judgedDesigns, UnknownLabel } from './designing.ts'
import { type JudgingOptions, judging } from './judging.ts'
import type { NamedSpace } from './space-file.ts'

export interface DesigningOptions extends JudgingOptions {
  readonly scope: ScopeName
  /** Distinct states after which a search with a raised bound is cut. */
  readonly againStates: number
  /** Told of each space when it is searched, with the seconds that it took. */
  readonly onSpace: (space: DesignJson, seconds: number) => void
  /** Only these designs are judged, and nothing is said of them. */
  readonly part?: Elsewhere['designs'] | undefined
}

/** Throws `UsageError`. */
export const designsIn = async (
  spaces: readonly NamedSpace[],
  { scope, againStates, onSpace, part, ...how }: DesigningOptions,
): Promise<readonly DesignJson[]> => {
  const found: DesignJson[] = []
  let designs = 0
  for (const { name, file } of spaces) {
    const started = performance.now()
    const space = spaceOf(name, file, (basis) => SCHEMES.find((scheme) => scheme.name === basis))
    if (space.designs.length === 0)
      throw new UsageError({
        problem: `Every one of the ${space.contradictory} combinations of ${name} contradicts itself; there is no design.`,
      })
    const judge = judging(how)
    if (part) {
      designs += space.designs.length
      await judgedDesigns({ ...space, designs: space.designs.filter((_, i) => part.has(i)) }, scope, judge)
      continue
    }
    const raised = judging({ ...how, states: againStates })
    const { about = `The designs of ${name}.`, again = [], required, small } = file
    const one = await designed(
      { name, about, space, scope, again, required, small },
      { judge, raised },
    ).catch((error: unknown) => {
      if (error instanceof UnknownLabel)
        throw unknownName(`${error.what} of ${name}`, error.label, error.known)
      throw error
    })
    found.push(one)
    onSpace(one, (performance.now() - started) / 1000)
    if (judge.over()) break
  }
  part?.end(designs)
  return found
}
