/** Spaces of designs that somebody describes in JSON or YAML. */
import type { DesignFile } from '../../../model/design/design-file.ts'
import { printable } from '../../modelling/printable.ts'
import { grouped } from '../../report/text/columns.ts'
import { checkerOf } from '../files/json.ts'
import { UsageError } from '../process/errors.ts'
import { isClusterPath, readCluster } from '../targets/cluster-files.ts'

/** A space with its name. */
export interface NamedSpace {
  readonly name: string
  readonly file: DesignFile
}

/** Reads a file. Throws `UsageError`. */
export const readSpace = async (path: string): Promise<NamedSpace> => {
  if (!isClusterPath(path))
    throw new UsageError({
      problem: `design takes a file that ends in .yaml, .yml or .json; it was given '${printable(path)}'.`,
    })
  const [{ designFileSchema }, { combinationsOf, freePolicies, MOST_COMBINATIONS }, { SCHEMES }] =
    await Promise.all([
      import('../../../model/design/design-file.ts'),
      import('../../../model/design/space.ts'),
      import('../../../model/schemes/index.ts'),
    ])
  const value = await readCluster(path)
  const problem = checkerOf(designFileSchema(SCHEMES.map(({ name }) => name)))(value)
  const name = printable(path)
  if (problem !== undefined)
    throw new UsageError({ problem: `${name} describes no space of designs: ${problem}.` })
  const file = value as DesignFile
  const free = freePolicies(file)
  const { length } = free
  if (length === 0)
    throw new UsageError({ problem: `${name} leaves nothing free; there is one design only.` })
  const count = combinationsOf(free)
  if (count > MOST_COMBINATIONS)
    throw new UsageError({
      problem: `${name} has ${grouped(count)} combinations of ${length} free policies; ${grouped(MOST_COMBINATIONS)} can be searched.`,
      hint: 'fix some policies, or name fewer values',
    })
  const both = free.find(({ policy }) => isFixed(file, policy))
  if (both)
    throw new UsageError({ problem: `${name} contradicts itself: ${both.policy} is both fixed and free.` })
  return { name, file }
}

const isFixed = ({ fixed = {} }: DesignFile, policy: string): boolean => {
  const [group, name] = policy.split('.') as [string, string]
  const of = (fixed as Readonly<Record<string, unknown>>)[group]
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name)
}
