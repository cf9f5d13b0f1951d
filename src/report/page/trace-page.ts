/**
 * The page of a trace: one HTML file that needs no server and no network. The picture, a slider over the steps, and
 * for each step the state, its changes, what the property said and what else could have been done.
 */
import type { Trace } from '../../search/engine/path.ts'
import { altTextOf } from '../pictures/alt-text.ts'
import { LOOK, type Look, lanesDot } from '../pictures/lanes.ts'
import { svgOf, xmlText } from '../pictures/render.ts'
import { type Caption, headline, provenance, replayCommand } from '../trace/caption.ts'
import { insightOf } from '../trace/insight.ts'
import { SCRIPT } from './page-script.ts'
import { STYLE } from './page-style.ts'
import { traceData } from './trace-data.ts'

/** A link to another page. */
export interface Link {
  readonly text: string
  /** Relative to the page. */
  readonly href: string
}

/** Writes the page of a trace. */
export const tracePage = async (
  trace: Trace,
  caption: Caption,
  { look = LOOK, links = [] }: { readonly look?: Look; readonly links?: readonly Link[] } = {},
): Promise<string> => {
  const svg = await svgOf(lanesDot(trace, caption, look), { alt: altTextOf(trace, caption) })
  const data = traceData(trace, caption, look.unfolded)
  const last = trace.steps.length - 1
  const facts = [
    ...provenance(caption),
    ...(caption.source === undefined ? [] : [['source', caption.source] as const]),
    ['replay', replayCommand(caption)] as const,
  ]
  const body = `<h1>${linked(insightOf(trace, caption).sentence.text, last)}</h1>
<p>${xmlText(headline(trace, caption))}. ${xmlText(caption.sentence ?? '')}</p>
<dl>${facts.map(([what, which]) => `<dt>${xmlText(what)}</dt><dd><code>${xmlText(which)}</code></dd>`).join('')}</dl>
<div class="columns">
<figure class="trace" tabindex="0" role="region" aria-label="Picture of the trace">${svg.slice(svg.indexOf('<svg'))}</figure>
<div>
<div class="controls">
<p><span id="number"></span> <button id="first" type="button" aria-label="First step">|&lt;</button> <button id="previous" type="button" aria-label="Step before">&lt;</button> <button id="next" type="button" aria-label="Next step">&gt;</button> <button id="last" type="button" aria-label="Last step">&gt;|</button> <span class="quiet">or the arrow keys, Home and End</span></p>
<input id="slider" type="range" min="0" max="${last}" value="${last}" aria-label="Step">
</div>
<p id="action"></p><p id="part" class="quiet"></p>
<h2>What happens</h2><ul id="events"></ul>
<h2>What changes</h2><ul id="changes"></ul>
<h2>The property after this step</h2><ul id="conditions"></ul>
<h2>What its monitor notes</h2><ul id="memory"></ul>
<h2>What else could be done after this step</h2><ul id="enabled"></ul>
<h2>The whole state</h2>
<input id="filter" type="search" placeholder="variables whose name holds ..." aria-label="Filter variables">
<table aria-label="Variables"><tbody id="state"></tbody></table>
</div>
</div>
<script id="data" type="application/json">${jsonText(data)}</script>
<script>${SCRIPT}</script>`
  const kind = caption.verdict === 'violated' ? '' : 'good'
  return pageText(`${caption.label}, ${caption.scheme}`, body, { kind, before: linksText(links) })
}

/** A whole page around what it shows; `before`: links to other pages. */
export const pageText = (title: string, body: string, { kind = '', before = '' } = {}): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${xmlText(title)}</title>
<style>${STYLE}</style>
</head>
<body${kind === '' ? '' : ` class="${kind}"`}>
${before}
<main>
${body}
</main>
</body>
</html>
`

const linksText = (links: readonly Link[]): string =>
  links.length === 0
    ? ''
    : `<nav aria-label="Pages">${links.map(({ text, href }) => `<a href="${xmlText(href)}">${xmlText(text)}</a>`).join(' | ')}</nav>`

/** A sentence in which the steps it names lead to them. */
const linked = (sentence: string, last: number): string =>
  xmlText(sentence).replaceAll(/\bstep (\d+)\b/g, (text, step: string) =>
    Number(step) <= last ? `<a href="#step-${step}">${text}</a>` : text,
  )

/** JSON that cannot end the element it stands in. */
const jsonText = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')
