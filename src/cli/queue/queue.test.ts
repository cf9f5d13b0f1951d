/** Tests of sweeps over a queue: the same results as with threads, whoever runs the jobs and whatever happens to them. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { blocksIn, commandsIn, wordsOf } from '../../docs/blocks.ts'
import {
  clustercheck,
  REDIS,
  redis,
  type TestServer,
  type Watched,
  WITHOUT,
  workerAt,
} from '../testing/queue-under-test.ts'
import { cli, folderWith, MAIN } from '../testing/under-test.ts'

/** Schemes whose searches are small. Where CLUSTERCHECK_QUEUE=all is set, the whole matrix, and 50 workers are killed. */
const SCHEMES = 'esp-to-maximum,iv-incarnation-id,share-ike-lock-acked,hand-over-drained'
const ALL = process.env.CLUSTERCHECK_QUEUE === 'all'
/** What takes long: where CLUSTERCHECK_QUEUE is set to anything. */
const slow = process.env.CLUSTERCHECK_QUEUE ? it : it.skip
const FEW = ['matrix', '--scope', 'small', '--schemes', SCHEMES]
const MATRIX = ALL ? FEW.slice(0, 3) : FEW

/** A result without what a clock or the memory of a machine says. */
const timeless = (text: string): unknown =>
  JSON.parse(text, (key, value) =>
    key === 'elapsedSeconds' || key === 'seconds' || key === 'bytes' || key === 'run' || key === 'workers'
      ? undefined
      : value,
  )

/** A model of which every state waits for a file, where the environment names one, and which can end its process. */
const GATED = `
import { existsSync } from 'node:fs'
import { actionsOn, always, model, range, record } from 'clustercheck'
const { GATE, POISON } = process.env
const cell = new Int32Array(new SharedArrayBuffer(4))
const wait = (): void => {
  if (POISON !== undefined) process.kill(process.pid, 'SIGKILL')
  while (GATE !== undefined && !existsSync(GATE)) Atomics.wait(cell, 0, 0, 20)
}
const state = record({ n: range(0, 9) })
const action = actionsOn<typeof state>()
export default model('Counter', {
  state,
  actions: [action('Up', { guard: (s) => s.n < 9, effect: (d) => { wait(); d.n += 1 } })],
  properties: [always<typeof state>('Below', { label: 'LOW-1', holds: (s) => s.n < 7, situation: (s) => s.n > 2 })],
})`

const SPACE = `
about: How the members come to SPIs.
fixed:
  basis: synch-sas
  policies: { ikeBy: all }
  searches: [spis]
free:
  policies:
    synchIke: [never, acknowledged]
    spi: all
required: [SPI-1]
`

