/** A scheme or a described cluster, with its real numbers and its timing. */
import type { ClusterFile } from '../../../model/cluster-files/cluster-file.ts'
import type { NamedScheme } from '../../../model/schemes/named-scheme.ts'
import type { Timing } from '../../../model/timing/timing.ts'
import { looksLikeFile } from '../files/load-file.ts'
import { clusterTarget, isClusterPath, readCluster } from './cluster-files.ts'
import { namedClusters } from './targets.ts'

export interface TimedTarget {
  readonly scheme: NamedScheme
  readonly members: 2 | 3
  readonly timing: Partial<Timing>
}

/** Throws `UsageError`. */
export const timedTarget = async (name: string): Promise<TimedTarget> => {
  const members = (scheme: NamedScheme) => scheme.bounds?.members ?? 2
  if (!looksLikeFile(name)) {
    const [scheme] = await namedClusters(name, 'default')
    return {
      scheme: realNumbers(scheme!),
      // What three members are for is judged with three.
      members: scheme!.judgedBy.includes('three-members') ? 3 : members(scheme!),
      timing: {},
    }
  }
  const file = await clusterFileOf(name)
  const [{ SCHEMES }, { describedCluster }] = await Promise.all([
    import('../../../model/schemes/index.ts'),
    import('../../../model/cluster-files/described.ts'),
  ])
  await clusterTarget(name, file, 'default')
  const [scheme] = describedCluster(
    name,
    file,
    SCHEMES.find((one) => one.name === file.basis),
  ).real
  const rate = file.esp?.rate
  return {
    scheme: scheme!,
    members: file.members ?? members(scheme!),
    timing: { ...(rate !== undefined && { packetRate: rate }), ...file.timing },
  }
}

/** Packets between two messages about them, in the example of RFC 6027 section 3.4. */
const REAL_PERIOD = 10_000

/** A scheme of the matrix counts in few packets: its jump is in the same proportion to a real period. */
const realNumbers = (named: NamedScheme): NamedScheme => {
  const { esp } = named.scheme
  if (esp.period === 0 || esp.jump === 'maximum') return named
  const jump = (esp.jump * REAL_PERIOD) / esp.period
  return { ...named, scheme: { ...named.scheme, esp: { ...esp, period: REAL_PERIOD, jump } } }
}

const clusterFileOf = async (name: string): Promise<ClusterFile> => {
  if (isClusterPath(name)) return (await readCluster(name)) as ClusterFile
  const { isClusterSource } = await import('../../../model/cluster-files/cluster-file.ts')
  const { loadDefault } = await import('../files/load-file.ts')
  const { value } = await loadDefault(name, isClusterSource, {
    what: 'a file with a cluster',
    made: 'what scheme(...) returns',
  })
  return value.file
}

/** The properties that a scheme of the matrix violates, as declared at the default scope. */
export const violationsDeclared = async (): Promise<(name: string) => readonly string[] | undefined> => {
  const { declarationsOf } = await import('../../../properties/declared/index.ts')
  const declared = declarationsOf('default')
  return (name) => {
    const of = declared[name]
    if (of === undefined) return undefined
    return Object.entries(of.verdicts).flatMap(([label, verdict]) => (verdict === 'violated' ? [label] : []))
  }
}
