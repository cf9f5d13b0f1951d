/** `clustercheck validate EXTENSION...`: with and without, each attacker, supporting and unmodified peers; the claims judged. */

import type { Used } from '../../../model/extending/used-extension.ts'
import { EXTENSIONS } from '../../../model/extensions/index.ts'
import { SCHEMES } from '../../../model/schemes/index.ts'
import type { NamedScheme } from '../../../model/schemes/named-scheme.ts'
import { altTextOf } from '../../report/pictures/alt-text.ts'
import { lanesDot } from '../../report/pictures/lanes.ts'
import { svgOf } from '../../report/pictures/render.ts'
import type { Vacuity } from '../../report/results/findings.ts'
import { captionOf } from '../../report/results/judged-suite.ts'
import { colouring } from '../../report/text/colours.ts'
import { folded } from '../../report/text/columns.ts'
import { EXIT_COLOURS } from '../../report/text/exit-line.ts'
import { traceText } from '../../report/trace-formats/trace-text.ts'
import { replay } from '../../search/engine/path.ts'
import { type OutputFile, prepareFolder, TRACES, writeFolder } from '../files/output-files.ts'
import type { ValidationSource } from '../jobs/search-job.ts'
import { countOf, given, oneOfWords, type RawOptions, secondsOf, workersOf } from '../options/arguments.ts'
import { SECONDS_AT_MOST, STATES_AT_MOST, WORKERS } from '../options/shared.ts'
import { unknownName } from '../options/suggestions.ts'
import { queuedInParts } from '../parts/options.ts'
import { UsageError } from '../process/errors.ts'
import type { ExitCode } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'
import { VACUITY, vacuityOf } from '../results/reports.ts'
import { ATTACKER, sourceOf, textOf, usedOf } from '../targets/extensions.ts'
import { namedScope, SCOPE } from '../targets/schemes.ts'
import { namedClusters } from '../targets/targets.ts'
import { structureHash, tokenOf } from '../targets/tokens.ts'
import type { Finding } from '../validation/claims.ts'
import { conclusionText, EXITS, outcomeOf, type Run } from '../validation/conclusion.ts'
import { validationJson } from '../validation/json.ts'
import { overviewText, type Validated } from '../validation/overview.ts'
import { policyText, variations } from '../validation/policies.ts'
import { judgedAll, type Running } from '../validation/run-trials.ts'
import { validationText } from '../validation/text.ts'
import type { ValidationVerdict } from '../validation/verdicts.ts'
import { defaultWorkers } from '../workers/search-run.ts'

