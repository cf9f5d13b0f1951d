/** The page of a trace: the explorer on the states of one walk, with what it shows. */
import { type Caption, headline, provenance, replayCommand } from '../../report/trace/caption.ts'
import { insightOf } from '../../report/trace/insight.ts'
import type { Trace } from '../../search/engine/path.ts'
import { graphAlong } from '../graph-of.ts'
import type { PageData } from '../page-data.ts'
import type { TraceAbout } from '../protocol.ts'

/** Makes the page; `links`: to pages beside it. */
export const tracePage = (
  version: string,
  trace: Trace,
  caption: Caption,
  links: TraceAbout['links'] = [],
): PageData => {
  const { sentence, clash, parts } = insightOf(trace, caption)
  const { scheme, focus = '', label, scope = '', source, token, verdict } = caption
  return {
    graph: {
      version,
      note: '',
      opened: {
        place: { target: scheme, focus, label },
        path: trace.path,
        searches: [],
        about: scope,
        changed: false,
      },
      token: token.slice(0, token.lastIndexOf(':') + 1),
      about: {
        sentence: sentence.text,
        headline: `${headline(trace, caption)}. ${caption.sentence ?? ''}`.trim(),
        good: verdict !== 'violated',
        facts: [
          ...provenance(caption),
          ...(source === undefined ? [] : [['source', source] as const]),
          ['replay', replayCommand(caption)],
        ],
        parts,
        clash,
        links,
      },
      ...graphAlong(trace),
    },
  }
}