describe.skipIf(!REDIS)(`sweeps on a queue (${WITHOUT})`, () => {
  const { path, remove } = folderWith({ 'gated.ts': GATED, 'space.yaml': SPACE })
  let server: TestServer
  const workers: Watched[] = []
  const worker = async (...given: Parameters<typeof workerAt> extends [string, ...infer R] ? R : never) => {
    const one = await workerAt(server.url, ...given)
    workers.push(one)
    return one
  }
  const onQueue = (args: readonly string[], more: readonly string[] = []) =>
    clustercheck([...args, '--queue', server.url, '--json', join(path, 'queue.json'), ...more], { cwd: path })
  const result = () => timeless(readFileSync(join(path, 'queue.json'), 'utf8'))
  const byThreads = async (args: readonly string[]) => {
    const { code, stdout } = await cli([...args, '--json'], { cwd: path })
    return { code, result: timeless(stdout) }
  }

  beforeAll(async () => {
    server = await redis()
  })
  afterEach(async () => {
    for (const one of workers.splice(0)) {
      one.kill('SIGKILL')
      await one.ended
    }
  })
  afterAll(async () => {
    await server?.end()
    remove()
  })

  it('give what threads give, with one worker, two and four, and leave nothing behind', async () => {
    const wanted = await byThreads(MATRIX)
    for (const more of process.env.CLUSTERCHECK_QUEUE ? [1, 1, 2] : [1, 1]) {
      for (let i = 0; i < more; i++) await worker()
      const sweep = onQueue(MATRIX)
      expect(await sweep.ended, sweep.output()).toBe(wanted.code)
      expect(result()).toEqual(wanted.result)
      expect(sweep.output()).toMatch(/^Sweep matrix-[0-9a-f]{8} on redis:\/\/127\.0\.0\.1:\d+\. If/m)
    }
    const listed = await cli(['queue', '--queue', server.url])
    expect(listed.stdout).toMatch(/^No sweeps\.\nWorkers\n( {2}\S+ \d+ {2}1 thread *\n){2,4}$/)
    expect((await stored()).filter((key) => /sweep|result|code:/.test(key))).toEqual([])
  })

  const GATED_CHECK = ['check', 'gated.ts']
  const gate = join(path, 'gate')
  const open = (): void => writeFileSync(gate, '')
  /** Begins a sweep of the gated model with a worker that waits in the middle of its job. */
  const begun = async (
    env: Readonly<Record<string, string>> = { GATE: gate },
    args: readonly string[] = [],
  ) => {
    rmSync(gate, { force: true })
    const first = await worker(['--allow-code', '--lost-after', '3', ...args], { env })
    const sweep = onQueue(GATED_CHECK)
    await first.until(/begins, try 1 of 3/)
    await sweep.until(/^Sweep /m)
    const [, name] = /^Sweep (\S+)/m.exec(sweep.output()) as unknown as [string, string]
    return { first, sweep, name }
  }
  const LATER = ['--allow-code', '--lost-after', '3']
  let gated: Awaited<ReturnType<typeof byThreads>>
  beforeAll(async () => {
    gated = await byThreads(GATED_CHECK)
    expect(gated.code).toBe(1)
  })
  /** Nothing is lost, and nothing different. */
  const endsAsThreads = async (sweep: Watched): Promise<void> => {
    expect(await sweep.ended, sweep.output()).toBe(gated.code)
    expect(result()).toEqual(gated.result)
  }

  it('go on when a worker is killed in the middle of a job', async () => {
    const { first, sweep } = await begun()
    first.kill('SIGKILL')
    await first.ended
    const second = await worker(LATER)
    await endsAsThreads(sweep)
    expect(second.output()).toContain('begins, try 2 of 3')
  })

  slow('go on when a worker says nothing any more, and count nothing twice when it wakes up', async () => {
    const { first, sweep } = await begun()
    first.kill('SIGSTOP')
    open()
    const second = await worker(LATER)
    await second.until(/is done/)
    first.kill('SIGCONT')
    await endsAsThreads(sweep)
  })

  it('go on when the server is killed and started again', async () => {
    const { sweep, first } = await begun()
    await server.kill()
    await sweep.until(/^The connection to \S+ is lost: .*; trying again\.$/m)
    // A worker that is busy may otherwise find the server there again before it has noticed that it was gone.
    await first.until(/is lost/)
    await server.restart()
    await first.until(/is there again/)
    open()
    await endsAsThreads(sweep)
  })

  slow('end when they are interrupted while the server is gone', async () => {
    const { sweep, name } = await begun()
    const idle = await worker()
    await server.kill()
    await sweep.until(/is lost/)
    sweep.kill('SIGINT')
    expect(await sweep.ended).toBe(4)
    await idle.until(/is lost/)
    idle.kill('SIGTERM')
    expect(await idle.ended).toBe(4)
    await server.restart()
    await cli(['queue', '--queue', server.url, '--drop', name])
  })

  it('are come back to when the command is killed, and run nothing again', async () => {
    const { sweep, first, name } = await begun()
    sweep.kill('SIGKILL')
    await sweep.ended
    open()
    await first.until(/is done/)
    const other = onQueue(['check', 'gated.ts', '--trace'], ['--attach', name])
    await endsAsThreads(other)
    expect(other.output()).toContain(': 1 job done already.')
    expect(first.output().match(/begins/g)).toHaveLength(1)
  })

  slow('are left by an interrupt, which says what is known and how to come back', async () => {
    const { sweep, name } = await begun()
    sweep.kill('SIGINT')
    expect(await sweep.ended).toBe(4)
    expect(result()).toMatchObject({ interrupted: true, targets: [{ verdicts: [{ verdict: 'unknown' }] }] })
    expect(sweep.output()).toContain(`--attach ${name}`)
    const wrong = onQueue(MATRIX, ['--attach', name])
    expect(await wrong.ended).toBe(2)
    expect(wrong.output()).toContain(`The sweep ${name} was begun by 'check gated.ts', and this is 'matrix'.`)
    open()
    await endsAsThreads(onQueue(GATED_CHECK, ['--attach', name]))
    const again = onQueue(GATED_CHECK, ['--attach', name])
    expect(await again.ended).toBe(2)
    expect(again.output()).toMatch(/^There is no sweep 'check-[0-9a-f]{8}' on redis:/m)
  })

  it('give a job up that kills every worker, and say that it is unknown', async () => {
    const sweep = onQueue(GATED_CHECK)
    for (let i = 0; i < 3; i++) {
      const one = await worker(LATER, { env: { POISON: 'yes' } })
      expect(await one.ended).toBe('SIGKILL')
    }
    await worker(LATER)
    expect(await sweep.ended, sweep.output()).toBe(4)
    expect(sweep.output()).toContain(
      'gated.ts, all failed: it was begun 3 times, and its worker died or said nothing each time. What only it decides is unknown.',
    )
    expect(result()).toMatchObject({
      outcome: 'cut',
      targets: [{ searches: [{ complete: false, cut: 'failed' }], verdicts: [{ verdict: 'unknown' }] }],
    })
  })

  it('refuse a result that the model contradicts', async () => {
    const { sweep, name } = await begun()
    const client = new Redis(server.url)
    const [job] = await client.keys(`*:${name}.*`)
    const key = /\.([0-9a-f]{64})/.exec(job!)![1]!
    const coverage = [{ action: 'Up', enabled: 1, taken: 1, fresh: 1 }]
    const outcome = {
      judgements: [{ property: 'Below', kind: 'always', verdict: 'violated', path: [0, 0] }],
      ...{ distinct: 2, generated: 2, depth: 2, stuck: 1, coverage, complete: true, frontier: 0 },
      ...{ exact: true, missProbability: 0, elapsedSeconds: 1, bytes: 1 },
    }
    await client.hset(`clustercheck:sweep:${name}:results`, key, JSON.stringify({ kind: 'outcome', outcome }))
    client.disconnect()
    expect(await sweep.ended, sweep.output()).toBe(4)
    expect(sweep.output()).toContain(
      'gated.ts, all failed: its result was refused, since Below is violated, which its path does not show.',
    )
  })

  const PLANS = [
    ['a hunt in slices', ['hunt', 'gated.ts', '--runs', '60', '--slices', '3', '--seed', '7']],
    ['a swarm', ['check', 'gated.ts', '--bitstate', '64KB', '--swarm', '3']],
    ['a validation', ['validate', 'message-id-sync', '--search', 'sync-own', '--attacker', 'a0']],
    ['a space of designs', ['design', 'space.yaml']],
  ] as const
  const likeThreads = async (args: readonly string[]): Promise<void> => {
    await worker(['--allow-code'])
    const wanted = await cli([...args, '--json'], { cwd: path })
    const sweep = await cli([...args, '--json', '--queue', server.url], { cwd: path })
    expect({ code: sweep.code, result: timeless(sweep.stdout) }).toEqual({
      code: wanted.code,
      result: timeless(wanted.stdout),
    })
    expect(sweep.stderr).toMatch(/^Sweep \S+ on redis:/)
  }
  it('give what threads give of a hunt in slices', () => likeThreads(PLANS[0][1]))
  slow.each(PLANS.slice(1))('give what threads give of %s', (_, args) => likeThreads(args))

  it('wait for a worker that may run code, and say so', async () => {
    const cautious = await worker()
    const sweep = onQueue(GATED_CHECK)
    await sweep.until(/1 worker on \S+ may not run code/)
    await worker(['--allow-code'])
    await endsAsThreads(sweep)
    expect(cautious.output()).not.toContain('begins')
  })

  it('wait for a worker of the same program, and say so', async () => {
    const main = otherBuild()
    try {
      await worker(['--allow-code'], { main })
      const sweep = onQueue(GATED_CHECK)
      await sweep.until(
        /1 worker on \S+, and none of this program: clustercheck \S+, build [0-9a-f]+, on Node \d+; this is clustercheck \S+, build [0-9a-f]+, on Node \d+\. The jobs wait/,
      )
      await worker(['--allow-code'])
      await endsAsThreads(sweep)
    } finally {
      rmSync(join(dirname(main), '../../..'), { recursive: true })
    }
  })

  slow('go as the guide walks through them', async () => {
    const page = readFileSync(new URL('../../../docs/guides/sweeps.md', import.meta.url), 'utf8')
    const [walk] = blocksIn(page)
    const lines = commandsIn(walk!).flatMap(({ command }) =>
      command.startsWith('npx clustercheck') ? [wordsOf(command.replace(/ &$/, '')).slice(2)] : [],
    )
    const here = lines.map((words) => words.map((word) => word.replace('redis://localhost:6379', server.url)))
    expect(here.map(([name]) => name)).toEqual(['worker', 'worker', 'matrix'])
    for (const args of here.slice(0, 2)) {
      const one = clustercheck(args)
      workers.push(one)
      await one.until(/^Worker /m)
    }
    const sweep = clustercheck([...here[2]!, ...(ALL ? [] : ['--schemes', 'esp-to-maximum,iv-salted'])])
    expect(await sweep.ended, sweep.output()).toBe(0)
    expect(sweep.output()).toMatch(/^esp-to-maximum /m)
  })

  slow('take what another sweep has found, and search it again with --no-cache', async () => {
    await worker()
    const args = ['matrix', '--scope', 'small', '--schemes', 'esp-to-maximum']
    const runs: string[] = []
    for (const more of [['--cache', 'one'], ['--cache', 'two'], ['--no-cache']]) {
      const sweep = onQueue(args, more)
      expect(await sweep.ended, sweep.output()).toBe(0)
      runs.push(sweep.output())
    }
    expect(runs[0]).not.toContain('found in the cache')
    expect(runs[1]).toMatch(/^1 of 1 search found in the cache \S+ or on redis:\/\/127\.0\.0\.1:\d+;/m)
    expect(runs[2]).not.toContain('found in the cache')
  })

  slow.each(Array.from({ length: ALL ? 50 : 1 }, (_, run) => run + 1))(
    'go on when a worker is killed at any moment, run %i',
    async () => {
      const wanted = await byThreads(FEW)
      const victim = await worker(['--lost-after', '3'])
      const sweep = onQueue(FEW)
      const after = Math.floor(Math.random() * 4) + 1
      await victim.until(new RegExp(`(begins[\\s\\S]*){${after}}`))
      await new Promise((resume) => setTimeout(resume, Math.random() * 300))
      victim.kill('SIGKILL')
      const other = await worker(['--lost-after', '3'])
      expect(await sweep.ended, sweep.output()).toBe(wanted.code)
      expect(result(), `killed after ${after}`).toEqual(wanted.result)
      other.kill('SIGKILL')
      await other.ended
    },
  )

  /** Everything that is on the server. */
  const stored = async (): Promise<readonly string[]> => {
    const client = new Redis(server.url)
    const keys = await client.keys('*')
    client.disconnect()
    return keys
  }
})

