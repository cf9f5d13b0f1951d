/** Calls of closures: a strict view is for one of them, and is shut when it is over. */
import type { ModelFault } from '../modelling/fault.ts'
import { ViewFault } from './view-faults.ts'

/** One call of a closure of a model. */
export interface Call {
  /** The closure in words, such as the guard of Send. */
  readonly subject: string
  open: boolean
  /** The views of elements of sets, by element: in one call an element is one object, as it is without strict views. */
  shown?: Map<unknown, unknown>
}

/** What strict views need to know of the calls of one model. */
export class Calls {
  /** The first use of a view after its call, which happened while no closure ran and so could not be thrown. */
  late: ModelFault | undefined
  #running = 0

  /** Makes a call; its views are shut when it is over. */
  run<T>(subject: string, body: (call: Call) => T): T {
    const call = { subject, open: true }
    this.#running += 1
    try {
      return body(call)
    } finally {
      this.#running -= 1
      call.open = false
    }
  }

  /** Whether the view of a call may still be used. Throws `ModelFault`, or keeps it while no closure runs. */
  allows({ subject, open }: Call, path: string): boolean {
    if (open) return true
    const fault = new ViewFault({
      problem: `${subject} kept ${path === '' ? 'a view of the state' : `a view of ${path}`} and used it after it had returned.`,
      hint: 'a view is for the call that it is given to; read it there, and keep what must last in the state',
    })
    if (this.#running > 0) throw fault
    this.late ??= fault
    return false
  }

  /** Throws what could not be thrown when it happened. */
  throwLate(): void {
    if (this.late) throw this.late
  }
}
