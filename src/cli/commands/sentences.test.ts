/** Tests of what is said of the committed counterexamples: the sentences are true of the traces, and so is the core. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { WireEvents } from '../../../model/wire/pictures.ts'
import { insightOf } from '../../report/trace/insight.ts'
import { shows, type Trace } from '../../search/engine/path.ts'
import { without } from '../../search/left-out.ts'
import { tracedBy } from '../targets/traced.ts'

const README = readFileSync(join(import.meta.dirname, '../../../counterexamples/README.md'), 'utf8')
const cells = README.split('\n').flatMap((line) => {
  const [, file, token] = /\[txt\]\(([^)]+)\.txt\).*`(cc1:[^`]+)`/.exec(line) ?? []
  return file !== undefined && token !== undefined ? [{ file, token }] : []
})

type Ike = WireEvents['ikeSent']
type Packet = WireEvents['espSent']
type Arrival = WireEvents['espArrived']

/** What must be so of the two events that clash, without regard to how the property says it. */
const CLASHES: Readonly<Record<string, (a: never, b: never) => boolean>> = {
  'MID-1': (a: Ike, b: Ike) =>
    a.type === 'request' &&
    b.type === 'request' &&
    a.initiator === b.initiator &&
    a.messageId === b.messageId &&
    (a.exchange !== b.exchange || a.task !== b.task),
  'MID-2': (a: Ike, b: Ike) =>
    a.type === 'response' &&
    b.type === 'response' &&
    a.initiator === b.initiator &&
    a.messageId === b.messageId,
  'SEQ-1': (a: Packet, b: Packet) =>
    a.sa === b.sa && a.sequenceNumber === b.sequenceNumber && b.sender !== 'P',
  'IV-1': (a: Packet, b: Packet) => a.sa === b.sa && a.iv === b.iv && a.ivPrefix === b.ivPrefix,
  'RPL-1': (a: Arrival, b: Arrival) =>
    a.sa === b.sa &&
    a.sequenceNumber === b.sequenceNumber &&
    a.outcome === 'accepted' &&
    b.outcome === 'accepted',
  'SPI-1': (a: WireEvents['spiAssigned'], b: WireEvents['spiAssigned']) =>
    a.kind === b.kind && a.value === b.value,
}

/** Two events of one kind in a list, first and last. */
const clashing = (events: readonly { readonly kind: string; readonly event: object }[], kind: string) => {
  const same = events.filter((e) => e.kind === kind)
  return [same.at(0)?.event, same.at(-1)?.event]
}
const KIND: Readonly<Record<string, string>> = {
  'MID-1': 'ikeSent',
  'MID-2': 'ikeSent',
  'SEQ-1': 'espSent',
  'IV-1': 'espSent',
  'RPL-1': 'espArrived',
  'SPI-1': 'spiAssigned',
}

const holdsTrue = (trace: Trace, label: string, events: Parameters<typeof clashing>[0]): void => {
  const test = CLASHES[label]
  if (!test) return
  const named = clashing(events, KIND[label]!)
  const [first, last] = label === 'SPI-1' ? named.toReversed() : named
  expect(first).not.toBe(last)
  expect(test(first as never, last as never), trace.path.join('.')).toBe(true)
}

describe('every violated cell', () => {
  it('is among these', () => expect(cells.length).toBeGreaterThan(200))

  it.each(cells)('$file says what is true of its trace', async ({ token }) => {
    const { trace, caption } = await tracedBy(token)
    const { sentence, clash, parts } = insightOf(trace, caption)
    const property = trace.model.properties.find(({ name }) => name === caption.property)!
    // A sentence of its own, not the one that fits every property.
    expect(sentence.text).not.toContain(caption.property)
    expect(sentence.text).toMatch(/^[A-Z].*\.$/)
    expect(sentence.text).not.toMatch(/undefined|NaN|\bnone\b.*none|\[object/)

    const end = trace.steps.length - 1
    const named = [...sentence.text.matchAll(/\bstep (\d+)/g)].map(([, step]) => Number(step))
    const spoken = sentence.events.map(({ step }) => step)
    for (const step of named) expect([...spoken, end]).toContain(step)
    for (const step of spoken) expect(named).toContain(step)
    for (const { step, index, kind, event } of sentence.events)
      expect(trace.steps[step]!.events[index]).toEqual({ kind, event })
    if (property.kind === 'monitor') expect(clash.some(({ step }) => step === end)).toBe(true)
    holdsTrue(trace, caption.label, sentence.events)

    // Parties and numbers of the sentence are those of the events.
    const said = JSON.stringify(sentence.events)
    if (property.kind === 'monitor')
      for (const [, member] of sentence.text.matchAll(/\bmember ([ABC])\b/gi))
        expect(said).toContain(`"${member}"`)

    // A shortest trace has no step to spare: what could be left out of it would make a shorter one.
    if (property.kind !== 'monitor' && property.kind !== 'always') return
    const core = without(trace, (step) => parts[step] !== 'outside')
    if (core) expect(shows(core, property.name)).toBe(true)
    if (core) expect(core.steps).toHaveLength(trace.steps.length)
  })
})