/** The main file of a copy of the build that differs in one comment. */
const otherBuild = (): string => {
  const from = join(dirname(MAIN), '../../..')
  const to = `${from}-other`
  cpSync(from, to, { recursive: true })
  const main = join(to, 'dist/src/cli/main.js')
  writeFileSync(main, `${readFileSync(main, 'utf8')}\n// Another build.\n`)
  return main
}

describe.skipIf(!REDIS)(`the server of a queue (${WITHOUT})`, () => {
  const SECRET = 'hunter2-secret'
  let server: TestServer
  beforeAll(async () => {
    server = await redis(SECRET)
  })
  afterAll(async () => {
    await server?.end()
  })

  it('is asked with a password that is never shown', async () => {
    const worker = await workerAt(server.url, ['--idle', '1'])
    expect(await worker.ended).toBe(0)
    const listed = await cli(['queue', '--queue', server.url])
    const wrong = await cli(['queue', '--queue', server.url.replace(SECRET, `${SECRET}x`)])
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect(wrong.stderr).toMatch(/^No server of a queue answers at redis:\/\/127\.0\.0\.1:\d+: WRONGPASS/)
    const hidden = await cli(['queue', '--queue', `redis://127.0.0.1:${server.port}`], {
      env: { CLUSTERCHECK_QUEUE_PASSWORD: SECRET },
    })
    expect(hidden.code).toBe(0)
    for (const text of [worker.output(), listed.stdout, listed.stderr, wrong.stderr, hidden.stdout])
      expect(text).not.toContain(SECRET)
  })
})

