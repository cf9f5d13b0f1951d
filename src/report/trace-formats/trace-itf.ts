/**
 * A trace in the Informal Trace Format of Apalache (ADR-015), which the TLA+ and Quint tools read.
 * Whole numbers are plain JSON numbers: the domains of a schema lie within 2^29 of zero.
 */
import { isListener } from '../../modelling/property.ts'
import type { Schema } from '../../modelling/schema.ts'
import type { Trace } from '../../search/engine/path.ts'
import type { PlainChannel } from '../../state/channels.ts'
import { wholeSchema } from '../../state/plain/plain-state.ts'
import { type Caption, headline, provenance, replayCommand } from '../trace/caption.ts'
import { cycleIn } from '../trace/cycle.ts'
import { insightOf } from '../trace/insight.ts'

/** A trace as ITF. */
export interface Itf {
  readonly '#meta': { readonly [key: string]: string }
  readonly vars: readonly string[]
  /** The state to which the last one leads back, of a trace that is repeated for ever. */
  readonly loop?: number
  readonly states: readonly { readonly [name: string]: unknown }[]
}

/** Gives a trace as a JSON value. The memory of monitors and measures is one more variable, `memory` or `monitorMemory`. */
export const itfOf = (trace: Trace, caption: Caption): Itf => {
  const { model, steps } = trace
  const names = Object.keys(model.state.fields)
  const memorySchema = wholeSchema(model).fields.memory!
  const hasMemory = model.properties.some(isListener)
  const cycle = cycleIn(trace, caption.property)
  // The last state is the one that the loop begins with, unless the run stays in it.
  const told = cycle === undefined || cycle === steps.length - 1 ? steps : steps.slice(0, -1)
  const memoryName = names.includes('memory') ? 'monitorMemory' : 'memory'
  return {
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      description: `${headline(trace, caption)}.`,
      explanation: insightOf(trace, caption).sentence.text,
      ...(caption.sentence !== undefined && { property: caption.sentence }),
      ...(caption.source !== undefined && { source: caption.source }),
      ...Object.fromEntries(provenance(caption)),
      model: model.name,
      replay: replayCommand(caption),
    },
    vars: hasMemory ? [...names, memoryName] : names,
    ...(cycle !== undefined && { loop: cycle }),
    states: told.map(({ instance, state }, index) => ({
      '#meta': { index, action: instance.text },
      ...(itfValue(model.state, state.model) as object),
      ...(hasMemory && { [memoryName]: itfValue(memorySchema, state.memory) }),
    })),
  }
}

const itfValue = (schema: Schema, value: unknown): unknown => {
  switch (schema.kind) {
    case 'record':
      return Object.fromEntries(
        Object.entries(schema.fields).map(([name, field]) => [
          name,
          itfValue(field, (value as Record<string, unknown>)[name]),
        ]),
      )
    case 'each':
      return {
        '#map': schema.identities.map((name) => [
          name,
          itfValue(schema.element, (value as Record<string, unknown>)[name]),
        ]),
      }
    case 'set':
      return { '#set': schema.values.filter((x) => (value as ReadonlySet<unknown>).has(x)) }
    case 'queue':
    case 'bag':
      return (value as PlainChannel).messages.map((message) => itfValue(schema.element, message))
    default:
      return value
  }
}
