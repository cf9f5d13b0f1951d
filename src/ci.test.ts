/** The action of GitHub and the template of GitLab: their commands are run as the services would run them. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { folderWith, MAIN } from './cli/testing/under-test.ts'

const ROOT = join(import.meta.dirname, '..')
const yamlOf = (path: string) => parse(readFileSync(join(ROOT, path), 'utf8'))

const MODEL = `
import { actionsOn, always, model, range, record } from 'clustercheck'
const state = record({ next: range(0, 5) })
const action = actionsOn<typeof state>()
export default model('A counter', {
  state,
  actions: [action('Next', { guard: (s) => s.next < 5, effect: (d) => { d.next += 1 } })],
  properties: [always<typeof state>('Small', { holds: (s) => s.next < 5 })],
})
`
const config = (verdict: string) =>
  JSON.stringify({ targets: [{ target: './model.ts', expect: { Small: { verdict, reason: 'so it is' } } }] })

const good = folderWith({ 'model.ts': MODEL, 'clustercheck.config.json': config('violated') })
const bad = folderWith({ 'model.ts': MODEL, 'clustercheck.config.json': config('holds') })
afterAll(() => {
  for (const folder of [good, bad]) folder.remove()
})

/** An `npx` that runs the build of this run of the tests, where the package would be installed. */
const bin = join(good.path, 'bin')
beforeAll(() => {
  mkdirSync(bin)
  writeFileSync(
    join(bin, 'npx'),
    `#!/bin/sh\n[ "$1 $2" = "--no-install clustercheck" ] || exit 99\nshift 2\nexec "${process.execPath}" "${MAIN}" "$@"\n`,
  )
  chmodSync(join(bin, 'npx'), 0o755)
})

/** Runs a script of a service in a folder. */
const run = (script: string, folder: string, env: Readonly<Record<string, string>>) =>
  spawnSync('bash', ['-e', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CLUSTERCHECK_CACHE: 'off', PATH: `${bin}:${process.env.PATH}`, ...env },
  })

describe('the action of GitHub', () => {
  const action = yamlOf('action.yml')
  const [step] = action.runs.steps

  /** The step with these inputs, others as the action has them. */
  const runAction = (folder: string, inputs: Readonly<Record<string, string>> = {}) => {
    const inputOf = (text: string): string =>
      text.replace(
        /^\$\{\{ inputs\.([\w-]+) \}\}$/,
        (_, name: string) => inputs[name] ?? action.inputs[name].default,
      )
    const env = Object.fromEntries(
      Object.entries(step.env as Record<string, string>).map(([name, value]) => [name, inputOf(value)]),
    )
    const files = { GITHUB_STEP_SUMMARY: join(folder, 'step.md'), GITHUB_OUTPUT: join(folder, 'output') }
    for (const path of Object.values(files)) writeFileSync(path, '')
    const { status, stdout, stderr } = run(step.run, folder, { ...env, ...files })
    return {
      status,
      said: stdout + stderr,
      summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
      output: readFileSync(files.GITHUB_OUTPUT, 'utf8'),
    }
  }

  it('is a composite whose inputs reach the shell as variables only', () => {
    expect(action.runs.using).toBe('composite')
    expect(step.run).not.toContain('${{')
    for (const name of Object.keys(action.inputs)) expect(JSON.stringify(step)).toContain(`inputs.${name} }}`)
  })

  it('passes where all is as expected, and leaves its reports', () => {
    const { status, said, summary, output } = runAction(good.path)
    expect(status, said).toBe(0)
    expect(summary).toContain('Small')
    expect(output).toBe('exit-code=0\nsarif=./clustercheck-reports/clustercheck.sarif\n')
    for (const name of ['result.json', 'junit.xml', 'clustercheck.sarif'])
      expect(existsSync(join(good.path, 'clustercheck-reports', name)), name).toBe(true)
  })

  it('fails with an annotation where something is not', () => {
    const { status, said, output } = runAction(bad.path)
    expect(status, said).toBe(1)
    expect(said).toContain('::error')
    expect(output).toContain('exit-code=1\n')
  })

  it('takes a target with what a shell would make of it as it is', () => {
    const { status, said } = runAction(good.path, { target: '$(touch hacked) *.ts; touch hacked' })
    expect(status, said).toBe(2)
    expect(existsSync(join(good.path, 'hacked'))).toBe(false)
  })

  it('takes more options', () => {
    const { status, said } = runAction(good.path, { target: 'model.ts', arguments: '--states 2' })
    expect(status, said).toBe(4)
  })
})

describe('the template of GitLab', () => {
  const { script, artifacts, variables } = yamlOf('ci/clustercheck.gitlab-ci.yml')['.clustercheck']

  it('passes where all is as expected, and leaves what it names', () => {
    const { status, stdout, stderr } = run(script.join('\n'), good.path, variables)
    expect(status, stdout + stderr).toBe(0)
    for (const name of [...artifacts.paths, artifacts.reports.junit])
      expect(existsSync(join(good.path, name)), name).toBe(true)
  })

  it('fails where something is not', () => {
    expect(run(script.join('\n'), bad.path, variables).status).toBe(1)
  })
})
