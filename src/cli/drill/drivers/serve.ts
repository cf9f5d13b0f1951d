/** What shipped drivers share: lines in, lines out, and an end with the standard input. */
import { createInterface } from 'node:readline'
import { type DriverRequest, type Started, type StartRequest, VERBS } from '../../../drill/protocol.ts'

/** What a driver cannot do, ever, or could not do this time. */
export class DriverFault extends Error {
  readonly cannot: boolean

  constructor(sentence: string, cannot = false) {
    super(sentence)
    this.cannot = cannot
  }
}

/** A driver: what each verb does, and the fields of its answer. */
export interface Driver {
  start(request: StartRequest): Promise<Started>
  serve(request: Exclude<DriverRequest, StartRequest>): Promise<object | undefined>
  /** Takes away everything that was started; it is called at the end, whatever happened. */
  end(): void
}

/** Serves until `stop`, or until nobody asks any more. */
export const serve = (driver: Driver): void => {
  let ended = false
  const end = (): void => {
    if (ended) return
    ended = true
    driver.end()
  }
  const answer = async (line: string): Promise<void> => {
    const request = JSON.parse(line) as DriverRequest & { readonly id: number }
    let reply: object
    try {
      if (!VERBS.includes(request.verb))
        throw new DriverFault(`'${request.verb as string}' is no verb of a driver.`)
      if (request.verb === 'stop') end()
      const fields =
        request.verb === 'start'
          ? await driver.start(request)
          : request.verb === 'stop'
            ? {}
            : await driver.serve(request)
      reply = { id: request.id, ok: true, ...fields }
    } catch (error) {
      const cannot = error instanceof DriverFault && error.cannot
      reply = { id: request.id, ok: false, error: (error as Error).message, ...(cannot && { cannot }) }
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`)
    if (request.verb === 'stop') process.exit(0)
  }
  let last: Promise<void> = Promise.resolve()
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      last = last.then(() => answer(line))
    })
    .on('close', () =>
      last.then(() => {
        end()
        process.exit(0)
      }),
    )
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      end()
      process.exit(1)
    })
}
