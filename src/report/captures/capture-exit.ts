/** The last line of a judged capture: its exit code, what it comes from, and what would make it 0. */
import { isBlind } from '../../capture/expectations.ts'
import type { CaptureResult, CaptureVerdict, Judged } from '../../capture/result.ts'
import { counted } from '../text/columns.ts'
import { exitLine, wouldBeGood } from '../text/exit-line.ts'

/** `stream`: an interrupt is how the capture is meant to end. */
export const captureExitText = (result: CaptureResult, code: number, stream: boolean): string => {
  const { verdicts, damage, packets, interrupted } = result
  const of = (wanted: CaptureVerdict): readonly Judged[] =>
    verdicts.filter(({ verdict, expected }) => verdict === wanted && !expected)
  const [violated, undecided, signs] = [of('violated'), of('undecided'), of('sign')]
  const known = verdicts.filter(({ expected }) => expected).length
  const open = [
    ...(interrupted && !stream ? ['interrupted'] : []),
    ...(undecided.length > 0 ? [`${undecided.length} undecided: ${labelsOf(undecided)}`] : []),
    ...(damage.unreadable > 0 ? [`${counted(damage.unreadable, 'record')} not read`] : []),
    ...(isBlind(result) ? ['no IKE and no ESP was found, and something was not opened'] : []),
  ]
  const isEmpty = packets.esp + packets.ike === 0
  return exitLine(code, [
    ...(violated.length > 0 ? [`${violated.length} violated: ${labelsOf(violated)}`] : []),
    ...(known > 0 ? [`${known} violated, as expected`] : []),
    ...(violated.length + known === 0 && !isEmpty ? ['nothing is violated'] : []),
    ...(isEmpty && !isBlind(result) ? ['no IKE and no ESP was found, so nothing was judged'] : []),
    ...(signs.length > 0 ? [`${counted(signs.length, 'sign')}, no violation: ${labelsOf(signs)}`] : []),
    ...open,
    ...(violated.length > 0 && open.length === 0
      ? [wouldBeGood([`--expect ${violated.map(({ label }) => label).join(',')}`])]
      : []),
  ])
}

const labelsOf = (judged: readonly Judged[]): string => judged.map(({ label }) => label).join(', ')
