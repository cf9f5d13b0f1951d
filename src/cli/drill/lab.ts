/** Where a drill takes place: what the wire and the driver are told of it, and how it is taken away. */
import type { LabFacts } from '../../drill/protocol.ts'

export interface Lab {
  readonly facts: LabFacts
  /** Where the wire listens, and where the attachments are. */
  readonly address: string
  readonly port: number
  readonly remote: string
  /** Words before a command that is to run where the wire is. */
  readonly within: readonly string[]
  /** Takes away everything that was made. It may be called twice. */
  down(): void
}
