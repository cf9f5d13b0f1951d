/** What was on the wire of a drill, as a trace: told and drawn in the same lanes as the counterexample. */
import type { Done, Driven } from '../../drill/drive.ts'
import type { FrameKind } from '../../drill/frames.ts'
import type { Seen } from '../../drill/switch.ts'
import { type Depiction, eventsOf } from '../../modelling/events.ts'
import { always } from '../../modelling/property.ts'
import type { record } from '../../modelling/schema.ts'
import type { Trace } from '../../search/engine/path.ts'
import type { StepRecord } from '../../state/plain/recording.ts'
import type { Caption } from '../trace/caption.ts'
import { seenTrace } from '../trace/seen-trace.ts'
import type { Drilled } from './drilled.ts'

/** A story of the wire, ready to be drawn. */
export interface WireStory {
  readonly trace: Trace
  readonly caption: Caption
}

type Events = { readonly seen: { readonly depiction: Depiction } }

/** The story of a drill that was driven. */
export const wireStory = ({
  trace,
  caption,
  driven,
  judgement,
}: Drilled & { readonly driven: Driven }): WireStory => {
  const [sentence = ''] = judgement.because
  const { lanes } = trace.model.events!
  const events = eventsOf<Events>(lanes, { seen: ({ depiction }) => depiction })
  const told = new Teller(lanes)
  let from = 0
  const property = always<ReturnType<typeof record>>('Wire', {
    holds: () => true,
    explain: () => ({ text: sentence, events: [] }),
  })
  const steps = rowsOf(driven.done).map((row) => {
    const depictions = row.flatMap((done) => {
      const seen = driven.log.slice(from, done.log)
      from = done.log
      return [...markOf(done, lanes), ...seen.flatMap((one) => told.depict(one))]
    })
    return {
      text: trace.steps[row[0]!.step]!.instance.text,
      events: depictions.map((depiction) => ({ depiction })),
    }
  })
  return {
    trace: {
      ...seenTrace({ name: 'the wire', action: 'operation', events }, property, steps),
      recorded: { property, steps: steps.map(() => CHAINED) },
    },
    caption: {
      property: 'Wire',
      label: caption.label,
      verdict: judgement.verdict === 'reproduced' ? 'violated' : 'holds',
      headline: `On the wire: ${judgement.verdict}`,
      scheme: caption.scheme,
      token: caption.token,
      origin: [['gateways', driven.gateways]],
      command: `clustercheck drill ${caption.token}`,
    },
  }
}

/** Each step of a drill makes the next possible: none of them is to be drawn as one that plays no part. */
const CHAINED: StepRecord = {
  guardReads: new Set(['wire']),
  effectReads: new Set(),
  writes: new Set(['wire']),
  removed: new Set(),
  memoryReads: new Set(),
  memoryWrites: new Set(),
  judged: [],
}

/** The operations of each step of the trace. */
const rowsOf = (done: readonly Done[]): readonly (readonly Done[])[] =>
  [...new Set(done.map(({ step }) => step))].map((step) => done.filter((one) => one.step === step))

/** What is done to a party, and not by it. */
const markOf = ({ operation: o, outcome, note }: Done, lanes: readonly string[]): readonly Depiction[] => {
  const grave = (lane: string, text: string): readonly Depiction[] => [
    { shape: 'mark', lane, text, grave: true },
  ]
  if (outcome === 'otherwise') return grave(lanes[0]!, note ?? 'something else')
  switch (o.do) {
    case 'crash':
      return grave(o.member, 'killed')
    case 'takeover':
      return grave(o.member, 'takes over')
    case 'handover':
      return grave(o.member, `hands over to ${o.to}`)
    case 'return':
      return grave(o.member, 'started again')
    case 'gone':
      return grave(o.at, 'has given up')
    case 'cut':
      return grave(lanes.includes('synch') ? 'synch' : lanes[0]!, 'cut')
    default:
      return []
  }
}

const keyOf = (what: FrameKind, from: string): string =>
  what.kind === 'ike' ? `ike ${from} ${what.digest}` : `${what.kind} ${from} ${JSON.stringify(what)}`

const textOf = (what: FrameKind): string => {
  switch (what.kind) {
    case 'ike':
      return `${what.response ? 'response' : 'request'} ${what.messageId}: ${what.exchange}`
    case 'esp':
      return `ESP ${what.spi.toString(16)} seq ${what.number}`
    case 'synch':
      return `synch: ${what.about}`
    default:
      return ''
  }
}

/** Frames one after the other; one that is sent again while it is held is not told again. */
class Teller {
  readonly #lanes: readonly string[]
  readonly #open = new Set<string>()

  constructor(lanes: readonly string[]) {
    this.#lanes = lanes
  }

  depict({ segment, from, to, what, fate }: Seen): readonly Depiction[] {
    if (what.kind === 'other' || (what.kind === 'ike' && what.setUp) || !this.#lanes.includes(from)) return []
    if (what.kind === 'synch' && what.about === 'other') return []
    const message = keyOf(what, from)
    const text = textOf(what)
    const members = this.#lanes.filter((lane) => lane !== 'P' && lane !== 'synch')
    const other = segment === 'synch' || from === 'P' ? members.find((lane) => lane !== from)! : 'P'
    if (fate === 'forwarded') return [{ shape: 'pass', lane: from, to: other, text }]
    if (fate === 'held') {
      if (this.#open.has(message)) return []
      this.#open.add(message)
      return [{ shape: 'send', lane: from, to: other, message, text }]
    }
    if (fate === 'passed' && to !== undefined) return [{ shape: 'receive', lane: to, message }]
    if (fate !== 'dropped') return []
    const wasHeld = this.#open.has(message)
    return [
      ...(wasHeld ? [] : [{ shape: 'send', lane: from, to: other, message, text } as const]),
      { shape: 'lose', message },
    ]
  }
}
