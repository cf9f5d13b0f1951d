/**
 * The wire events of a trace as a story: each receipt and each loss is tied to the send it belongs to.
 * A receipt belongs to the latest send of its message that is still under way, a loss to the earliest;
 * when none is under way they belong to the latest send, which is how a duplicate or a replay looks.
 */
import type { Depiction } from '../modelling/events.ts'
import type { Trace } from '../search/path.ts'

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

/** What happens in each step of a trace, in the order of the events; empty lists for a model without events. */
export const happeningsOf = (trace: Trace): readonly (readonly Happening[])[] => {
  const sends: { -readonly [K in keyof Send]: Send[K] }[] = []
  const tell = (step: number, picture: Depiction): Happening => {
    switch (picture.shape) {
      case 'send': {
        const send = { ...picture, step, fate: 'open' as const }
        sends.push(send)
        return send
      }
      case 'receive': {
        const { lane, message, text } = picture
        const same = sends.filter((send) => send.message === message)
        const sent = same.findLast(({ fate }) => fate === 'open') ?? same.at(-1)
        const again = sent?.fate === 'received'
        if (sent) sent.fate = 'received'
        return {
          shape: 'receive',
          step,
          lane,
          message,
          again,
          ...(text !== undefined && { note: text }),
          ...(sent && { sent }),
        }
      }
      case 'lose': {
        const { message } = picture
        const same = sends.filter((send) => send.message === message)
        const sent = same.find(({ fate }) => fate === 'open') ?? same.at(-1)
        if (sent?.fate === 'open') sent.fate = 'lost'
        return { shape: 'lose', step, message, ...(sent && { sent }) }
      }
      case 'pass':
        return { ...picture, step }
      case 'mark':
        return { ...picture, step, grave: picture.grave ?? false }
    }
  }
  const { events } = trace.model
  return trace.steps.map((step, i) =>
    events ? step.events.map(({ kind, event }) => tell(i, events.depict(kind, event))) : [],
  )
}

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
      const { sent, message } = happening
      return sent ? `${sent.lane} -> X: ${sent.text} is lost` : `X: ${message} is lost`
    }
    case 'pass':
      return `${happening.lane} => ${happening.to}: ${happening.text}`
    case 'mark':
      return `${happening.lane}: ${happening.grave ? happening.text.toUpperCase() : happening.text}`
  }
}
