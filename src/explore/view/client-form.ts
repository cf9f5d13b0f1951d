/** What the page asks of whatever answers it. */
import type { Said } from '../protocol.ts'

/** Something that answers requests. */
export interface Client {
  call<T>(name: string, body: object): Promise<T>
  /** Tells one thing after another; `stop` asks for an early end. */
  stream(name: string, body: object, onSaid: (said: Said) => void): Promise<void>
}
