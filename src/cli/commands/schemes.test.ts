/** The commands over the schemes of the matrix. The whole matrix is long: its verdicts are tested with the properties. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { labelOf } from '../../modelling/property.ts'
import { matrixIn } from '../targets/schemes.ts'
import { tokensOf } from '../targets/targets.ts'
import { structureHash } from '../targets/tokens.ts'
import { cli, MAIN } from '../testing/under-test.ts'

const { suites: schemes, groups } = await matrixIn('default')
const { name, focuses } = schemes[0]!
const label = labelOf(focuses[0]!.model.properties[0]!)

describe('clustercheck matrix', () => {
  it('prints the table when it is interrupted, writes no files and exits 4', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'clustercheck-test-'))
    const run = await cli(['matrix', '--write', folder], { interruptAfter: [5000], columns: 80 })
    expect(run.code).toBe(4)
    expect(run.stdout).toMatch(new RegExp(`^scheme .*\\b${label}\\b`, 'm'))
    for (const { title } of groups) expect(run.stdout).toContain(`${title}\nscheme `)
    expect(run.stdout).toMatch(/\bunknown!/)
    expect(run.stdout.replaceAll(/\s+/g, ' ')).toContain('unknown: the search was cut')
    expect(run.stderr).toContain(`Nothing was written to ${folder}, since a search was cut.`)
    for (const line of run.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    rmSync(folder, { recursive: true })
  })

  it('gives the same shape in JSON', async () => {
    const { code, stdout } = await cli(['matrix', '--json', '--workers', '1'], { interruptAfter: [5000] })
    expect(code).toBe(4)
    const result = JSON.parse(stdout)
    expect(result.schemaVersion).toBe(2)
    expect(result).toMatchObject({ command: 'matrix', groups })
    expect(result.targets.map((scheme: { name: string }) => scheme.name)).toEqual(schemes.map((s) => s.name))
    for (const scheme of result.targets) {
      expect(scheme).toMatchObject({
        scope: 'default',
        asDeclared: expect.any(Boolean),
        search: { distinct: expect.any(Number) },
      })
      for (const verdict of scheme.verdicts) expect(verdict).toMatchObject({ property: expect.any(String) })
    }
  })
})

describe('the matrix', () => {
  it('gives one key only to searches of one model', () => {
    const shared = new Map<string, string>()
    for (const { key, model } of schemes.flatMap((suite) => suite.focuses)) {
      if (key === undefined) continue
      const hash = structureHash(model)
      expect(shared.get(key) ?? hash, key).toBe(hash)
      shared.set(key, hash)
    }
  })
})

describe('clustercheck over a scheme', () => {
  it('lists the schemes, their searches and properties', async () => {
    const { code, stdout } = await cli(['list'])
    expect(code).toBe(0)
    for (const scheme of schemes) expect(stdout).toContain(`  ${scheme.name} `)
    expect(stdout).toContain(`  ${label} `)
  })

  it('explains a scheme, and a property by label or name in any case', async () => {
    const property = focuses[0]!.model.properties[0]!
    for (const asked of [label.toLowerCase(), property.name]) {
      const { code, stdout } = await cli(['explain', asked])
      expect(code).toBe(0)
      expect(stdout).toContain(property.name)
      expect(stdout).toContain(property.source)
    }
    const { stdout } = await cli(['explain', name])
    for (const focus of focuses) expect(stdout).toContain(`  ${focus.name} `)
    expect(stdout).toMatch(new RegExp(`^ {2}\\S.* ${label} `, 'm'))
  })

  it('names diagrams that there are', async () => {
    const kept = readdirSync(join(import.meta.dirname, '../../../counterexamples'))
    const scheme = schemes.find(({ expects }) => Object.values(expects ?? {}).includes('violated'))!
    const { stdout } = await cli(['explain', scheme.name])
    const files = [...stdout.matchAll(/counterexamples\/(\S+)$/gm)].map(([, file]) => file!)
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) expect(kept).toContain(file)
  })

  it('says that the model has changed, and goes on as long as the steps are enabled', async () => {
    const run = await cli(['replay', `cc1:${name}:${focuses[0]!.name}:${label}:00000000:0`])
    expect(run.stderr).toMatch(
      /^The model has changed since this trace was made; its steps are still enabled\.\n/,
    )
    expect(run.stderr).toContain('The trace no longer shows that')
    expect(run).toMatchObject({ code: 1, stdout: '  0  Established\n' })
    const beyond = await cli(['replay', `cc1:${name}:${focuses[0]!.name}:${label}:00000000:0.99999`])
    expect(beyond.code).toBe(2)
    expect(beyond.stderr).toMatch(/^The token cannot be replayed\. Step 1 has number 99999, /)
    expect(beyond.stderr).toContain('the model has changed since this trace was made')
  })

  it('takes a scope, which tokens carry when it is not the default one', async () => {
    for (const args of [['list'], ['explain', label]])
      expect(await cli([...args, '--scope', 'small'])).toMatchObject({ code: 0, stderr: '' })
    const { suites } = await matrixIn('small')
    const [suite] = suites
    const [focus] = suite!.focuses
    const token = tokensOf({
      name: suite!.name,
      suite: suite!,
      source: { kind: 'scheme', name: suite!.name, scope: 'small' },
    })(focus!, label, [0])
    expect(token).toContain(`:${suite!.name}@small:${focus!.name}:`)
    const run = await cli(['replay', token])
    expect(run.stderr).not.toContain('The model has changed')
    expect(run).toMatchObject({ code: 1, stdout: '  0  Established\n' })
  })

  it('ends quietly when nobody reads on', async () => {
    const child = spawn(process.execPath, [MAIN, 'list'])
    child.stdout.destroy()
    let stderr = ''
    child.stderr.on('data', (text: Buffer) => {
      stderr += text.toString()
    })
    const code = await new Promise((done) => child.on('close', done))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })
})
