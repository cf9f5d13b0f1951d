/** Events of a walk as they are drawn, and what an event of a further step touches. */
import type { Happening } from '../report/trace/happenings.ts'
import type { EventRef, EventView, Touch } from './protocol.ts'

/** What an event of a further step touches. */
export const touchOf = (happening: Happening): Touch => {
  switch (happening.shape) {
    case 'receive': {
      const { lane, message, again } = happening
      return { does: again ? 'copy' : 'deliver', lane, message }
    }
    case 'lose':
      return { does: 'lose', lane: happening.sent?.lane ?? '', message: happening.message }
    case 'send':
      return { does: 'send', lane: happening.lane, message: happening.message }
    default:
      return { does: 'mark', lane: happening.lane }
  }
}

/** The events of a walk as they are drawn. */
export const eventsOf = (story: readonly (readonly Happening[])[]): readonly (readonly EventView[])[] => {
  const places = new Map<Happening, EventRef>()
  story.forEach((row, step) => {
    row.forEach((happening, index) => void places.set(happening, { step, index }))
  })
  return story.map((row) => row.map((happening) => eventOf(happening, places)))
}

const eventOf = (happening: Happening, places: ReadonlyMap<Happening, EventRef>): EventView => {
  const place = (of: Happening | undefined) => {
    const sent = of && places.get(of)
    return sent ? { sent } : {}
  }
  const { shape } = happening
  switch (happening.shape) {
    case 'send': {
      const { lane, to, message, text, fate } = happening
      return { shape, lane, to, message, text, fate }
    }
    case 'receive': {
      const { lane, message, again, note = '', sent } = happening
      return { shape, lane, message, again, text: note, ...place(sent) }
    }
    case 'lose': {
      const { message, copy, sent } = happening
      return { shape, message, again: copy, text: sent?.text ?? message, ...place(sent) }
    }
    case 'pass': {
      const { lane, to, text } = happening
      return { shape, lane, to, text }
    }
    default: {
      const { lane, text, grave } = happening
      return { shape, lane, text, grave }
    }
  }
}
