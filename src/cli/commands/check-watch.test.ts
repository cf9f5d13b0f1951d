/** `check --watch`: each change of a file that a run was made from leads to another run. Waits for what is printed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { cli, folderWith, MAIN } from '../testing/under-test.ts'

const modelOf = (limit: string): string => `
import { actionsOn, always, model, range, record } from 'clustercheck'
import { most } from './most.ts'
export default model('Counter', {
  state: record({ n: range(0, 5) }),
  actions: [actionsOn()('Up', { guard: (s) => s.n < 4, effect: (d) => { d.n += 1 } })],
  properties: [always('Low', { holds: (s) => s.n < ${limit} })],
})
`
const { path, remove } = folderWith({ 'm.ts': modelOf('most'), 'most.ts': 'export const most = 3\n' })
afterAll(remove)

it('checks again when the model or what it imports changes, also after a mistake, until it is interrupted', async () => {
  const child = spawn(process.execPath, [MAIN, 'check', 'm.ts', '--watch', '--quiet'], {
    cwd: path,
    env: { ...process.env, CI: '', CLUSTERCHECK_CACHE: 'off' },
  })
  let text = ''
  const heard = (found: RegExp): Promise<void> =>
    new Promise((done) => {
      const look = (): void => {
        const at = found.exec(text)
        if (!at) return
        text = text.slice(at.index + at[0].length)
        child.off('heard', look)
        done()
      }
      child.on('heard', look)
      look()
    })
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more
      child.emit('heard')
    })
  await heard(/exit 1: 1 violated[\s\S]*Watching 2 files; Ctrl-C ends it\.\n/)
  writeFileSync(join(path, 'most.ts'), 'export const most = 5\n')
  await heard(/most\.ts changed; checking again\.\n[\s\S]*exit 0: [\s\S]*Watching 2 files/)
  writeFileSync(join(path, 'm.ts'), modelOf('most +'))
  await heard(/m\.ts changed; checking again\.\n[\s\S]*m\.ts cannot be compiled, line \d[\s\S]*Watching/)
  writeFileSync(join(path, 'm.ts'), modelOf('most - 2'))
  await heard(/exit 1: 1 violated[\s\S]*Watching/)
  child.kill('SIGINT')
  expect(await once(child, 'close')).toEqual([1, null])
})

it('is refused where nothing would end it, and ends where nothing can change', async () => {
  const refused = await cli(['check', 'm.ts', '--watch'], { cwd: path, env: { CI: 'true' } })
  expect(refused).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('a job would not end'),
  })
  const scheme = await cli(
    ['check', 'no-synch', '--scope', 'small', '--only', 'MID-1', '--watch', '--quiet', '--vacuity', 'warn'],
    {
      cwd: path,
      env: { CI: '' },
    },
  )
  expect(scheme).toMatchObject({ code: 0, stderr: expect.stringContaining('is made from no file') })
})
