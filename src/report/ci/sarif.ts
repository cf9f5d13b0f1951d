/**
 * A result as SARIF 2.1.0, as code scanning of GitHub takes it: a rule for each property, a result for each finding, and
 * a suppressed one for each violation that is declared, with the reason as its justification. Counterexamples are code
 * flows. Each result and each step has a place in a file.
 */
import type { Finding } from '../results/findings.ts'
import { actionOf, type PlaceJson } from '../results/places.ts'
import type { ResultJson, TargetJson, TraceJson, VerdictJson } from '../results/result-json.ts'
import { verdictPhrase, verdictText } from '../terminal/verdict-text.ts'
import { placeOf } from './github.ts'

/** Writes a SARIF log. */
export const sarifText = (result: ResultJson): string => {
  const declared = result.targets.flatMap((target) =>
    target.verdicts
      .filter(
        ({ verdict, asDeclared }) => verdict === 'violated' && asDeclared && result.expected === 'declared',
      )
      .map((verdict) => declaredResult(result, target, verdict)),
  )
  const results = [...result.findings.map((finding) => findingResult(result, finding)), ...declared]
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'clustercheck',
            semanticVersion: result.clustercheck,
            informationUri: PROBLEMS,
            rules: rulesOf(result),
          },
        },
        invocations: [{ executionSuccessful: !result.interrupted }],
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

/** The problems that are looked for; the package has no address of its own. */
const PROBLEMS = 'https://www.rfc-editor.org/info/rfc6027'

/** The rules for what is about no property. */
const OTHER_RULES: Readonly<Record<Finding['kind'], readonly [sentence: string, help: string]>> = {
  violation: [
    'A property does not hold.',
    'Replay the counterexample by its token: clustercheck replay TOKEN.',
  ],
  difference: [
    'Something else was found than what is declared.',
    'Where it should be so, clustercheck check --update takes it over into the file of expectations.',
  ],
  vacuity: [
    'Nothing was put to the test: an action was never taken.',
    'Raise a bound of the model, mend the guard of the action, or declare it as idle.',
  ],
  cut: [
    'A search was cut before it could tell.',
    'Give it more time, memory or states, or take it up again from a checkpoint.',
  ],
}

const rulesOf = ({ targets }: ResultJson): readonly object[] => {
  const first = new Map<string, VerdictJson>()
  for (const verdict of targets.flatMap(({ verdicts }) => verdicts))
    if (!first.has(ruleId(verdict))) first.set(ruleId(verdict), verdict)
  return [
    ...[...first].map(([id, { label, property, sentence, source }]) => {
      const says = sentence ?? property
      const help = `${says}${source === undefined ? '' : `\n\nRequired by ${source}.`}\n\nThe steps of a violation are its code flow; clustercheck replay TOKEN shows them with each change.`
      const uri = source === undefined ? undefined : rfcUri(source)
      return {
        id,
        name: property,
        shortDescription: { text: label === property ? says : `${label}: ${says}` },
        fullDescription: { text: says },
        help: { text: help },
        ...(uri !== undefined && { helpUri: uri }),
        defaultConfiguration: { level: 'error' },
        properties: { tags: ['ipsec', 'model-checking'] },
      }
    }),
    ...Object.entries(OTHER_RULES).map(([kind, [text, help]]) => ({
      id: otherId(kind),
      shortDescription: { text },
      fullDescription: { text },
      help: { text: help },
    })),
  ]
}

/** The first RFC that a source names: `RFC 4303 section 3.4.3; RFC 6027 section 3.4`. */
const rfcUri = (source: string): string | undefined => {
  const [, number, section] = /RFC (\d{1,5})(?:,? (?:section|§) ?([\d.]*\d))?/.exec(source) ?? []
  if (number === undefined) return undefined
  return `https://www.rfc-editor.org/rfc/rfc${number}${section === undefined ? '' : `#section-${section}`}`
}

