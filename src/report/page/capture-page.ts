/**
 * The page of a capture: one HTML file that needs no server and no network. What was found and what to do, the lanes
 * around each violation, sequence numbers over time, takeovers and outages, and how much of the capture was read.
 */
import type { ChildSa } from '../../capture/esp/child-sa.ts'
import type { Series } from '../../capture/plot-points.ts'
import type { CaptureResult, Judged } from '../../capture/result.ts'
import { type CaptureStory, remedyText, stories } from '../captures/capture-story.ts'
import {
  clearText,
  clusterText,
  findingText,
  headText,
  noteText,
  sasText,
  takeoverText,
  unreadText,
} from '../captures/capture-text.ts'
import { altTextOf } from '../pictures/alt-text.ts'
import { LOOK, lanesDot } from '../pictures/lanes.ts'
import { svgOf, xmlText } from '../pictures/render.ts'
import { THEMES } from '../pictures/theme.ts'
import { insightOf } from '../trace/insight.ts'
import { PLOT_STYLE, sequencePlot } from './sequence-plot.ts'
import { pageText } from './trace-page.ts'

/** SAs that are plotted; those with findings first. */
const MOST_PLOTS = 12
/** Findings of one property that are listed. */
const MOST_FINDINGS = 50

/** Writes the page; `series` is what was sent, by SA and member. */
export const capturePage = async (
  file: string,
  result: CaptureResult,
  series: readonly Series[],
): Promise<string> => {
  const told = stories(file, result)
  const drawn: string[] = []
  for (const story of told) drawn.push(await storySection(story))
  const [head = '', ...facts] = headText(result)
  const violated = result.verdicts.filter(({ verdict, expected }) => verdict === 'violated' && !expected)
  const isOpen =
    unreadText(result) !== undefined || result.verdicts.some(({ verdict }) => verdict === 'undecided')
  const body = `<h1>${xmlText(headline(violated, isOpen))}</h1>
<p><code>${xmlText(file)}</code>: ${xmlText(head)}</p>
${list([...facts, ...clusterText(result)], 'facts')}
<h2>Verdicts</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Verdicts"><table class="verdicts"><thead><tr><th>property</th><th>verdict</th><th>what was found</th></tr></thead><tbody>
${result.verdicts.map(verdictRow).join('\n')}
</tbody></table></div>
${drawn.join('\n')}
${plotSection(result, series)}
${section(
  'Takeovers and outages',
  result.takeovers.map((takeover) => takeoverText(takeover, result)),
  'No takeover shows.',
)}
${section(
  'Security associations',
  [['Child SAs and IKE SAs, in the order of their first packets', ...sasText(result)]].filter(
    (lines) => lines.length > 1,
  ),
)}
${section('In clear from gateway to gateway', [clearText(result)])}
${section('Notes', [noteText(result)])}`
  return pageText(`${file}: capture judged`, `<style>${PLOT_STYLE}${STYLE}</style>\n${body}`, {
    kind: violated.length > 0 || isOpen ? '' : 'good',
  })
}

const headline = (violated: readonly Judged[], isOpen: boolean): string =>
  violated.length === 0
    ? isOpen
      ? 'Nothing is violated as far as it could be judged'
      : 'Nothing is violated'
    : `Violated: ${violated.map(({ label, name }) => `${label} ${name}`).join(', ')}`

const list = (lines: readonly string[], kind = ''): string =>
  lines.length === 0
    ? ''
    : `<ul${kind === '' ? '' : ` class="${kind}"`}>${lines.map((line) => `<li>${xmlText(line)}</li>`).join('')}</ul>`

/** Groups of lines, the first of each above the others; nothing when there are none and nothing is said of that. */
const section = (title: string, groups: readonly (readonly string[])[], none = ''): string => {
  const full = groups.filter((lines) => lines.length > 0)
  if (full.length === 0 && none === '') return ''
  const content = full.map(([first, ...rest]) => `<p><strong>${xmlText(first!)}</strong></p>${list(rest)}`)
  return `<h2>${xmlText(title)}</h2>\n${content.join('\n') || `<p class="quiet">${xmlText(none)}</p>`}`
}

