/** The wire in its own process, with the methods of a switch. */
import { fileURLToPath } from 'node:url'
import type { FollowedSa, Seen, Waiting } from '../../drill/switch.ts'
import type { Wire } from '../../drill/wire.ts'
import { LineError, Lines } from './lines.ts'
import type { SwitchSettings } from './switch-process.ts'

const PROGRAM = fileURLToPath(new URL('./switch-process.js', import.meta.url))

/** Milliseconds for an answer, beside what is waited for. */
const PATIENCE = 10_000

/** Starts the switch; `within`: words before the command, such as those that enter a namespace. */
export const remoteWire = async (
  settings: SwitchSettings,
  within: readonly string[] = [],
): Promise<{ readonly wire: Wire; end(): Promise<void> }> => {
  const [command, ...args] = [...within, process.execPath, PROGRAM, JSON.stringify(settings)]
  const lines = new Lines({ name: 'The wire', command: command!, args })
  const started = await lines.ready(PATIENCE)
  if (!started.ok) throw new LineError(`The wire cannot be attached: ${String(started.error)}.`)
  const call = async <T>(method: string, args: readonly unknown[], ms = 0): Promise<T> => {
    const reply = await lines.ask({ method, args }, method, PATIENCE + ms)
    if (!reply.ok) throw new LineError(`The wire failed: ${String(reply.error)}.`)
    return reply.value as T
  }
  return {
    wire: {
      classify: (...args) => call<void>('classify', args),
      close: (...args) => call<void>('close', args),
      open: () => call<void>('open', []),
      cut: () => call<void>('cut', []),
      holdEsp: (...args) => call<void>('holdEsp', args),
      plug: (...args) => call<void>('plug', args),
      await: (message, from, ms) => call<Waiting>('await', [message, from, ms], ms),
      pass: (...args) => call<boolean>('pass', args),
      drop: (...args) => call<void>('drop', args),
      synch: (...args) => call<number>('synch', args),
      copy: (...args) => call<boolean>('copy', args),
      sentPackets: () => call<Record<string, number>>('sentPackets', []),
      sa: async () => (await call<FollowedSa | null>('sa', [])) ?? undefined,
      log: (...args) => call<readonly Seen[]>('log', args),
    },
    end: () => lines.end(),
  }
}
