/** Run by vitest in each test file, where what tests cost is asked for: notes the CPU seconds of the file for `costs.ts`. */
import { readFileSync } from 'node:fs'
import { afterAll } from 'vitest'

declare module 'vitest' {
  interface TaskMeta {
    /** CPU seconds of this process since the test file before it; of the child processes that have ended. */
    cpu?: { readonly own: number; readonly children: number }
  }
}

/** Of child processes that have ended, and of theirs; 0 where the system does not say. */
const ofChildren = (): number => {
  try {
    const afterName = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]!.split(' ')
    return (Number(afterName[13]) + Number(afterName[14])) / 100
  } catch {
    return 0
  }
}
const ofThis = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Test files that share a process are told apart by what was noted last. */
const last = globalThis as { clustercheckCpu?: { own: number; children: number } }

// biome-ignore lint/correctness/noEmptyPattern: vitest reads from the text which fixtures are wanted.
afterAll(({}, file) => {
  const before = last.clustercheckCpu ?? { own: 0, children: 0 }
  const now = { own: ofThis(), children: ofChildren() }
  last.clustercheckCpu = now
  file.meta.cpu = { own: now.own - before.own, children: now.children - before.children }
})
