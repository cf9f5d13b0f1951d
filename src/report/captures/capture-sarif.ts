/** The result of judging a capture as SARIF 2.1.0: a rule for each property, a result for each finding. */
import type { Finding } from '../../capture/evidence/findings.ts'
import type { CaptureResult, Judged } from '../../capture/result.ts'
import { uriOf } from '../ci/sarif.ts'
import { remedyText } from './capture-story.ts'
import { findingText, unreadText } from './capture-text.ts'

const UNREAD = 'run/cut'

/** Writes a SARIF log; `version` is that of clustercheck. */
export const captureSarif = (file: string, result: CaptureResult, version: string): string => {
  const { verdicts } = result
  const unread = unreadText(result)
  const rules = [
    ...verdicts.map((judged) => ({
      id: `property/${judged.label}`,
      name: judged.name,
      shortDescription: { text: judged.sentence },
      help: { text: [judged.source, remedyText(judged)].filter((text) => text !== undefined).join('\n') },
    })),
    { id: UNREAD, shortDescription: { text: 'A part of the capture could not be read.' } },
  ]
  const results = [
    ...verdicts.flatMap((judged) => judged.findings.map((finding) => resultOf(file, judged, finding))),
    ...(unread !== undefined
      ? [
          {
            ruleId: UNREAD,
            level: 'warning',
            message: { text: unread },
            locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) } } }],
          },
        ]
      : []),
  ]
  const tool = { driver: { name: 'clustercheck', semanticVersion: version, rules } }
  const runs = [{ tool, invocations: [{ executionSuccessful: true }], columnKind: 'utf16CodeUnits', results }]
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs }
  return `${JSON.stringify(log, null, 2)}\n`
}

const resultOf = (file: string, { label }: Judged, finding: Finding): object => ({
  ruleId: `property/${label}`,
  level: finding.certainty === 'sign' ? 'note' : 'error',
  message: { text: findingText(finding) },
  locations: [
    {
      physicalLocation: { artifactLocation: { uri: uriOf(file) } },
      logicalLocations: [{ fullyQualifiedName: finding.subject, kind: 'resource' }],
    },
  ],
  ...(finding.expected && { suppressions: [{ kind: 'external', justification: 'expected' }] }),
  partialFingerprints: { 'clustercheck/v1': `${file}/${label}/${finding.subject}` },
  ...(finding.first.story.length > 0 && {
    codeFlows: [
      {
        threadFlows: [
          {
            locations: finding.first.story.map(({ frame, address, member, to, text }) => ({
              location: {
                message: {
                  text: `frame ${frame}: ${address} ${member}${to === '' ? '' : ` to ${to}`}: ${text}`,
                },
              },
            })),
          },
        ],
      },
    ],
  }),
})
