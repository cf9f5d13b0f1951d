/** What the picture of a trace shows, in words: for who cannot see it. */
import type { Trace } from '../../search/engine/path.ts'
import { type Caption, headline } from '../trace/caption.ts'
import { happeningsOf, happeningText } from '../trace/happenings.ts'
import { insightOf } from '../trace/insight.ts'
import type { AltText } from './render.ts'

/** Name and description of the picture of a trace: the sentence, and then step after step. */
export const altTextOf = (trace: Trace, caption: Caption): AltText => {
  const story = happeningsOf(trace)
  const steps = trace.steps.map(({ instance }, i) =>
    [`Step ${i}: ${instance.text}`, ...story[i]!.map(happeningText)].join('; '),
  )
  return {
    title: `${headline(trace, caption)}, ${caption.scheme}`,
    description: [insightOf(trace, caption).sentence.text, ...steps].join('\n'),
  }
}
