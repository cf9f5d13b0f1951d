/** What shells offer when the script of `completion` is read: bash is asked, the others have to accept it. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wholeCommands } from '../program.ts'
import { cli, folderWith } from '../testing/under-test.ts'

const { path, remove } = folderWith({ 'my-model.ts': '' })
mkdirSync(join(path, 'my-folder'))
afterAll(remove)

const scripts: Record<string, string> = {}
beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout, stderr } = await cli(['completion', shell])
    expect([code, stderr]).toEqual([0, ''])
    scripts[shell] = stdout
  }
})

/** What bash offers for the last of some words, as it would be called by the tabulator. */
const offered = (...words: readonly string[]): readonly string[] => {
  const all = ['clustercheck', ...words]
  const called = `source script.bash
COMP_WORDS=(${all.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${all.length - 1}
_clustercheck
printf '%s\\n' "\${COMPREPLY[@]}"`
  writeFileSync(join(path, 'script.bash'), scripts.bash!)
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', called], {
    cwd: path,
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([0, ''])
  return stdout.split('\n').filter((word) => word !== '')
}

const COMMANDS = await wholeCommands()

describe('bash', () => {
  it('offers the commands', () => {
    expect(offered('')).toEqual(expect.arrayContaining(COMMANDS.map(({ name }) => name)))
    expect(offered('ma')).toEqual(['matrix'])
    expect(offered('help', 'ca')).toEqual(['capture'])
  })

  it.each(COMMANDS.map(({ name, options }) => ({ name, options })))(
    'offers all options of $name',
    ({ name, options }) => {
      const flags = options.map(({ flags: usage }) => /--[\w-]+/.exec(usage)![0])
      expect([...offered(name, '--')].sort()).toEqual([...flags, '--help'].sort())
    },
  )

  it('offers schemes, properties and files', () => {
    expect(offered('check', 'esp-told-j')).toContain('esp-told-jump')
    expect([...offered('check', 'my-')].sort()).toEqual(['my-folder', 'my-model.ts'])
    expect(offered('explain', 'SEQ-1')).toEqual(['SEQ-1'])
    expect(offered('check', 'esp-jump', '--only', 'MID-').length).toBeGreaterThan(5)
  })

  it('offers the words that an option takes', () => {
    expect(offered('check', '--scope', '')).toEqual(['small', 'default', 'large', 'wide'])
    expect(offered('check', 'esp-jump', '--expected', 'd')).toEqual(['declared'])
    expect(offered('check', 'esp-jump', '--json', 'my-m')).toEqual(['my-model.ts'])
  })
})

describe('other shells', () => {
  it.each(['zsh', 'fish'])('%s takes its script, where it is installed', (shell) => {
    for (const { name } of COMMANDS) expect(scripts[shell]).toContain(name)
    writeFileSync(join(path, `script.${shell}`), scripts[shell]!)
    const { error, status, stderr } = spawnSync(shell, ['-n', `script.${shell}`], {
      cwd: path,
      encoding: 'utf8',
    })
    if (!error) expect([status, stderr]).toEqual([0, ''])
  })

  it('fish offers what bash does, where it is installed', () => {
    const asked = (line: string) =>
      spawnSync('fish', ['-c', `source script.fish; complete -C ${JSON.stringify(line)}`], {
        cwd: path,
        encoding: 'utf8',
      })
    if (asked('').error) return
    expect(asked('clustercheck check --expected ').stdout).toMatch(/^declared\b[\s\S]*^good\b/m)
    expect(asked('clustercheck ma').stdout).toMatch(/^matrix\t/m)
  })

  it('are named when there is no script', async () => {
    const { code, stderr } = await cli(['completion', 'tcsh'])
    expect([code, stderr]).toEqual([2, "No shell is called 'tcsh'. Did you mean 'bash', 'zsh' or 'fish'?\n"])
  })
})
