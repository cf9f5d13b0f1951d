/** The server of `clustercheck explore` as others meet it: who is let in, what is refused, and how it ends. */
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StartView } from '../../explore/page-data.ts'
import type { OpenedView, Said, WalkView } from '../../explore/protocol.ts'
import { type Explorer, startExplorer } from '../testing/explorer.ts'
import { cli, folderWith } from '../testing/under-test.ts'

const FAULTY = `
import { actionsOn, model, range, record } from 'clustercheck'
const state = record({ n: range(0, 3) })
const action = actionsOn()
export default model('Faulty', {
  state,
  actions: [
    action('Up', { effect: (d) => { d.n += 1 } }),
    action('TooFar', { guard: (s) => s.n === 2, effect: (d) => { d.n = 9 } }),
    action('Stuck', { guard: (s) => { while (s.n === 3) {} return false }, effect: () => {} }),
  ],
})
`
const folder = folderWith({
  'faulty.ts': FAULTY,
  'secret.ts': "throw new Error('this file was loaded')",
})
let explorer: Explorer
beforeAll(async () => {
  explorer = await startExplorer(['faulty.ts'], folder.path)
})
afterAll(async () => {
  await explorer.end()
  folder.remove()
})

interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
}

/** Asks with headers that no browser lets a page set. */
const ask = (
  url: string,
  { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: object; body?: string } = {},
): Promise<Answered> =>
  new Promise((settle, fail) => {
    const asked = request(url, { method, headers: { ...headers } }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('end', () => settle({ status: response.statusCode!, headers: response.headers, text }))
    })
    asked.on('error', fail)
    asked.end(body)
  })

const own = () => ({ origin: explorer.origin, 'content-type': 'application/json' })
const call = async (name: string, body: object, headers: object = own()): Promise<Answered> =>
  ask(`${explorer.address}api/${name}`, { method: 'POST', headers, body: JSON.stringify(body) })
const told = async <T>(name: string, body: object): Promise<T> =>
  JSON.parse((await call(name, body)).text) as T

/** The place and path of what the explorer opened. */
const opened = async () => {
  const { token } = await told<StartView>('start', {})
  return told<OpenedView>('open', { token })
}

