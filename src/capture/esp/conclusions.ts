/** What is only known of a child SA when no more packets of it come: at the end, or when it is forgotten. */
import type { Scene } from '../evidence/context.ts'
import type { Moment } from '../evidence/findings.ts'
import { type ChildState, HALF } from './child-sa.ts'
import { doubtSingles } from './doubts.ts'
import { conclude } from './relations.ts'

/** Judges what had to wait for the last packet. */
export const concludeSa = (scene: Scene, state: ChildState): void => {
  doubtSingles(state)
  for (const relation of state.relations) if (relation.later === state) conclude(relation, scene)
  if (state.protocol === 'ESP' && state.listening.forgotten('IV-1') > 0) {
    const { counterMode, text } = state.ivs.evidence()
    if (counterMode !== 'against')
      scene.findings.add(
        'IV-1',
        state.name,
        state.last,
        () => ({
          text: `of ${state.listening.forgotten('IV-1')} packets the IVs had to be forgotten: whether they are used again is not known (${text})`,
          certainty: 'undecided',
          story: [],
        }),
        'forgotten',
      )
  }
}

/** Notes an SA that ends with the last number that is not extended; `end`: when the capture ends. */
export const noteLastNumber = (scene: Scene, state: ChildState, end: Moment): void => {
  if (state.highest % HALF === HALF - 1)
    scene.note(
      state.last,
      `${state.name} sends ${state.highest}, the last number that 32 bits hold` +
        (end.time > state.last.time
          ? `, and is silent for ${(end.time - state.last.time).toFixed(1)} s until the capture ends`
          : ''),
    )
}
