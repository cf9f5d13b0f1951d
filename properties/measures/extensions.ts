/** What an extension costs beside what the matrix measures: messages after a takeover, and what an attacker can cause. */
import type { WireEvents } from '../../model/wire/pictures.ts'
import { measureOn, type Property } from '../../src/modelling/property.ts'
import { range, record } from '../../src/modelling/schema.ts'

const measure = measureOn<WireEvents>()

/** Messages that are counted at the most. */
const MOST = 20

/**
 * The fewest messages from a takeover to the next exchange that completes. A measure keeps its largest reading, so
 * what is read is the number below zero.
 */
export const messagesToRecover = (kinds: readonly string[]): Property => {
  const count = (memory: { waiting: number; sent: number }): void => {
    if (memory.waiting === 1 && memory.sent < MOST + 1) memory.sent += 1
  }
  return measure('MessagesToRecover', {
    label: 'msgs',
    sentence: `Messages between the ends from a takeover to the next exchange that completes, in the run that needs the fewest (below zero; none if it takes more than ${MOST}).`,
    source: 'RFC 6027 section 3.3',
    unit: 'messages',
    memory: record({ waiting: range(0, 1), sent: range(0, MOST + 1) }),
    on: {
      tookOver(memory) {
        memory.waiting = 1
        memory.sent = 0
      },
      ikeSent: count,
      ...Object.fromEntries(kinds.map((kind) => [`${kind}Sent`, count])),
      ikeMatched(memory, { asked, askedTask, answered, answeredTask }, meter) {
        if (memory.waiting === 0 || asked !== answered || askedTask !== answeredTask) return
        if (memory.sent <= MOST) meter.reads(-memory.sent)
        memory.waiting = 0
        memory.sent = 0
      },
    },
  })
}

/** Messages that one copy or forgery makes the ends send. */
export const amplification: Property = measure('Amplification', {
  label: 'amplify',
  sentence:
    'Messages that one message which an attacker copies or forges makes the ends and the members send.',
  source: 'RFC 6027 section 4',
  unit: 'messages',
  memory: record({}),
  on: {
    attackerCaused(_, { messages }, meter) {
      meter.reads(messages)
    },
  },
})
