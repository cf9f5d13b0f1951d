/** Which name in a capture stands for which in a model: members, requests and answers, each found when first met. */
import type { Observed } from './trace.ts'

/** A message that a step of the model sends, as far as a capture can show it. */
export interface Sent {
  readonly type: 'request' | 'response'
  readonly initiator: 'cluster' | 'peer'
  readonly messageId: number
  /** Which content: of the request, also in the answer to it. */
  readonly task: number
  /** Who executed the request, in an answer. */
  readonly by: string
  readonly sender: string
}

/** Names of the capture by those of the model, and the other way round. */
export type Binding = ReadonlyMap<string, string>

/** What a step sends tells an answer that is repeated out of memory from one that is made anew. */
export interface Manner {
  readonly repeats: boolean
}

/**
 * The binding after the model has sent `sent` for `observed`; undefined when they are not the same.
 *
 * Equal bytes are one request, and one answer. Other bytes are another request. An answer may have other bytes and yet
 * the same name in the model where a member executes again what it has forgotten, but not out of a cache.
 */
export const bind = (
  binding: Binding,
  sent: Sent,
  observed: Observed,
  manner: Manner,
): Binding | undefined => {
  const { type, initiator, messageId, task, by, sender } = sent
  if (type !== observed.type || initiator !== observed.initiator || messageId !== observed.messageId)
    return undefined
  if ((sender === 'P') !== (observed.sender === 'peer')) return undefined
  const { station, content } = observed
  const pairs: (readonly [string, string])[] = []
  if (station !== undefined) pairs.push([`station ${station}`, sender], [`member ${sender}`, station])
  if (type === 'request')
    pairs.push([`request ${content}`, `${initiator} ${task}`], [`task ${initiator} ${task}`, content])
  else {
    const answer = `${initiator} ${messageId} ${task} ${by}`
    pairs.push([`answer ${content}`, answer])
    if (manner.repeats || by === 'P') pairs.push([`latest ${answer}`, content])
  }
  for (const [name, value] of pairs) {
    const known = binding.get(name)
    if (known !== undefined && known !== value) return undefined
  }
  const latest = type === 'response' ? `latest ${initiator} ${messageId} ${task} ${by}` : undefined
  const isKnown =
    pairs.every(([name]) => binding.has(name)) && (latest === undefined || binding.get(latest) === content)
  if (isKnown) return binding
  const next = new Map([...binding, ...pairs])
  if (latest !== undefined) next.set(latest, content)
  return next
}

/** The same text for equal bindings. */
export const bindingText = (binding: Binding): string =>
  [...binding]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(';')
