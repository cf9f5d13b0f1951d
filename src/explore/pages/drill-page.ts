/** The page of a drill: the lanes of the model beside those of the wire, and why the verdict is what it is. */
import type { Drilled } from '../../report/drill/drilled.ts'
import { wireStory } from '../../report/drill/wire-story.ts'
import type { Block, ReportView } from '../report-view.ts'
import { storyBlock } from './story-view.ts'

export const drillPage = (drilled: Drilled): ReportView => {
  const { caption, sentence, judgement, driven, trace, plan, seconds } = drilled
  const story = driven && wireStory({ ...drilled, driven })
  const section = (title: string, ...blocks: readonly Block[]): Block => ({ kind: 'section', title, blocks })
  const listed = (title: string, items: readonly string[]): readonly Block[] =>
    items.length === 0 ? [] : [section(title, { kind: 'list', items })]
  return {
    title: `${caption.label} of ${caption.scheme}: ${judgement.verdict}`,
    good: judgement.verdict !== 'reproduced',
    blocks: [
      { kind: 'list', items: judgement.because },
      {
        kind: 'facts',
        facts: [
          ['scheme', caption.scheme],
          ['property', caption.label],
          ...(driven ? [['gateways', driven.gateways] as const] : []),
          ['time', `${seconds.toFixed(1)} s`],
          ['replay', `clustercheck replay ${caption.token}`],
        ],
      },
      {
        kind: 'beside',
        blocks: [
          section(`In the model: ${sentence}`, storyBlock(trace, caption)),
          ...(story ? [section('On the wire', storyBlock(story.trace, story.caption))] : []),
        ],
      },
      ...listed('Done in another way', driven?.notes ?? []),
      ...listed(
        'What cannot be driven',
        plan.gaps.map(({ step, action, reason }) => `step ${step}, ${action}: ${reason}`),
      ),
    ],
  }
}