/** Labels and the rules for the rest cannot be the same. */
const ruleId = ({ label }: Pick<VerdictJson, 'label'>): string => `property/${label}`
const otherId = (kind: string): string => `run/${kind}`

const findingResult = (
  result: ResultJson,
  { level, kind, target: name, label, sentence }: Finding,
): object => {
  const target = result.targets.find((one) => one.name === name)
  const verdict = label === undefined ? undefined : target?.verdicts.find((one) => one.label === label)
  return {
    ruleId: verdict ? ruleId(verdict) : otherId(kind),
    level,
    message: { text: verdict ? `${sentence}\n${verdictText(verdict)}` : sentence },
    ...placed(result, name, target, label),
    ...(verdict && { partialFingerprints: { 'clustercheck/v1': `${name}/${label}` } }),
    ...flowOf(result, target, verdict?.counterexample),
  }
}

const declaredResult = (result: ResultJson, target: TargetJson, verdict: VerdictJson): object => ({
  ruleId: ruleId(verdict),
  level: 'note',
  message: { text: `${target.name} ${verdict.label}: ${verdictPhrase(verdict)}` },
  ...placed(result, target.name, target, verdict.label),
  partialFingerprints: { 'clustercheck/v1': `${target.name}/${verdict.label}` },
  suppressions: [{ kind: 'external', justification: verdict.reason ?? 'declared to be violated' }],
  ...flowOf(result, target, verdict.counterexample),
})

const placed = (
  result: ResultJson,
  name: string,
  target: TargetJson | undefined,
  label: string | undefined,
): object => {
  const verdict = target?.verdicts.find((one) => one.label === label)
  const place = placeOf(result, name, label)
  const related = [
    [verdict?.expectedAt ?? target?.expectedAt, 'what is expected'],
    [target?.place, name],
  ] as const
  const others = related.flatMap(([other, text]) =>
    other && !(other.file === place.file && other.line === place.line)
      ? [{ physicalLocation: physical(other), message: { text } }]
      : [],
  )
  return {
    locations: [
      {
        physicalLocation: physical(place),
        logicalLocations: [
          { fullyQualifiedName: label === undefined ? name : `${name}/${label}`, kind: 'module' },
        ],
      },
    ],
    ...(others.length > 0 && { relatedLocations: others.map((one, i) => ({ id: i + 1, ...one })) }),
  }
}

const physical = ({ file, line }: PlaceJson): object => ({
  artifactLocation: { uri: uriOf(file) },
  region: { startLine: line },
})

/** Steps of a flow: code scanning shows so many, and refuses a file with ten times as many. */
const MOST_STEPS = 1000

/** Each step is at its action, the initial state at what makes it. Of a long way the end is kept. */
const flowOf = (result: ResultJson, target: TargetJson | undefined, trace: TraceJson | undefined): object =>
  trace === undefined || target === undefined
    ? {}
    : {
        codeFlows: [
          {
            threadFlows: [
              {
                locations: [trace.initial, ...trace.steps]
                  .map((text, i) => ({
                    executionOrder: i + 1,
                    location: {
                      physicalLocation: physical(stepPlace(result, target, text)),
                      message: { text: [text, ...(trace.changes?.[i] ?? [])].join('\n') },
                    },
                  }))
                  .slice(-MOST_STEPS),
              },
            ],
          },
        ],
      }

const stepPlace = (result: ResultJson, target: TargetJson, step: string): PlaceJson => {
  const { actionPlaces = {}, place, name } = target
  const action = actionOf(step)
  return (Object.hasOwn(actionPlaces, action) ? actionPlaces[action] : place) ?? placeOf(result, name)
}

/** A path relative to the folder of the run, or an absolute one, as a URI reference. */
export const uriOf = (file: string): string => {
  const path = file.replaceAll('\\', '/').split('/').map(encoded).join('/')
  return path.startsWith('/') ? `file://${path}` : path
}

/** Halves of surrogate pairs have no encoding. */
const encoded = (part: string): string => encodeURIComponent(part.replaceAll(/\p{Surrogate}/gu, '\ufffd'))
