/** The violations of a capture, as they are shown: frames in lanes. */

import { eventsOf } from '../../explore/events.ts'
import type { StoryView } from '../../explore/protocol.ts'
import { stories } from '../../report/captures/capture-story.ts'
import { happeningsOf } from '../../report/trace/happenings.ts'
import { insightOf } from '../../report/trace/insight.ts'
import { judged } from '../results/judge-capture.ts'

/** Judges a capture. Throws `UsageError`. */
export const storiesOf = async (file: string): Promise<readonly StoryView[]> => {
  const result = await judged(file, { ikePorts: [], window: 64, keys: new Map() })
  return stories(file, result).map(({ trace, caption }) => {
    const events = eventsOf(happeningsOf(trace))
    return {
      title: `${caption.label} ${caption.property}`,
      sentence: insightOf(trace, caption).sentence.text,
      lanes: trace.model.events?.lanes ?? [],
      steps: trace.steps.map(({ instance, violated }, i) => ({
        text: instance.text,
        actor: '',
        events: events[i]!,
        changes: [],
        memory: [],
        violates: violated.size > 0 ? [caption.label] : [],
        says: [],
      })),
    }
  })
}
