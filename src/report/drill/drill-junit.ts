/** Drills as JUnit XML: a case for each counterexample; one that is reproduced on the gateways is a failure. */
import { documentOf, element, type Xml } from '../text/xml.ts'
import { type Repeated, verdictOf } from './drilled.ts'

/** Writes JUnit XML. What cannot be driven is skipped. */
export const drillsJunit = (all: readonly Repeated[]): string => {
  const seconds = ({ runs }: Repeated): number => runs.reduce((sum, run) => sum + run.seconds, 0)
  const verdicts = all.map((one) => verdictOf(one).verdict)
  const numbers = {
    tests: all.length,
    failures: verdicts.filter((verdict) => verdict === 'reproduced').length,
    errors: 0,
    skipped: verdicts.filter((verdict) => verdict === 'not drivable').length,
    time: all.reduce((sum, one) => sum + seconds(one), 0).toFixed(3),
  }
  const cases = all.map((one): Xml => {
    const { run, verdict, count } = verdictOf(one)
    const { caption, judgement } = run
    const said = `${verdict} in ${count} of ${one.runs.length} runs\n${judgement.because.join('\n')}\n${caption.token}`
    const [first = ''] = judgement.because
    const content =
      verdict === 'reproduced'
        ? [element('failure', { type: 'reproduced', message: first }, said)]
        : verdict === 'not drivable'
          ? [element('skipped', { message: first })]
          : [element('system-out', {}, said)]
    return element(
      'testcase',
      { name: caption.label, classname: caption.scheme, time: seconds(one).toFixed(3) },
      content,
    )
  })
  return documentOf(
    element('testsuites', { name: 'clustercheck drill', ...numbers }, [
      element('testsuite', { name: 'drill', ...numbers }, cases),
    ]),
  )
}
