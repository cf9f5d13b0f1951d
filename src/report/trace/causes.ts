/** The distinct causes of a violation, and what is said of them. */
import type { Model } from '../../modelling/model.ts'
import type { Way, Ways } from '../../search/causes.ts'
import { replay } from '../../search/engine/path.ts'
import { irreducible } from '../../search/left-out.ts'
import { counted, folded } from '../text/columns.ts'
import type { Caption } from './caption.ts'
import { propertyText } from './caption.ts'
import { insightOf } from './insight.ts'
import { skeletonOf } from './signature.ts'

/** Paths of which the skeleton is made: each is replayed. */
const MOST_REPLAYED = 400

/** One way in which a property fails. */
export interface Cause {
  readonly skeleton: readonly string[]
  /** A shortest path. */
  readonly path: Way['path']
  readonly sentence: string
  /** Violating states for which it accounts. */
  readonly states: number
}

/** All causes that were told apart, shortest first. */
export interface Causes {
  readonly causes: readonly Cause[]
  readonly states: number
  /** Violating states of which no cause was made out: there were too many ways. */
  readonly unexplained: number
  readonly complete: boolean
}

/** Joins ways that have one skeleton. */
export const causesOf = (model: Model, found: Ways, captionOf: (path: Way['path']) => Caption): Causes => {
  const causes = new Map<string, { -readonly [K in keyof Cause]: Cause[K] }>()
  const replayed = found.ways.slice(0, MOST_REPLAYED)
  for (const { path, states } of replayed) {
    const trace = replay(model, path)
    const caption = captionOf(path)
    const insight = insightOf(trace, caption)
    const property = model.properties.find(({ name }) => name === caption.property)
    // That nothing can follow which makes a property true is not shown by a trace alone.
    const least = property?.kind === 'alwaysPossible' ? trace : irreducible(trace, caption.property)
    const skeleton = skeletonOf(least, insightOf(least, caption))
    const known = causes.get(skeleton.join(' '))
    if (known) known.states += states
    else causes.set(skeleton.join(' '), { skeleton, path, states, sentence: insight.sentence.text })
  }
  const rest = found.ways.slice(MOST_REPLAYED).reduce((sum, { states }) => sum + states, 0)
  return {
    causes: [...causes.values()].sort((a, b) => a.path.length - b.path.length),
    states: found.states,
    unexplained: found.unsorted + rest,
    complete: found.complete,
  }
}

const plural = (n: number, one: string): string => `${n.toLocaleString('en-US')} ${one}${n === 1 ? '' : 's'}`

/** Writes up to `most` causes of one property, for so many columns. Ends in a newline. */
export const causesText = (
  { causes, states, unexplained, complete }: Causes,
  captionFor: (path: Way['path']) => Caption,
  { most, columns }: { readonly most: number; readonly columns: number },
): string => {
  const shown = causes.slice(0, most)
  const caption = captionFor(shown[0]?.path ?? [])
  const head = `${propertyText(caption)}, ${caption.focus}: ${plural(causes.length, 'distinct cause')} in ${plural(states, 'violating state')}${shown.length < causes.length ? `, of which the first ${shown.length}` : ''}`
  const notes = [
    ...(complete ? [] : ['The search was cut: there may be more causes, and more states of each.']),
    ...(unexplained > 0
      ? [
          `Of ${plural(unexplained, 'violating state')} no cause was made out: they are too many; there may be more causes.`,
        ]
      : []),
  ]
  const rows = shown.flatMap(({ skeleton, path, sentence, states }, i) => [
    '',
    `${i + 1}  ${plural(path.length - 1, 'step')}, ${plural(states, 'violating state')}`,
    ...[sentence, skeleton.join(', ')]
      .flatMap((text) => folded(text, columns - 3))
      .map((line) => `   ${line}`),
    `   clustercheck replay ${captionFor(path).token}`,
  ])
  return `${[...folded(head, columns), ...rows, ...notes.flatMap((note) => ['', ...folded(note, columns)])].join('\n')}\n`
}

/** Writes the causes among what the searches of a swarm found of one property, each with a trace. Ends in a newline. */
export const swarmText = (
  { causes, states }: Causes,
  captionFor: (path: Way['path']) => Caption,
  { searches, columns }: { readonly searches: number; readonly columns: number },
): string => {
  const caption = captionFor(causes[0]!.path)
  const head = `${propertyText(caption)}, ${caption.focus}: ${plural(causes.length, 'distinct cause')} in ${plural(states, 'different trace')} of ${counted(searches, 'search', 'searches')}`
  const rows = causes.flatMap(({ skeleton, path, sentence }, i) => [
    '',
    `${i + 1}  ${plural(path.length - 1, 'step')}`,
    ...[sentence, skeleton.join(', ')]
      .flatMap((text) => folded(text, columns - 3))
      .map((line) => `   ${line}`),
    `   clustercheck replay ${captionFor(path).token}`,
  ])
  return `${[...folded(head, columns), ...rows].join('\n')}\n`
}
