/** The switch as a drill uses it, wherever it runs: every method answers later. */
import type { SynchClassifier } from './frames.ts'
import type { MessageName } from './operations.ts'
import type { FollowedSa, Seen, Switch, Waiting } from './switch.ts'

export interface Wire {
  classify(synch: readonly SynchClassifier[], cut: boolean): Promise<void>
  close(told: readonly string[]): Promise<void>
  open(): Promise<void>
  cut(): Promise<void>
  holdEsp(hold: boolean): Promise<void>
  plug(party: string, isIn: boolean): Promise<void>
  await(message: MessageName, from: string, ms: number): Promise<Waiting>
  pass(message: MessageName, to: string): Promise<boolean>
  drop(message: MessageName): Promise<void>
  synch(
    fate: 'pass' | 'drop',
    from: string,
    to: string,
    kinds: readonly string[],
    which: { readonly place: number; readonly all: boolean },
  ): Promise<number>
  copy(from: string, to: string, number: number): Promise<boolean>
  sentPackets(): Promise<Readonly<Record<string, number>>>
  sa(): Promise<FollowedSa | undefined>
  /** What was seen from number `from` on. */
  log(from: number): Promise<readonly Seen[]>
}

/** Calls a method by its name; undefined when there is none. What comes from another process is data. */
export const called = (wire: Switch, method: string, args: readonly unknown[]): unknown => {
  switch (method) {
    case 'sa':
      return wire.sa
    case 'log':
      return wire.log.slice(args[0] as number)
    case 'classify':
    case 'close':
    case 'open':
    case 'cut':
    case 'holdEsp':
    case 'plug':
    case 'await':
    case 'pass':
    case 'drop':
    case 'synch':
    case 'copy':
    case 'sentPackets':
      return (wire[method] as (...args: readonly unknown[]) => unknown).apply(wire, args as unknown[])
    default:
      throw new Error(`The wire has no method '${method}'.`)
  }
}
