/**
 * A result as JUnit XML, as Jenkins and GitLab read it: a suite for each target, a case for each property, and one for
 * each finding that is about something else. What was not decided is an error, never skipped: that would look green.
 */
import type { Finding } from '../results/findings.ts'
import type { ResultJson, TargetJson, VerdictJson } from '../results/result-json.ts'
import { verdictText } from '../terminal/verdict-text.ts'
import { documentOf, element, type Xml } from '../text/xml.ts'

/** Writes JUnit XML. */
export const junitText = (result: ResultJson): string => {
  const suites = result.targets.map((target) => suiteOf(result, target))
  return documentOf(
    element(
      'testsuites',
      { name: `clustercheck ${result.command}`, ...totals(suites), time: result.run.seconds.toFixed(3) },
      suites.map(({ xml }) => xml),
    ),
  )
}

interface Counts {
  readonly tests: number
  readonly failures: number
  readonly errors: number
}

interface Counted extends Counts {
  readonly xml: Xml
}

const totals = (parts: readonly Counts[]): Counts => {
  const sum = (of: (part: Counts) => number) => parts.reduce((total, part) => total + of(part), 0)
  return { tests: sum((p) => p.tests), failures: sum((p) => p.failures), errors: sum((p) => p.errors) }
}

const suiteOf = (result: ResultJson, target: TargetJson): Counted => {
  const findings = result.findings.filter((finding) => finding.target === target.name)
  const labels = new Set(target.verdicts.map(({ label }) => label))
  const cases = [
    ...target.verdicts.map((verdict) =>
      caseOf(
        target,
        verdict.label,
        findings.filter(({ label }) => label === verdict.label),
        verdict,
      ),
    ),
    ...findings
      .filter(({ label }) => label === undefined || !labels.has(label))
      .map((finding) => caseOf(target, finding.sentence, [finding])),
  ]
  const counts = totals(cases)
  const properties = Object.entries({
    clustercheck: result.clustercheck,
    scope: target.scope,
    states: target.search.distinct,
    complete: target.search.complete,
  }).flatMap(([name, value]) =>
    value === undefined ? [] : [element('property', { name, value: String(value) })],
  )
  const time = target.search.elapsedSeconds.toFixed(3)
  const inner = [element('properties', {}, properties), ...cases.map(({ xml }) => xml)]
  return { ...counts, xml: element('testsuite', { name: target.name, ...counts, time }, inner) }
}

const caseOf = (
  target: TargetJson,
  name: string,
  findings: readonly Finding[],
  verdict?: VerdictJson,
): Counted => {
  const wrong = findings.find(({ level }) => level === 'error')
  const isCut = wrong?.kind === 'cut'
  const said = verdict ? verdictText(verdict, { changes: true }) : name
  const warnings = findings.filter(({ level }) => level === 'warning').map(({ sentence }) => sentence)
  const content = [
    ...(wrong
      ? [element(isCut ? 'error' : 'failure', { type: wrong.kind, message: wrong.sentence }, said)]
      : []),
    ...(wrong && warnings.length === 0
      ? []
      : [
          element(
            'system-out',
            {},
            [...(wrong ? [] : [said]), ...warnings.map((w) => `warning: ${w}`)].join('\n'),
          ),
        ]),
  ]
  const xml = element('testcase', { name, classname: target.name }, content)
  return { xml, tests: 1, failures: wrong && !isCut ? 1 : 0, errors: isCut ? 1 : 0 }
}
