/** How messages of extensions, and their own events, are drawn. */
import type { Depiction } from '../../src/modelling/events.ts'
import { type Defined, type Extended, partsOf } from './extensions.ts'

/** How messages of extensions, and their own events, are drawn. */
export const ownPictures = (constants: Extended): { readonly [kind: string]: (event: object) => Depiction } =>
  Object.fromEntries(
    partsOf(constants).flatMap(({ parts }) => [
      ...Object.keys(parts.messages).flatMap((kind) => picturesOf(kind, parts)),
      ...Object.entries(parts.events),
    ]),
  )

type Drawn = { readonly sender: string; readonly receiver: string; readonly copy: boolean }

const picturesOf = (
  kind: string,
  { messages, texts }: Defined['parts'],
): readonly (readonly [string, (event: object) => Depiction])[] => {
  const names = Object.keys(messages[kind]!.fields)
  const fieldsOf = (e: object): readonly string[] =>
    names.map((name) => `${name} ${(e as Record<string, unknown>)[name]}`)
  const key = (e: object): string => `${kind} ${fieldsOf(e).join(' ')}`
  const text = (e: object): string => texts[kind]?.(e) ?? [kind, ...fieldsOf(e)].join(', ')
  return [
    [
      `${kind}Sent`,
      (e) => {
        const { sender, receiver } = e as Drawn
        return { shape: 'send', lane: sender, to: receiver, message: key(e), text: text(e) }
      },
    ],
    [
      `${kind}Received`,
      (e) => {
        const { receiver, copy } = e as Drawn
        return { shape: 'receive', lane: receiver, message: key(e), ...(copy && { text: 'a copy' }) }
      },
    ],
    [`${kind}Lost`, (e) => ({ shape: 'lose', message: key(e) })],
  ]
}