describe('the options of a queue', () => {
  it.each([
    [
      ['matrix', '--queue', 'redis://127.0.0.1:1'],
      /^No server of a queue answers at redis:\/\/127\.0\.0\.1:1: connect ECONNREFUSED/,
    ],
    [
      ['matrix', '--queue', 'http://u:hunter2@host'],
      /^--queue takes the URL of a Redis or Valkey server.*it was given 'http:\/\/\*\*\*@host'\.$/m,
    ],
    [['matrix', '--attach', 'x'], /^--attach x is for a sweep on a queue; --queue is missing\./],
    [['matrix', '--queue', 'redis://h', '--workers', '2'], /^--workers counts threads of this process/],
    [['worker'], /^worker needs --queue URL/],
  ])('%j: exit 2', async (args, says) => {
    const { code, stderr } = await cli(args)
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(says) })
  })

  it('need packages that need not be installed', async () => {
    const hook = `data:text/javascript,${encodeURIComponent(
      "import { register } from 'node:module'; register('data:text/javascript,' + encodeURIComponent(\"export const resolve = (name, context, next) => { if (name === 'bullmq') { const e = new Error('none'); e.code = 'ERR_MODULE_NOT_FOUND'; throw e } return next(name, context) }\"))",
    )}`
    const { code, stderr } = await cli(['matrix', '--queue', 'redis://127.0.0.1:1'], {
      env: { NODE_OPTIONS: `--import=${hook}` },
    })
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'A queue needs the packages bullmq and ioredis, which are not installed.\n  hint   npm install bullmq ioredis\n',
    })
  })
})