describe('who is let in', () => {
  it('gives the page to whoever knows the secret, with a policy that lets nothing else in', async () => {
    const page = await ask(explorer.address)
    expect(page.status).toBe(200)
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/)
    expect(page.headers['referrer-policy']).toBe('no-referrer')
    expect((await ask(`${explorer.address}app.mjs`)).headers['content-type']).toMatch(/^text\/javascript/)
    expect((await ask(`${explorer.address}../../etc/passwd`)).status).toBe(403)
    expect((await ask(`${explorer.address}constructor`)).status).toBe(404)
  })

  it('refuses a wrong secret, none, another host, another origin and what no page of its own sends', async () => {
    const { origin } = explorer
    const port = new URL(origin).port
    expect((await ask(`${origin}/${'x'.repeat(32)}/`)).status).toBe(403)
    expect((await ask(`${origin}/`)).status).toBe(403)
    expect((await ask(explorer.address, { headers: { host: `evil.example:${port}` } })).status).toBe(403)
    expect((await ask(explorer.address, { headers: { host: `localhost:${port}` } })).status).toBe(200)
    expect((await call('start', {}, { ...own(), origin: 'http://evil.example' })).status).toBe(403)
    expect((await call('start', {}, { ...own(), origin: 'null' })).status).toBe(403)
    expect((await call('start', {}, { 'content-type': 'application/json' })).status).toBe(403)
    expect((await call('start', {}, { ...own(), 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await call('start', {}, { origin, 'content-type': 'text/plain' })).status).toBe(415)
    expect((await ask(explorer.address, { method: 'PUT' })).status).toBe(405)
    expect((await call('start', {})).status).toBe(200)
  })

  it('refuses what is no request that it knows, in one sentence', async () => {
    const send = (body: string) =>
      ask(`${explorer.address}api/walk`, { method: 'POST', headers: own(), body })
    expect(await send('no json')).toMatchObject({
      status: 400,
      text: '{"problem":"The request is no JSON."}',
    })
    expect((await send('[]')).text).toBe('{"problem":"The request is no object."}')
    expect((await send('{"place":{}}')).status).toBe(400)
    expect((await send(' '.repeat(2_000_000))).status).toBe(413)
    const { place } = await opened()
    expect((await call('walk', { place, path: ['0'] })).text).toContain('no list of whole numbers')
    expect((await call('walk', { place, path: [0, 99] })).text).toContain('numbers its steps 0..2')
    expect((await call('nothing', {})).status).toBe(404)
    expect((await call('random', { place, path: [0], steps: 1e9, seed: 1 })).status).toBe(400)
    expect((await call('ask', { place, path: [0], id: 'a', question: { kind: 'evil' } })).status).toBe(400)
  })

  it('loads no file that the command line did not name', async () => {
    const token = 'cc1:secret.ts:all:Deadlock:00000000:0'
    const refused = await call('open', { token })
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('was not named when clustercheck explore was started')
    const absolute = `cc1:${encodeURIComponent(join(folder.path, 'secret.ts'))}:all:Deadlock:00000000:0`
    expect((await call('open', { token: absolute })).status).toBe(403)
    expect((await call('judge', { target: './secret.ts', id: 'a' })).text).toContain('was not named')
    const { place } = await opened()
    expect((await call('walk', { place: { ...place, target: 'secret.ts' }, path: [0] })).status).toBe(403)
  })
})

describe('a model that is wrong', () => {
  it('is told as a fault of the action that shows it, and all else can be done', async () => {
    const { place } = await opened()
    const { here } = await told<WalkView>('walk', { place, path: [0, 0, 0] })
    expect(here.enabled.map(({ text }) => text)).toEqual(['Up', 'TooFar'])
    expect(here.enabled[1]!.broken).toMatch(/^n = 9 is outside 0\.\.3\./)
    expect((await call('walk', { place, path: [0, 0, 0, 1] })).text).toContain('n = 9 is outside 0..3.')
    expect((await call('walk', { place, path: [0, 1] })).text).toContain('is not enabled')
  })

  it('with a guard that never returns is named and stopped, and the server goes on', async () => {
    const { place } = await opened()
    const stuck = call('walk', { place, path: [0, 0, 0, 0] })
    // Another reader is not kept waiting by it.
    expect((await told<StartView>('start', {})).version).toMatch(/^\d/)
    const { status, text } = await stuck
    expect(status).toBe(422)
    expect(text).toMatch(
      /The guard of Stuck in Faulty has been running for \d+ s; it may never return\. It was stopped\./,
    )
    expect((await told<WalkView>('walk', { place, path: [0] })).steps).toHaveLength(1)
  })

  it('is told to whoever asks a question about it', async () => {
    const { place } = await opened()
    const body = { place, path: [0], id: 'q', question: { kind: 'state', expression: 'n == 3' } }
    const lines = (await call('ask', body)).text.trim().split('\n')
    const last = JSON.parse(lines.at(-1)!) as Said
    expect(last).toMatchObject({
      kind: 'problem',
      problem: expect.stringContaining('n = 9 is outside 0..3.'),
    })
    const wrong = { ...body, question: { kind: 'state', expression: 'm == 3' } }
    expect((await call('ask', wrong)).text).toContain("The state has no 'm'; it has n.")
  })
})

describe('the command', () => {
  it('listens on this machine only, unless it is told otherwise', async () => {
    const refused = await cli(['explore', 'synch-ike', '--host', '0.0.0.0'])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toMatch(/^--host 0\.0\.0\.0 can be reached by others;/)
    const open = await startExplorer(['--host', '0.0.0.0', '--allow-remote'])
    expect(open.address).toMatch(/^http:\/\/0\.0\.0\.0:\d+\/[\w-]{32}\/$/)
    expect(await open.end()).toBe(0)
  })

  it('says what is wrong with a token, a target, a search and a port before it listens', async () => {
    const wrong = async (...args: string[]) => {
      const { code, stderr } = await cli(['explore', '--no-open', ...args])
      expect(code).toBe(2)
      return stderr
    }
    expect(await wrong('cc1:half')).toMatch(/^The token has 2 parts and not 6/)
    expect(await wrong('no-such')).toMatch(/^No scheme is called 'no-such'\./)
    expect(await wrong('synch-ike', '--search', 'none')).toMatch(/^No search of synch-ike is called 'none'/)
    expect(await wrong('synch-ike', '--port', '99999')).toMatch(/^--port takes a port from 0 to 65535/)
    expect(await wrong('--port', new URL(explorer.origin).port)).toMatch(
      /cannot be listened on: .*EADDRINUSE/,
    )
    expect(await wrong('none.pcap')).toContain('none.pcap')
  })

  it('ends with the terminal that started it', async () => {
    const short = await startExplorer(['synch-sas', '--scope', 'small'])
    expect(await short.end()).toBe(0)
    expect(short.said()).toBe('Ctrl-C ends it; whoever has the whole address can drive it.\n')
    await expect(ask(short.address)).rejects.toThrow(/ECONNREFUSED|socket hang up/)
  })
})

describe('the matrix', () => {
  it('shows what an earlier search found, and nothing where the cache is off', async () => {
    const body = { target: 'synch-sas', scope: 'small', label: 'MID-1', id: 'row' }
    const told = async ({ address, origin }: Explorer, name: string) =>
      ask(`${address}api/${name}`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const searching = await startExplorer([], folder.path, join(folder.path, 'cache'))
    expect((await told(searching, 'judge')).text).toContain('"kind":"judged"')
    await searching.end()
    const again = await startExplorer([], folder.path, join(folder.path, 'cache'))
    const rows = (await told(again, 'found')).text.trim().split('\n')
    await again.end()
    const said = rows.map((row) => JSON.parse(row) as Extract<Said, { kind: 'judged' }>)
    const cells = said.find(({ target }) => target === 'synch-sas')!.cells
    expect(cells.find(({ label }) => label === 'MID-1')).toMatchObject({
      verdict: 'violated',
      token: expect.stringMatching(/^cc1:synch-sas@small:own-requests:MID-1:/),
    })
    expect((await told(explorer, 'found')).text).toBe('')
  })
})
