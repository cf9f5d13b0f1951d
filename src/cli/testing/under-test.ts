/** For tests of the command line: the build they run, a child process, and model files in a folder of their own. */
import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** The file that the `bin` of package.json names, in the build made for this run of the tests. */
export const MAIN = process.env.CLUSTERCHECK_MAIN ?? join(ROOT, 'dist/src/cli/main.js')

/**
 * Builds the program once before all tests, in a folder of this run, so that nothing else can change it meanwhile:
 * vitest calls this as its global setup, and what it returns at the end. Types are judged elsewhere.
 */
export default function build(): () => void {
  // Several projects of the tests share one build.
  if (process.env.CLUSTERCHECK_MAIN !== undefined) return () => {}
  const folder = join(ROOT, 'node_modules', `.clustercheck-test-${process.pid}`)
  mkdirSync(folder)
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  try {
    const args = [tsc, '-p', 'tsconfig.build.json', '--outDir', join(folder, 'dist')]
    execFileSync(process.execPath, args, { cwd: ROOT, stdio: 'pipe' })
    const view = join(folder, 'dist/src/explore/view')
    execFileSync('npm', ['run', '--silent', 'build:view', '--', `--outdir=${view}`], {
      cwd: ROOT,
      stdio: 'pipe',
    })
  } catch (error) {
    process.stderr.write(`The build has errors:\n${(error as { stdout?: Buffer }).stdout ?? error}\n`)
  }
  process.env.CLUSTERCHECK_MAIN = join(folder, 'dist/src/cli/main.js')
  return () => rmSync(folder, { recursive: true, force: true })
}

/** What a run of the command line left behind. */
export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** How to run the command line. */
export interface RunOptions {
  readonly cwd?: string
  /** Milliseconds after which the process is sent SIGINT; a second time after as long again. */
  readonly interruptAfter?: readonly number[]
  readonly columns?: number
  readonly env?: Readonly<Record<string, string>>
  /** The folder for temporary files. */
  readonly temporary?: string
}

/** Runs the command line as a child process without a terminal. */
export const cli = (args: readonly string[], options: RunOptions = {}): Promise<Finished> =>
  cliOf(MAIN, args, options)

/** The same of another build. */
export const cliOf = (main: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> =>
  new Promise((done, failed) => {
    const { COLUMNS: _, ...env } = process.env
    const child = spawn(process.execPath, [main, ...args], {
      cwd: options.cwd ?? ROOT,
      env: {
        ...env,
        CLUSTERCHECK_CACHE: 'off',
        ...options.env,
        ...(options.columns !== undefined && { COLUMNS: String(options.columns) }),
        ...(options.temporary !== undefined && { TMPDIR: options.temporary }),
      },
    })
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text
      })
    const timers = (options.interruptAfter ?? []).map((ms) => setTimeout(() => child.kill('SIGINT'), ms))
    child.on('error', failed)
    child.on('close', (code) => {
      timers.forEach(clearTimeout)
      done({ code, ...output })
    })
  })

/** A folder outside the repository with these files; `remove` takes it away. */
export const folderWith = (files: Readonly<Record<string, string>>) => {
  const path = mkdtempSync(join(tmpdir(), 'clustercheck-test-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