export const validate = queuedInParts('validate', {
  options: [
    {
      flags: '--scheme <name>',
      sentence: 'one scheme, or a file with a cluster (otherwise: the first that the extension is meant for)',
    },
    { flags: '--all', sentence: 'each extension that comes along by itself, as one Markdown table' },
    { flags: '--all-schemes', sentence: 'every scheme that the extensions are meant for' },
    {
      flags: '--attacker <level>',
      sentence:
        'A0 (listens), A1 (replays and forges) or A2 (delays and drops as well) only (otherwise: each)',
    },
    {
      flags: '--policies',
      sentence: 'check the claims for each value of each parameter, the others being as given',
    },
    { flags: '--search <name>', sentence: 'one search of the extensions (otherwise: each)' },
    SCOPE,
    SECONDS_AT_MOST,
    STATES_AT_MOST,
    WORKERS,
    { flags: '--trace', sentence: 'print the trace of what is refuted or newly violated' },
    { flags: '--write <folder>', sentence: 'write text and SVG of what is refuted or newly violated there' },
    { flags: '--json', sentence: 'print the result as JSON: clustercheck schema validation' },
    VACUITY,
  ],
  async run({ operands, options, terminal, queue }) {
    if ((options.all === true) !== (operands.length === 0))
      throw new UsageError({
        problem:
          operands.length === 0
            ? 'validate needs the name or the file of an extension, or --all for each that comes along.'
            : `validate --all takes no extension; it was given ${operands.join(' ')}.`,
      })
    const sources = await Promise.all(operands.map(sourceOf))
    const scope = namedScope(options) ?? 'small'
    const level = given(options, 'attacker', (option, text) =>
      oneOfWords(option, text, ['a0', 'a1', 'a2'] as const),
    )
    const attackers = ATTACKER.filter((one) => level === undefined || one === level.toUpperCase())
    const used = await Promise.all(sources.map(usedOf))
    const meant = [...new Set(used.flatMap(({ extension }) => extension.schemes))]
    const named = given(options, 'scheme', (_, text) => text)
    const clusters = named === undefined ? undefined : await namedClusters(named, scope)
    const schemes =
      clusters?.map(({ name }) => name) ?? (options.allSchemes === true ? meant : meant.slice(0, 1))
    const only = searchesOf(options, used)
    const vacuity = vacuityOf(options)
    const folder = given(options, 'write', (_, text) => text)
    if (folder !== undefined) prepareFolder(folder, TRACES)
    const running = {
      workers: given(options, 'workers', workersOf) ?? defaultWorkers(),
      executor: queue,
      limits: {
        states: given(options, 'states', countOf) ?? Infinity,
        seconds: given(options, 'seconds', secondsOf) ?? Infinity,
      },
    }
    if (options.all === true) return await overview({ scope, attackers, running, terminal, vacuity })
    const validations = (options.policies === true ? variations(sources, used) : [sources]).map(
      (extensions): ValidationSource => ({
        extensions,
        schemes,
        ...(clusters && { clusters: clusters.filter(isDescribed) }),
        scope,
        attackers,
        ...(only && { searches: only }),
      }),
    )
    const started = performance.now()
    const { verdicts, searches, interrupted } = await judgedAll(validations, running, terminal)
    const seconds = (performance.now() - started) / 1000
    const tokens = new Map(
      verdicts.flatMap(({ verdict, source }) =>
        badOf(verdict).map((finding) => [finding, tokenFor(finding, source)] as const),
      ),
    )
    const run = { interrupted, vacuity }
    const all = verdicts.map(({ verdict }) => verdict)
    const token = (finding: Finding): string => tokens.get(finding) ?? tokenFor(finding, validations[0]!)
    if (options.json === true) {
      const json = all.map((verdict) => validationJson(verdict, outcomeOf([verdict], run), token))
      terminal.out(`${JSON.stringify(options.policies === true ? json : json[0], null, 2)}\n`)
    } else {
      const how = { columns: terminal.columns, seconds, searches }
      terminal.out(
        options.policies === true ? policyText(all, how) : validationText(all[0]!, { ...how, replay: token }),
      )
    }
    const files: OutputFile[] = []
    for (const { verdict, source } of verdicts)
      for (const { trace, caption, stem } of counterexamples(verdict, source, token)) {
        if (options.trace === true)
          terminal.out(`\n${traceText(trace, caption, { columns: terminal.columns })}`)
        if (folder === undefined) continue
        files.push({ name: `${stem}.txt`, content: traceText(trace, caption) })
        files.push({
          name: `${stem}.svg`,
          content: await svgOf(lanesDot(trace, caption), { alt: altTextOf(trace, caption) }),
        })
      }
    if (folder !== undefined)
      writeFolder(folder, TRACES, [...files, { name: 'README.md', content: listOf(files) }])
    if (options.json !== true) conclude(all, run, terminal)
    return EXITS[outcomeOf(all, run)]
  },
})

