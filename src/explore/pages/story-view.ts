/** A trace as lanes that cannot be gone on from. */
import type { Caption } from '../../report/trace/caption.ts'
import { happeningsOf } from '../../report/trace/happenings.ts'
import { insightOf } from '../../report/trace/insight.ts'
import type { Trace } from '../../search/engine/path.ts'
import { eventsOf } from '../events.ts'
import type { Block } from '../report-view.ts'
import { titleOf } from '../walks.ts'

export const storyBlock = (trace: Trace, caption: Caption): Block => {
  const { clash, parts } = insightOf(trace, caption)
  const { events } = trace.model
  const story = eventsOf(happeningsOf(trace))
  const isClash = (step: number, index: number): boolean =>
    clash.some((one) => one.step === step && one.index === index)
  return {
    kind: 'lanes',
    story: {
      name: `${caption.label} ${caption.property}`,
      lanes: (events?.lanes ?? []).map((name) => ({ name, title: titleOf(events, name) })),
      steps: trace.steps.map(({ instance, violated }, step) => ({
        text: instance.text,
        actor: '',
        events: story[step]!.map((event, index) => ({ ...event, clash: isClash(step, index) })),
        changes: [],
        memory: [],
        violates: violated.has(caption.property) ? [caption.label] : [],
        says: [],
        part: parts[step]!,
      })),
    },
  }
}
