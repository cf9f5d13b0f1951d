/** The result of judging a capture as JUnit XML: a suite for the capture, a case for each property and one for reading. */
import type { CaptureResult, Judged } from '../../capture/result.ts'
import { documentOf, element, type Xml } from '../text/xml.ts'
import { findingText, unreadText } from './capture-text.ts'

/** Writes JUnit XML. Signs are no failures; what could not be read or decided is an error. */
export const captureJunit = (file: string, result: CaptureResult): string => {
  const cases = [...result.verdicts.map((judged) => caseOf(file, judged)), readingOf(file, result)]
  const counts = {
    tests: cases.length,
    failures: result.verdicts.filter(({ verdict, expected }) => verdict === 'violated' && !expected).length,
    errors:
      result.verdicts.filter(({ verdict }) => verdict === 'undecided').length +
      (unreadText(result) === undefined ? 0 : 1),
  }
  const suite = element('testsuite', { name: file, ...counts, time: '0.000' }, cases)
  return documentOf(
    element('testsuites', { name: 'clustercheck capture', ...counts, time: '0.000' }, [suite]),
  )
}

const caseOf = (file: string, { label, verdict, expected, sentence, findings, told }: Judged): Xml => {
  const said = findings.map(findingText).join('\n')
  const content =
    verdict === 'violated' && !expected
      ? [element('failure', { type: 'violation', message: sentence }, said)]
      : verdict === 'undecided'
        ? [element('error', { type: 'undecided', message: sentence }, said)]
        : [
            element(
              'system-out',
              {},
              findings.length > 0 ? `${expected ? 'expected: ' : ''}${said}` : `${verdict}, ${told} events`,
            ),
          ]
  return element('testcase', { name: label, classname: file }, content)
}

const readingOf = (file: string, result: CaptureResult): Xml => {
  const unread = unreadText(result)
  return element(
    'testcase',
    { name: 'every record can be read', classname: file },
    unread === undefined ? [] : [element('error', { type: 'cut', message: unread }, unread)],
  )
}
