/** `init --extension` and `validate` as their user meets them, in a folder outside the repository. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { extensionTemplate } from './extension-template.ts'
import { cli, folderWith } from './under-test.ts'

/** The template with one of its parts replaced. */
const changed = (from: string, to: string): string => {
  const text = extensionTemplate('my-idea')
  expect(text).toContain(from)
  return text.replace(from, to)
}

const { path, remove } = folderWith({
  'hook.ts': changed('takesOver: (d', 'takeOver: (d'),
  'clash.ts': changed('announces: range(0, 1) }', 'up: range(0, 1), announces: range(0, 1) }'),
  'message.ts': changed(
    "announce: { to: 'peer'",
    "farewell: { to: 'peer', fields: {}, capacity: 1 }, announce: { to: 'peer'",
  ),
  'property.ts': changed("property: 'MID-5'", "property: 'MID-9'"),
  'scheme.ts': changed("schemes: ['synch-ike', 'acked-everything']", "schemes: ['synch-everything']"),
  'model.ts': 'export default { kind: 1 }\n',
})
afterAll(remove)

const run = (...args: readonly string[]) => cli(args, { cwd: path, columns: 80 })

describe('an extension in a folder outside the repository', () => {
  it('starts from a template that validates as it is', async () => {
    const written = await run('init', '--extension', 'my-idea')
    expect(written).toMatchObject({ code: 0, stderr: '' })
    const { code, stdout, stderr } = await run('validate', 'my-idea.ts')
    expect(stderr).toBe('')
    expect(stdout).toContain('confirmed  keeps ANN-1')
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80)
    expect(code).toBe(0)
  })

  it('is not overwritten by another template', async () => {
    writeFileSync(join(path, 'mine.ts'), 'mine')
    const { code, stderr } = await run('init', '--extension', 'mine')
    expect(stderr).toContain('mine.ts is there already')
    expect(code).toBe(2)
    expect(readFileSync(join(path, 'mine.ts'), 'utf8')).toBe('mine')
  })

  it('is refuted with a trace that can be replayed', async () => {
    writeFileSync(join(path, 'idea.ts'), extensionTemplate('idea'))
    const { code, stdout } = await run('validate', 'idea.ts:checks=false', '--json')
    expect(code).toBe(1)
    const { claims } = JSON.parse(stdout)
    const refuted = claims.find(({ property }: { property: string }) => property === 'ANN-1')
    expect(refuted).toMatchObject({ status: 'refuted', scheme: 'synch-ike' })
    const replayed = await run('replay', refuted.shown.with.replay)
    expect(replayed.stdout).toContain('VIOLATED ANN-1 AnnouncementNotedOnce')
    expect(replayed.code).toBe(0)
  })
})

describe('a mistake of an author is one sentence', () => {
  it.each([
    ['hook.ts', 3, "hooks 'takeOver' of the member, which is no hook"],
    ['clash.ts', 3, "adds 'up' to member, where there is a 'up' already"],
    ['message.ts', 3, "has the message 'farewell' and nothing under receives that handles it"],
    ['property.ts', 3, "claims something of 'MID-9'"],
    ['scheme.ts', 3, "speaks of the scheme 'synch-everything', which does not exist"],
    ['model.ts', 2, 'expected what extension(...) returns'],
    ['--all', 2, 'validate --all takes no extension'],
    ['message-id-synch', 2, "No extension is called 'message-id-synch'. Did you mean 'message-id-sync'?"],
    ['message-id-sync:bump=9', 2, "Parameter bump of message-id-sync is one of 3, 1, 0; it was given '9'."],
  ])('%s', async (name, exit, sentence) => {
    const { code, stdout, stderr } = await run('validate', ...(name === '--all' ? ['mobike', name] : [name]))
    expect(stderr).toContain(sentence)
    expect(stderr).not.toContain('    at ')
    expect(stdout).toBe('')
    expect(code).toBe(exit)
  })
})

describe('extensions together', () => {
  it('are compared with each alone', async () => {
    const { code, stdout } = await run(
      'validate',
      'sender-id-ivs',
      'implicit-iv',
      '--scheme',
      'esp-told-jump',
      '--attacker',
      'A0',
    )
    expect(stdout).toContain('None: what holds with each alone holds with all together.')
    expect(code).toBe(0)
  })
})
