/** What effects tell and listeners say of it: noted while an effect runs, compared as text, and put into words. */
import type { Model } from '../../../modelling/model.ts'
import { shownBy } from '../../../state/strict-views.ts'

/** Notes an event: its kind and what it carries, as text. */
export const tellEvent = (said: unknown[], kind: number, event: unknown): void => {
  said.push('event', kind, contentText(event))
}

const contentText = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value)
  // A view of a message is known by what it was made of.
  if (
    shownBy(value) !== undefined ||
    (Object.getPrototypeOf(value) !== Object.prototype && !Array.isArray(value))
  )
    return 'a value'
  // Its prototype has nothing to list. This runs for each event of each effect that is learnt.
  const fields = value as Readonly<Record<string, unknown>>
  let text = ''
  for (const name in fields) text += `${text === '' ? '' : ', '}${name}: ${contentText(fields[name])}`
  return `{${text}}`
}

/** What an effect told, in words: the events and what listeners said of them. */
export const toldText = (model: Model, said: readonly unknown[]): string => {
  const kinds = model.events?.kinds ?? []
  const parts: string[] = []
  for (let i = 0; i < said.length; i++) {
    const word = said[i]
    if (word === 'event') {
      parts.push(`${kinds[said[i + 1] as number]} ${String(said[i + 2])}`)
      i += 2
    } else if (word === 'violated' || word === 'arose') {
      const { name } = model.properties[said[i + 1] as number]!
      parts.push(word === 'violated' ? `${name} violated` : `the situation of ${name}`)
      i += 1
    } else {
      parts.push(`${model.properties[word as number]?.name ?? ''} reads ${String(said[i + 1])}`)
      i += 1
    }
  }
  return parts.length === 0 ? 'no event' : `the events ${parts.join(', ')}`
}