/** The search that is asked for. */
const searchesOf = (options: RawOptions, used: readonly Used[]): readonly string[] | undefined => {
  const name = given(options, 'search', (_, text) => text)
  if (name === undefined) return undefined
  if (options.all === true)
    throw new UsageError({ problem: `validate --all takes no search; it was given ${name}.` })
  const known = used.flatMap(({ extension }) =>
    extension.searches.map((search) => (typeof search === 'string' ? search : search.name)),
  )
  if (!known.includes(name))
    throw unknownName(`search of ${used.map(({ extension }) => extension.name).join(' or ')}`, name, known)
  return [name]
}

/** Whether a scheme is none that comes along. */
const isDescribed = ({ name }: NamedScheme): boolean => !SCHEMES.some((scheme) => scheme.name === name)

/** Each extension that comes along in its first scheme. */
const overview = async ({
  scope,
  attackers,
  running,
  terminal,
  vacuity,
}: Omit<ValidationSource, 'extensions' | 'schemes'> & {
  readonly running: Running
  readonly terminal: Terminal
  readonly vacuity: Vacuity
}): Promise<ExitCode> => {
  const all: Validated[] = []
  let stopped = false
  for (const { name, schemes } of EXTENSIONS) {
    const extensions = [{ name, chosen: {} }]
    const started = performance.now()
    const source: ValidationSource = { extensions, schemes: schemes.slice(0, 1), scope, attackers }
    const { verdicts, interrupted } = await judgedAll([source], running, terminal)
    all.push({ verdict: verdicts[0]!.verdict, seconds: (performance.now() - started) / 1000 })
    stopped = interrupted
    if (stopped) break
  }
  terminal.out(overviewText(all))
  const verdicts = all.map(({ verdict }) => verdict)
  const run = { interrupted: stopped, vacuity }
  conclude(verdicts, run, terminal)
  return EXITS[outcomeOf(verdicts, run)]
}

/** The line that explains the exit code; nothing stands below it. */
const conclude = (verdicts: readonly ValidationVerdict[], run: Run, terminal: Terminal): void =>
  terminal.painted(
    `\n${folded(conclusionText(verdicts, run), terminal.columns).join('\n')}\n`,
    colouring(EXIT_COLOURS),
  )

/** What is shown: refuted claims, and what is newly violated. */
const badOf = ({ claims, broken }: ValidationVerdict): readonly Finding[] => [
  ...new Set([
    ...claims.filter(({ status }) => status === 'refuted').map(({ shown }) => shown.found),
    ...broken.map(({ found }) => found),
  ]),
]

const tokenFor = ({ trial, label, judgement }: Finding, { extensions, scope }: ValidationSource): string =>
  tokenOf({
    target: [trial.scheme, ...extensions.map(textOf)].join('+'),
    ...(scope !== 'default' && { scope }),
    focus: trial.name,
    label,
    hash: structureHash(trial.model),
    path: judgement.path!,
  })

/** What is refuted or newly violated, replayed on the plain interpreter. */
const counterexamples = (
  verdict: ValidationVerdict,
  { extensions }: ValidationSource,
  token: (finding: Finding) => string,
) =>
  badOf(verdict).map((finding) => {
    const { trial, label, judgement } = finding
    const property = trial.model.properties.find(({ name }) => name === judgement.property)!
    const names = extensions.map(textOf).join('+')
    const focus = { name: trial.search, about: trial.about, model: trial.model }
    return {
      trace: replay(trial.model, judgement.path!),
      caption: captionOf(`${trial.scheme}+${names}`, focus, property, {
        verdict: 'violated',
        token: token(finding),
      }),
      stem: [trial.scheme, names, trial.search, label, ...trial.attackers, trial.variant]
        .join('-')
        .toLowerCase()
        .replaceAll(/[^a-z0-9-]+/g, '-'),
    }
  })

/** The README of a folder, by which the next run knows its own files. */
const listOf = (files: readonly OutputFile[]): string =>
  [
    TRACES.mark,
    '# What extensions violate',
    '',
    ...(files.length === 0 ? ['Nothing.'] : files.map(({ name }) => `- [${name}](${name})`)),
    '',
  ].join('\n')
