/**
 * Runs a command and measures it from outside, start-up included: the same for every checker, ours too. Linux only.
 *
 * CPU seconds are exact to a tick (10 ms) for a process that its parent waits for; SPIN's helpers are not waited for
 * and are known up to the last look. Peak memory is the kernel's own high-water mark of a single process; of several
 * it is the most that one look found. Both miss at most what happened in the last LOOK_MS before the end.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What was seen of a command from outside. */
export interface Observed {
  readonly output: string
  /** From the start of the process until its last output. */
  readonly seconds: number
  /** Of the process and all that it started. */
  readonly cpuSeconds: number
  /** Resident, shared pages counted once. */
  readonly peakBytes: number
}

const LOOK_MS = 20
/** The unit of times in /proc, which Linux fixes for programs. */
const TICKS_PER_SECOND = 100

/** The text of a file in /proc; '' when its process has ended. */
const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const childrenOf = (pid: number): readonly number[] =>
  read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)

const treeOf = (pid: number): readonly number[] => [pid, ...childrenOf(pid).flatMap(treeOf)]

/** Seconds from fields of /proc/PID/stat, counted from 1 as proc(5) does; the name, field 2, may hold spaces. */
const secondsOf = (pid: number | 'self', fields: readonly number[]): number => {
  const afterName = read(`/proc/${pid}/stat`).split(') ').at(-1)!.split(' ')
  return fields.reduce((sum, field) => sum + Number(afterName[field - 3] ?? 0), 0) / TICKS_PER_SECOND
}
const OWN_TIMES = [14, 15]
const TIMES_OF_CHILDREN_WAITED_FOR = [16, 17]

const bytesOf = (status: string, names: readonly string[]): number =>
  names.reduce((sum, name) => {
    const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]
    return sum + Number(kilobytes ?? 0) * 1024
  }, 0)

/** Resident bytes of the System V segments that these processes made; the kernel's table has a line for each. */
const sharedBytesOf = (pids: readonly number[]): number => {
  const [head = '', ...lines] = read('/proc/sysvipc/shm').trim().split('\n')
  const names = head.trim().split(/\s+/)
  const segments = lines.map((line) => line.trim().split(/\s+/).map(Number))
  return segments
    .filter((segment) => pids.includes(segment[names.indexOf('cpid')]!))
    .reduce((sum, segment) => sum + segment[names.indexOf('rss')]!, 0)
}

const residentBytesOf = (pids: readonly number[]): number => {
  const statuses = pids.map((pid) => read(`/proc/${pid}/status`))
  if (statuses.length === 1) return bytesOf(statuses[0]!, ['VmHWM'])
  const own = statuses.reduce((sum, status) => sum + bytesOf(status, ['RssAnon']), 0)
  const program = Math.max(...statuses.map((status) => bytesOf(status, ['RssFile'])))
  return own + program + sharedBytesOf(pids)
}

/** Runs `command` in `folder`. Run one at a time: what another child uses meanwhile would be counted as its. */
export const observe = (command: string, args: readonly string[], folder: string): Promise<Observed> =>
  new Promise((resolve, reject) => {
    const cpuBefore = secondsOf('self', TIMES_OF_CHILDREN_WAITED_FOR)
    const start = performance.now()
    const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    const cpuSeen = new Map<number, number>()
    let peakBytes = 0
    const look = () => {
      const pids = treeOf(child.pid!)
      for (const pid of pids) cpuSeen.set(pid, Math.max(cpuSeen.get(pid) ?? 0, secondsOf(pid, OWN_TIMES)))
      peakBytes = Math.max(peakBytes, residentBytesOf(pids))
    }
    const looking = setInterval(look, LOOK_MS)
    // An interrupt, so that SPIN gives its shared memory back.
    const interrupt = () => child.kill('SIGINT')
    process.once('exit', interrupt)
    const end = () => {
      clearInterval(looking)
      process.removeListener('exit', interrupt)
    }

    let output = ''
    let errors = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text
    })
    child.on('error', (error) => {
      end()
      reject(error)
    })
    child.on('close', (code, signal) => {
      end()
      const seconds = (performance.now() - start) / 1000
      const waitedFor = secondsOf('self', TIMES_OF_CHILDREN_WAITED_FOR) - cpuBefore
      const seen = [...cpuSeen.values()].reduce((sum, own) => sum + own, 0)
      if (code === 0) resolve({ output, seconds, cpuSeconds: Math.max(waitedFor, seen), peakBytes })
      else {
        const said = (errors || output).trim().split('\n').slice(-5).join('\n')
        reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? code}: ${said}`))
      }
    })
  })
