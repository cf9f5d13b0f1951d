/** `check --watch`: a process for each run, and another one whenever a file that it was made from changes. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, type FSWatcher, statSync, watch as watchFolder } from 'node:fs'
import { basename, dirname, relative } from 'node:path'
import { printable } from '../../modelling/printable.ts'
import { WATCHED } from '../files/read-files.ts'
import { isCi } from '../process/ci.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT, type ExitCode } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'

/** Milliseconds in which what an editor does to a file when it saves is one change. */
const SETTLED = 100

/** Runs this command line without `--watch` until it is interrupted; returns the exit code of the last run. */
export const watch = (terminal: Terminal): Promise<ExitCode> => {
  if (isCi())
    throw new UsageError({
      problem: '--watch runs until it is interrupted, and CI is set: a job would not end.',
    })
  const args = process.argv.slice(1).filter((arg) => arg !== '--watch')
  return new Promise((done) => {
    const folders = new Map<string, FSWatcher>()
    const files = new Set<string>()
    let child: ChildProcess | undefined
    let code: ExitCode = EXIT.asExpected
    let started = 0
    let waiting: NodeJS.Timeout | undefined
    let ended = false

    const run = (): void => {
      started = Date.now()
      const own = spawn(process.execPath, [...process.execArgv, ...args], {
        stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
        env: { ...process.env, [WATCHED]: '1' },
      })
      child = own
      own.on('message', (message: { readonly read: string }) => follow(message.read))
      own.on('close', (exit) => {
        // A run that was ended for a newer one says nothing.
        if (child !== own) return
        child = undefined
        code = (exit ?? EXIT.internal) as ExitCode
        if (files.size === 0) terminal.err('What was checked is made from no file: nothing can be watched.\n')
        if (ended || files.size === 0) finish()
        else
          terminal.err(`Watching ${files.size === 1 ? '1 file' : `${files.size} files`}; Ctrl-C ends it.\n`)
      })
    }
    const changed = (path: string): void => {
      clearTimeout(waiting)
      waiting = setTimeout(() => {
        const running = child
        child = undefined
        running?.kill('SIGKILL')
        terminal.err(`\n${printable(relative('.', path))} changed; checking again.\n`)
        run()
      }, SETTLED)
    }
    const follow = (path: string): void => {
      if (files.has(path) || ended || !existsSync(dirname(path))) return
      files.add(path)
      const folder = dirname(path)
      // Editors replace a file by another one: its folder is what stays.
      if (!folders.has(folder))
        folders.set(
          folder,
          watchFolder(folder, (_, name) => {
            const found = [...files].find((one) => dirname(one) === folder && basename(one) === name)
            if (found !== undefined) changed(found)
          }),
        )
      const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
      if (modified > started) changed(path)
    }
    const finish = (): void => {
      for (const watcher of folders.values()) watcher.close()
      for (const signal of SIGNALS) process.off(signal, end)
      done(code)
    }
    /** A run gets the signal as well, from the terminal or here, and says what it covered. */
    const end = (signal: NodeJS.Signals): void => {
      ended = true
      clearTimeout(waiting)
      if (!child) finish()
      else if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    for (const signal of SIGNALS) process.on(signal, end)
    run()
  })
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
