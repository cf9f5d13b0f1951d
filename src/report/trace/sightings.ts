/** What a trace shows of a property of all that is seen, in words. */

import { NOTHING_SAID, type Sentence, said, type TraceEvent } from '../../modelling/explanation.ts'
import type { Refines } from '../../modelling/property.ts'
import { lostIn, type Sighting, seenIn } from '../../search/engine/observing.ts'
import type { Trace } from '../../search/engine/path.ts'

/** Sightings before the last one that are named, and texts that would have been allowed. */
const MOST_NAMED = 4
const MOST_ALLOWED = 6

/** The longest part of what is seen that the specification allows, what is seen then, and what it would allow instead. */
export const sightingsText = (
  trace: Trace,
  p: Refines,
  text: string,
  eventAt: (place: Sighting) => TraceEvent,
): Sentence | undefined => {
  const { sightings, refused, allowed } = seenIn(trace.steps, p)
  if (!refused) return lostText(trace, p, text)
  const last = sightings.at(-1)!
  const before = sightings.slice(0, -1)
  const named = before.slice(-MOST_NAMED)
  const left = before.length - named.length
  const one = (sighting: Sighting): Sentence => said`${sighting.text} at ${eventAt(sighting)}`
  const listed = named.reduce(
    (list, sighting, i) => (i === 0 ? one(sighting) : said`${list}, ${one(sighting)}`),
    NOTHING_SAID,
  )
  const specification = p.specification.name
  const instead =
    allowed.length === 0
      ? 'would show nothing more'
      : `would show ${orList(allowed.slice(0, MOST_ALLOWED))}${allowed.length > MOST_ALLOWED ? ` or one of ${allowed.length - MOST_ALLOWED} others` : ''}`
  if (before.length === 0)
    return said`${text}: what is seen first is ${one(last)}; ${specification} ${instead}.`
  return said`${text}: seen are ${left > 0 ? `${left} others, then ` : ''}${listed}; then ${one(last)}, where ${specification} ${instead}.`
}

/** What cannot be seen any more at the end of a trace, and could of the specification, wherever that is then. */
const lostText = (trace: Trace, p: Refines, text: string): Sentence | undefined => {
  if (!p.goals) return undefined
  const lost = lostIn(trace, p)
  const end = trace.steps.length - 1
  const where = end === 0 ? 'from the initial state on' : `after step ${end}`
  const what = lost && lost.length > 0 ? orList(lost.slice(0, MOST_ALLOWED)) : 'some goal'
  return said`${text}: ${where} nothing that follows ever shows ${what}, which ${p.specification.name} still could show.`
}

const orList = (texts: readonly string[]): string =>
  texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)!}`
