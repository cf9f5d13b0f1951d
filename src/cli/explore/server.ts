/** The server of the explorer: a page, its program and style, and requests in JSON. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { SERVED, viewFile } from '../files/page-text.ts'
import { messageOf, UsageError } from '../process/errors.ts'
import { type Gate, HEADERS, hostText, newSecret, refusalOf } from './gate.ts'
import { problemText, Refusal } from './problems.ts'

/** Bytes of a request. */
const MOST_BYTES = 1_000_000

/** Something that says one thing after another, until it is over or nobody listens. */
export interface Stream {
  say(value: unknown): void
  onGone(gone: () => void): void
}

/** The answer to a request by its name; a stream where it is given one. Throws what `problemText` tells. */
export type Answering = (name: string, body: unknown, stream: Stream) => Promise<unknown>

/** A running server. */
export interface Running {
  /** The address of the page, with its secret. */
  readonly address: string
  close(): void
}

/** What `Answering` returns when it has said all on the stream. */
export const STREAMED = Symbol('streamed')

/** Starts a server; `port` 0: any that is free. Throws `UsageError`. */
export const serve = async (
  { host, port }: { readonly host: string; readonly port: number },
  answer: Answering,
): Promise<Running> => {
  const files: Readonly<Record<string, readonly [type: string, text: string]>> = {
    '': ['text/html', SERVED],
    'app.mjs': ['text/javascript', viewFile('app.mjs')],
    'app.css': ['text/css', viewFile('app.css')],
  }
  const secret = newSecret()
  let gate: Gate = { host, port, secret }
  const server = createServer((request, response) => {
    void handle(request, response)
  })

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers } = request
    const [, given = '', ...rest] = (url.split('?')[0] ?? '').split('/')
    const name = rest.join('/')
    const refusal = refusalOf(gate, method, given, headers)
    if (refusal) return sendJson(response, refusal.status, { problem: refusal.problem })
    if (method === 'GET') {
      const file = Object.hasOwn(files, name) && url.includes(`/${secret}/`) ? files[name] : undefined
      if (!file) return sendJson(response, 404, { problem: 'There is nothing of this name.' })
      send(response, 200, `${file[0]}; charset=utf-8`, file[1])
      return
    }
    try {
      const body = JSON.parse(await bodyOf(request)) as unknown
      const reply = await answer(name, body, streamOn(response))
      if (reply === STREAMED) response.end()
      else sendJson(response, 200, reply)
    } catch (thrown) {
      const problem = thrown instanceof SyntaxError ? 'The request is no JSON.' : problemText(thrown)
      const status = thrown instanceof Refusal ? thrown.status : thrown instanceof SyntaxError ? 400 : 422
      if (response.headersSent) response.end(`${JSON.stringify({ kind: 'problem', problem })}\n`)
      else sendJson(response, status, { problem })
    }
  }

  await new Promise<void>((settle, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      fail(
        new UsageError({
          problem: `Port ${port} of ${host} cannot be listened on: ${messageOf(error)}.`,
          ...(error.code === 'EADDRINUSE' && { hint: 'leave --port out, and one that is free is taken' }),
        }),
      ),
    )
    server.listen(port, host, settle)
  })
  const bound = server.address()
  gate = { host, port: typeof bound === 'object' && bound ? bound.port : port, secret }
  return {
    address: `http://${hostText(host)}:${gate.port}/${secret}/`,
    close: () => closed(server),
  }
}

const closed = (server: Server): void => {
  server.close()
  server.closeAllConnections()
}

const send = (response: ServerResponse, status: number, type: string, text: string): void => {
  response.writeHead(status, { ...HEADERS, 'content-type': type })
  response.end(text)
}

const sendJson = (response: ServerResponse, status: number, value: unknown): void =>
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value))

/** One JSON text a line, as it comes. */
const streamOn = (response: ServerResponse): Stream => ({
  say(value) {
    if (response.destroyed) return
    if (!response.headersSent)
      response.writeHead(200, { ...HEADERS, 'content-type': 'application/x-ndjson; charset=utf-8' })
    response.write(`${JSON.stringify(value)}\n`)
  },
  onGone: (gone) => void response.once('close', gone),
})

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    // What is too long is read to its end, so that the answer can be, but not kept.
    if (length <= MOST_BYTES) chunks.push(chunk)
  }
  if (length > MOST_BYTES) throw new Refusal(`The request has more than ${MOST_BYTES} bytes.`, 413)
  return Buffer.concat(chunks).toString('utf8')
}
