/** A monitor that is listened to. */
import type { Monitor } from '../modelling/property.ts'

/** The monitor that says to `notice` what it says to nobody else. */
export const noticing = (monitor: Monitor, notice: () => void): Monitor => ({
  ...monitor,
  on: Object.fromEntries(
    Object.entries(monitor.on).map(([kind, handler]) => [
      kind,
      (memory: object, event: object) => handler(memory, event, { violated: notice, arose: () => {} }),
    ]),
  ),
})
