/** What a command line can name: a scheme of the matrix, or a file with a model. */
import { existsSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { type ClusterSource, isClusterSource } from '../../../model/cluster-files/cluster-file.ts'
import type { NamedScheme } from '../../../model/schemes/named-scheme.ts'
import { isModel, type Model } from '../../modelling/model.ts'
import { isParameters, type Parameters } from '../../modelling/parameters.ts'
import { printable } from '../../modelling/printable.ts'
import type { MakeToken } from '../../report/results/judged-suite.ts'
import type { Limits } from '../../search/breadth-first.ts'
import { DEFAULT_SCOPE, type Focus, type ScopeName, type Suite, suiteOf } from '../../search/suite.ts'
import { loadDefault, looksLikeFile } from '../files/load-file.ts'
import type { Job, ModelSource, SearchSettings } from '../jobs/search-job.ts'
import { unknownName } from '../options/suggestions.ts'
import { UsageError } from '../process/errors.ts'
import { clusterTarget, isClusterPath, readCluster } from './cluster-files.ts'
import { withOnly } from './only.ts'
import { matrixIn } from './schemes.ts'
import { madeWith, type Settings, settingsIn } from './settings.ts'
import { structureHash, tokenOf } from './tokens.ts'

/** A target with what search threads need to find it again. */
export interface Target {
  /** As named on the command line. */
  readonly name: string
  /** The path of a file, which is no name where it holds what cannot be shown. */
  readonly path?: string
  readonly suite: Suite
  readonly source: ModelSource
  /** The scope of a scheme or a described cluster. */
  readonly scope?: ScopeName
  /** What tells the models of this target from all others; absent where nothing does. Those of a scheme have keys. */
  readonly content?: string
  /** Which of the targets of a file of expectations it is, from 0. */
  readonly listed?: number
  /** A hash of all text of the file that holds the model. */
  readonly text?: string
  /** What is searched in another way than the other targets of the run are. */
  readonly settings?: Partial<SearchSettings>
  readonly limits?: Partial<Limits>
  /** Of a file whose model has parameters. */
  readonly parameters?: Parameters
}

/** Every scheme of the matrix of a scope. */
export const schemeTargets = async (scope: ScopeName): Promise<readonly Target[]> => {
  const { suites } = await matrixIn(scope)
  return suites.map((suite) => ({
    name: suite.name,
    suite,
    scope,
    source: { kind: 'scheme', name: suite.name, scope },
  }))
}

/**
 * The scheme or file of a name; scheme names hold no dots and slashes, and only schemes have scopes. `compared`: of a
 * scheme with extensions, also the searches with which those are compared, which a trace may be of. Throws
 * `UsageError`, or `ModelFault` when the model is not well formed.
 */
export const targetOf = async (
  name: string,
  scope: ScopeName | undefined,
  { compared = false } = {},
): Promise<Target> => {
  if (/^[a-z0-9-]+\+/.test(name) || /\.(json|ya?ml|[cm]?[jt]s)\+/i.test(name))
    return extendedTarget(name, scope ?? DEFAULT_SCOPE, compared)
  if (looksLikeFile(settingsIn(name).file)) return fileTarget(name, scope)
  const { file, set } = settingsIn(name)
  const schemes = await schemeTargets(scope ?? DEFAULT_SCOPE)
  if (set && schemes.some((target) => target.name === file))
    throw new UsageError({
      problem: `${file} is a scheme, of which nothing can be set; models in files have parameters.`,
      hint: 'describe a cluster in a file of your own: clustercheck init --cluster NAME',
    })
  const scheme = schemes.find((target) => target.name === name)
  if (scheme) return scheme
  if (existsSync(name)) return fileTarget(name, scope)
  throw unknownScheme(name, schemes)
}

/** A scheme with extensions, as in `synch-ike+message-id-sync:bump=1`: the searches by which they are validated. */
const extendedTarget = async (name: string, scope: ScopeName, compared: boolean): Promise<Target> => {
  const [scheme, ...named] = name.split('+') as [string, ...string[]]
  const clusters = looksLikeFile(scheme) ? await namedClusters(scheme, scope) : undefined
  const schemes = clusters ? [] : await schemeTargets(scope)
  if (!clusters && !schemes.some((target) => target.name === scheme)) throw unknownScheme(scheme, schemes)
  const { ATTACKER, checkedTrialsFor, sourceOf } = await import('./extensions.ts')
  const extensions = await Promise.all(named.map(sourceOf))
  const validation = {
    extensions,
    schemes: clusters?.map((one) => one.name) ?? [scheme],
    ...(clusters && { clusters }),
    scope,
    attackers: ATTACKER,
  }
  const { trials } = await checkedTrialsFor(validation)
  const focuses = compared ? trials : trials.filter(({ variant }) => variant === 'with')
  const suite: Suite = { name, about: `${scheme} with extensions.`, focuses }
  return { name, suite, source: { kind: 'validation', validation } }
}

/** The schemes that a name means: one of the matrix, or those of a cluster file, one for each peer. Throws `UsageError`. */
export const namedClusters = async (name: string, scope: ScopeName): Promise<readonly NamedScheme[]> => {
  const { SCHEMES } = await import('../../../model/schemes/index.ts')
  const found = SCHEMES.find((scheme) => scheme.name === name)
  if (found) return [found]
  const { source } = await targetOf(name, scope)
  if (source.kind === 'cluster') return source.cluster.schemes
  throw new UsageError({ problem: `${printable(name)} is neither a scheme nor a file with a cluster.` })
}

const fileTarget = async (name: string, scope: ScopeName | undefined): Promise<Target> => {
  if (isClusterPath(name)) return describedTarget(name, await readCluster(name), scope)
  const { file, set } = settingsIn(name)
  const { value, url, text, content } = await loadDefault(file, isModelOrCluster, {
    what: 'a file with a model or a cluster',
    made: 'what model(...), parameters(...) or scheme(...) returns',
  })
  if (isClusterSource(value) && set)
    throw new UsageError({
      problem: `${printable(file)} holds a cluster, whose policies are written in the file; models have parameters.`,
    })
  if (isClusterSource(value)) return describedTarget(file, value.file, scope)
  if (scope !== undefined)
    throw new UsageError({
      problem: `${printable(name)} holds a model, which has no scope ${scope}; schemes and clusters have scopes.`,
    })
  const model = madeWith(value, file, set)
  return {
    name: printable(name),
    path: name,
    ...(isParameters(value) && { parameters: value }),
    suite: suiteOf(printable(name), model),
    source: { kind: 'module', url, ...(set && { set }) },
    text: `${text}${settingsKey(set)}`,
    ...(content !== undefined && { content: `${content}${settingsKey(set)}` }),
  }
}

/** What is set, for whatever tells models apart; empty where nothing is. */
const settingsKey = (set: Settings | undefined): string => (set ? ` ${JSON.stringify(set)}` : '')

const isModelOrCluster = (value: unknown): value is Model | Parameters | ClusterSource =>
  isModel(value) || isParameters(value) || isClusterSource(value)

/** The cluster that a file describes. Throws `UsageError`, also for a file that holds a model. */
const clusterFileTarget = async (file: string, scope: ScopeName): Promise<Target> => {
  const target = looksLikeFile(file) ? await fileTarget(file, scope) : await targetOf(file, scope)
  if (target.source.kind === 'cluster') return target
  throw new UsageError({
    problem: `${file} is no cluster file; the matrix has rows for schemes and for cluster files.`,
    hint: 'name schemes with --schemes',
  })
}

const describedTarget = async (
  name: string,
  value: unknown,
  scope: ScopeName = DEFAULT_SCOPE,
): Promise<Target> => {
  const { suite, data } = await clusterTarget(name, value, scope)
  return { name: printable(name), path: name, suite, scope, source: { kind: 'cluster', cluster: data } }
}

/** The searches of some targets, and which of them is that of a focus. */
export interface Plan {
  readonly jobs: readonly Job[]
  readonly indexOf: (focus: Focus) => number
}

/** The searches of some targets: each once, however many focuses share it. */
export const jobsOf = (targets: readonly Target[], settings: SearchSettings): Plan => {
  const jobs: Job[] = []
  const shared = new Map<string, number>()
  const indices = new Map<Focus, number>()
  for (const target of targets) {
    const how = { ...settings, ...target.settings, limits: { ...settings.limits, ...target.limits } }
    for (const focus of target.suite.focuses) {
      const key =
        focus.key === undefined ? undefined : JSON.stringify([originOf(target.source), focus.key, how])
      const index = (key === undefined ? undefined : shared.get(key)) ?? jobs.length
      if (index === jobs.length) jobs.push(jobOf(target, focus, how))
      if (key !== undefined) shared.set(key, index)
      indices.set(focus, index)
    }
  }
  return { jobs, indexOf: (focus) => indices.get(focus)! }
}

/** How a complete search is made, and what a hunt, which searches nothing, is made of. */
export const UNLIMITED: SearchSettings = {
  exact: 'free',
  deadlock: false,
  limits: { states: Infinity, seconds: Infinity, bytes: Infinity },
}

/** The targets and searches of the matrix of a scope, each with so much memory. */
export const matrixPlan = async (
  scope: ScopeName,
  bytes: number,
  {
    files = [],
    schemes,
    only,
  }: {
    readonly files?: readonly string[]
    readonly schemes?: readonly string[]
    /** Labels of properties; without them all are judged. */
    readonly only?: readonly string[] | undefined
  } = {},
): Promise<{ readonly targets: readonly Target[]; readonly plan: Plan }> => {
  const all = await schemeTargets(scope)
  const unknown = schemes?.find((name) => !all.some((target) => target.name === name))
  if (unknown !== undefined) throw unknownScheme(unknown, all)
  const named = [
    ...all.filter(({ name }) => schemes?.includes(name) ?? true),
    ...(await Promise.all(files.map((file) => clusterFileTarget(file, scope)))),
  ]
  const targets = withOnly(named, only)
  return { targets, plan: jobsOf(targets, { ...UNLIMITED, limits: { ...UNLIMITED.limits, bytes } }) }
}

const jobOf = (target: Target, focus: Focus, settings: SearchSettings): Job => {
  const { name, source, content } = target
  const told =
    source.kind === 'scheme' || source.kind === 'cluster' || source.kind === 'raised' ? focus.key : content
  const { saving } = settings
  return {
    name: `${name}, ${focus.name}`,
    source,
    focus: focus.name,
    settings: saving ? { ...settings, saving: { ...saving, text: textOf(target, focus) } } : settings,
    ...((source.kind === 'scheme' || source.kind === 'cluster') &&
      focus.sources && { sources: focus.sources }),
    ...(told !== undefined && { content: told }),
    get model() {
      return focus.model
    },
  }
}

/** What decides, with the build, what is searched: the text of a file, or what a scheme or a validation is made of. */
const textOf = ({ source, text }: Target, { key }: Focus): string => {
  if (source.kind === 'module') return text!
  if (source.kind === 'scheme' || source.kind === 'raised' || source.kind === 'cluster') return key ?? ''
  const extensions = source.validation.extensions.map(({ url: _, ...extension }) => extension)
  return JSON.stringify({ ...source.validation, extensions, key })
}

/** Where the keys of a target's searches mean something. */
const originOf = (source: ModelSource): string =>
  source.kind === 'module'
    ? `${source.url}${settingsKey(source.set)}`
    : source.kind === 'scheme'
      ? source.scope
      : source.kind === 'raised'
        ? 'raised'
        : source.kind === 'cluster'
          ? source.cluster.scope
          : JSON.stringify(source.validation)

/** Whether a target is named by the path of a file. */
export const isOfFile = ({ kind }: ModelSource): boolean => kind === 'module' || kind === 'cluster'

/** Makes the tokens of a target; files are named relative to the current folder. */
export const tokensOf = ({ name, path = name, source }: Target): MakeToken => {
  const target = isOfFile(source) ? fileName(path) : name
  const given =
    source.kind === 'scheme' || source.kind === 'raised'
      ? source.scope
      : source.kind === 'cluster'
        ? source.cluster.scope
        : source.kind === 'validation'
          ? source.validation.scope
          : DEFAULT_SCOPE
  const scope = given !== DEFAULT_SCOPE ? given : undefined
  return (focus: Focus, label, path, value) =>
    tokenOf({
      target,
      ...(scope && { scope }),
      focus: focus.name,
      label,
      ...(value !== undefined && { value }),
      hash: structureHash(focus.model),
      path,
    })
}

const fileName = (path: string): string => {
  const near = relative(process.cwd(), path).split(sep).join('/')
  return near === '' ? path : near
}

const unknownScheme = (name: string, schemes: readonly Target[]) =>
  unknownName(
    'scheme',
    name,
    schemes.map((scheme) => scheme.name),
    'a path to a .ts, .mts, .js or .mjs file with a model or a cluster is taken as well, and a cluster in .yaml or .json',
  )
