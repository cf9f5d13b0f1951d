/** What the last line says of an exit code. */
import { expect, it } from 'vitest'
import type { Finding } from '../results/findings.ts'
import type { ResultJson, VerdictJson } from '../results/result-json.ts'
import { exitText } from './exit-text.ts'

const verdict = (label: string, says: VerdictJson['verdict'], asDeclared: boolean): VerdictJson => ({
  property: label,
  label,
  kind: 'always',
  verdict: says,
  asDeclared,
  states: 1,
})
const finding = (kind: Finding['kind'], label?: string, level: Finding['level'] = 'error'): Finding => ({
  level,
  kind,
  target: 't',
  ...(label !== undefined && { label }),
  sentence: 't',
})

/** What of a result the line is made from. */
const resultOf = (
  outcome: ResultJson['outcome'],
  findings: readonly Finding[],
  { interrupted = false, only }: { readonly interrupted?: boolean; readonly only?: readonly string[] } = {},
): ResultJson =>
  ({
    outcome,
    interrupted,
    findings,
    ...(only && { only }),
    targets: [
      {
        name: 't',
        verdicts: [
          verdict('A', 'violated', true),
          verdict('B', 'violated', true),
          verdict('C', 'violated', false),
          verdict('D', 'holds', true),
        ],
      },
    ],
  }) as unknown as ResultJson

it.each([
  [0, 'expected', [], '4 verdicts, all as expected; 3 violated, as declared'],
  [
    0,
    'expected',
    [finding('vacuity', 'D', 'warning')],
    '4 verdicts, all as expected; 3 violated, as declared; 1 warning',
  ],
  [
    1,
    'unexpected',
    [finding('violation', 'A')],
    '1 violated, as declared; with `--expected declared` this is 0',
  ],
  [
    1,
    'unexpected',
    [finding('violation', 'A'), finding('violation', 'B')],
    '2 violated, all of them declared; with `--expected declared` this is 0',
  ],
  [1, 'unexpected', [finding('violation', 'A'), finding('violation', 'C')], '2 violated, 1 of them declared'],
  [1, 'unexpected', [finding('violation', 'C')], '1 violated'],
  [
    1,
    'unexpected',
    [finding('violation', 'A'), finding('vacuity', 'D')],
    '1 violated, as declared; 1 never put to the test; with `--expected declared --vacuity warn` this is 0',
  ],
  [1, 'unexpected', [finding('vacuity')], '1 never put to the test; with `--vacuity warn` this is 0'],
  [
    1,
    'unexpected',
    [finding('difference', 'D'), finding('violation', 'A')],
    '1 violated, as declared; 1 not as declared',
  ],
  [4, 'cut', [finding('cut', 'D'), finding('cut')], '1 not decided; 1 search was cut'],
] as const)('exit %i, %s, %j', (code, outcome, findings, said) => {
  expect(exitText(resultOf(outcome, findings), code)).toBe(`exit ${code}: ${said}`)
})

it('says what was interrupted, and never how that would be 0', () => {
  expect(exitText(resultOf('cut', [finding('violation', 'A')], { interrupted: true }), 4)).toBe(
    'exit 4: interrupted; 1 violated, as declared',
  )
})

it('says that only some properties were asked for, and that there was none', () => {
  expect(exitText(resultOf('expected', [], { only: ['A'] }), 0)).toContain(
    '4 verdicts that --only names, all',
  )
  const none = { ...resultOf('expected', []), targets: [] }
  expect(exitText(none, 0)).toBe('exit 0: there was no property to judge')
})
