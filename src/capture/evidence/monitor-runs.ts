/** Runs monitors on what is seen of one SA, each with a memory of its own that no schema bounds. */
import { labelOf, type Monitor } from '../../modelling/property.ts'
import { type Limits, unboundedMemory } from '../../state/unbounded.ts'

/** Monitors that listen to one SA. */
export interface Listening {
  /** Tells an event; the labels of the monitors that it violates. */
  tell(kind: string, event: object): readonly string[]
  /** Numbers that the monitors had to forget, or that of the one with the label. */
  forgotten(label?: string): number
  /** Gives memory back; nothing is told afterwards. */
  release(): void
}

/** Labels of monitors whose situation arose, over all SAs, and how many events each was told. */
export interface Attention {
  readonly arose: Set<string>
  readonly told: Map<string, number>
}

const NOTHING: readonly string[] = []

/** Lets those of `monitors` listen that are named by label. */
export const listening = (
  monitors: readonly Monitor[],
  labels: readonly string[],
  limits: Limits,
  { arose, told }: Attention,
): Listening => {
  let violated: string[] = []
  const listeners = monitors
    .filter((monitor) => labels.includes(labelOf(monitor)))
    .map((monitor) => {
      const label = labelOf(monitor)
      const judge = { violated: () => void violated.push(label), arose: () => void arose.add(label) }
      return { label, on: monitor.on, judge, ...unboundedMemory(monitor.memory, limits) }
    })
  return {
    tell(kind, event) {
      violated = []
      for (const { label, on, judge, memory } of listeners) {
        const handler = on[kind]
        if (!handler) continue
        told.set(label, (told.get(label) ?? 0) + 1)
        handler(memory, event, judge)
      }
      return violated.length === 0 ? NOTHING : [...new Set(violated)]
    },
    forgotten: (of) =>
      listeners.reduce(
        (sum, { label, forgotten }) => sum + (of === undefined || of === label ? forgotten() : 0),
        0,
      ),
    release() {
      for (const { release } of listeners) release()
    },
  }
}
