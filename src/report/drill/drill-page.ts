/** The page of a drill: one HTML file. The lanes of the model beside those of the wire, and why the verdict is what it is. */

import type { Trace } from '../../search/engine/path.ts'
import { pageText } from '../page/trace-page.ts'
import { altTextOf } from '../pictures/alt-text.ts'
import { LOOK, lanesDot } from '../pictures/lanes.ts'
import { svgOf, xmlText } from '../pictures/render.ts'
import { THEMES } from '../pictures/theme.ts'
import type { Caption } from '../trace/caption.ts'
import type { Drilled } from './drilled.ts'
import { wireStory } from './wire-story.ts'

/** Writes the page. */
export const drillPage = async (drilled: Drilled): Promise<string> => {
  const { caption, sentence, judgement, driven, trace, plan, seconds } = drilled
  const story = driven && wireStory({ ...drilled, driven })
  const facts = [
    ['scheme', caption.scheme],
    ['property', caption.label],
    ...(driven ? [['gateways', driven.gateways] as const] : []),
    ['time', `${seconds.toFixed(1)} s`],
    ['replay', `clustercheck replay ${caption.token}`],
  ] as const
  const list = (texts: readonly string[]): string =>
    `<ul>${texts.map((text) => `<li>${xmlText(text)}</li>`).join('')}</ul>`
  const body = `<style>${STYLE}</style>
<h1>${xmlText(caption.label)} of ${xmlText(caption.scheme)}: ${judgement.verdict}</h1>
${list(judgement.because)}
<dl>${facts.map(([what, which]) => `<dt>${what}</dt><dd><code>${xmlText(which)}</code></dd>`).join('')}</dl>
<div class="pair">
<section><h2>In the model: ${xmlText(sentence)}</h2>${await figures('model', trace, caption)}</section>
${story ? `<section><h2>On the wire</h2>${await figures('wire', story.trace, story.caption)}</section>` : ''}
</div>
${driven && driven.notes.length > 0 ? `<h2>Done in another way</h2>${list(driven.notes)}` : ''}
${plan.gaps.length > 0 ? `<h2>What cannot be driven</h2>${list(plan.gaps.map(({ step, action, reason }) => `step ${step}, ${action}: ${reason}`))}` : ''}`
  return pageText(`${caption.label}, ${caption.scheme}: drill`, body, {
    kind: judgement.verdict === 'reproduced' ? '' : 'good',
  })
}

/** The picture for light and for dark; names are one of a kind on the page. */
const figures = async (name: string, trace: Trace, caption: Caption): Promise<string> => {
  const all: string[] = []
  for (const theme of THEMES) {
    const svg = await svgOf(lanesDot(trace, caption, { ...LOOK, theme }), { alt: altTextOf(trace, caption) })
    const own = `${name}-${theme}-`
    const picture = svg.slice(svg.indexOf('<svg')).replaceAll(
      / (id|aria-labelledby|aria-describedby)="([^"]*)"/g,
      (_, key, names: string) =>
        ` ${key}="${names
          .split(' ')
          .map((one) => own + one)
          .join(' ')}"`,
    )
    all.push(`<figure class="${theme}">${picture}</figure>`)
  }
  return all.join('\n')
}

const STYLE = `
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.25rem; align-items: start; }
.pair figure { max-height: none; } .pair figure svg { min-width: 34rem; }
@media (max-width: 60rem) { .pair { grid-template-columns: minmax(0, 1fr); } }
figure.dark { display: none; }
@media (prefers-color-scheme: dark) { figure.dark { display: block; } figure.light { display: none; } }
`
