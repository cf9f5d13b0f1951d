/**
 * The page of a capture: what was found and what to do, the lanes around each violation, sequence numbers over time,
 * takeovers and outages, and how much of the capture was read.
 */
import type { Series } from '../../capture/plot-points.ts'
import type { CaptureResult, Judged } from '../../capture/result.ts'
import { remedyText, stories } from '../../report/captures/capture-story.ts'
import {
  clearText,
  clusterText,
  findingText,
  headText,
  noteText,
  sasText,
  takeoverText,
  unreadText,
} from '../../report/captures/capture-text.ts'
import { insightOf } from '../../report/trace/insight.ts'
import type { Block, ReportCell, ReportView } from '../report-view.ts'
import { plotsOf } from './plot-view.ts'
import { storyBlock } from './story-view.ts'

/** SAs that are plotted; those with findings first. */
const MOST_PLOTS = 12
/** Findings of one property that are listed. */
const MOST_FINDINGS = 50

/** Makes the page; `series` is what was sent, by SA and member. */
export const capturePage = (file: string, result: CaptureResult, series: readonly Series[]): ReportView => {
  const [head = '', ...facts] = headText(result)
  const violated = result.verdicts.filter(({ verdict, expected }) => verdict === 'violated' && !expected)
  const isOpen =
    unreadText(result) !== undefined || result.verdicts.some(({ verdict }) => verdict === 'undecided')
  const plots = plotsOf(result, series)
  const more = plots.length - MOST_PLOTS
  return {
    title: headline(violated, isOpen),
    good: violated.length === 0 && !isOpen,
    blocks: [
      { kind: 'text', text: `${file}: ${head}` },
      { kind: 'list', items: [...facts, ...clusterText(result)], tone: 'quiet' },
      {
        kind: 'section',
        title: 'Verdicts',
        blocks: [
          {
            kind: 'table',
            name: 'Verdicts',
            head: ['property', 'verdict', 'what was found'],
            rows: result.verdicts.map(verdictRow),
          },
        ],
      },
      ...stories(file, result).map(({ trace, caption }): Block => {
        const title = `${caption.label} ${caption.property}: ${insightOf(trace, caption).sentence.text}`
        const text = `${caption.sentence ?? ''} ${caption.source ?? ''}`.trim()
        return { kind: 'section', title, blocks: [{ kind: 'text', text }, storyBlock(trace, caption)] }
      }),
      ...(plots.length === 0
        ? []
        : [
            {
              kind: 'section',
              title: 'Sequence numbers over time',
              blocks: [
                ...plots.slice(0, MOST_PLOTS).map((plot): Block => ({ kind: 'plot', plot })),
                ...(more > 0 ? [quiet(`... and ${more} more SAs`)] : []),
              ],
            } satisfies Block,
          ]),
      ...section(
        'Takeovers and outages',
        result.takeovers.map((takeover) => takeoverText(takeover, result)),
        'No takeover shows.',
      ),
      ...section(
        'Security associations',
        [['Child SAs and IKE SAs, in the order of their first packets', ...sasText(result)]].filter(
          (lines) => lines.length > 1,
        ),
      ),
      ...section('In clear from gateway to gateway', [clearText(result)]),
      ...section('Notes', [noteText(result)]),
    ],
  }
}

const quiet = (text: string): Block => ({ kind: 'text', text, tone: 'quiet' })

const headline = (violated: readonly Judged[], isOpen: boolean): string =>
  violated.length === 0
    ? isOpen
      ? 'Nothing is violated as far as it could be judged'
      : 'Nothing is violated'
    : `Violated: ${violated.map(({ label, name }) => `${label} ${name}`).join(', ')}`

/** Groups of lines, the first of each above the others; nothing when there are none and nothing is said of that. */
const section = (title: string, groups: readonly (readonly string[])[], none = ''): readonly Block[] => {
  const blocks = groups.flatMap(([first, ...items]): readonly Block[] =>
    first === undefined
      ? []
      : [
          { kind: 'text', text: first, tone: 'strong' },
          { kind: 'list', items },
        ],
  )
  if (blocks.length === 0 && none === '') return []
  return [{ kind: 'section', title, blocks: blocks.length === 0 ? [quiet(none)] : blocks }]
}

const verdictRow = (judged: Judged): readonly ReportCell[] => {
  const { label, name, sentence, source, verdict, expected, findings, told, arose } = judged
  const remedy = remedyText(judged)
  const more = findings.length - MOST_FINDINGS
  const situation = arose === undefined ? '' : `, its situation ${arose ? 'arose' : 'did not arise'}`
  const lines = [
    ...findings
      .slice(0, MOST_FINDINGS)
      .map((finding) => `${finding.expected ? 'expected: ' : ''}${findingText(finding)}`),
    ...(more > 0 ? [`... and ${more} more`] : []),
    ...(verdict === 'clean' ? [`${told} events${situation}`] : []),
    ...(verdict === 'vacuous' ? ['nothing of this kind in the capture'] : []),
    ...(remedy === undefined || expected ? [] : [`What to do: ${remedy}`]),
  ]
  return [
    { lines: [label, name], note: `${sentence} ${source}` },
    { lines: [expected ? 'violated, as expected' : verdict], tone: expected ? 'quiet' : TONES[verdict] },
    { lines, ...(verdict === 'clean' || verdict === 'vacuous' ? { tone: 'quiet' } : {}) },
  ]
}

const TONES = { violated: 'bad', sign: 'sign', undecided: 'sign', clean: 'good', vacuous: 'quiet' } as const
