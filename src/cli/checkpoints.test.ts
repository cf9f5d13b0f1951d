/** Checkpoints through the command line: killed and taken up, damaged, foreign, missing. */
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cli, folderWith, MAIN } from './under-test.ts'

const EXAMPLES = join(dirname(MAIN), '../examples/')
const { path, remove } = folderWith({
  'commit.mjs': `import { twoPhaseCommit } from '${EXAMPLES}two-phase-commit.js'\nexport default twoPhaseCommit(7)\n`,
  'other.mjs': `import { twoPhaseCommit } from '${EXAMPLES}two-phase-commit.js'\nexport default twoPhaseCommit(6)\n`,
})
afterAll(remove)

const model = join(path, 'commit.mjs')
const saves = join(path, 'saves')
const file = join(saves, 'all.checkpoint')
const STATES = 296_448

const distinctIn = (stdout: string): number => JSON.parse(stdout).targets[0].searches[0].distinct

describe('a checkpoint', () => {
  it('lets a search that was killed go on to the same counts', async () => {
    const child = spawn(process.execPath, [MAIN, 'check', model, '--checkpoint', saves, '--every', '0.01'])
    await new Promise<void>((done) => {
      const timer = setInterval(() => {
        if (!existsSync(file)) return
        clearInterval(timer)
        child.kill('SIGKILL')
      }, 5)
      child.on('close', () => done())
    })
    expect(readFileSync(file).length).toBeGreaterThan(1000)
    for (const workers of ['1', '2']) {
      const args = ['check', model, '--resume', saves, '--workers', workers, '--json', '--every', '1000']
      const { code, stdout } = await cli(args)
      expect(code).toBe(0)
      expect(distinctIn(stdout)).toBe(STATES)
    }
  })

  it.each<readonly [what: string, damage: (copy: string) => void, problem: RegExp]>([
    [
      'a byte changed',
      (copy) => flip(copy, 2000),
      /damaged: (its checksum|the checksum of its header) is wrong/,
    ],
    ['its end cut off', (copy) => truncateSync(copy, 3000), /damaged: it ends too early/],
    [
      'something after its end',
      (copy) => writeFileSync(copy, 'more', { flag: 'a' }),
      /goes on after its end/,
    ],
    [
      'other contents',
      (copy) => writeFileSync(copy, 'hello, this is no checkpoint at all'),
      /is no checkpoint/,
    ],
  ])('with %s is refused', async (what, damage, problem) => {
    const folder = join(path, what.replaceAll(' ', '-'))
    mkdirSync(folder)
    copyFileSync(file, join(folder, 'all.checkpoint'))
    damage(join(folder, 'all.checkpoint'))
    const { code, stderr, stdout } = await cli(['check', model, '--resume', folder])
    expect(stderr).toMatch(problem)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect([code, stdout]).toEqual([2, ''])
  })

  it('of another model, or kept another way, is refused with what differs', async () => {
    copyFileSync(join(path, 'other.mjs'), model)
    const other = await cli(['check', model, '--resume', saves])
    expect(other.stderr).toMatch(/is of another search: its model is '\w{16}', not '\w{16}'/)
    expect(other.code).toBe(2)
  })

  it('that is not there is missed, and a folder that cannot be made is named', async () => {
    const missing = await cli(['check', model, '--resume', join(path, 'nowhere')])
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringMatching(/holds no checkpoint of/) })
    const blocked = await cli(['check', model, '--checkpoint', join(model, 'below')])
    expect(blocked).toMatchObject({ code: 2, stderr: expect.stringMatching(/cannot hold checkpoints/) })
  })
})

const flip = (name: string, at: number): void => {
  const bytes = readFileSync(name)
  bytes[at] = bytes[at]! ^ 0xff
  writeFileSync(name, bytes)
}