const verdictRow = (judged: Judged): string => {
  const { label, name, sentence, source, verdict, expected, findings, told, arose } = judged
  const remedy = remedyText(judged)
  const listed = findings.slice(0, MOST_FINDINGS)
  const said = [
    ...listed.map(
      (finding) => `<p>${finding.expected ? 'expected: ' : ''}${xmlText(findingText(finding))}</p>`,
    ),
    ...(findings.length > listed.length ? [`<p>... and ${findings.length - listed.length} more</p>`] : []),
    ...(verdict === 'clean'
      ? [
          `<p class="quiet">${told} events${arose === undefined ? '' : arose ? ', its situation arose' : ', its situation did not arise'}</p>`,
        ]
      : []),
    ...(verdict === 'vacuous' ? ['<p class="quiet">nothing of this kind in the capture</p>'] : []),
    ...(remedy === undefined || expected ? [] : [`<p><strong>What to do:</strong> ${xmlText(remedy)}</p>`]),
  ]
  const word = expected ? 'violated, as expected' : verdict
  return `<tr><th scope="row" title="${xmlText(`${sentence} ${source}`)}">${xmlText(label)}<br><span class="quiet">${xmlText(name)}</span></th><td class="is-${verdict}${expected ? ' expected' : ''}">${word}</td><td>${said.join('')}</td></tr>`
}

const storySection = async ({ trace, caption }: CaptureStory): Promise<string> => {
  const figures: string[] = []
  for (const theme of THEMES) {
    const svg = await svgOf(lanesDot(trace, caption, { ...LOOK, theme }), { alt: altTextOf(trace, caption) })
    // The two pictures are the same for a reader, and names must be one of a kind on a page.
    const own = `${caption.label}-${theme}-`.replaceAll(/[^\w-]/g, '')
    const picture = svg.slice(svg.indexOf('<svg')).replaceAll(
      / (id|aria-labelledby|aria-describedby)="([^"]*)"/g,
      (_, key, names: string) =>
        ` ${key}="${names
          .split(' ')
          .map((name) => own + name)
          .join(' ')}"`,
    )
    figures.push(
      `<figure class="${theme}" tabindex="0" role="region" aria-label="${xmlText(`Picture of ${caption.label}`)}">${picture}</figure>`,
    )
  }
  return `<section class="story" id="${xmlText(caption.label)}">
<h2>${xmlText(caption.label)} ${xmlText(caption.property)}: ${xmlText(insightOf(trace, caption).sentence.text)}</h2>
<p>${xmlText(caption.sentence ?? '')} <span class="quiet">${xmlText(caption.source ?? '')}</span></p>
${figures.join('\n')}
</section>`
}

const plotSection = (result: CaptureResult, series: readonly Series[]): string => {
  const groups = new Map<string, Series[]>()
  for (const one of series) {
    const key = `${one.sa} to ${one.target}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const weight = (group: readonly Series[]): number =>
    group.reduce((sum, { reused, packets }) => sum + reused.length * 1e9 + packets, 0)
  const all = [...groups].sort(([, a], [, b]) => weight(b) - weight(a))
  if (all.length === 0) return ''
  const plots = all.slice(0, MOST_PLOTS).map(([name, group]) => {
    const sa = result.childSas.find((one: ChildSa) => one.name.startsWith(name))
    return `<h3>${xmlText(name)}</h3>\n<div class="plot" tabindex="0" role="region" aria-label="${xmlText(`Sequence numbers of ${name}`)}">${sequencePlot(group, sa, result.start)}</div>`
  })
  const more = all.length - plots.length
  return `<h2>Sequence numbers over time</h2>
${plots.join('\n')}${more > 0 ? `\n<p class="quiet">... and ${more} more SAs</p>` : ''}`
}

const STYLE = `
h3 { font: bold .9rem ui-monospace, Menlo, Consolas, monospace; margin: 1rem 0 .3rem; }
body.good h1 { color: var(--good); } ul.facts { color: var(--quiet); }
table.verdicts { width: 100%; } table.verdicts td:last-child { min-width: 16rem; overflow-wrap: anywhere; }
table.verdicts th { background: var(--panel); } table.verdicts th .quiet { font-weight: normal; font-size: .85em; }
table.verdicts p { margin: 0 0 .3rem; }
td.is-violated { background: var(--tint); color: var(--strong); font-weight: bold; } td.is-violated.expected { color: var(--ink); font-weight: normal; }
td.is-sign, td.is-undecided { background: var(--tint); } td.is-clean { background: var(--goodtint); } td.is-vacuous { color: var(--quiet); }
.story figure { max-height: none; } .story figure svg { min-width: 40rem; max-width: 62rem; }
@media (max-width: 40rem) { table.verdicts, table.verdicts tbody { display: block; } table.verdicts thead { display: none; }
  table.verdicts tr { display: grid; grid-template-columns: 1fr max-content; margin-bottom: .5rem; }
  table.verdicts td:last-child { grid-column: 1 / -1; } }
 figure.dark { display: none; }
@media (prefers-color-scheme: dark) { figure.dark { display: block; } figure.light { display: none; } }
`
