/** Checkpoints through the command line: killed and taken up, damaged, foreign, missing. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cli, folderWith, MAIN } from '../testing/under-test.ts'

const EXAMPLES = join(dirname(MAIN), '../examples/')
const { path, remove } = folderWith({
  'commit.mjs': `import { twoPhaseCommit } from '${EXAMPLES}two-phase-commit.js'\nexport default twoPhaseCommit(7)\n`,
  'large.mjs': `import { twoPhaseCommit } from '${EXAMPLES}two-phase-commit.js'\nexport default twoPhaseCommit(7)\n`,
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

  it('knows every text that a model is made of, and the build', async () => {
    const grid = (helper: string, situation: string) => `
import { actionsOn, always, model, range, record } from 'clustercheck'
import { odd } from './helper.mjs'
const action = actionsOn()
export default model('Grid', {
  state: record({ a: range(0, 200), b: range(0, 200) }),
  actions: [action('A', { guard: (s) => s.a < 200, effect: (d) => { d.a += 1 } }), action('B', { guard: (s) => s.b < 200, effect: (d) => { d.b += 1 } })],
  properties: [always('Never', { holds: (s) => !odd(s), situation: (s) => s.a > ${situation} })],
})
${helper}`
    const helper = join(path, 'helper.mjs')
    const own = join(path, 'grid.mjs')
    const kept = join(path, 'grid-saves')
    const write = (odd: string, situation = '1', more = '') => {
      writeFileSync(helper, `export const odd = (s) => ${odd}\n`)
      writeFileSync(own, grid(more, situation))
    }
    const resumed = () => cli(['check', own, '--resume', kept])
    write('s.a === 500')
    expect(await cli(['check', own, '--states', '5000', '--checkpoint', kept])).toMatchObject({ code: 4 })
    // From anywhere, and with a comment more in a file: the same text.
    write('s.a === 5 && s.b === 3')
    expect(await resumed()).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/its model is '\w{16}', not '\w{16}'/),
    })
    write('s.a === 500', '2')
    expect(await resumed()).toMatchObject({ code: 2, stderr: expect.stringMatching(/its model is/) })
    write('s.a === 500', '1', 'export const another = 1')
    expect(await resumed()).toMatchObject({ code: 2, stderr: expect.stringMatching(/its model is/) })
    write('s.a === 500')
    const at = join(kept, 'all.checkpoint')
    const bytes = readFileSync(at)
    const forged = Buffer.from(bytes)
    const build = /"build":"(\w{16})"/.exec(bytes.toString('latin1'))![1]!
    forged.write(
      build.replace(/^./, (c) => (c === '0' ? '1' : '0')),
      bytes.indexOf(build),
    )
    const length = bytes.indexOf('{') // The header: its text, then its digest, then arrays, then the digest of all.
    const end = length + bytes.readUInt32LE(length - 4)
    createHash('sha256').update(forged.subarray(0, end)).digest().copy(forged, end)
    createHash('sha256')
      .update(forged.subarray(0, -32))
      .digest()
      .copy(forged, forged.length - 32)
    writeFileSync(at, forged)
    expect(await resumed()).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/its build is '\w{16}', not '\w{16}'/),
    })
    writeFileSync(at, bytes)
    expect(await resumed()).toMatchObject({ code: 0 })
  })

  it('for which the disk has no room is a warning: the search goes on, and nothing is left half written', async () => {
    const full = join(path, 'full')
    // The largest file that may be written, in blocks of 512 or 1,024 bytes.
    const child = spawn('sh', [
      '-c',
      'ulimit -f 2000; exec "$@"',
      'sh',
      ...[process.execPath, MAIN, 'check', join(path, 'large.mjs'), '--checkpoint', full, '--every', '0.001'],
    ])
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.stdout.resume()
    const code = await new Promise((done) => child.on('close', done))
    expect(stderr).toMatch(
      /^\S+all\.checkpoint cannot be written: EFBIG.*; the search goes on without this checkpoint\.\n$/,
    )
    expect(code).toBe(0)
    expect(readdirSync(full).filter((name) => name !== 'all.checkpoint')).toEqual([])
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
