/** What validations come to: the outcome, the exit code, and the line that explains it. */
import type { Vacuity } from '../../report/results/findings.ts'
import { counted } from '../../report/text/columns.ts'
import { exitLine, wouldBeGood } from '../../report/text/exit-line.ts'
import { EXIT, type ExitCode } from '../process/exit-codes.ts'
import type { ClaimVerdict, Status } from './claims.ts'
import type { ValidationOutcome } from './json.ts'
import type { ValidationVerdict } from './verdicts.ts'

/** What is known beside the verdicts. */
export interface Run {
  readonly interrupted: boolean
  readonly vacuity: Vacuity
}

export const EXITS: Readonly<Record<ValidationOutcome, ExitCode>> = {
  violated: EXIT.violation,
  vacuous: EXIT.violation,
  cut: EXIT.cut,
  good: EXIT.asExpected,
}

/** The worst of all verdicts. A claim that nothing put to the test is no good news. */
export const outcomeOf = (
  verdicts: readonly ValidationVerdict[],
  { interrupted, vacuity }: Run,
): ValidationOutcome => {
  const some = (test: (verdict: ValidationVerdict) => boolean): boolean => verdicts.some(test)
  if (some(({ broken }) => broken.length > 0) || ofStatus(verdicts, 'refuted').length > 0) return 'violated'
  if (vacuity === 'error' && some(isUntested)) return 'vacuous'
  const isCut = some(({ cut }) => cut.length > 0) || ofStatus(verdicts, 'undecided').length > 0
  return interrupted || isCut ? 'cut' : 'good'
}

const ofStatus = (verdicts: readonly ValidationVerdict[], status: Status): readonly ClaimVerdict[] =>
  verdicts.flatMap(({ claims }) => claims.filter((claim) => claim.status === status))

/** Whether all claims that are made are judged by nothing. */
const isUnjudged = ({ claims, unjudged }: ValidationVerdict): boolean =>
  claims.length === 0 && unjudged.length > 0

/** Whether a claim is vacuous, or all that are made are judged by nothing, or an action of the extension is never taken. */
const isUntested = (verdict: ValidationVerdict): boolean =>
  ofStatus([verdict], 'vacuous').length > 0 || isUnjudged(verdict) || verdict.neverTaken.length > 0

/** The last line: the exit code and what it comes from. */
export const conclusionText = (verdicts: readonly ValidationVerdict[], run: Run): string => {
  const { interrupted, vacuity } = run
  const outcome = outcomeOf(verdicts, run)
  const claims = (status: Status): number => ofStatus(verdicts, status).length
  const broken = new Set(verdicts.flatMap((verdict) => verdict.broken.map(({ label }) => label))).size
  const never = new Set(verdicts.flatMap(({ neverTaken }) => neverTaken)).size
  const cut = verdicts.reduce((sum, verdict) => sum + verdict.cut.length, 0)
  const untested = [
    ...(claims('vacuous') > 0 ? [`${counted(claims('vacuous'), 'claim')} never put to the test`] : []),
    ...(verdicts.some(isUnjudged) ? ['no search judges what is claimed'] : []),
    ...(never > 0 ? [`${counted(never, 'action')} never taken`] : []),
  ]
  const open = [
    ...(interrupted ? ['interrupted'] : []),
    ...(claims('undecided') > 0 ? [`${counted(claims('undecided'), 'claim')} not decided`] : []),
    ...(cut > 0 ? [`${counted(cut, 'search was', 'searches were')} cut`] : []),
  ]
  const bad = [
    ...(claims('refuted') > 0 ? [`${counted(claims('refuted'), 'claim')} refuted`] : []),
    ...(broken > 0 ? [`${counted(broken, 'property', 'properties')} newly violated`] : []),
  ]
  const good = outcome === 'good' ? ['no claim is refuted, and nothing is newly violated'] : []
  const warned = untested.map((text) => (vacuity === 'error' ? text : `warning: ${text}`))
  const remedy = outcome === 'vacuous' && open.length === 0 ? [wouldBeGood(['--vacuity warn'])] : []
  return exitLine(EXITS[outcome], [...good, ...bad, ...warned, ...open, ...remedy])
}
