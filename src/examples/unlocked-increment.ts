/**
 * Threads that increment a shared counter without a lock, after Stateright's examples/increment.rs: each reads
 * the counter and later writes one more than it read, so increments are lost. The search does not stop at that.
 */
import { actionsOn, always, each, model, oneOf, range, record } from '../index.ts'

/** The model with `count` threads. */
export const unlockedIncrement = (count: number) => {
  const threads = Array.from({ length: count }, (_, i) => `t${i + 1}`)
  const schema = record({
    counter: range(0, count),
    thread: each(
      threads,
      record({
        at: oneOf('read', 'write', 'finished'),
        /** What the thread has read; it keeps it when finished, as in the original. */
        local: range(0, count),
      }),
    ),
  })
  const action = actionsOn<typeof schema>()

  return model(`Unlocked increment, ${count} threads`, {
    state: schema,
    actions: [
      action('Read', {
        choose: { t: threads },
        guard: (s, { t }) => s.thread[t]!.at === 'read',
        effect: (d, { t }) => {
          const me = d.thread[t]!
          me.local = d.counter
          me.at = 'write'
        },
      }),
      action('Write', {
        choose: { t: threads },
        guard: (s, { t }) => s.thread[t]!.at === 'write',
        effect: (d, { t }) => {
          const me = d.thread[t]!
          d.counter = me.local + 1
          me.at = 'finished'
        },
      }),
    ],
    properties: [
      always<typeof schema>('NoLostIncrement', {
        sentence: 'The counter is the number of threads that have finished.',
        holds: (s) => s.counter === threads.filter((t) => s.thread[t]!.at === 'finished').length,
      }),
    ],
  })
}

export default unlockedIncrement(2)
