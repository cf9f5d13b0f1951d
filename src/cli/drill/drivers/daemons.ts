/** Daemons in a lab of network namespaces: what the drivers of several implementations share. */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LabFacts, Place } from '../../../drill/protocol.ts'
import { DriverFault } from './serve.ts'

export const CLUSTER = '192.168.0.1'
export const PEER = '192.168.0.2'
/** Child SAs that are configured beside the first, to be asked for one by one. */
export const SPARE = 12

/** Runs a command; what it printed, whatever its exit code. */
export const run = (command: string, args: readonly string[], ms = 8000): Promise<string> =>
  new Promise((resolve) => {
    execFile(command, args, { encoding: 'utf8', timeout: ms }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    )
  })

/** Throws `DriverFault` where a command is not there. `packages`: of each command, the package of Debian that has it. */
export const needCommands = async (packages: Readonly<Record<string, string>>): Promise<void> => {
  for (const [command, name] of Object.entries(packages))
    if ((await run('sh', ['-c', `command -v ${command}`])) === '')
      throw new DriverFault(`There is no command ${command}; Debian has it in the package ${name}.`)
}

export const places = new Map<string, Place>()
export const daemons = new Map<string, ChildProcess>()
let folder = ''

/** Begins in a lab. */
export const usePlaces = (lab: LabFacts & { readonly kind: 'netns' }): void => {
  folder = lab.folder
  for (const [party, place] of Object.entries(lab.parties)) places.set(party, place)
}

export const placeOf = (party: string): Place => {
  const place = places.get(party)
  if (!place) throw new DriverFault(`This pair has no member ${party}.`, true)
  return place
}

export const ip = (party: string, ...args: readonly string[]): string =>
  execFileSync('ip', ['-n', placeOf(party).namespace, ...args], { encoding: 'utf8', stdio: 'pipe' })

/** Arguments of `ip` that run a command at a party. */
export const inside = (party: string, ...command: readonly string[]): readonly string[] => [
  'netns',
  'exec',
  placeOf(party).namespace,
  ...command,
]

/** The folder of a party. */
export const folderOf = (party: string): string => join(folder, party)

export interface Launch {
  /** Of the daemon, for messages. */
  readonly name: string
  /** Files that it reads, by their names in its folder. */
  readonly files: Readonly<Record<string, string>>
  /** Shell commands that begin it, with its folder as `$1`. Mounts are seen by nobody else. */
  readonly script: string
  readonly env?: Readonly<Record<string, string>>
  /** The socket in its folder that is there once it can be asked. */
  readonly ready: string
}

/** Starts a daemon at a party, and waits until it can be asked. Throws `DriverFault`. */
export const launch = async (party: string, { name, files, script, env, ready }: Launch): Promise<void> => {
  const own = folderOf(party)
  rmSync(own, { recursive: true, force: true })
  mkdirSync(join(own, 'run'), { recursive: true })
  for (const [file, text] of Object.entries(files)) writeFileSync(join(own, file), text, { mode: 0o600 })
  const out = openSync(join(own, 'out'), 'a')
  // Files of the daemon, such as that of its number, are in /run: each has one of its own.
  const mounted = `mount --bind "$1/run" /run && ${script}`
  const child = spawn('ip', inside(party, 'sh', '-c', mounted, 'sh', own), {
    env: { ...process.env, ...env },
    stdio: ['ignore', out, out],
  })
  closeSync(out)
  daemons.set(party, child)
  for (let i = 0; i < 200 && !existsSync(join(own, ready)); i++) {
    if (child.exitCode !== null)
      throw new DriverFault(`${name} ended at once at ${party}; its log is ${join(own, 'out')}.`)
    await sleep(25)
  }
}

export const endDaemon = (party: string): void => {
  const child = daemons.get(party)
  daemons.delete(party)
  if (child?.pid === undefined || child.exitCode !== null) return
  child.kill('SIGKILL')
}
