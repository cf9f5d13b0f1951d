/**
 * A result as SARIF 2.1.0: a rule for each property, a result for each finding, and a suppressed one for each violation
 * that is declared, with the reason as its justification. Counterexamples are code flows.
 */
import type { Finding } from '../results/findings.ts'
import type { ResultJson, TraceJson, VerdictJson } from '../results/result-json.ts'
import { verdictPhrase, verdictText } from '../terminal/verdict-text.ts'
import { fileOf } from './github.ts'

/** Writes a SARIF log. */
export const sarifText = (result: ResultJson): string => {
  const declared = result.targets.flatMap(({ name, verdicts }) =>
    verdicts
      .filter(
        ({ verdict, asDeclared }) => verdict === 'violated' && asDeclared && result.expected === 'declared',
      )
      .map((verdict) => declaredResult(result, name, verdict)),
  )
  const results = [...result.findings.map((finding) => findingResult(result, finding)), ...declared]
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'clustercheck', semanticVersion: result.clustercheck, rules: rulesOf(result) },
        },
        invocations: [{ executionSuccessful: !result.interrupted }],
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

/** The rules for what is about no property. */
const OTHER_RULES: Readonly<Record<Finding['kind'], string>> = {
  violation: 'A property does not hold.',
  difference: 'Something else was found than what is declared.',
  vacuity: 'Nothing was put to the test: an action was never taken.',
  cut: 'A search was cut before it could tell.',
}

const rulesOf = ({ targets }: ResultJson): readonly object[] => {
  const first = new Map<string, VerdictJson>()
  for (const verdict of targets.flatMap(({ verdicts }) => verdicts))
    if (!first.has(ruleId(verdict))) first.set(ruleId(verdict), verdict)
  return [
    ...[...first].map(([id, { property, sentence, source }]) => ({
      id,
      name: property,
      shortDescription: { text: sentence ?? property },
      ...(source !== undefined && { help: { text: source } }),
    })),
    ...Object.entries(OTHER_RULES).map(([kind, text]) => ({ id: otherId(kind), shortDescription: { text } })),
  ]
}

/** Labels and the rules for the rest cannot be the same. */
const ruleId = ({ label }: Pick<VerdictJson, 'label'>): string => `property/${label}`
const otherId = (kind: string): string => `run/${kind}`

const findingResult = (result: ResultJson, { level, kind, target, label, sentence }: Finding): object => {
  const verdict =
    label === undefined
      ? undefined
      : result.targets.find(({ name }) => name === target)?.verdicts.find((one) => one.label === label)
  return {
    ruleId: verdict ? ruleId(verdict) : otherId(kind),
    level,
    message: { text: verdict ? `${sentence}\n${verdictText(verdict)}` : sentence },
    ...placed(result, target, label),
    ...(verdict && { partialFingerprints: { 'clustercheck/v1': `${target}/${label}` } }),
    ...flowOf(verdict?.counterexample),
  }
}

const declaredResult = (result: ResultJson, target: string, verdict: VerdictJson): object => ({
  ruleId: ruleId(verdict),
  level: 'note',
  message: { text: `${target} ${verdict.label}: ${verdictPhrase(verdict)}` },
  ...placed(result, target, verdict.label),
  partialFingerprints: { 'clustercheck/v1': `${target}/${verdict.label}` },
  suppressions: [{ kind: 'external', justification: verdict.reason ?? 'declared to be violated' }],
  ...flowOf(verdict.counterexample),
})

const placed = (result: ResultJson, target: string, label: string | undefined): object => {
  const file = fileOf(result, target)
  return {
    locations: [
      {
        ...(file !== undefined && {
          physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine: 1 } },
        }),
        logicalLocations: [
          { fullyQualifiedName: label === undefined ? target : `${target}/${label}`, kind: 'module' },
        ],
      },
    ],
  }
}

const flowOf = (trace: TraceJson | undefined): object =>
  trace === undefined
    ? {}
    : {
        codeFlows: [
          {
            threadFlows: [
              {
                locations: [trace.initial, ...trace.steps].map((text) => ({
                  location: { message: { text } },
                })),
              },
            ],
          },
        ],
      }

/** A path relative to the folder of the run, or an absolute one, as a URI reference. */
export const uriOf = (file: string): string => {
  const path = file.replaceAll('\\', '/').split('/').map(encoded).join('/')
  return path.startsWith('/') ? `file://${path}` : path
}

/** Halves of surrogate pairs have no encoding. */
const encoded = (part: string): string => encodeURIComponent(part.replaceAll(/\p{Surrogate}/gu, '\ufffd'))
