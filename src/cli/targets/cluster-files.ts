/** Cluster files: a cluster that somebody described in JSON, YAML or TypeScript, as a target like the schemes. */
import type { ClusterFile } from '../../../model/cluster-files/cluster-file.ts'
import type { NamedScheme } from '../../../model/schemes/named-scheme.ts'
import { labelOf } from '../../modelling/property.ts'
import { type Focus, propertiesOf, type ScopeName, type Suite } from '../../search/suite.ts'
import { checkerOf, readJson, readText } from '../files/json.ts'
import type { ClusterData } from '../jobs/search-job.ts'
import { unknownName } from '../options/suggestions.ts'
import { messageOf, UsageError } from '../process/errors.ts'

/** A described cluster, ready to be searched. */
export interface ClusterTarget {
  readonly suite: Suite
  readonly data: ClusterData
}

/** Whether a path is that of a cluster file whatever is in it. */
export const isClusterPath = (path: string): boolean => /\.(json|ya?ml)$/i.test(path)

/** Reads a cluster file of JSON or YAML. Throws `UsageError`. */
export const readCluster = async (path: string): Promise<unknown> => {
  const { parse, parseDocument } = await import('yaml')
  const text = readText(path)
  if (path.toLowerCase().endsWith('.json')) {
    const value = readJson(path)
    // JSON takes the last of two members with one name, which hides the other.
    const twice = parseDocument(text).errors.find(({ code }) => code === 'DUPLICATE_KEY')
    if (!twice) return value
    const [at] = twice.linePos ?? []
    throw new UsageError({
      problem: `${path} says something twice${at ? `, in line ${at.line}` : ''}: each name may stand once in an object.`,
    })
  }
  try {
    return parse(text, { maxAliasCount: 100 })
  } catch (error) {
    const [said] = messageOf(error).split('\n')
    const what = said!.replace(/; please use YAML\.\w+\(\)/, ', and one is expected')
    throw new UsageError({
      problem: `${path} is no YAML: ${what.replace(/[.:]$/, '')}.`,
      ...(/[Nn]ested mapping/.test(what) && { hint: 'a text that contains a colon stands between quotes' }),
    })
  }
}

/** The cluster that a file describes, at a scope. Throws `UsageError`. */
export const clusterTarget = async (
  path: string,
  value: unknown,
  scope: ScopeName,
): Promise<ClusterTarget> => {
  const [{ clusterFileSchema }, { SCHEMES }, { ClusterFileError, describedCluster }] = await Promise.all([
    import('../../../model/cluster-files/cluster-file.ts'),
    import('../../../model/schemes/index.ts'),
    import('../../../model/cluster-files/described.ts'),
  ])
  const problem = checkerOf(clusterFileSchema(SCHEMES.map(({ name }) => name)))(value)
  if (problem !== undefined) throw new UsageError({ problem: `${path} describes no cluster: ${problem}.` })
  const file = value as ClusterFile
  const basis = SCHEMES.find(({ name }) => name === file.basis)
  try {
    const described = describedCluster(path, file, basis)
    const schemes = scope === 'wide' ? described.real : described.searched
    const data = { schemes, scope }
    const focuses = await clusterFocuses(data)
    if (focuses.length === 0)
      throw new UsageError({
        problem: `${path} has no search at the scope ${scope}: it is judged by ${schemes[0]!.judgedBy.join(', ')}.`,
      })
    const suite: Suite = {
      name: path,
      about: schemes[0]!.about,
      focuses,
      freeActions: true,
      scaling: described.scaling,
    }
    return { data, suite: { ...suite, waives: waivesOf(path, file, suite) } }
  } catch (error) {
    if (error instanceof ClusterFileError)
      throw new UsageError({ problem: `${path} contradicts itself: ${error.message}.` })
    throw error
  }
}

/** The searches of a described cluster; those for a further peer have its name behind theirs. */
export const clusterFocuses = async ({ schemes, scope }: ClusterData): Promise<readonly Focus[]> => {
  const { focusesOf } = await import('../../../properties/matrix.ts')
  const [first, ...others] = schemes as readonly [NamedScheme, ...NamedScheme[]]
  return [
    ...focusesOf(first, scope),
    ...others.flatMap((other) =>
      focusesOf(other, scope).map((focus) =>
        renamed(focus, `${focus.name}${other.name.slice(first.name.length)}`),
      ),
    ),
  ]
}

/** A focus under another name, whose model is still made when it is asked for. */
const renamed = (focus: Focus, name: string): Focus => ({
  ...focus,
  name,
  get model() {
    return focus.model
  },
})

/** The properties that need not hold, each with the reason. */
const waivesOf = (
  path: string,
  { requires, waives = {} }: ClusterFile,
  suite: Suite,
): Readonly<Record<string, string>> => {
  if (requires === undefined && Object.keys(waives).length === 0) return {}
  const labels = propertiesOf([suite]).map(labelOf)
  for (const label of [...(requires ?? []), ...Object.keys(waives)])
    if (!labels.includes(label)) throw unknownName(`property of ${path}`, label, labels)
  const both = requires?.find((label) => Object.hasOwn(waives, label))
  if (both !== undefined)
    throw new UsageError({ problem: `${path} contradicts itself: ${both} is both required and waived.` })
  const notRequired = requires === undefined ? [] : labels.filter((label) => !requires.includes(label))
  return { ...Object.fromEntries(notRequired.map((label) => [label, 'not required'])), ...waives }
}
