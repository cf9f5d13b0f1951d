/**
 * A model whose state also has what an observer remembers, and what was seen of the last step: the packed search then
 * finds the graph of what is seen. What is seen of one step is a word of texts, and words are numbered as they are met.
 */
import type { Action } from '../../modelling/action.ts'
import { ModelFault } from '../../modelling/fault.ts'
import type { Model } from '../../modelling/model.ts'
import type { Observer } from '../../modelling/observer.ts'
import { type AlwaysPossible, alwaysPossible } from '../../modelling/property.ts'
import { range, record } from '../../modelling/schema.ts'
import { textOf } from '../../state/plain/sights.ts'

/** Words that one comparison tells apart, one less. */
const LAST_WORD = 2 ** 16 - 1

/** Numbered texts and words; those of a model and of its specification are the same. Word 0 is empty. */
export class Words {
  readonly texts: string[] = []
  /** The numbers of the texts of each word. */
  readonly words: (readonly number[])[] = [[]]
  readonly #texts = new Map<string, number>()
  readonly #longer = new Map<number, number>()

  textNumber(text: string): number {
    const known = this.#texts.get(text) ?? this.texts.length
    if (known === this.texts.length) {
      this.#texts.set(text, known)
      this.texts.push(text)
    }
    return known
  }

  /** The word with one text more. Throws `ModelFault`. */
  longer(word: number, text: string): number {
    const last = this.textNumber(text)
    const key = last * (LAST_WORD + 1) + word
    const known = this.#longer.get(key) ?? this.words.length
    if (known > LAST_WORD)
      throw new ModelFault({
        problem: `More than ${LAST_WORD} different sequences of texts are seen in single steps.`,
        hint: 'name contents in the order in which they appear, and forget names that are not needed any more',
      })
    if (known === this.words.length) {
      this.#longer.set(key, known)
      this.words.push([...this.words[word]!, last])
    }
    return known
  }
}

/** A model as it is seen. */
export interface Observed {
  readonly model: Model
  /** The variable that holds the word of the last step. */
  readonly variable: string
}

type Emit = Readonly<Record<string, (event: object) => void>>
type Own = { word: number; readonly memory: object }

/** Steps are kept for properties over the graph only. */
const KEPT: AlwaysPossible = alwaysPossible('Kept', { holds: () => true })

/** The model with what an observer sees; `property` is the name that faults have. */
export const observed = (model: Model, property: string, observer: Observer, words: Words): Observed => {
  let field = 'seen'
  while (field in model.state.fields) field += 'Too'
  const kinds = model.events?.kinds ?? []
  const watched = ({ effect, ...action }: Action): Action => ({
    ...action,
    effect(d, choice) {
      const own = (d as Record<string, Own>)[field]!
      own.word = 0
      const emit: Record<string, Emit[string]> = {}
      for (const kind of kinds)
        emit[kind] = (event) => {
          const look = observer.on[kind]
          const text = textOf(property, kind, look?.(own.memory, event))
          if (text !== undefined) own.word = words.longer(own.word, text)
        }
      return effect(d, choice, emit)
    },
  })
  const own = record({ word: range(0, LAST_WORD), memory: observer.memory })
  return {
    model: {
      kind: 'model',
      name: model.name,
      state: record({ ...model.state.fields, [field]: own }),
      ...(model.events && { events: model.events }),
      initial: model.initial.map(watched),
      actions: model.actions.map(watched),
      properties: [KEPT],
    },
    variable: `${field}.word`,
  }
}
