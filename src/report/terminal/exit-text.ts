/** The last line of a result: its exit code, what it comes from, and what would make it 0. */
import type { Finding } from '../results/findings.ts'
import type { ResultJson, VerdictJson } from '../results/result-json.ts'
import { counted } from '../text/columns.ts'
import { exitLine, wouldBeGood } from '../text/exit-line.ts'

/** One sentence without a full stop: `exit 1: 14 violated, all of them declared; with --expected declared this is 0`. */
export const exitText = (result: ResultJson, code: number): string =>
  exitLine(code, result.outcome === 'expected' ? expectedClauses(result) : foundClauses(result))

const expectedClauses = ({ targets, findings, only }: ResultJson): readonly string[] => {
  const verdicts = targets.flatMap((target) => target.verdicts)
  const violated = verdicts.filter(({ verdict }) => verdict === 'violated').length
  return [
    verdicts.length === 0
      ? 'there was no property to judge'
      : `${counted(verdicts.length, 'verdict')}${only ? ' that --only names' : ''}, ${verdicts.length === 1 ? '' : 'all '}as expected`,
    ...(violated > 0 ? [`${violated} violated, as declared`] : []),
    ...(findings.length > 0 ? [counted(findings.length, 'warning')] : []),
  ]
}

const foundClauses = (result: ResultJson): readonly string[] => {
  const { findings, interrupted, targets } = result
  const errors = findings.filter(({ level }) => level === 'error')
  const of = (kind: Finding['kind']): readonly Finding[] => errors.filter((finding) => finding.kind === kind)
  const violations = of('violation')
  const declared = violations.filter((finding) => verdictOf(targets, finding)?.asDeclared)
  const others = of('difference').length
  const idle = of('vacuity').length
  const undecided = of('cut').filter(({ label }) => label !== undefined).length
  const parts = [
    ...(interrupted ? ['interrupted'] : []),
    ...(violations.length > 0
      ? [`${violations.length} violated${declaredText(declared.length, violations.length)}`]
      : []),
    ...(others > 0 ? [`${others} not as declared`] : []),
    ...(idle > 0 ? [`${idle} never put to the test`] : []),
    ...(undecided > 0 ? [`${undecided} not decided`] : []),
    ...(of('cut').length > 0
      ? [`${counted(of('cut').length - undecided, 'search was', 'searches were')} cut`]
      : []),
  ]
  const remedy = remedyOf(result, {
    declared: declared.length,
    idle,
    rest: errors.length - declared.length - idle,
    undecided: of('cut').length,
  })
  return [...parts, ...remedy]
}

const declaredText = (declared: number, violated: number): string => {
  if (declared === 0) return ''
  if (declared < violated) return `, ${declared} of them declared`
  return violated === 1 ? ', as declared' : ', all of them declared'
}

/** With which options the same verdicts would be as expected, where some are enough. */
const remedyOf = (
  { interrupted, config }: ResultJson,
  {
    declared,
    idle,
    rest,
    undecided,
  }: { readonly declared: number; readonly idle: number; readonly rest: number; readonly undecided: number },
): readonly string[] => {
  if (!interrupted && rest > 0 && config !== undefined && undecided === 0)
    return ['`check --update` takes it over']
  if (interrupted || rest > 0) return []
  const options = [...(declared > 0 ? ['--expected declared'] : []), ...(idle > 0 ? ['--vacuity warn'] : [])]
  return [wouldBeGood(options)]
}

const verdictOf = (targets: ResultJson['targets'], { target, label }: Finding): VerdictJson | undefined =>
  targets.find(({ name }) => name === target)?.verdicts.find((verdict) => verdict.label === label)
