/** A child process that is asked in lines of JSON and answers in lines of JSON. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { printable } from '../../modelling/printable.ts'

/** What went wrong with a child process, in one sentence. */
export class LineError extends Error {}

/** A line that came back. */
export type Reply = Readonly<Record<string, unknown>> & { readonly id: number; readonly ok: boolean }

interface Asked {
  readonly what: string
  readonly done: (reply: Reply) => void
  readonly failed: (error: LineError) => void
}

export interface LinesOptions {
  /** What it is called in a sentence: `The driver`. */
  readonly name: string
  readonly command: string
  readonly args?: readonly string[]
  /** The command is one for a shell. */
  readonly shell?: boolean
  readonly log?: (line: string) => void
}

/** Lines of a log that are kept, to be told when the process fails. */
const KEPT = 20

export class Lines {
  readonly #name: string
  readonly #child: ChildProcess
  readonly #asked = new Map<number, Asked>()
  readonly #tail: string[] = []
  #next = 1
  #over: LineError | undefined
  readonly ended: Promise<void>

  constructor({ name, command, args = [], shell = false, log }: LinesOptions) {
    this.#name = name
    // A group of its own: whatever it starts ends with it.
    this.#child = spawn(command, args, { shell, detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
    createInterface({ input: this.#child.stdout! }).on('line', (line) => this.#take(line))
    createInterface({ input: this.#child.stderr! }).on('line', (line) => {
      this.#tail.push(line)
      if (this.#tail.length > KEPT) this.#tail.shift()
      log?.(line)
    })
    this.#child.stdin!.on('error', () => {})
    this.ended = new Promise((resolve) => {
      this.#child.on('error', (error) => {
        this.#end(new LineError(`${name} cannot be run: ${error.message}.`))
        resolve()
      })
      this.#child.on('close', (code, signal) => {
        const last = this.#tail.at(-1)
        const why = signal ? `by ${signal}` : `with exit code ${code}`
        this.#end(
          new LineError(
            `${name} ended ${why}${last === undefined ? '' : `: ${printable(last).slice(0, 300)}`}.`,
          ),
        )
        resolve()
      })
    })
  }

  #end(error: LineError): void {
    this.#over ??= error
    for (const { failed } of this.#asked.values()) failed(this.#over)
    this.#asked.clear()
  }

  #take(line: string): void {
    let reply: Reply
    try {
      reply = JSON.parse(line) as Reply
    } catch {
      this.#end(new LineError(`${this.#name} said '${printable(line).slice(0, 100)}', which is no JSON.`))
      return
    }
    const asked = this.#asked.get(reply?.id)
    if (!asked) {
      this.#end(
        new LineError(
          `${this.#name} answered with the id ${printable(JSON.stringify(reply?.id ?? null))}, under which nothing was asked.`,
        ),
      )
      return
    }
    this.#asked.delete(reply.id)
    asked.done(reply)
  }

  /** Asks, and waits `ms` at most. Throws `LineError`. */
  async ask(request: object, what: string, ms: number, id = this.#next++): Promise<Reply> {
    if (this.#over) throw this.#over
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#asked.delete(id)
        reject(new LineError(`${this.#name} has not answered to ${what} within ${ms / 1000} s.`))
      }, ms)
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer)
          settle(value)
        }
      this.#asked.set(id, { what, done: settled(resolve), failed: settled(reject) })
      if (id > 0) this.#child.stdin!.write(`${JSON.stringify({ id, ...request })}\n`)
    })
  }

  /** Waits for a line with the id 0, by which a process says that it is ready. */
  ready(ms: number): Promise<Reply> {
    return this.ask({}, 'its start', ms, 0)
  }

  /** Ends the process and what it started. */
  async end(ms = 3000): Promise<void> {
    this.#child.stdin!.end()
    const timer = setTimeout(() => this.kill(), ms)
    await this.ended
    clearTimeout(timer)
  }

  kill(): void {
    const { pid } = this.#child
    if (pid === undefined) return
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // It has ended already.
    }
  }
}
