/** Runs monitors on what is seen of one SA, each with a memory of its own that no schema bounds. */
import { labelOf, type Monitor } from '../../modelling/property.ts'
import { type Limits, memoriesOf, type Unbounded } from '../../state/unbounded.ts'

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

/** A monitor, and what it says through. */
interface Listener {
  readonly label: string
  readonly on: Monitor['on']
  readonly judge: { violated(): void; arose(): void }
  readonly memory: () => Unbounded
}

/** Lets those of `monitors` listen that are named by label: to as many SAs as it is called for. */
export const listenersOf = (
  monitors: readonly Monitor[],
  labels: readonly string[],
  limits: Limits,
  { arose, told }: Attention,
): (() => Listening) => {
  const violated: string[] = []
  const listeners: readonly Listener[] = monitors
    .filter((monitor) => labels.includes(labelOf(monitor)))
    .map((monitor) => {
      const label = labelOf(monitor)
      const judge = {
        violated: () => void (violated.includes(label) || violated.push(label)),
        arose: () => void arose.add(label),
      }
      return { label, on: monitor.on, judge, memory: memoriesOf(monitor.memory, limits) }
    })
  const tell = (memories: readonly Unbounded[], kind: string, event: object): readonly string[] => {
    for (let i = 0; i < listeners.length; i++) {
      const { label, on, judge } = listeners[i]!
      const handler = on[kind]
      if (!handler) continue
      told.set(label, (told.get(label) ?? 0) + 1)
      handler(memories[i]!.memory, event, judge)
    }
    return violated.length === 0 ? NOTHING : violated.splice(0)
  }
  return () => new Listened(listeners, tell)
}

/** The same for one SA. */
export const listening = (
  monitors: readonly Monitor[],
  labels: readonly string[],
  limits: Limits,
  attention: Attention,
): Listening => listenersOf(monitors, labels, limits, attention)()

class Listened implements Listening {
  readonly #listeners: readonly Listener[]
  readonly #tell: (memories: readonly Unbounded[], kind: string, event: object) => readonly string[]
  readonly #memories: readonly Unbounded[]

  constructor(
    listeners: readonly Listener[],
    tell: (memories: readonly Unbounded[], kind: string, event: object) => readonly string[],
  ) {
    this.#listeners = listeners
    this.#tell = tell
    this.#memories = listeners.map(({ memory }) => memory())
  }

  tell(kind: string, event: object): readonly string[] {
    return this.#tell(this.#memories, kind, event)
  }

  forgotten(of?: string): number {
    return this.#memories.reduce(
      (sum, memory, i) =>
        sum + (of === undefined || of === this.#listeners[i]!.label ? memory.forgotten() : 0),
      0,
    )
  }

  release(): void {
    for (const memory of this.#memories) memory.release()
  }
}
