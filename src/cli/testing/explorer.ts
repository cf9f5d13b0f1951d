/** A running explorer, for tests. */
import { spawn } from 'node:child_process'
import { MAIN } from './under-test.ts'

/** One that listens, and how it is ended. */
export interface Explorer {
  readonly address: string
  readonly origin: string
  /** What it said on standard error so far. */
  said(): string
  /** Interrupts it, as Ctrl-C does; its exit code. */
  end(): Promise<number | null>
}

/** Starts one. Rejects with what it said when it ends before it listens. */
export const startExplorer = (args: readonly string[], cwd?: string, cache = 'off'): Promise<Explorer> =>
  new Promise((settle, fail) => {
    const child = spawn(process.execPath, [MAIN, 'explore', '--no-open', ...args], {
      ...(cwd !== undefined && { cwd }),
      env: { ...process.env, CLUSTERCHECK_CACHE: cache },
    })
    let said = ''
    let printed = ''
    const ended = new Promise<number | null>((over) => child.on('close', over))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      if (!printed.endsWith('\n')) return
      const address = printed.trim()
      settle({
        address,
        origin: new URL(address).origin,
        said: () => said,
        end: () => {
          child.kill('SIGINT')
          return ended
        },
      })
    })
    void ended.then((code) => fail(new Error(`It ended with ${code}: ${said}`)))
  })
