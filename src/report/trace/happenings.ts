/**
 * The wire events of a trace as a story: each receipt and each loss is tied to the send it belongs to.
 * Of several sends of one message under way, a loss ends the earliest; a receipt ends the latest, but the earliest
 * when the trace goes on to end them all, so that arrows do not cross. When none is under way they belong to the
 * latest send, which is how a duplicate or a replay looks.
 */
import type { Depiction, Events } from '../../modelling/events.ts'
import { ModelFault, quote } from '../../modelling/fault.ts'
import { printableData } from '../../modelling/printable.ts'
import { isThenable } from '../../modelling/thenable.ts'
import type { Trace } from '../../search/engine/path.ts'
import { asFault } from '../../state/running-faults.ts'

/** A message put on the wire. */
export interface Send {
  readonly shape: 'send'
  readonly step: number
  readonly lane: string
  readonly to: string
  readonly message: string
  readonly text: string
  /** What became of it by the end of the trace; `open` is still under way. */
  readonly fate: 'open' | 'received' | 'lost'
}

/** A message taken from the wire. */
export interface Receipt {
  readonly shape: 'receive'
  readonly step: number
  readonly lane: string
  readonly message: string
  /** What the receiver makes of it. */
  readonly note?: string
  /** Absent when the trace does not show the send. */
  readonly sent?: Send
  /** Whether that send was received before. */
  readonly again: boolean
}

/** A message that the network dropped. */
export interface Loss {
  readonly shape: 'lose'
  readonly step: number
  readonly message: string
  readonly sent?: Send
  /** Whether that send has ended before, so that a duplicate was lost. */
  readonly copy: boolean
}

/** A message sent and received in one step. */
export interface Pass {
  readonly shape: 'pass'
  readonly step: number
  readonly lane: string
  readonly to: string
  readonly text: string
}

/** Something that happens on one lane. */
export interface Mark {
  readonly shape: 'mark'
  readonly step: number
  readonly lane: string
  readonly text: string
  readonly grave: boolean
}

export type Happening = Send | Receipt | Loss | Pass | Mark

type Sending = { -readonly [K in keyof Send]: Send[K] }

/** What happens in each step of a trace, in the order of the events; empty lists for a model without events. */
export const happeningsOf = (trace: Trace): readonly (readonly Happening[])[] =>
  storyOf(trace.steps.map(({ events }) => picturesOf(trace.model, events)))

/** How the events of a step are drawn, as text that can be shown. */
export const picturesOf = (
  { events }: Pick<Trace['model'], 'events'>,
  emitted: readonly { readonly kind: string; readonly event: object }[],
): readonly Depiction[] => (events ? emitted.map(({ kind, event }) => pictureOf(events, kind, event)) : [])

const WITHOUT_TEXT = ['receive', 'lose']
const SHAPES = ['send', 'pass', 'mark', ...WITHOUT_TEXT]

/** Throws `ModelFault`. */
const pictureOf = (events: Events, kind: string, event: object): Depiction => {
  const subject = `The picture of an event ${kind}`
  try {
    const picture: unknown = events.depict(kind, event)
    const { shape, text } = (picture ?? {}) as { shape?: string; text?: unknown }
    if (!SHAPES.includes(shape!) || (typeof text !== 'string' && !WITHOUT_TEXT.includes(shape!)))
      throw new ModelFault({
        problem: isThenable(picture)
          ? `${subject} is asynchronous; it is what the function returns.`
          : `${subject} is ${quote(picture)}; expected a shape (${SHAPES.join(', ')}) with its text.`,
      })
    return printableData(picture) as Depiction
  } catch (cause) {
    throw asFault(cause, subject)
  }
}

/** The same of events that are drawn already. */
export const storyOf = (pictures: readonly (readonly Depiction[])[]): readonly (readonly Happening[])[] => {
  /** Receipts and losses of each message that are still to come. */
  const ahead = new Map<string, number>()
  const count = (message: string, by: number): number => {
    const counted = (ahead.get(message) ?? 0) + by
    ahead.set(message, counted)
    return counted
  }
  for (const picture of pictures.flat()) if (isEnd(picture)) count(picture.message, 1)

  /** By message, in their order: a long trace has many. */
  const sends = new Map<string, Sending[]>()
  const tell = (step: number, picture: Depiction): Happening => {
    if (picture.shape === 'send') {
      const send: Sending = { ...picture, step, fate: 'open' }
      const known = sends.get(picture.message)
      if (known) known.push(send)
      else sends.set(picture.message, [send])
      return send
    }
    if (picture.shape === 'mark') return { ...picture, step, grave: picture.grave ?? false }
    if (picture.shape === 'pass') return { ...picture, step }

    const same = sends.get(picture.message) ?? []
    const open = same.filter(({ fate }) => fate === 'open')
    const endsAll = count(picture.message, -1) + 1 >= open.length
    const sent = (picture.shape === 'lose' || endsAll ? open[0] : open.at(-1)) ?? same.at(-1)
    return picture.shape === 'lose' ? lossOf(picture, step, sent) : receiptOf(picture, step, sent)
  }
  return pictures.map((row, step) => row.map((picture) => tell(step, picture)))
}

const isEnd = (picture: Depiction): picture is Depiction & { readonly shape: 'receive' | 'lose' } =>
  picture.shape === 'receive' || picture.shape === 'lose'

const lossOf = ({ shape, message }: Shape<'lose'>, step: number, sent: Sending | undefined): Loss => {
  const copy = sent !== undefined && sent.fate !== 'open'
  if (sent && !copy) sent.fate = 'lost'
  return { shape, step, message, copy, ...(sent && { sent }) }
}

const receiptOf = (picture: Shape<'receive'>, step: number, sent: Sending | undefined): Receipt => {
  const { shape, lane, message, text } = picture
  const again = sent?.fate === 'received'
  if (sent) sent.fate = 'received'
  return {
    shape,
    step,
    lane,
    message,
    again,
    ...(text !== undefined && { note: text }),
    ...(sent && { sent }),
  }
}

type Shape<S extends Depiction['shape']> = Extract<Depiction, { readonly shape: S }>

/** A happening on one line: `A -> P: ESP 7` is sent, `P <- A: ESP 7` received, `A => P: ESP 7` both at once. */
export const happeningText = (happening: Happening): string => {
  switch (happening.shape) {
    case 'send':
      return `${happening.lane} -> ${happening.to}: ${happening.text}`
    case 'receive': {
      const { lane, sent, message, note, again } = happening
      const what = sent ? `${lane} <- ${sent.lane}: ${sent.text}` : `${lane} <- ?: ${message}`
      return `${what}${again ? ' again' : ''}${note === undefined ? '' : ` (${note})`}`
    }
    case 'lose': {
      const { sent, message, copy } = happening
      return sent
        ? `${sent.lane} -> X: ${sent.text}${copy ? ', a copy,' : ''} is lost`
        : `X: ${message} is lost`
    }
    case 'pass':
      return `${happening.lane} => ${happening.to}: ${happening.text}`
    case 'mark':
      return `${happening.lane}: ${happening.grave ? `*** ${happening.text} ***` : happening.text}`
  }
}
