/** For tests of queues: a Redis server of their own, workers, and what happens to jobs. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MAIN } from './under-test.ts'

const SERVERS = ['redis-server', 'valkey-server'] as const

/** The server that is installed; undefined where none is. */
export const REDIS: string | undefined = SERVERS.find((name) => {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})

/** What tests say that are skipped. */
export const WITHOUT = 'skipped where neither redis-server nor valkey-server is on the path'

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer()
    server.on('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })

/** A child process of which lines are waited for. */
export interface Watched {
  readonly pid: number
  readonly output: () => string
  /** Resolves when what it has printed so far matches. */
  until(pattern: RegExp): Promise<void>
  /** Resolves with the exit code, or the signal, when it has ended. */
  readonly ended: Promise<number | NodeJS.Signals | null>
  kill(signal?: NodeJS.Signals): void
}

/** Starts a program; both of its streams are what it prints. */
export const started = (
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Watched => {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  let isOver = false
  const waiting = new Set<() => void>()
  const look = (): void => {
    for (const one of [...waiting]) one()
  }
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more
      look()
    })
  const ended = new Promise<number | NodeJS.Signals | null>((done) =>
    child.on('close', (code, signal) => {
      isOver = true
      look()
      done(code ?? signal)
    }),
  )
  return {
    pid: child.pid!,
    output: () => text,
    ended,
    kill: (signal) => void child.kill(signal),
    until: (pattern) =>
      new Promise((done, failed) => {
        const test = (): void => {
          if (!pattern.test(text) && !isOver) return
          waiting.delete(test)
          if (pattern.test(text)) done()
          else failed(new Error(`it ended, and never printed ${pattern}; it printed\n${text}`))
        }
        waiting.add(test)
        test()
      }),
  }
}

/** A server in a folder of its own. */
export interface TestServer {
  readonly url: string
  readonly port: number
  kill(): Promise<void>
  /** Starts it again with what it has written. */
  restart(): Promise<void>
  end(): Promise<void>
}

/** Starts a server that appends what it is told to a file; `password`: what it asks for. */
export const redis = async (password?: string): Promise<TestServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'clustercheck-redis-'))
  const port = await freePort()
  const args = [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
    ...['--appendonly', 'yes', '--appendfsync', 'always'],
    ...(password === undefined ? [] : ['--requirepass', password]),
  ]
  const run = async (): Promise<Watched> => {
    const server = started(REDIS!, args)
    await server.until(/Ready to accept connections/)
    return server
  }
  let server = await run()
  return {
    url: `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${port}`,
    port,
    async kill() {
      server.kill('SIGKILL')
      await server.ended
    },
    async restart() {
      server = await run()
    },
    async end() {
      server.kill('SIGKILL')
      await server.ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Runs the command line of the build under test, or of another one. */
export const clustercheck = (
  args: readonly string[],
  {
    cwd,
    env,
    main = MAIN,
  }: {
    readonly cwd?: string
    readonly env?: Readonly<Record<string, string>>
    readonly main?: string
  } = {},
): Watched =>
  started(process.execPath, [main, ...args], {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, CLUSTERCHECK_CACHE: 'off', ...env },
  })

/** Starts a worker, and waits until it takes jobs. */
export const workerAt = async (
  url: string,
  args: readonly string[] = [],
  options: Parameters<typeof clustercheck>[1] = {},
): Promise<Watched> => {
  const worker = clustercheck(['worker', '--queue', url, '--threads', '1', '--verbose', ...args], options)
  await worker.until(/^Worker \d+ on /m)
  return worker
}
